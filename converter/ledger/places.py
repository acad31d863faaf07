"""The places of a text where something was changed, proposed or noted: whole lines, original beside result."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import field
from enum import Enum
from typing import TYPE_CHECKING

from converter.records import NamedTuple, dataclass
from converter.regex import compiled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from converter.ledger.record import Record
    from converter.source import Span


class Kind(Enum):
    """What was done to a piece of text."""

    SAME = "same"
    CHANGED = "changed"
    PROPOSED = "proposed"
    """Nothing yet: the change was not sure enough."""
    NOTED = "noted"
    """Nothing: there is something to know about it."""


class Piece(NamedTuple):
    """A stretch of characters in one of the two columns."""

    text: str
    kind: Kind = Kind.SAME
    numbers: tuple[int, ...] = ()
    """Of the diagnostics that speak of it."""


@dataclass(frozen=True, slots=True)
class Place:
    """One or several lines that belong together: as they were, and as they read now."""

    line: int
    """The first of them in the original, counted from 1."""
    last: int
    before: tuple[Piece, ...]
    after: tuple[Piece, ...]

    @property
    def numbers(self) -> tuple[int, ...]:
        """Of all diagnostics that speak of this place, in the order of the text."""
        return tuple(dict.fromkeys(number for piece in self.before for number in piece.numbers))


@dataclass(slots=True)
class _Point:
    span: Span
    kind: Kind
    after: str | None = None
    """None where nothing was changed."""
    numbers: list[int] = field(default_factory=list)


_LINE_END = compiled(r"\r\n?|\n")
_KEPT = 60
"""Unchanged characters shown on each side of a change; lines may be as long as the text."""


def places(record: Record) -> Iterator[Place]:
    """The places in the order of the text; they do not overlap."""
    original = record.source.original
    ends = [match.start() for match in _LINE_END.finditer(original)]
    starts = [0, *(match.end() for match in _LINE_END.finditer(original))]
    group: list[_Point] = []
    first = last = 0
    for point in _points(record):
        start = bisect_right(starts, point.span.start) - 1
        end = bisect_left(ends, point.span.end)
        if group and start > last:
            yield _place(original, group, starts, ends, (first, last))
            group = []
        if not group:
            first = start
        last = max(end, start, last if group else 0)
        group.append(point)
    if group:
        yield _place(original, group, starts, ends, (first, last))


def _points(record: Record) -> list[_Point]:
    """What there is to show, sorted and not overlapping; what overlaps a change is told with it."""
    edits = [
        _Point(edit.span, Kind.CHANGED, edit.after, made)
        for edit, made in zip(record.source.edits, record.changes(), strict=True)
    ]
    taken = [point.span.start for point in edits]
    made = {number for point in edits for number in point.numbers}
    others: list[_Point] = []
    for number, diagnostic in enumerate(record.diagnostics, 1):
        span = diagnostic.span
        if span is None or number in made:
            continue
        near = edits[max(0, bisect_right(taken, max(span.start, span.end - 1)) - 1)] if edits else None
        if near and near.span.start < span.end and span.start < near.span.end:
            near.numbers.append(number)
        elif others and span.start < others[-1].span.end:
            others[-1].numbers.append(number)
        else:
            kind = Kind.PROPOSED if diagnostic.edit and not diagnostic.applied else Kind.NOTED
            others.append(_Point(span, kind, None, [number]))
    return sorted([*edits, *others], key=lambda point: point.span)


def _place(original: str, points: list[_Point], starts: list[int], ends: list[int], lines: tuple[int, int]) -> Place:
    begin, end = starts[lines[0]], ends[lines[1]] if lines[1] < len(ends) else len(original)
    before: list[Piece] = []
    after: list[Piece] = []
    at = begin
    for point in points:
        same = Piece(_kept(original[at : point.span.start], left=at > begin, right=True))
        numbers = tuple(point.numbers)
        was = original[point.span.start : point.span.end]
        before += (same, Piece(was, point.kind, numbers))
        after += (same, Piece(was if point.after is None else point.after, point.kind, numbers))
        at = point.span.end
    same = Piece(_kept(original[at:end], left=True, right=False))
    return Place(
        lines[0] + 1, lines[1] + 1, tuple(filter(_shown, (*before, same))), tuple(filter(_shown, (*after, same)))
    )


def _shown(piece: Piece) -> bool:
    return bool(piece.text or piece.numbers)


def _kept(text: str, *, left: bool, right: bool) -> str:
    """An unchanged stretch without its middle; without its beginning or end where no change stands there."""
    if len(text) <= _KEPT * (left + right) + 1:
        return text
    return (text[:_KEPT] if left else "") + "…" + (text[-_KEPT:] if right else "")


_SYMBOLS = {" ": "␣", "\n": "⏎", "\r": "␍", "\t": "⇥", "\f": "␌", "\0": "␀"}


def visible(text: str) -> str:
    r"""The text with every character that cannot be seen written out.

    >>> visible("a\u200b b\n")
    'a‹U+200B›␣b⏎'
    """
    return "".join(map(_visible, text))


def laid_out(text: str) -> str:
    r"""The same, but spaces and line ends stay what they are where there are words to see.

    >>> laid_out("a\u200b b"), laid_out(" ")
    ('a‹U+200B› b', '␣')
    """
    return "".join(c if c in " \n\u3000" else _visible(c) for c in text) if text.strip() else visible(text)


def _visible(char: str) -> str:
    return _SYMBOLS.get(char) or (f"‹U+{ord(char):04X}›" if unicodedata.category(char)[0] in "CZ" else char)
