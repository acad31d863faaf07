"""What has a side of its own and little on it: the cover in several designs, half-title, imprint, back cover."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from converter.model import is_volume
from converter.typeset.composed import PlacedPicture, PlacedRule
from converter.typeset.cover import BLEED, cover_of, fit
from converter.typeset.designs import INK, CoverDesign, possible
from converter.typeset.imprint import imprint_of
from converter.typeset.tags import Tag, heading_tag
from converter.typeset.theme import Align, Face, Style
from converter.units import Pt, mm
from converter.writers.pdf.sheets import Rule, Sheet

if TYPE_CHECKING:
    from converter.model import Document
    from converter.typeset.pictures import Picture
    from converter.writers.pdf.sheets import Paper


def cover(document: Document, paper: Paper, design: CoverDesign) -> Sheet:
    """The cover: the document's picture; else title and subtitle, authors; publisher, edition and date at the foot."""
    if (found := cover_of(document)) is not None:
        return _pictured(document, paper, *found)
    design = possible(design, document.display_title)
    if design is CoverDesign.LABEL:
        return _label(document, paper)
    data, page, title = document.metadata, paper.page, document.display_title
    scale = page.width / mm(210)
    flush = design is CoverDesign.BAND
    align = Align.LEFT if flush else Align.CENTER
    left, measure = page.width * (0.3 if flush else 0.16), page.width * (0.6 if flush else 0.68)
    large, small = _styles(title, scale, align)
    sheet = Sheet(0, 0)
    sheet.frames = _decoration(design, paper, scale)
    top, tag = page.height * 0.24, _title_tag(document)
    sheet.marks, y = paper.lines(title, large, left, measure, top, tag=tag, balanced=True)
    if data.subtitle:
        marks, y = paper.lines(data.subtitle, small, left, measure, y + 6 * scale, tag=_beside())
        sheet.marks += marks
    begin = left if flush else page.width / 2 - 24 * scale
    sheet.rules.append(Rule(begin, begin + 48 * scale, y + 14 * scale, 0.6))
    marks, _ = paper.lines("\u3000".join(data.authors), small, left, measure, y + 30 * scale, tag=_beside())
    sheet.marks += marks
    foot = [words for words in (data.publisher, data.edition, data.date) if words]
    _foot(sheet, foot, small, paper, (left, measure))
    return sheet


def _pictured(document: Document, paper: Paper, shown: Picture, alt: str) -> Sheet:
    """A picture over the whole page and its bleed; under it, unseen, the title."""
    page, sheet = paper.page, Sheet(0, 0, bleed=BLEED)
    filled = fit(shown, page.width + 2 * BLEED, page.height + 2 * BLEED)
    x, y = (page.width - filled.width) / 2, (page.height - filled.height) / 2
    tag = Tag("Figure")
    tag.alt = alt
    sheet.pictures = [PlacedPicture(shown, x, y, filled.width, filled.height, tag)]
    large, _ = _styles(document.display_title, page.width / mm(210), Align.CENTER)
    sheet.hidden, _ = paper.lines(
        document.display_title,
        large,
        page.width * 0.16,
        page.width * 0.68,
        page.height * 0.24,
        tag=_title_tag(document),
    )
    return sheet


def half_title(document: Document, paper: Paper, side: int) -> Sheet:
    """The half-title (扉页): the title alone."""
    scale = paper.page.width / mm(210)
    large, small = _styles(document.display_title, scale * 0.75, Align.CENTER)
    sheet = paper.sheet(side)
    top, measure, subtitle = paper.page.height * 0.3, paper.page.measure, document.metadata.subtitle
    sheet.marks, y = paper.lines(document.display_title, large, sheet.left, measure, top, tag=_beside())
    if subtitle:
        sheet.marks += paper.lines(subtitle, small, sheet.left, measure, y + 6 * scale, tag=_beside())[0]
    return sheet


def imprint(document: Document, paper: Paper, side: int) -> Sheet:
    """The imprint (版权页): what is known of the book, at the foot of the page between two rules."""
    style = replace(paper.theme.toc, align=Align.LEFT)
    sheet = paper.sheet(side)
    column = 6 * style.size
    rows = imprint_of(document)
    y = top = paper.page.top + paper.page.depth - (len(rows) + 3) * style.leading
    for row in rows:
        name, _ = paper.lines(row.spaced, replace(style, face=Face.HEI), sheet.left, column, y, tag=_beside())
        words, y = paper.lines(row.words, style, sheet.left + column, paper.page.measure - column, y, tag=_beside())
        sheet.marks += (*name, *words)
    for at in (top - style.leading / 2, y + style.leading / 2) if rows else ():
        sheet.rules.append(Rule(sheet.left, sheet.left + paper.page.measure, at, 0.6))
    return sheet


