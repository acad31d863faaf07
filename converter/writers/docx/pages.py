"""Paper, margins, grid, running heads and page numbers: all that a Word section holds."""

from __future__ import annotations

import math
from copy import deepcopy
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING, assert_never

from lxml import etree

from converter.model import is_volume
from converter.records import NamedTuple
from converter.typeset.ends import width
from converter.typeset.theme import Folio
from converter.units import half_points, mm, twips
from converter.writers.docx.ooxml import field, paragraph, qn, set_attributes, text_run, w
from converter.writers.docx.package import SETTINGS
from converter.writers.docx.runs import runs
from converter.writers.docx.styles import language_tag, whole_twips

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element as Element

    from converter.model import Document
    from converter.typeset.theme import Theme
    from converter.writers.characters import XmlCharacters
    from converter.writers.docx.package import Package

_HEAD_GAP = mm(6)
"""From a running head to the type area."""
_HAIR = 2
"""Twips, a thirtieth of a millimetre."""
_DESCENT = 0.2
"""The part of an exact line height that Word puts below the baseline."""


def set_pages(
    package: Package,
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
    facing = theme.page.mirrored or theme.folio is not Folio.CENTER
    package[SETTINGS] = _settings(package[SETTINGS].decode(), language_tag(document), theme, facing=facing)
    has_head = theme.running_head is not None if running_head is None else running_head
    # As in print, no head stands above a title. In a volume the texts are one section; and of a section that begins
    # on a right-hand page LibreOffice 7 takes the second page for a first one, too.
    bare = has_head and not is_volume(document) and not (opened and theme.page.mirrored)
    lines = [("first", "footer", _folio(theme, even=vertical))] if bare else []
    for even in (False, True) if facing else (False,):
        which = "even" if even else "default"
        lines.append((which, "footer", _folio(theme, even=even != vertical)))
        if has_head:
            lines.append((which, "header", _running_head(document, theme, characters, even=even != vertical)))
    section = w("sectPr", *_references(package, lines))
    if opened and theme.page.mirrored:
        section.append(w("type", val="oddPage"))
    section.extend((*_paper(theme), w("pgNumType", start=1), w("cols", space=425)))
    if bare:
        section.append(w("titlePg"))
    if theme.grid:
        section.append(_grid(theme, theme.grid))
    return section


def _settings(template: str, language: str, theme: Theme, *, facing: bool) -> bytes:
    """The settings, for this language; `facing` says that left-hand pages have heads and feet of their own."""
    made = template.replace('w:eastAsia="zh-CN"', f'w:eastAsia="{language}"')
    for element, wanted in (("<w:mirrorMargins/>", theme.page.mirrored), ("<w:evenAndOddHeaders/>", facing)):
        made = made if wanted else made.replace(element, "")
    return made.encode()


def _references(package: Package, lines: Iterable[tuple[str, str, _Line]]) -> Iterator[Element]:
    """Store heads and feet, each in a part of its own; what leads to them from the section comes back."""
    numbers = {"header": count(1), "footer": count(1)}
    for which, kind, line in lines:
        words = paragraph(kind.capitalize(), *line.runs)
        words[0].extend(line.properties)
        root = w("hdr" if kind == "header" else "ftr", words)
        reference = w(f"{kind}Reference", type=which)
        reference.set(qn("r:id"), package.add(f"{kind}{next(numbers[kind])}", root))
        yield reference


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


def sides(section: Element) -> tuple[float, float]:
    """Width and height of the paper, in points."""
    paper = section.find(qn("w:pgSz"))
    width, height = ("0" if paper is None else paper.get(qn(f"w:{side}"), "0") for side in ("w", "h"))
    return int(width) / 20, int(height) / 20


def _paper(theme: Theme) -> tuple[Element, Element]:
    page = theme.page
    # A measure of just so many characters gets a hair more: with less after rounding, a line would hold one fewer.
    hair = 0 if theme.grid else _HAIR
    below = page.bottom - theme.folio_drop - _DESCENT * theme.folio_style.leading
    head = theme.running_head or theme.folio_style
    margins = w(
        "pgMar",
        top=twips(page.top),
        right=twips(page.outer) - hair,
        bottom=twips(page.bottom),
        left=twips(page.inner) - hair,
        header=twips(page.top - _HEAD_GAP - head.leading),
        footer=twips(below),
        gutter=0,
    )
    return w("pgSz", w=twips(page.width), h=twips(page.height)), margins


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
