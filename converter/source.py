"""Text that remembers its original: every edit is kept, every position can be traced back, everything can be undone."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from converter.records import NamedTuple, dataclass
from converter.regex import compiled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Span(NamedTuple):
    """A half-open range of characters, `[start, end)`, in the decoded original."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """One replacement: the characters at `span`, which read `before`, were made to read `after`."""

    span: Span
    before: str
    after: str


class Position(NamedTuple):
    """Where a character stands for a person: line and column, both counted from 1."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class SourceText:
    """A decoded text and all edits made to it so far.

    `original` is what the bytes said; `text` is what it reads now; `edits` lead from one to the other: sorted, not
    overlapping, with spans in the original. Make one with `SourceText(original)`, change it with `edited`.

    >>> once = SourceText("改革創(chuàng)新").edited([(3, 11, "")])
    >>> once.text, once.undo()
    ('改革創新', '改革創(chuàng)新')
    >>> once.span(3, 4)
    Span(start=11, end=12)
    """

    original: str
    text: str = ""
    edits: tuple[Edit, ...] = ()
    encoding: str = field(default="utf-8", kw_only=True)
    """The codec that makes the original's bytes again: `bom + original.encode(encoding, "surrogateescape")`.

    A byte that could not be read is U+DC00 plus its value in the original, as in PEP 383.
    """
    bom: bytes = field(default=b"", kw_only=True)
    """The byte order mark (BOM) that stood before them."""
    _starts: tuple[int, ...] = field(default=(), repr=False, compare=False)
    """Where each edit's replacement begins in `text`."""
    _lines: tuple[int, ...] = field(default=(), repr=False, compare=False)
    """Where each line of the original begins."""

    def __post_init__(self) -> None:
        if not self.edits:
            object.__setattr__(self, "text", self.original)

    def edited(self, changes: Iterable[tuple[int, int, str]]) -> SourceText:
        """The text with each `(start, end, replacement)`, positions in `text`, carried out.

        The changes must be sorted and must not overlap; a ValueError says which do not fit.
        """
        wanted = [c for c in changes if self.text[c[0] : c[1]] != c[2]]
        if not wanted:
            return self
        for (_, end, _), (start, _, _) in pairwise(wanted):
            if start < end:
                raise ValueError(f"changes overlap at {start}")
        edits, starts = self._composed(wanted)
        return replace(self, text=_replaced(self.text, wanted, 0, len(self.text)), edits=edits, _starts=starts)

    def _composed(self, wanted: Sequence[tuple[int, int, str]]) -> tuple[tuple[Edit, ...], tuple[int, ...]]:
        """Old edits and new ones as one list over the original, and where each one's replacement begins in the text.
        Those that touch become one, so that any two edits have an unchanged character between them: `span` relies on
        it. Old ones that nothing touches are taken over.
        """
        at, old = self._starts, self.edits
        edits: list[Edit] = []
        starts: list[int] = []
        taken = number = shift = 0
        while number < len(wanted):
            start, end, _ = wanted[number]
            first = bisect_left(at, start, taken)
            if first > taken and at[first - 1] + len(old[first - 1].after) >= start:
                first -= 1
            last, begin = first, number
            number += 1
            while True:
                if last < len(old) and at[last] <= end:
                    start, end = min(start, at[last]), max(end, at[last] + len(old[last].after))
                    last += 1
                elif number < len(wanted) and wanted[number][0] <= end:
                    end = max(end, wanted[number][1])
                    number += 1
                else:
                    break
            edits += old[taken:first]
            starts += [place + shift for place in at[taken:first]] if shift else at[taken:first]
            taken = last
            if first == last and number == begin + 1:  # most touch none: `span` and `_replaced` would say the same
                moved = old[first - 1].span.end - at[first - 1] - len(old[first - 1].after) if first else 0
                span, after = Span(start + moved, end + moved), wanted[begin][2]
            else:
                span = self.span(start, end, outward=True)
                after = _replaced(self.text, wanted[begin:number], start, end)
            before = self.original[span.start : span.end]
            if before != after:
                edits.append(Edit(span=span, before=before, after=after))
                starts.append(start + shift)
            shift += len(after) - (end - start)
        return (*edits, *old[taken:]), (*starts, *(place + shift for place in at[taken:]))

    def span(self, start: int, end: int, *, outward: bool = False) -> Span:
        """The range of the original that `text[start:end]` comes from.

        A replaced stretch counts as a whole: touching part of it gives all of it. What was deleted just before
        `start` or just after `end` belongs to the range only if `outward` says so.
        """
        if not self.edits:
            return Span(start, max(start, end))
        index = bisect_right(self._starts, start) - 1
        first = start
        if index >= 0:
            edit = self.edits[index]
            over = start - self._starts[index] - len(edit.after)
            inside = over < 0 or (outward and over == 0 and not edit.after)
            first = edit.span.start if inside else edit.span.end + over
        index = bisect_right(self._starts, end if outward else end - 1) - 1
        last = end
        if index >= 0:
            edit = self.edits[index]
            last = edit.span.end + max(0, end - self._starts[index] - len(edit.after))
        return Span(first, max(first, last))

    def undo(self) -> str:
        """The original again, from `text` and `edits` alone."""
        pieces: list[str] = []
        at = 0
        for start, edit in zip(self._starts, self.edits, strict=True):
            pieces += (self.text[at:start], edit.before)
            at = start + len(edit.after)
        return "".join((*pieces, self.text[at:]))

    def position(self, offset: int) -> Position:
        r"""Line and column of a character of the original; a line ends with \n, \r\n or \r."""
        if not self._lines:
            ends = _LINE_END if "\r" in self.original else _LINE_FEED
            starts = (0, *(match.end() for match in ends.finditer(self.original)))
            object.__setattr__(self, "_lines", starts)
        line = bisect_right(self._lines, offset)
        return Position(line, offset - self._lines[line - 1] + 1)


_LINE_END, _LINE_FEED = compiled(r"\r\n?|\n"), compiled(r"\n")


def _replaced(text: str, changes: Iterable[tuple[int, int, str]], start: int, end: int) -> str:
    """`text[start:end]` with the sorted changes carried out."""
    pieces: list[str] = []
    at = start
    for first, last, new in changes:
        pieces += (text[at:first], new)
        at = last
    return "".join((*pieces, text[at:end]))