def back_cover(document: Document, paper: Paper, design: CoverDesign) -> Sheet:
    """The back cover (封底), in the design of the cover: who publishes the book, at its foot."""
    page = paper.page
    scale = page.width / mm(210)
    _, small = _styles("", scale, Align.CENTER)
    sheet = Sheet(0, 0)
    sheet.frames = _decoration(possible(design, document.display_title), paper, scale, back=True)
    publisher = document.metadata.publisher
    _foot(sheet, [publisher] if publisher else [], small, paper, (page.width * 0.16, page.width * 0.68))
    return sheet


def _styles(title: str, scale: float, align: Align) -> tuple[Style, Style]:
    """Of the title, and of the rest."""
    points = Pt(round((36 if len(title) <= 12 else 30 if len(title) <= 26 else 26) * scale, 1))
    large = Style(face=Face.XIAOBIAOSONG, size=points, leading=Pt(points * 1.5), align=align)
    return large, replace(large, face=Face.KAI, size=Pt(round(16 * scale, 1)), leading=Pt(26 * scale))


def _title_tag(document: Document) -> Tag:
    """A heading where the title stands here only, else a paragraph: a text's title stands above it once more."""
    return heading_tag(1) if document.metadata.title and is_volume(document) else _beside()


def _beside() -> Tag:
    """Of words that are not the text's: whoever reads the text back from the file leaves them out."""
    return Tag("P", Tag("NonStruct"))


def _foot(sheet: Sheet, lines: list[str], style: Style, paper: Paper, area: tuple[float, float]) -> None:
    """Lines at the foot, in an area that begins at a distance from the left and is so wide."""
    left, measure = area
    y = paper.page.height * 0.86 - len(lines) * style.leading
    for words in lines:
        marks, y = paper.lines(words, style, left, measure, y, tag=_beside())
        sheet.marks += marks


def _decoration(design: CoverDesign, paper: Paper, scale: float, *, back: bool = False) -> list[PlacedRule]:
    """The rules of a design on the cover, or on the back cover, where spine and edge change sides."""
    page = paper.page
    match design:
        case CoverDesign.FRAME:
            edge = 36 * scale
            outer = _box(edge, edge, page.width - edge, page.height - edge, 3 * scale)
            edge += 6 * scale
            return outer + _box(edge, edge, page.width - edge, page.height - edge, 0.6)
        case CoverDesign.BAND:
            width = page.width * 0.18
            middle, line = width / 2, width + 5 * scale
            if paper.right_bound != back:
                middle, line = page.width - middle, page.width - line
            return [
                PlacedRule(middle, 0, middle, page.height, width, INK),
                PlacedRule(line, 0, line, page.height, 1.2 * scale, INK),
            ]
        case _:
            return []


def _box(left: float, top: float, right: float, bottom: float, thickness: float) -> list[PlacedRule]:
    """The four rules of a frame; the level ones go as far as the outer edge of the upright ones."""
    corners = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
    half = thickness / 2
    return [
        PlacedRule(min(x, u) - half * (y == v), y, max(x, u) + half * (y == v), v, thickness)
        if y == v
        else PlacedRule(x, y, u, v, thickness)
        for (x, y), (u, v) in pairwise(corners)
    ]


def _label(document: Document, paper: Paper) -> Sheet:
    """The label at the upper edge, at the side where the book opens from; who made the book stands at the foot."""
    data, page, title = document.metadata, paper.page, document.display_title
    scale = page.width / mm(210)
    large, small = _styles(title, scale, Align.CENTER)
    large = replace(large, leading=Pt(large.size * 1.25))
    width, top = large.size * 2.1, page.height * 0.1
    left = page.width * 0.12 if paper.right_bound else page.width * 0.88 - width
    sheet = Sheet(0, 0)
    y, tag = top + 0.6 * large.size, _title_tag(document)
    for character in title:
        marks, y = paper.lines(character, large, left, width, y, tag=tag)
        sheet.marks += marks
    bottom = y + 0.6 * large.size
    sheet.frames = _box(left, top, left + width, bottom, 2.4 * scale)
    inset = 5 * scale
    sheet.frames += _box(left + inset, top + inset, left + width - inset, bottom - inset, 0.5)
    foot = [words for words in (data.subtitle, *data.authors, data.publisher, data.edition, data.date) if words]
    _foot(sheet, foot, small, paper, (page.width * 0.16, page.width * 0.68))
    return sheet
