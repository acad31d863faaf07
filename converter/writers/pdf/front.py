"""Lists of headings with page numbers: the contents before the body, the index of titles behind it."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from converter.model import HeadingKind, heading_text
from converter.records import NamedTuple
from converter.typeset.tags import Tag
from converter.typeset.theme import Align, Face
from converter.units import Em, Pt
from converter.writers.pdf.sheets import Jump, Rule, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from converter.model import Document
    from converter.typeset.composed import Landmark
    from converter.typeset.designs import TitleIndex
    from converter.typeset.theme import Style
    from converter.writers.pdf.body import BodyPage
    from converter.writers.pdf.sheets import Mark, Paper

_DOTS = 4
"""Distance of the leader dots, in points; they stand in columns."""
_RESERVED = 4
"""What is kept free for leader and page number, in ems."""


class Entry(NamedTuple):
    """A line of a list, or several."""

    marks: list[Mark]
    jump: Jump
    rules: list[Rule]


class Contents:
    """The contents pages (目录): headings down to a depth, leader dots, page numbers, links.

    Run-in headings are sentences of the text; they are left to the outline.
    """

    def __init__(self, document: Document, paper: Paper, *, depth: int, numbered: bool) -> None:
        self._document = document
        self._paper = paper
        self._depth = depth
        self._numbered = numbered
        self._tag = Tag("TOC")

    def sheets(self, pages: Iterable[BodyPage], first_side: int) -> list[Sheet]:
        """The sheets, the first of them on this side; none if there is no heading."""
        entries = self._listed(pages)
        if not entries:
            return []
        nested = any(landmark.entry.depth > 1 for landmark, _ in entries)
        sheets = [self._paper.sheet(first_side)]
        y = self._headline(sheets[0])
        for landmark, number in entries:
            style = self._style(landmark, nested=nested)
            if sheets[-1].jumps and landmark.entry.section.heading.kind is HeadingKind.TEXT:
                y += style.leading / 2
            marks, jump, rules = self._entry(landmark, number, style, sheets[-1].left, y)
            if jump.bottom > self._paper.page.top + self._paper.page.depth and sheets[-1].jumps:
                sheets.append(self._paper.sheet(first_side + len(sheets)))
                marks, jump, rules = self._entry(landmark, number, style, sheets[-1].left, self._paper.page.top)
            y = jump.bottom
            sheets[-1].marks += marks
            sheets[-1].rules += rules
            sheets[-1].jumps.append(jump)
        if self._numbered:
            for number, sheet in enumerate(sheets, 1):
                sheet.marks.append(self._paper.folio(_roman(number), first_side + number - 1, sheet.left))
        return sheets

    def _listed(self, pages: Iterable[BodyPage]) -> list[tuple[Landmark, int]]:
        return [
            (landmark, page.number)
            for page in pages
            for landmark in page.landmarks
            if landmark.entry.depth <= self._depth and not landmark.entry.section.heading.run_in
        ]

    def _headline(self, sheet: Sheet) -> float:
        word = "目\u3000錄" if self._document.language.startswith("zh-Hant") else "目\u3000录"
        return headline(word, sheet, self._paper, Tag("Caption", self._tag))

    def _style(self, landmark: Landmark, *, nested: bool) -> Style:
        style = replace(self._paper.theme.toc, align=Align.LEFT)
        return replace(style, face=Face.HEI) if nested and landmark.entry.depth == 1 else style

    def _entry(self, landmark: Landmark, number: int, style: Style, left: float, top: float) -> Entry:
        indent = (landmark.entry.depth - 1) * style.size
        title = heading_text(landmark.entry.section.heading)
        tag = Tag("Link", Tag("Reference", Tag("TOCI", self._tag)))
        return entry(title, (landmark, number), style, self._paper, (left, indent, top), tag=tag)


def index_sheets(
    index: TitleIndex, paper: Paper, pages: Iterable[BodyPage], first_side: int, number: int | None
) -> list[Sheet]:
    """The sheets of an index of titles, the first of them on this side and with this page number."""
    at = {mark.entry.anchor: (mark, page.number) for page in pages for mark in page.landmarks}
    style = replace(paper.theme.toc, align=Align.LEFT)
    bottom, leading = paper.page.top + paper.page.depth, style.leading
    tag = Tag("TOC")
    sheets = [paper.sheet(first_side)]
    y = headline(index.name, sheets[0], paper, Tag("Caption", tag))
    for group in index.groups:
        below = Tag("TOC", tag)
        for first, (title, text) in enumerate(group.titles):
            sheet, (landmark, page) = sheets[-1], at[text.anchor]
            before = 1.5 * leading if not first else 0  # the letter stays with its first title
            link = Tag("Link", Tag("Reference", Tag("TOCI", below)))
            made = entry(title, (landmark, page), style, paper, (sheet.left, style.size, y + before), tag=link)
            if made.jump.bottom > bottom and sheet.jumps:
                sheets.append(sheet := paper.sheet(first_side + len(sheets)))
                y, before = paper.page.top, leading if not first else 0
                made = entry(title, (landmark, page), style, paper, (sheet.left, style.size, y + before), tag=link)
            if not first:
                caption, bold = Tag("Caption", below), replace(style, face=Face.HEI)
                top = y + before - leading
                sheet.marks += paper.lines(group.name, bold, sheet.left, paper.page.measure, top, tag=caption)[0]
            sheet.marks += made.marks
            sheet.rules += made.rules
            sheet.jumps.append(made.jump)
            y = made.jump.bottom
    if number is not None:
        for at_side, sheet in enumerate(sheets):
            sheet.marks.append(paper.folio(str(number + at_side), first_side + at_side, sheet.left))
    return sheets


def headline(words: str, sheet: Sheet, paper: Paper, tag: Tag) -> float:
    """The name of a list at the top of a sheet; gives back where the list begins."""
    title, page = paper.theme.title, paper.page
    style = replace(title, align=Align.CENTER, size=Pt(title.size * 0.8), first_indent=Em(0))
    sheet.marks, y = paper.lines(words, style, sheet.left, page.measure, page.top, tag=tag)
    return y + paper.theme.toc.leading


def entry(
    title: str,
    leads_to: tuple[Landmark, int],
    style: Style,
    paper: Paper,
    at: tuple[float, float, float],
    *,
    tag: Tag,
) -> Entry:
    """The lines of an entry with its page number, its link, its leader; `at` is the type area's left edge, the
    indent, and where the entry begins.
    """
    (landmark, number), (left, indent, top), size = leads_to, at, style.size
    measure = paper.page.measure - indent - _RESERVED * size
    marks, y = paper.lines(title, style, left + indent, measure, top, tag=tag)
    if not marks:
        return Entry([], Jump(landmark, top, top, tag), [])
    last = marks[-1]
    folio = paper.number(str(number), paper.theme.toc, Align.RIGHT, left, last.baseline, tag=tag)
    # Dots stand on a grid of the type area, so that they make columns.
    begin = indent + (last.line.x + last.line.width) * size / 1000 + 0.6 * size
    begin = left + math.ceil(begin / _DOTS) * _DOTS
    end = left + folio.line.x * size / 1000 - 0.5 * size
    rules = [Rule(begin, end, last.baseline - 0.3 * size, 0.9, _DOTS)] if begin < end else []
    return Entry([*marks, folio], Jump(landmark, top, y, tag), rules)


def _roman(number: int) -> str:
    """Small Roman numerals: 4 is iv."""
    digits = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    text = ""
    for value, letters in digits:
        text += letters * (number // value)
        number %= value
    return text
