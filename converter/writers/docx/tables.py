"""Tables: their columns, and rows that stay whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.typeset.items import PADDING
from converter.typeset.tables import column_widths
from converter.units import twips
from converter.writers.docx.inlines import inlines_to_docx
from converter.writers.docx.ooxml import paragraph, w
from converter.writers.docx.places import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.etree import _Element as Element

    from converter.model import Inline, Table
    from converter.writers.docx.places import Place
    from converter.writers.docx.story import Story


def table_to_docx(table: Table, story: Story, place: Place) -> Iterator[Element]:
    """The table as wide as the measure, its head repeated on each page (ECMA-376 §17.4.49).

    Above it and below stands half an empty line, where lines keep to no grid; else below it one of no height, or two
    tables would be one.
    """
    rows = [row for row in (*table.head, *table.rows) if row]
    if not rows:
        return
    size = story.theme.body.size
    measure = story.theme.page.measure - (place.left + place.right) * size
    widths = column_widths(rows, measure)
    above = 0 if story.theme.line_grid else PADDING
    paddings = (("top", above), ("left", PADDING), ("bottom", above), ("right", PADDING))
    properties = w(
        "tblPr",
        w("tblStyle", val="TableGrid"),
        w("tblW", w=twips(measure), type="dxa"),
        w("tblInd", w=twips(place.left * size), type="dxa"),
        w("tblLayout", type="fixed"),
        w("tblCellMar", *(w(side, w=twips(room), type="dxa") for side, room in paddings)),
        w("tblLook", val="0020", firstRow=1),
    )
    made = w("tbl", properties, w("tblGrid", *(w("gridCol", w=twips(width)) for width in widths)))
    heads = len([row for row in table.head if row])
    for number, row in enumerate(rows):
        made.append(row_to_docx(row, widths, story, head=number < heads))
    if story.theme.line_grid:
        yield from (made, paragraph(NOTHING))
    else:
        yield from (_half_line(story), made, _half_line(story))


def _half_line(story: Story) -> Element:
    made = paragraph(NOTHING)
    made[0].append(w("spacing", before=0, after=0, line=twips(story.theme.body.leading / 2), lineRule="exact"))
    return made


def row_to_docx(row: Sequence[Iterable[Inline]], widths: Sequence[float], story: Story, *, head: bool) -> Element:
    """A row of a table; one that ends early leaves columns of the grid free."""
    properties = w("trPr")
    if len(row) < len(widths):
        properties.append(w("gridAfter", val=len(widths) - len(row)))
    properties.append(w("cantSplit"))
    if head:
        properties.append(w("tblHeader"))
    made = w("tr", properties)
    for cell, width in zip(row, widths, strict=False):
        words = paragraph("TableHead" if head else "TableText", *inlines_to_docx(cell, story))
        made.append(w("tc", w("tcPr", w("tcW", w=twips(width), type="dxa")), words))
    return made
