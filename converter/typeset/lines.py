"""Line composition: a paragraph's characters into lines, with the place of each character.

The paragraph becomes a string of gap kinds and running sums of widths (`typeset.paragraph`); a line is then found by
bisection (`typeset.breaks`) and its slack is shared out by the order of clreq (`typeset.setting`): what has to be taken
away comes out of the marks, what has to be added goes between all characters alike. All lengths are thousandths of an
em of the paragraph's size.
"""

from __future__ import annotations

from functools import cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING

from converter.typeset.breaks import POSSIBLE, line_breaks
from converter.typeset.paragraph import MARK_CLASSES, Paragraph
from converter.typeset.runs import Line, Manner, Piece, Run, Shape, Way
from converter.typeset.setting import set_line, set_lines
from converter.typeset.theme import Align
from converter.typeset.unseen import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["Line", "Manner", "Piece", "Run", "Shape", "Way", "blank_lines", "compose"]

_WIDEST = 1250
"""Of a character with the space beside it."""
CHUNK = 16384
"""Characters composed at a time, so that a paragraph of millions needs no more memory than its lines."""
_MOST_BALANCED = 4
"""Centred paragraphs of more lines than this are no titles."""


def compose(runs: Iterable[Run], shape: Shape) -> list[Line]:
    """The lines of a paragraph; none for a paragraph without a visible character.

    No line begins with a mark of LINE_START_PROHIBITED or ends with one of LINE_END_PROHIBITED (clreq, GB/T 15834),
    unless a row of such marks is longer than the measure; the last line is never one character alone (clreq, 孤字).
    The lines of a centred paragraph, a title as a rule, are made as equal as they can be.
    """
    runs = list(runs)
    lines = _composed(runs, shape)
    balanced = shape.align is Align.CENTER or shape.balanced
    if not balanced or not 1 < len(lines) <= _MOST_BALANCED:
        return lines
    return _balanced(runs, shape, len(lines)) or lines


def _balanced(runs: Sequence[Run], shape: Shape, count: int) -> list[Line]:
    """So many lines, as equal as the words allow: a line of a title ends where its author left a space, after a mark,
    or after 的, rather than within a word (GB/T 9704-2012 7.3.1: 词意完整). None if the measure is too narrow for that.
    """
    paragraph = Paragraph(runs, shape.manner)
    length = len(paragraph.text)
    target = paragraph.width(0, length) / count
    ends = [match.end() for match in POSSIBLE.finditer(paragraph.breaks)] + [length]
    parted = cache(partial(_parted, paragraph))
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for number in range(1, count + 1):
        reached: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, before) in best.items():
            for end in ends:
                if end <= start or (number == count) != (end == length):
                    continue
                width = paragraph.width(start, end)
                if width > shape.measure:
                    break
                total = cost + ((width - target) / 1000) ** 2 + parted(end)
                if end not in reached or total <= reached[end][0]:
                    reached[end] = (total, (*before, end))
        best = reached
    found = best.get(length, (0.0, ()))[1]
    return [set_line(paragraph, start, end, shape, first=not start, last=True) for start, end in pairwise((0, *found))]


_AFTER_WORDS = frozenset("的和与與及暨并")
"""Characters after which a title may be divided without parting a word."""
_SUFFIXES = frozenset("化性率")
"""Characters that end the word before them (资源化), unless they begin one with what follows (化工)."""


def _parted(paragraph: Paragraph, end: int) -> float:
    """What it costs to end a line of a title here, in square ems of inequality."""
    text = paragraph.text
    if end == len(text) or paragraph.visible_end(0, end) < end:
        return 0.0
    if paragraph.classes[end - 1] in MARK_CLASSES:
        return 1.0
    if text[end] in _AFTER_WORDS or text[end - 1].isdecimal():  # a number stands beside what it counts: 2019年
        return 30.0
    if text[end - 1] in _AFTER_WORDS:
        return 4.0
    from converter.text.bigrams import inside_a_word

    if text[end] in _SUFFIXES and inside_a_word(text[end], text[end + 1 : end + 2]) < 0.5:
        return 30.0
    return 6.0 + 24.0 * inside_a_word(text[end - 1], text[end])


def blank_lines(runs: Iterable[Run], shape: Shape) -> list[Line]:
    """As many lines as `compose` makes of the runs, with nothing in them: for whoever counts pages."""
    runs = list(runs)
    length = sum([len(run.text) for run in runs])
    if length * _WIDEST <= shape.measure - shape.first_indent - shape.right_indent and not any(r.ruby for r in runs):
        return [_BLANK] if any(visible(run).text.strip() for run in runs) else []
    return _composed(runs, shape, blank=True)


def _composed(runs: Iterable[Run], shape: Shape, *, blank: bool = False) -> list[Line]:
    todo = list(runs)
    lines: list[Line] = []
    while todo:
        chunk, rest = _split(todo, CHUNK)
        paragraph = Paragraph(chunk, shape.manner)
        if not paragraph.text:
            todo = rest
            continue
        length = len(paragraph.text)
        breaks = line_breaks(paragraph, shape, first=not lines, last=not rest)
        if blank:
            ends = paragraph.classes
            lines += [_BLANK for a, b in breaks if ends[b - 1] not in "SIG" or paragraph.visible_end(a, b) > a]
        else:
            lines += set_lines(paragraph, breaks, shape, first=not lines, last=not rest)
        done = breaks[-1][1]
        todo = [*_split(paragraph.runs, done)[1], *rest] if done < length else rest
    return lines if blank else [line for line in lines if line.pieces]


_BLANK = Line(0, 0, ())


def _split(runs: Sequence[Run], length: int) -> tuple[list[Run], list[Run]]:
    """The runs cut in two after `length` characters."""
    before: list[Run] = []
    if len(runs) == 1 and len(runs[0].text) <= length:
        return list(runs), before
    for number, run in enumerate(runs):
        if len(run.text) > length:
            if length:
                before.append(run._replace(text=run.text[:length]))
            return before, [run._replace(text=run.text[length:], ruby=""), *runs[number + 1 :]]
        before.append(run)
        length -= len(run.text)
    return before, []
