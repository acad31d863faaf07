"""Titles whose lines end where words do, as on our own pages (GB/T 9704-2012 7.3.1: 词意完整，排列对称).

Word fills each line of a centred title before it begins the next. So the ends of the lines are said, in runs of a style
of their own, by which our reader knows that they are no part of the title. Headings have none, but indents: brought up
to date, the contents would have such ends too, as spaces in Word and as breaks in LibreOffice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.typeset.theme import Align
from converter.units import twips
from converter.writers.docx.ooxml import text_run, w
from converter.writers.docx.runs import runs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from converter.typeset.theme import Style, Theme

LINE_END = "LineEnd"
"""The id of the style of what ends a line: the spaces that stand there, which would move it aside, and the break."""
_MARKS = frozenset("，、。；：！？）》」』”’")
_LATIN = 0.6
"""Ems that an ASCII character may take in the Latin font of whoever opens the file."""


def title_runs(
    words: str, style: Style, theme: Theme, measure: float | None = None, *, vertical: bool = False
) -> Iterator[Element]:
    """The runs of a title in this style with a measure of so many points, the theme's if None; with an end for each
    line but the last.
    """
    at = 0
    for start, end in () if theme.reference else _ends(words, style, theme, measure, vertical=vertical):
        yield from runs(words[at:start])
        yield w("r", w("rPr", w("rStyle", val=LINE_END)), *text_run(words[start:end]), w("br"))
        at = end
    yield from runs(words[at:])


def title_indents(words: str, style: Style, theme: Theme) -> dict[str, int]:
    """Attributes of the indents of a centred heading over several lines: as much on both sides as lets Word divide it
    into lines as equal as ours, the last never one character. None for a heading on one line.
    """
    ends = _ends(words, style, theme, None, vertical=False)
    if not ends or theme.reference or style.align is not Align.CENTER:
        return {}
    begins, stops = [0, *(end for _, end in ends)], [*(start for start, _ in ends), len(words)]
    lines = [words[begin:stop] for begin, stop in zip(begins, stops, strict=True)]
    # Word squeezes the mark at the end of a full line.
    widest = max(_room(line) - (0.4 if line[-1] in _MARKS else 0) for line in lines)
    side = (theme.page.measure / style.size - widest - 0.1) / 2
    if side <= 0:
        return {}
    chars, points = round(100 * side), twips(side * style.size)
    return {"leftChars": chars, "left": points, "rightChars": chars, "right": points}


def _ends(words: str, style: Style, theme: Theme, measure: float | None, *, vertical: bool) -> list[tuple[int, int]]:
    """Where the spaces begin and end at the end of each line but the last; none for a title on one line, and none
    where a line might want more room in Word than it has on our pages.
    """
    ems = (measure or theme.page.measure) / style.size
    if _room(words) <= ems or style.align not in {Align.CENTER, Align.LEFT}:
        return []
    # Here, not above: short titles want no fonts.
    from converter.typeset.fonts import typeface
    from converter.typeset.lines import Manner, Run, Shape, compose

    face = typeface(style.face, dict(theme.fonts).get(style.face))
    # Our lines may be fuller, since marks are squeezed in them: then shorter ones will do.
    for most in (ems, ems - 1, ems * 0.75):
        shape = Shape(most * 1000, style.align, manner=Manner(vertical=vertical), balanced=True)
        lines = [line.text for line in compose([Run(words, face)], shape)]
        if len(lines) > 1 and all(_room(line) <= ems for line in lines):
            return _between(words, lines)
    return []


def _room(words: str) -> float:
    """Ems that words may take in Word, which squeezes no marks between others."""
    return sum(_LATIN if character.isascii() else 1 for character in words)


def _between(words: str, lines: list[str]) -> list[tuple[int, int]]:
    """The spaces between lines; none at all if the lines have not the same characters."""
    found, at = [], 0
    for line in lines:
        end = at + len(line)
        if words[at:end] != line:
            return []
        at = len(words) - len(words[end:].lstrip())
        found.append((end, at))
    return found[:-1]
