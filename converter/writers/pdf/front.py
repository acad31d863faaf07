"""What stands before the body: the cover and the contents."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from converter.model import HeadingKind, heading_text, is_volume
from converter.typeset.tags import Tag, heading_tag
from converter.typeset.theme import Align, Face
from converter.units import Em, Pt, mm
from converter.writers.pdf.sheets import Jump, Rule, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from converter.model import Document
    from converter.typeset.flow import ComposedPage, Landmark
    from converter.typeset.theme import Style
    from converter.writers.pdf.sheets import Mark, Paper

_DOTS = 4
"""Distance of the leader dots, in points; they stand in columns."""
_RESERVED = 4
"""What is kept free for leader and page number, in ems."""


def cover(document: Document, paper: Paper) -> Sheet:
    """A cover of type alone: the title above the middle, a short rule, the authors; publisher and date at the foot."""
    data, page, title = document.metadata, paper.page, document.display_title
    scale = page.width / mm(210)
    points = Pt(round((36 if len(title) <= 12 else 30 if len(title) <= 26 else 26) * scale, 1))
    large = replace(paper.theme.title, size=points, leading=Pt(points * 1.5), align=Align.CENTER)
    small = replace(large, face=Face.KAI, size=Pt(round(16 * scale, 1)), leading=Pt(26 * scale))
    left, measure, middle = page.width * 0.14, page.width * 0.72, page.width / 2
    sheet = Sheet(left, page.top)
    part = Tag("NonStruct")
    head = (
        heading_tag(1) if data.title and is_volume(document) else Tag("P", part)
    )  # else the title stands above the text
    sheet.marks, y = paper.lines(title, large, left, measure, page.height * 0.24, tag=head)
    below = y + 6 * scale
    marks, y = paper.lines(data.subtitle, small, left, measure, below, tag=Tag("P", part)) if data.subtitle else ([], y)
    sheet.marks += marks
    sheet.rules.append(Rule(middle - 24 * scale, middle + 24 * scale, y + 14 * scale, 0.6))
    marks, _ = paper.lines("\u3000".join(data.authors), small, left, measure, y + 30 * scale, tag=Tag("P", part))
    sheet.marks += marks
    foot = [text for text in (data.publisher, data.edition, data.date) if text]
    y = page.height * 0.86 - len(foot) * small.leading
    for text in foot:
        marks, y = paper.lines(text, small, left, measure, y, tag=Tag("P", part))
        sheet.marks += marks
    return sheet


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

    def sheets(self, pages: Iterable[ComposedPage], first_side: int) -> list[Sheet]:
        """The sheets, the first of them on this side; none if there is no heading."""
        entries = [
            (landmark, page.number)
            for page in pages
            for landmark in page.landmarks
            if landmark.entry.depth <= self._depth and not landmark.entry.section.heading.run_in
        ]
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

    def _headline(self, sheet: Sheet) -> float:
        word = "目\u3000錄" if self._document.language.startswith("zh-Hant") else "目\u3000录"
        title = self._paper.theme.title
        style = replace(title, align=Align.CENTER, size=Pt(title.size * 0.8), first_indent=Em(0))
        page = self._paper.page
        tag = Tag("Caption", self._tag)
        sheet.marks, y = self._paper.lines(word, style, sheet.left, page.measure, page.top, tag=tag)
        return y + self._paper.theme.toc.leading

    def _style(self, landmark: Landmark, *, nested: bool) -> Style:
        style = replace(self._paper.theme.toc, align=Align.LEFT)
        return replace(style, face=Face.HEI) if nested and landmark.entry.depth == 1 else style

    def _entry(
        self, landmark: Landmark, number: int, style: Style, left: float, top: float
    ) -> tuple[list[Mark], Jump, list[Rule]]:
        """The entry's lines with its page number, its link, its leader."""
        size, depth, measure = style.size, landmark.entry.depth, self._paper.page.measure
        indent = (depth - 1) * size
        title = heading_text(landmark.entry.section.heading)
        tag = Tag("Link", Tag("Reference", Tag("TOCI", self._tag)))
        marks, y = self._paper.lines(title, style, left + indent, measure - indent - _RESERVED * size, top, tag=tag)
        if not marks:
            return [], Jump(landmark, top, top, tag), []
        last = marks[-1]
        folio = self._paper.line(str(number), self._paper.theme.toc, Align.RIGHT, left, last.baseline, tag=tag)
        # Dots stand on a grid of the type area, so that they make columns.
        begin = indent + (last.line.x + last.line.width) * size / 1000 + 0.6 * size
        begin = left + math.ceil(begin / _DOTS) * _DOTS
        end = left + folio.line.x * size / 1000 - 0.5 * size
        rules = [Rule(begin, end, last.baseline - 0.3 * size, 0.9, _DOTS)] if begin < end else []
        return [*marks, folio], Jump(landmark, top, y, tag), rules


def _roman(number: int) -> str:
    """Small Roman numerals: 4 is iv."""
    digits = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    text = ""
    for value, letters in digits:
        text += letters * (number // value)
        number %= value
    return text
