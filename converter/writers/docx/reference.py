"""A Word file of the user's as the template: its styles, page, heads and feet go before those of the theme.

Styles are known by their names (ECMA-376 §17.7.4.9), whatever ids the user's Word gave them. What the file does not
define comes from the theme: titles, headings and contents as they are; paragraphs of the text only with their alignment
and indents, so that their face and size are those of the file.
"""

from __future__ import annotations

import io
from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING, cast

import docx
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import XmlPart
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.shared import Emu

from converter.errors import InputError
from converter.typeset.theme import Page
from converter.units import Pt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docx.document import Document as WordDocument
    from docx.styles.style import ParagraphStyle
    from lxml.etree import _Element as Element

    from converter.typeset.theme import Theme

_SECTION = (
    f'<w:sectPr {nsdecls("w")}><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1440" w:right="1440" w:bottom="1440" '
    'w:left="1440" w:header="850" w:footer="850" w:gutter="0"/><w:pgNumType w:start="1"/></w:sectPr>'
)
"""Of a file that has none: A4 with margins of an inch."""
_CALLED_BY = tuple(map(qn, ("w:pStyle", "w:rStyle", "w:tblStyle", "w:basedOn", "w:next", "w:link")))
_OF_ITS_WORDS = frozenset(
    {
        *(RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES, RELATIONSHIP_TYPE.COMMENTS),
        *(RELATIONSHIP_TYPE.IMAGE, RELATIONSHIP_TYPE.HYPERLINK, RELATIONSHIP_TYPE.CHART, RELATIONSHIP_TYPE.OLE_OBJECT),
    }
)
"""What the file's text is related to, which goes with it."""
_OF_THE_TEXT = frozenset(
    {
        *(
            "body text",
            "salutation",
            "closing",
            "signature",
            "date",
            "note",
            "attachment",
            "credit",
            "verse",
            "speaker",
        ),
        *("list", "list continue", "list paragraph", "quote", "poem", "separator", "byline", "subtitle", "imprint"),
        *("letterhead", "document number", "table text", "table head", "figure", "header", "footer"),
    }
)
"""Styles that take the face and size of the file."""
_KEPT = frozenset(
    map(qn, ("w:keepNext", "w:keepLines", "w:jc", "w:ind", "w:tabs", "w:outlineLvl", "w:pageBreakBefore"))
)


def open_reference(data: bytes, ours: WordDocument) -> WordDocument:
    """The user's file without its text, with the styles of `ours` that it lacks. Raises InputError for no Word file."""
    try:
        made = docx.Document(io.BytesIO(data))
    except (KeyError, ValueError, OSError) as error:
        raise InputError(
            f"The reference is no Word file: {error}.", f"参考文档不是有效的 Word 文件：{error}。"
        ) from None
    body = made.element.body
    body[:] = [element for element in body if element.tag == qn("w:sectPr")][-1:]
    if not len(body):
        body.append(parse_xml(_SECTION))
    for name, relation in list(made.part.rels.items()):
        if relation.reltype in _OF_ITS_WORDS:
            del made.part.rels[name]
    package = made.part.package
    for name, relation in list(package.rels.items()):
        if relation.reltype in {RELATIONSHIP_TYPE.CUSTOM_PROPERTIES, RELATIONSHIP_TYPE.THUMBNAIL}:
            del package.rels[name]
    made.core_properties.last_modified_by = made.core_properties.comments = made.core_properties.category = ""
    for tag in ("w:footnotePr", "w:endnotePr"):
        for properties in made.settings.element.findall(qn(tag)):
            made.settings.element.remove(properties)
    _rename(made, ours)
    _complete(made, ours)
    _set_tabs(made)
    return made


def paged(theme: Theme, made: WordDocument) -> Theme:
    """The theme with the page of the file: what tables, pictures and the count of pages go by."""
    section, old = made.sections[-1], theme.page
    settings = made.settings.element
    page = Page(
        width=_points(section.page_width, old.width),
        height=_points(section.page_height, old.height),
        top=_points(section.top_margin, old.top),
        bottom=_points(section.bottom_margin, old.bottom),
        inner=_points(section.left_margin, old.inner),
        outer=_points(section.right_margin, old.outer),
        mirrored=settings.find(qn("w:mirrorMargins")) is not None,
    )
    size = _size(made, "Body Text") or theme.body.size
    body = replace(theme.body, size=Pt(size), leading=Pt(theme.body.leading * size / theme.body.size))
    return replace(theme, page=page, body=body, grid=None, rules=None)


