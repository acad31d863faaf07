"""The setting of a line: what it has too much or too little is shared out by the order of clreq, and its characters
become pieces of one font each.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from converter.records import NamedTuple
from converter.regex import compiled
from converter.typeset.hyphens import SOFT_HYPHEN
from converter.typeset.paragraph import KERN
from converter.typeset.punctuation import EXPANSION, GAPS
from converter.typeset.runs import Line, Piece
from converter.typeset.theme import Align

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from converter.typeset.paragraph import Paragraph, Part
    from converter.typeset.runs import Shape

TORN = 500
"""A line that would have to be spaced wider than this is left short."""
GAPING = 150
"""A line spaced wider than this between any two characters is worse than a break inside an address."""
_LETTERSPACED = 150.0
"""Where a line has too few gaps, its words are letterspaced, by this at most, so that the margin is straight."""
_STEPS = [
    [(kind, gap.room) for kind, gap in GAPS.items() if gap.room and gap.step == step]
    for step in sorted({gap.step for gap in GAPS.values() if gap.room})
]
"""The kinds of gaps that give something, and how much, in the order in which they do."""
_FULL = 5
"""A line that lacks no more than this is full: a twentieth of a millimetre in a title, nothing in a text."""
_RESIZED = compiled("[SGZa]")
_NARROWER = frozenset("CPFXI")
_new = tuple.__new__


class _Adjustment(NamedTuple):
    """What makes a line as long as its measure."""

    spread: float
    """Added between all characters."""
    taken: dict[int, float]
    """By gap."""
    given: dict[str, float]
    """By the kind of gap."""


def set_lines(
    paragraph: Paragraph, breaks: Iterable[tuple[int, int]], shape: Shape, *, first: bool, last: bool
) -> list[Line]:
    """The lines of these characters, set; `first` and `last`: whether the paragraph begins, or ends, with them."""
    lines: list[Line] = []
    classes, text, length = paragraph.classes, paragraph.text, len(paragraph.text)
    measure, indent = shape.measure - shape.right_indent, shape.first_indent if first else 0
    simple = paragraph.plain and shape.align is Align.JUSTIFY and len(paragraph.parts) == 1
    rest = _piece("", paragraph.parts[0], 0.0, (), 0)[1:] if simple else ()
    for start, end in breaks:
        x, width = 0 if start else indent, 1000 * (end - start)
        slack = measure - x - width
        ends = last and end == length
        if (
            simple
            and (0 <= slack <= _FULL or (ends and slack > 0))
            and classes[start] != "O"
            and classes[end - 1] not in _NARROWER
        ):  # most lines: `set_line` would find the same
            lines.append(_new(Line, (x, width, (_new(Piece, (text[start:end], *rest)),))))
        else:
            lines.append(set_line(paragraph, start, end, shape, first=first and not start, last=ends))
    return lines


def set_line(paragraph: Paragraph, start: int, end: int, shape: Shape, *, first: bool, last: bool) -> Line:
    """The line of these characters, set."""
    whole = end
    if paragraph.classes[end - 1] in "SIG":
        end = paragraph.visible_end(start, end)
    x = shape.first_indent if first else 0
    measure = shape.measure - x - shape.right_indent
    width: float = paragraph.width(start, end)
    slack = measure - width
    taken: dict[int, float] = {}
    given: dict[str, float] = {}
    spread = 0.0
    if slack < 0:
        taken = _reduced(paragraph, start, end, -slack)
        width = measure
    elif slack > _FULL and not last and shape.align is Align.JUSTIFY:
        given, spread = _expanded(paragraph, start, end, slack)
        if spread > GAPING and paragraph.classes.count("I", end, whole) >= 2:
            given, spread = {}, 0.0  # two ems and more between words are the author's own way of ending a line
        width = measure if given or spread else width
    if shape.align is Align.CENTER:
        x += (measure - width) / 2
    elif shape.align is Align.RIGHT:
        x += measure - width
    if start < end and paragraph.classes[start] == "O":
        x -= 500
    adjusted = taken or given or spread or paragraph.adjusted
    kerns = _kerns(paragraph, start, end, _Adjustment(spread, taken, given)) if adjusted else ()
    return Line(x, width, _pieces(paragraph, start, end, spread, kerns))


def _expanded(paragraph: Paragraph, start: int, end: int, slack: float) -> tuple[dict[str, float], float]:
    """What to add to each gap of some kinds, and what goes between all characters (clreq, expansion)."""
    given: dict[str, float] = {}
    for kind, most in EXPANSION:
        if slack > 0 and (number := paragraph.gaps.count(kind, start, end - 1)):
            given[kind] = min(slack / number, most)
            slack -= given[kind] * number
    count = paragraph.stretching(start, end)
    if slack <= 0:
        return given, 0.0
    if count and slack / count <= GAPING:
        return given, slack / count
    # Too few gaps: the letters of words are spaced as well, which a reader notices less than holes between words.
    if end - start > 1 and slack / (end - start - 1) <= _LETTERSPACED:
        share = slack / (end - start - 1)
        return given | {"b": share}, share
    return (given, slack / count) if count and slack / count <= TORN else ({}, 0.0)


def _reduced(paragraph: Paragraph, start: int, end: int, excess: float) -> dict[int, float]:
    """What to take from which gap: step after step, within a step from all alike (clreq, reduction)."""
    taken: dict[int, float] = {}
    gaps, last = paragraph.gaps, end - 1
    for kinds in _STEPS:
        room = sum([each * gaps.count(kind, start, last) for kind, each in kinds])
        if not room:
            continue
        share = min(1.0, excess / room)
        for kind, each in kinds:
            i = gaps.find(kind, start, last)
            while i >= 0:
                taken[i] = each * share
                i = gaps.find(kind, i + 1, last)
        excess -= room * share
        if excess <= 0:
            break
    return taken


def _kerns(paragraph: Paragraph, start: int, end: int, adjustment: _Adjustment) -> list[tuple[int, float]]:
    """(place, space) for the characters of a line that have another space after them than `spread`; places rise."""
    spread, taken, given = adjustment
    gaps, inside = paragraph.gaps, end - 1
    kerned = paragraph.kerned
    kerns: dict[int, float] = {}
    if kerned:
        for i in kerned[bisect_left(kerned, start) : bisect_left(kerned, inside)]:
            kerns[i] = KERN[gaps[i]]
    for i, less in taken.items():
        kerns[i] = kerns.get(i, 0) - less
    changed = given if not spread or "b" in given else {**given, "b": 0}
    for kind in changed:
        more = changed[kind] - (spread if kind == "b" else 0)
        i = gaps.find(kind, start, inside)
        while i >= 0:
            kerns[i] = kerns.get(i, 0) + more
            i = gaps.find(kind, i + 1, inside)
    if paragraph.hyphen and paragraph.divides(end):
        kerns[inside] = -spread
    if paragraph.resized:
        for match in _RESIZED.finditer(paragraph.classes, start, end):
            kerns[match.start()] = kerns.get(match.start(), 0) + _resize(paragraph, match.start())
    for i in paragraph.rooms.keys() & range(start, inside) if paragraph.rooms else ():
        kerns[i] = kerns.get(i, 0) + paragraph.rooms[i]
    return sorted((i, kern) for i, kern in kerns.items() if abs(kern) > 0.05)


def _pieces(
    paragraph: Paragraph, start: int, end: int, spread: float, kerns: Sequence[tuple[int, float]]
) -> tuple[Piece, ...]:
    divided = paragraph.hyphen and paragraph.divides(end)
    if start < end and len(paragraph.parts) == 1 and not divided:
        inside = tuple([(i - start, kern) for i, kern in kerns]) if kerns else ()
        return (_piece(paragraph.text[start:end], paragraph.parts[0], spread, inside, start),)
    pieces: list[Piece] = []
    number = bisect_right(paragraph.starts, start) - 1
    while number < len(paragraph.parts) and (part := paragraph.parts[number]).start < end:
        number += 1
        begin, stop = max(start, part.start), min(end, part.end)
        inside = tuple([(i - begin, kern) for i, kern in kerns if begin <= i < stop]) if kerns else ()
        room = paragraph.rooms.get(stop - 1, 0) if paragraph.rooms and stop < end else 0
        piece = _piece(paragraph.text[begin:stop], part, spread, inside, begin)
        pieces.append(piece._replace(room=room) if room else piece)
        if divided and stop == end:
            pieces.append(Piece(SOFT_HYPHEN, part.face, 0, (), dotted=False, way=part.way))
    return tuple(pieces)


def _resize(paragraph: Paragraph, index: int) -> int:
    """What a space or a combining mark takes in the line beyond its glyph's own width."""
    part = paragraph.parts[bisect_right(paragraph.starts, index) - 1]
    glyph = part.run.typeface.glyphs[paragraph.text[index]]
    width = paragraph.widths[index] if paragraph.classes[index] == "a" else glyph.width
    return width - part.face.advance(glyph.id)


def _piece(text: str, part: Part, spread: float, kerns: tuple[tuple[int, float], ...], start: int) -> Piece:
    run = part.run
    return Piece(
        text,
        part.face,
        spread,
        kerns,
        run.dotted,
        run.link,
        run.ruby if start == part.start else "",
        run.tag,
        part.way,
        run.beside,
        run.zhuyin,
    )
