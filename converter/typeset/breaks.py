"""Where the lines of a paragraph end: one by one, and for the paragraph as a whole where a line would be loose."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

from converter.regex import compiled
from converter.typeset.hyphens import HYPHENATED
from converter.typeset.punctuation import END_PROHIBITED, EXPANSION, START_PROHIBITED
from converter.typeset.setting import GAPING, TORN
from converter.typeset.theme import Align

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from converter.typeset.paragraph import Paragraph
    from converter.typeset.runs import Shape

_LOOSE = 500
"""A line that lacks no more than this is spaced out: nobody sees half an em among thirty characters. If more is
missing, the next character is pushed in if the marks give enough room (先挤进，后推出)."""
_LOOSE_GAP = 120
"""A line that is spaced wider than this between two characters has the whole paragraph looked at."""
_LONGEST_LOOKED_AT = 4096
"""Characters of a paragraph above which its lines are found one by one."""
_PASSED_OVER = 6
"""Ems that a line may lack to be thought of when the whole paragraph is looked at."""
_NEVER_FIRST = frozenset("deZ")
_ADDRESS = 20
"""Characters from which a word is taken for an address, which may be broken anywhere."""


def line_breaks(paragraph: Paragraph, shape: Shape, *, first: bool, last: bool) -> list[tuple[int, int]]:
    """Start and end of each line, greedily. Unless the paragraph's end is there (`last`), the lines near the chunk's
    end are left for the next chunk, which knows what follows.
    """
    ends: list[int] = []
    full: set[int] = set()
    start, length = 0, len(paragraph.text)
    classes, breaks = paragraph.classes, paragraph.breaks
    measure = shape.measure - shape.right_indent
    indented = measure - shape.first_indent if first else measure
    others = _characters(paragraph, measure)
    count = others if indented == measure else _characters(paragraph, indented)
    while start < length:
        end = start + count
        if count and end >= length:
            end = length
        elif (
            count
            and breaks[end - 1] == "1"
            and classes[start] != "O"
            and classes[end] not in _NARROWER
            and classes[end - 1] not in _NARROWER
        ):
            full.add(end)
        else:
            end = _line_end(paragraph, start, measure if start else indented)
        ends.append(end)
        start, count = end, others
    if last:
        _rescue_lone_end(paragraph, ends, shape, first=first)
        if shape.align is Align.JUSTIFY and first and length <= _LONGEST_LOOKED_AT and len(ends) > 1:
            ends = _better(paragraph, ends, shape, full)
    else:
        ends = ends[:-2] or ends
    return list(pairwise([0, *ends]))


def _characters(paragraph: Paragraph, measure: float) -> int:
    """How many characters make a line full, whatever they are if no mark stands at its edges; 0 where that depends."""
    count, rest = divmod(measure, 1000)
    return int(count) if paragraph.plain and rest <= _LOOSE else 0


def _better(paragraph: Paragraph, ends: list[int], shape: Shape, full: AbstractSet[int]) -> list[int]:
    """The ends of the lines found one by one, or better ones if any of these is loose: those by which the lines of the
    whole paragraph are least bad together (Knuth and Plass). `full` has the ends of lines that are not.
    """
    lines = list(pairwise((0, *ends[:-1])))
    if not _has_loose(paragraph, [line for line in lines if line[1] not in full], shape):
        return ends
    costs = [_badness(paragraph, start, end, shape) for start, end in lines]
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    length = len(paragraph.text)
    whole: tuple[float, list[int]] = (sum(costs), ends)
    for start in (0, *(match.end() for match in POSSIBLE.finditer(paragraph.breaks))):
        if start not in best or start == length:
            continue
        cost, before = best.pop(start)
        for end in _candidates(paragraph, start, shape):
            total = cost + (0 if end == length else _badness(paragraph, start, end, shape))
            if end == length:
                lone = bool(before) and _is_lone(paragraph.classes[start:end])
                if total < whole[0] and not lone:
                    whole = (total, [*before, end])
            elif end not in best or total < best[end][0]:
                best[end] = (total, [*before, end])
    return whole[1]


POSSIBLE = compiled("[123]")


def _candidates(paragraph: Paragraph, start: int, shape: Shape) -> Iterator[int]:
    """Where a line from `start` might end: all that it can hold, and not much less."""
    measure = shape.measure - shape.right_indent - (0 if start else shape.first_indent)
    length = len(paragraph.text)
    least = bisect_right(paragraph.at, paragraph.at[start] + measure - 1000 * _PASSED_OVER, start)
    for match in POSSIBLE.finditer(paragraph.breaks, max(start, least - 1)):
        end = match.end()
        if not paragraph.fits(start, end, measure):
            if paragraph.at[end] - paragraph.at[start] > measure + 4000:
                return
            continue
        yield end
    if paragraph.fits(start, length, measure):
        yield length


def _has_loose(paragraph: Paragraph, lines: Sequence[tuple[int, int]], shape: Shape) -> bool:
    """Whether one of these lines, of which none is the last, is spaced widely, or ends where it should not."""
    breaks, classes, at, stretches = paragraph.breaks, paragraph.classes, paragraph.at, paragraph.stretches
    for start, end in lines:
        if breaks[end - 1] in _RELUCTANT:
            return True
        measure = shape.measure - shape.right_indent - (0 if start else shape.first_indent)
        most = measure - at[end] + at[start] + 500  # a mark may begin it
        if most <= _LOOSE_GAP * stretches.count("1", start, end - 1) and classes[end - 1] not in _NARROWER:
            continue
        if measure - paragraph.width(start, end) > _LOOSE_GAP * paragraph.stretching(start, end):
            return True
    return False


_RELUCTANT = frozenset({"2", HYPHENATED})
"""Breaks inside an address or a word."""


def _badness(paragraph: Paragraph, start: int, end: int, shape: Shape) -> float:
    """How bad a line is that is not the last: by the share of what it can give, or by how wide its gaps are."""
    measure = shape.measure - shape.right_indent - (0 if start else shape.first_indent)
    slack = measure - paragraph.width(start, end)
    if slack < 0:
        return float((100 * -slack / max(1, paragraph.reducible(start, end))) ** 2 / 4)
    stop = paragraph.visible_end(start, end)
    for kind, most in EXPANSION:
        slack -= min(slack, most * paragraph.gaps.count(kind, start, max(start, stop - 1)))
    penalty = {"2": _SOFT_COST, HYPHENATED: _SOFT_COST / 2}.get(paragraph.breaks[end - 1], 0.0)
    return penalty + _cost(slack / max(0.2, paragraph.stretching(start, end)))


_SOFT_COST = 5000.0
"""Of a break inside an address."""


def _cost(gap: float) -> float:
    return gap * gap


def _line_end(paragraph: Paragraph, start: int, measure: float) -> int:  # noqa: C901, PLR0911 - one rule after the other
    """Where the line from `start` ends."""
    p, length, classes = paragraph, len(paragraph.text), paragraph.classes
    limit = p.at[start] + measure + (500 if classes[start] == "O" else 0)
    fits = bisect_right(p.at, limit, start) - 1
    if fits >= length:
        return length
    full = fits > start and p.breaks[fits - 1] == "1" and limit - p.at[fits - 1] - p.widths[fits - 1] <= _LOOSE
    if full and classes[fits] not in _NARROWER and classes[fits - 1] not in _NARROWER:
        return fits  # most lines: what follows would do the same
    out = p.breaks.rfind("1", start, fits) + 1 or start
    following = p.breaks.find("1", out) + 1 or length
    while classes[following - 1] in _NARROWER and p.width(start, following) <= measure:
        out = following
        if out == length:
            return length
        following = p.breaks.find("1", out) + 1 or length
    slack = measure - p.width(start, out)
    if out > start and slack <= _LOOSE:
        return out
    if p.fits(start, following, measure):
        return following
    if out > start and slack <= GAPING * p.stretching(start, out):
        return out
    if p.hyphen and (part := _divided(p, start, (out, fits), measure)):
        return part
    soft = p.breaks.rfind("2", out, fits) + 1
    if soft > out and measure - p.width(start, soft) <= GAPING * p.stretching(start, soft):
        return soft
    # A word, or a row of marks, longer than the line breaks where it must; so does a long address before it tears one.
    address = following - out >= _ADDRESS and not p.text[out:fits].isalpha()
    if out > start and not address and p.width(out, following) <= measure:
        return out
    return _anywhere(p, start, fits)


_NARROWER = frozenset("CPFXSIG")
"""What takes less room at the end of a line than within it."""


def _divided(paragraph: Paragraph, start: int, between: tuple[int, int], measure: float) -> int:
    """The last place between these two where a word may be divided and its hyphen has room; 0 if there is none."""
    out, fits = between
    part = paragraph.breaks.rfind(HYPHENATED, out, fits) + 1
    while part > out and paragraph.width(start, part) > measure:
        part = paragraph.breaks.rfind(HYPHENATED, out, part - 1) + 1
    return part if part > out else 0


def _anywhere(paragraph: Paragraph, start: int, fits: int) -> int:
    """Where a line ends that can end nowhere by the rules: not beside a mark, if a place is near."""
    fits = max(fits, start + 1)
    if soft := paragraph.breaks.rfind("2", max(start, fits - 8), fits) + 1:
        return soft
    starts = START_PROHIBITED[paragraph.manner.level] | _NEVER_FIRST
    ends = END_PROHIBITED[paragraph.manner.level] | {"S"}
    classes = paragraph.classes
    for end in range(min(fits, len(classes) - 1), max(start, fits - 8), -1):
        if classes[end] not in starts and classes[end - 1] not in ends:
            return end
    return fits


def _rescue_lone_end(paragraph: Paragraph, ends: list[int], shape: Shape, *, first: bool) -> None:
    """Change the last line end so that no character stands alone on the last line: push it in, else bring another
    down.
    """
    while len(ends) > 1 and _is_lone(paragraph.classes[ends[-2] : ends[-1]]):
        start = ends[-3] if len(ends) > 2 else 0
        indent = shape.first_indent if first and start == 0 else 0
        measure = shape.measure - shape.right_indent - indent
        if paragraph.fits(start, ends[-1], measure):
            del ends[-2]
            return
        down = paragraph.breaks.rfind("1", start, ends[-2] - 1) + 1
        if paragraph.gaps[ends[-2] - 1] == "b" and ends[-2] - start > _ADDRESS:
            down = ends[-2] - 3  # of an address that is broken anywhere
        slack = measure - paragraph.width(start, down)
        if down <= start or slack > TORN * paragraph.stretching(start, down):
            return
        ends[-2] = down


def _is_lone(classes: str) -> bool:
    return "HH" not in classes and len(_MARKS.sub("", classes)) <= 1


_MARKS = compiled("[OQCPFXDdEeMNonp/SIGZ-]")