def _points(length: int | None, otherwise: Pt) -> Pt:
    return otherwise if length is None else Pt(abs(length) / 12_700)


def _size(made: WordDocument, name: str) -> float | None:
    style = made.styles[name]
    while style is not None:
        if style.font.size is not None:
            return float(style.font.size.pt)
        style = style.base_style
    return None


def _named(made: WordDocument) -> dict[str, Element]:
    """The styles by their names in small letters: LibreOffice writes Heading 1, Word heading 1."""
    return {name.get(qn("w:val"), "").lower(): name.getparent() for name in made.styles.element.iter(qn("w:name"))}


def _rename(made: WordDocument, ours: WordDocument) -> None:
    """Give the styles of the file the ids that our paragraphs call them by."""
    wanted = {name: style.get(qn("w:styleId"), "") for name, style in _named(ours).items()}
    renamed: dict[str, str] = {}
    for name, style in _named(made).items():
        identifier = style.get(qn("w:styleId"), "")
        if name in wanted:
            renamed[identifier] = wanted[name]
        elif identifier in wanted.values():
            renamed[identifier] = identifier + "_"
    for style in made.styles.element.iter(qn("w:style")):
        identifier = style.get(qn("w:styleId"), "")
        style.set(qn("w:styleId"), renamed.get(identifier, identifier))
    for part in made.part.package.iter_parts():
        if isinstance(part, XmlPart):
            for call in cast("Iterator[Element]", part.element.iter(*_CALLED_BY)):
                identifier = call.get(qn("w:val"), "")
                call.set(qn("w:val"), renamed.get(identifier, identifier))


def _complete(made: WordDocument, ours: WordDocument) -> None:
    """Add the styles that the file lacks."""
    theirs, styles = _named(made), made.styles.element
    for name, style in _named(ours).items():
        if name in theirs:
            _open_pages(theirs[name], style)
            continue
        copied = deepcopy(style)
        if copied.get(qn("w:default")) is not None:
            del copied.attrib[qn("w:default")]
        if name in _OF_THE_TEXT or " variant " in name or " run-in " in name:
            for properties in copied.findall(qn("w:rPr")):
                copied.remove(properties)
            for properties in copied.findall(qn("w:pPr")):
                for child in list(properties):
                    if child.tag not in _KEPT:
                        properties.remove(child)
        styles.append(copied)


def _set_tabs(made: WordDocument) -> None:
    """Page numbers in the contents stand at the right edge of the file's own page.

    Word puts such tabs into the paragraphs of a contents that it makes, so the styles of most files have none.
    """
    section = made.sections[-1]
    lengths = (section.page_width, section.left_margin, section.right_margin)
    width, left, right = (length or 0 for length in lengths)
    for level in range(1, 10):
        style = _named(made).get(f"toc {level}")
        if style is None:
            continue
        tabs = cast("ParagraphStyle", made.styles[f"toc {level}"]).paragraph_format.tab_stops
        tabs.clear_all()
        tabs.add_tab_stop(Emu(width - left - right), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _open_pages(theirs: Element, ours: Element) -> None:
    """Headings that open pages do so in any style: the texts of a volume must not run together."""
    breaks = ours.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}")
    if breaks is None or breaks.get(qn("w:val")) in {"0", "false"}:
        return
    properties = theirs.get_or_add_pPr()  # type: ignore[attr-defined] # python-docx's own class of style elements
    if properties.find(qn("w:pageBreakBefore")) is None:
        properties.insert_element_before(
            deepcopy(breaks),
            "w:framePr",
            "w:widowControl",
            "w:numPr",
            "w:pBdr",
            "w:spacing",
            "w:ind",
            "w:jc",
            "w:outlineLvl",
        )
