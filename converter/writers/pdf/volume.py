"""The sides of the file in their order: cover, contents, body, index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.typeset.designs import title_index
from converter.writers.pdf.body import Body
from converter.writers.pdf.file import PdfFile, Side
from converter.writers.pdf.font import FontNames, Used, used_by
from converter.writers.pdf.sheet_drawing import draw, drawn_around
from converter.writers.pdf.sheets import Paper, Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from converter.model import Document
    from converter.plugins import Store
    from converter.typeset.fonts import FontFace
    from converter.typeset.pages import Typesetter
    from converter.writers.pdf import PdfOptions
    from converter.writers.pdf.body import BodyPage


def document_to_pdf(
    document: Document, typesetter: Typesetter, options: PdfOptions, store: Store | None = None
) -> tuple[bytes, list[str]]:
    """The file, and the characters that no font has. What is drawn of texts is kept in `store`, and taken from it."""
    paper = Paper(typesetter, right_bound=options.vertical)
    names = FontNames(typesetter.fonts)
    body = Body(document, paper, options, names, store)
    front = _opening(document, paper, options)
    covers = len(front)
    if options.contents:
        from converter.writers.pdf.front import Contents

        made = Contents(document, paper, depth=options.contents_depth, numbered=options.page_numbers)
        front += made.sheets(body.pages, covers + 1)
    if typesetter.theme.page.mirrored and len(front) % 2:
        front.append(paper.sheet(len(front) + 1))  # page 1 lies on the right
    ending = _ending(document, paper, options, body.pages, len(front))
    around = body.around()
    file = PdfFile(typesetter.theme.page, document, names)
    used: dict[FontFace, Used] = {}
    sheets = [*front, *ending, *around]
    lines = (mark.line for sheet in sheets for mark in (*sheet.marks, *sheet.outside, *sheet.hidden))
    for here in (used_by(lines, vertical=options.vertical), *(portion.used for portion in body.portions)):
        for face, of_it in here.items():
            used.setdefault(face, Used()).add(of_it)
    missing = file.embed(used, centred=typesetter.manner.centred)
    _add(front, file, paper)
    drawing, outside = file.drawing(), iter(around)
    for portion in body.portions:
        drawn = portion.drawn or portion.draw(file.drawing(), paper.page)
        sides = [Side(body.right(page.number), drawn_around(next(outside), drawing)) for page in portion.pages]
        file.add(drawn, sides, portion.entries)
    _add(ending, file, paper)
    if options.cover:
        file.label_pages(0, None, "封面")
    if covers > options.cover:
        file.label_pages(int(options.cover), "ARABIC", "扉页")
    if len(front) > covers:
        file.label_pages(covers, "ROMAN_LOWER")
    file.label_pages(len(front), "ARABIC")
    if options.back_cover:
        file.label_pages(len(front) + len(body.pages) + len(ending) - 1, None, "封底")
    return file.finish(), missing


def _add(sheets: Sequence[Sheet], file: PdfFile, paper: Paper) -> None:
    drawing = file.drawing()
    for sheet in sheets:
        draw(sheet, drawing, paper.page)
    file.add(drawing.finish(), [Side(bleed=sheet.bleed) for sheet in sheets])


def _opening(document: Document, paper: Paper, options: PdfOptions) -> list[Sheet]:
    """The sides before the contents: cover, half-title on the right, imprint on the back of it."""
    if not (options.cover or options.half_title or options.imprint):
        return []
    from converter.writers.pdf.covers import cover, half_title, imprint

    sheets = [cover(document, paper, options.cover_design)] if options.cover else []
    if options.half_title:
        if len(sheets) % 2:
            sheets.append(paper.sheet(len(sheets) + 1))
        sheets.append(half_title(document, paper, len(sheets) + 1))
    if options.imprint:
        if len(sheets) % 2 == 0:
            sheets.append(paper.sheet(len(sheets) + 1))
        sheets.append(imprint(document, paper, len(sheets) + 1))
    elif options.half_title:
        sheets.append(paper.sheet(len(sheets) + 1))
    return sheets


def _ending(
    document: Document, paper: Paper, options: PdfOptions, pages: Sequence[BodyPage], before: int
) -> list[Sheet]:
    """The sides behind the body: the index, on the right where pages face each other, and the back cover."""
    side, sheets = before + len(pages) + 1, list[Sheet]()
    if index := title_index(document, options.index):
        if paper.page.mirrored and side % 2 == 0:
            sheets.append(paper.sheet(side))
        at = side + len(sheets)
        from converter.writers.pdf.front import index_sheets

        sheets += index_sheets(index, paper, pages, at, at - before if options.page_numbers else None)
    if options.back_cover:
        if (side + len(sheets)) % 2:
            sheets.append(paper.sheet(side + len(sheets)))
        from converter.writers.pdf.covers import back_cover

        sheets.append(back_cover(document, paper, options.cover_design))
    return sheets
