"""Paper, margins, grid, running heads and page numbers: all that a Word section holds."""

from __future__ import annotations

import math
from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from docx.shared import Twips
from lxml import etree

from converter.model import is_volume
from converter.records import NamedTuple
from converter.typeset.ends import width
from converter.typeset.theme import Folio
from converter.units import half_points, mm, twips
from converter.writers.docx.ooxml import field, set_attributes, text_run, w
from converter.writers.docx.runs import runs
from converter.writers.docx.styles import whole_twips

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.section import Section, _BaseHeaderFooter
    from lxml.etree import _Element as Element

    from converter.model import Document
    from converter.typeset.theme import Theme
    from converter.writers.characters import XmlCharacters

_HEAD_GAP = mm(6)
"""From a running head to the type area."""
_HAIR = 2
"""Twips, a thirtieth of a millimetre."""
_DESCENT = 0.2
"""The part of an exact line height that Word puts below the baseline."""


def set_pages(
    made: WordDocument,
    document: Document,
    theme: Theme,
    *,
    running_head: bool | None,
    opened: bool,
    vertical: bool,
    characters: XmlCharacters,
) -> Element:
    """Lay out the section of the text, whose element comes back; `opened` says that others stand before it.

    `running_head` None means as the theme has it. Bound at the right (`vertical`), odd pages lie at the left.
    """
    section = made.sections[0]
    last: Element = section._sectPr  # noqa: SLF001 - python-docx has no document grid
    facing = theme.page.mirrored or theme.folio is not Folio.CENTER
    made.settings.odd_and_even_pages_header_footer = facing
    if not theme.page.mirrored:
        etree.strip_elements(made.settings.element, "{*}mirrorMargins")
    _set_paper(section, theme)
    if theme.grid:
        last.append(_grid(theme, theme.grid))
    if opened and theme.page.mirrored:
        section.start_type = WD_SECTION.ODD_PAGE
    has_head = theme.running_head is not None if running_head is None else running_head
    if has_head and not is_volume(document) and not (opened and theme.page.mirrored):
        # As in print, no head stands above a title. In a volume the texts are one section; and of a section that begins
        # on a right-hand page LibreOffice 7 takes the second page for a first one, too.
        section.different_first_page_header_footer = True
        _fill(section.first_page_footer, _folio(theme, even=vertical))
    for even in (False, True) if facing else (False,):
        _fill(section.even_page_footer if even else section.footer, _folio(theme, even=even != vertical))
        if has_head:
            head = section.even_page_header if even else section.header
            _fill(head, _running_head(document, theme, characters, even=even != vertical))
    return last


def turned(theme: Theme) -> Theme:
    """The theme for vertical writing: its lines are as long as the type area is high."""
    page = theme.page
    lying = replace(page, width=page.height, height=page.width, inner=page.top, outer=page.bottom)
    return replace(theme, page=replace(lying, top=page.outer, bottom=page.inner))


def write_down(section: Element) -> None:
    """Vertical writing, bound at the right (ECMA-376 §17.6.20, §17.6.16): the grid's columns would be its lines."""
    etree.strip_elements(section, "{*}docGrid")
    for margins in section.iterfind("{*}pgMar"):
        sides = {name: margins.get(qn(f"w:{name}"), "0") for name in ("left", "right")}
        set_attributes(margins, left=sides["right"], right=sides["left"])
    section.append(w("textDirection", val="tbRl"))
    section.append(w("rtlGutter"))


def contents_end(last: Element) -> Element:
    """The paragraph that ends the section of the contents, laid out like `last`, the text's own, with page numbers of
    its own: I, II, III.
    """
    section = deepcopy(last)
    etree.strip_elements(section, "{*}headerReference")
    for numbers in section.iterfind("{*}pgNumType"):
        set_attributes(numbers, fmt="upperRoman")
    return w("p", w("pPr", section))


def sides(made: WordDocument) -> tuple[float, float]:
    """Width and height of the paper, in points."""
    section = made.sections[-1]
    return tuple(length.pt if length else 0.0 for length in (section.page_width, section.page_height))  # type: ignore[return-value]


def _set_paper(section: Section, theme: Theme) -> None:
    page = theme.page
    section.page_width, section.page_height = Twips(twips(page.width)), Twips(twips(page.height))
    section.top_margin, section.bottom_margin = Twips(twips(page.top)), Twips(twips(page.bottom))
    # A measure of just so many characters gets a hair more: with less after rounding, a line would hold one fewer.
    hair = 0 if theme.grid else _HAIR
    section.left_margin, section.right_margin = Twips(twips(page.inner) - hair), Twips(twips(page.outer) - hair)
    below = page.bottom - theme.folio_drop - _DESCENT * theme.folio_style.leading
    section.footer_distance = Twips(twips(below))
    head = theme.running_head or theme.folio_style
    section.header_distance = Twips(twips(page.top - _HEAD_GAP - head.leading))


def _grid(theme: Theme, grid: tuple[int, int]) -> Element:
    """So many characters a line and lines a page, rounded so that the last of each still fits (ECMA-376 §17.6.5)."""
    columns, lines = grid
    cell = whole_twips(theme.page.measure) / 20 / columns
    return w(
        "docGrid",
        type="linesAndChars",
        linePitch=whole_twips(theme.page.depth) // lines,
        charSpace=math.floor((cell - half_points(theme.body.size) / 2) * 4096),
    )


class _Line(NamedTuple):
    """What a header or footer holds."""

    properties: tuple[Element, ...]
    runs: tuple[Element, ...]


def _folio(theme: Theme, *, even: bool) -> _Line:
    """The page number; on a left-hand page (`even`) it stands at the left."""
    number = tuple(field("PAGE", text_run("1")))
    side = "left" if even else "right"
    match theme.folio:
        case Folio.CENTER:
            return _Line((w("jc", val="center"),), number)
        case Folio.OUTSIDE:
            return _Line((w("jc", val=side),), number)
        case Folio.OFFICIAL:
            # GB/T 9704-2012 7.5: a dash on each side, one character in from the outer edge
            inset = w("ind", **{f"{side}Chars": 100, side: twips(theme.folio_style.size)})
            return _Line((inset, w("jc", val=side)), (*runs("— "), *number, *runs(" —")))
        case _:
            assert_never(theme.folio)


def _running_head(document: Document, theme: Theme, characters: XmlCharacters, *, even: bool) -> _Line:
    """The title on left-hand pages, the part on right-hand ones; until Word has counted, the title on both."""
    style = theme.running_head or theme.folio_style
    title = tuple(runs(_on_one_line(characters.clean(document.display_title), theme.page.measure / style.size)))
    side = ("left" if even else "right") if theme.page.mirrored else "center"
    has_parts = bool(document.sections) and not any(section.heading.run_in for section in document.sections)
    # The heading style by its number, since its name is another one in Word for another language.
    content = title if even or not has_parts else tuple(field("STYLEREF 1", *title))
    return _Line((w("jc", val=side),), content)


def _on_one_line(words: str, ems: float) -> str:
    """As many of the words as so many ems hold, with … if some are left out."""
    if width(words) <= ems:
        return words
    kept = words
    while width(kept) > ems - 1:
        kept = kept[:-1]
    return kept.rstrip() + "…"


def _fill(place: _BaseHeaderFooter, line: _Line) -> None:
    into = place.paragraphs[0]._p  # noqa: SLF001 - python-docx has no fields
    into.get_or_add_pPr().extend(line.properties)
    into.extend(line.runs)
