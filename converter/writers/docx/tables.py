"""Tables: their columns, and rows that stay whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.typeset.items import PADDING
from converter.typeset.tables import columns_of_figures, fitted
from converter.units import half_points, twips
from converter.writers.docx.inlines import inlines_to_docx
from converter.writers.docx.ooxml import child, paragraph, set_attributes, w
from converter.writers.docx.places import NOTHING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.etree import _Element as Element

    from converter.model import Inline, Table
    from converter.typeset.tables import Fit
    from converter.writers.docx.places import Place
    from converter.writers.docx.story import Story


def table_to_docx(table: Table, story: Story, place: Place) -> Iterator[Element]:
    """The table as wide as the measure, its head repeated on each page (ECMA-376 §17.4.49).

    Above it and below stands half an empty line, a whole one on a grid of lines. Its words are as large as in print.
    """
    rows = [row for row in (*table.head, *table.rows) if row]
    if not rows:
        return
    size = story.theme.body.size
    measure = story.theme.page.measure - (place.left + place.right) * size
    fit = fitted(rows, measure, story.theme.body)
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
    made = w("tbl", properties, w("tblGrid", *(w("gridCol", w=twips(width)) for width in fit.widths)))
    heads, figures = len([row for row in table.head if row]), columns_of_figures(table)
    for number, row in enumerate(rows):
        made.append(row_to_docx(row, fit.widths, story, head=number < heads, figures=figures))
    if fit.size < size:
        _make_smaller(made, fit)
    gap = _gap(story)
    gap[0].insert(1, w("keepNext"))  # else a heading would stay without its table
    yield from (gap, made, _gap(story))


def _make_smaller(table: Element, fit: Fit) -> None:
    for properties in table.iter("{*}pPr"):
        set_attributes(child(properties, "spacing"), line=twips(fit.leading), lineRule="exact")
    for run in table.iter("{*}r"):
        found = run.find("{*}rPr")
        properties = w("rPr") if found is None else found
        run.insert(0, properties)
        set_attributes(child(properties, "sz"), val=half_points(fit.size))


def _gap(story: Story) -> Element:
    made, leading = paragraph(NOTHING), story.theme.body.leading
    height = twips(leading if story.theme.line_grid else leading / 2)
    made[0].append(w("spacing", before=0, after=0, line=height, lineRule="exact"))
    return made


def row_to_docx(
    row: Sequence[Iterable[Inline]], widths: Sequence[float], story: Story, *, head: bool, figures: frozenset[int]
) -> Element:
    """A row of a table; one that ends early leaves columns of the grid free. Columns of figures end at the right."""
    properties = w("trPr")
    if len(row) < len(widths):
        properties.append(w("gridAfter", val=len(widths) - len(row)))
    properties.append(w("cantSplit"))
    if head:
        properties.append(w("tblHeader"))
    made = w("tr", properties)
    for number, (cell, width) in enumerate(zip(row, widths, strict=False)):
        words = paragraph("TableHead" if head else "TableText", *inlines_to_docx(cell, story))
        if number in figures and not head:
            words[0].append(w("jc", val="right"))
        made.append(w("tc", w("tcPr", w("tcW", w=twips(width), type="dxa")), words))
    return made
