"""The sides of the file in their order: cover, contents, body; and how each is drawn."""

from __future__ import annotations

from collections import deque
from itertools import chain, repeat
from typing import TYPE_CHECKING

from converter.model import heading_text, is_volume
from converter.typeset.designs import title_index
from converter.typeset.lines import Way
from converter.typeset.theme import Align, Face, Style
from converter.typeset.vertical import right_margin
from converter.units import Pt, mm, size
from converter.writers.pdf.columns import Begin, begin
from converter.writers.pdf.covers import back_cover, cover, half_title, imprint
from converter.writers.pdf.file import PdfFile
from converter.writers.pdf.front import Contents, index_sheets
from converter.writers.pdf.sheets import Mark, Paper, Rule, Sheet, spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from converter.model import Document
    from converter.typeset.composed import ComposedPage
    from converter.typeset.lines import Line, Piece
    from converter.typeset.pages import Typesetter
    from converter.typeset.theme import Theme
    from converter.writers.pdf import PdfOptions

_HEAD = Style(face=Face.KAI, size=size("小五"), leading=Pt(11))
"""The running head where a theme has none of its own and one is asked for."""


def document_to_pdf(document: Document, typesetter: Typesetter, options: PdfOptions) -> tuple[bytes, list[str]]:
    """The file, and the characters that no font has."""
    paper = Paper(typesetter, right_bound=options.vertical)
    body = typesetter.turned() if options.vertical else typesetter
    pages = body.pages(document, title=not (options.cover and is_volume(document)), right_hand=options.right_hand)
    front = _opening(document, paper, options)
    covers = len(front)
    if options.contents:
        made = Contents(document, paper, depth=options.contents_depth, numbered=options.page_numbers)
        front += made.sheets(pages, covers + 1)
    if typesetter.theme.page.mirrored and len(front) % 2:
        front.append(paper.sheet(len(front) + 1))  # page 1 lies on the right
    sheets = [*front, *(_body(page, paper, body, options) for page in pages)]
    sheets += _ending(document, paper, options, pages, len(front))
    file = PdfFile(typesetter.theme.page, document)
    lines = (mark.line for sheet in sheets for mark in (*sheet.marks, *sheet.outside, *sheet.hidden))
    missing = file.embed(lines, centred=typesetter.manner.centred, vertical=options.vertical)
    for sheet in sheets:
        _sheet_to_pdf(sheet, file, typesetter.theme)
    if options.cover:
        file.label_pages(0, None, "封面")
    if covers > options.cover:
        file.label_pages(int(options.cover), "ARABIC", "扉页")
    if len(front) > covers:
        file.label_pages(covers, "ROMAN_LOWER")
    file.label_pages(len(front), "ARABIC")
    if options.back_cover:
        file.label_pages(len(sheets) - 1, None, "封底")
    return file.finish(), missing


def _opening(document: Document, paper: Paper, options: PdfOptions) -> list[Sheet]:
    """The sides before the contents: cover, half-title on the right, imprint on the back of it."""
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
    document: Document, paper: Paper, options: PdfOptions, pages: Sequence[ComposedPage], before: int
) -> list[Sheet]:
    """The sides behind the body: the index, on the right where pages face each other, and the back cover."""
    side, sheets = before + len(pages) + 1, list[Sheet]()
    if index := title_index(document, options.index):
        if paper.page.mirrored and side % 2 == 0:
            sheets.append(paper.sheet(side))
        at = side + len(sheets)
        sheets += index_sheets(index, paper, pages, at, at - before if options.page_numbers else None)
    if options.back_cover:
        if (side + len(sheets)) % 2:
            sheets.append(paper.sheet(side + len(sheets)))
        sheets.append(back_cover(document, paper, options.cover_design))
    return sheets


def _body(page: ComposedPage, paper: Paper, typesetter: Typesetter, options: PdfOptions) -> Sheet:
    """A page of the body with its head and foot."""
    if options.vertical:
        sheet = Sheet(paper.page.top, right_margin(paper.page, page.number), turned=True)
    else:
        sheet = paper.sheet(page.number)
    x, top = sheet.left, sheet.top
    sheet.marks = [Mark(line, size, x, top + baseline, colour) for line, baseline, size, colour in page.lines]
    if any(piece.ruby for mark in sheet.marks for piece in mark.line.pieces):
        sheet.marks = [each for mark in sheet.marks for each in (mark, *paper.readings(mark, typesetter))]
    sheet.landmarks, sheet.frames = page.landmarks, page.rules
    sheet.pictures, sheet.places = page.pictures, page.places
    style, left = _head_style(paper.theme, options), paper.left(page.number)
    if style and not page.opening and page.lines:
        y = paper.page.top - mm(5)
        sheet.rules.append(Rule(left, left + paper.page.measure, y, 0.4))
        # The wider title on the first page of an opening, the narrower on the second: both at the outer edge.
        text = page.section_title or page.text_title if page.right_hand else page.text_title
        align = Align.RIGHT if page.right_hand != paper.right_bound else Align.LEFT
        sheet.outside.append(paper.line(text, style, align, left, y - 4))
    blank = options.right_hand and not (page.lines or page.pictures or page.rules)
    if options.page_numbers and not blank:
        sheet.outside.append(paper.folio(str(page.number), page.number, left))
    return sheet


def _head_style(theme: Theme, options: PdfOptions) -> Style | None:
    if options.running_head is None:
        return theme.running_head
    return theme.running_head or _HEAD if options.running_head else None


def _sheet_to_pdf(sheet: Sheet, file: PdfFile, theme: Theme) -> None:
    file.begin_page(sheet.bleed)
    left, top = sheet.left, sheet.top
    if sheet.turned:
        file.turn()
    _marks_to_pdf(sheet, file, left, top)
    _hidden_to_pdf(sheet, file)
    for frame in sheet.frames:
        file.frame(frame, left, top)
    for name, y in sheet.places:
        file.place(name, left, top + y)
    for landmark in sheet.landmarks:
        file.anchor(landmark.entry, left, top + landmark.top)
    if sheet.turned:
        file.turn()
    for rule in sheet.rules:
        file.rule(rule.x, rule.end, rule.y, rule.thickness, rule.dots)
    for jump in sheet.jumps:
        entry = jump.landmark.entry
        box = (left, jump.top, left + theme.page.measure, jump.bottom)
        file.lead(f"#{entry.anchor}", box, jump.tag, heading_text(entry.section.heading))
    for mark in sheet.outside:
        file.draw(mark.line, mark.size, mark.x, mark.baseline, mark.colour)
    file.end_page()


def _hidden_to_pdf(sheet: Sheet, file: PdfFile) -> None:
    if sheet.hidden:
        file.hide(hidden=True)
        for mark in sheet.hidden:
            file.draw(mark.line, mark.size, mark.x, mark.baseline)
        file.hide(hidden=False)


def _marks_to_pdf(sheet: Sheet, file: PdfFile, left: float, top: float) -> None:
    """The lines and the pictures in the order in which they are read; emphasis dots, and where the lines lead."""
    pictures = deque(sheet.pictures)
    begins = [begin(mark.line, mark.size, mark.x) for mark in sheet.marks[1:]] if sheet.turned else ()
    following: Iterator[Begin | None] = chain(begins, repeat(None))
    for mark in (*sheet.marks, None):
        while pictures and (mark is None or top + pictures[0].top < mark.baseline):
            shown = pictures.popleft()
            file.picture(shown.picture, (left + shown.x, top + shown.top, shown.width, shown.height), shown.tag)
        if mark:
            file.draw(mark.line, mark.size, mark.x, mark.baseline, mark.colour, following=next(following))
    for mark in sheet.marks:
        for piece in mark.line.pieces:  # no generator: this is done for every line
            if piece.dotted or piece.link or piece.beside:
                break
        else:
            continue
        lined = _beside_to_pdf(mark, file)
        for x in _dotted(mark.line):
            below = -1.01 if sheet.turned else 0.36 if lined else 0.24  # below the line, if there is one
            y = mark.baseline + below * mark.size
            file.dot(mark.x + x * mark.size / 1000, y, 0.13 * mark.size)
        for piece, start, end in _links(mark.line):
            x, size = mark.x, mark.size
            box = (x + start * size / 1000, mark.baseline - size, x + end * size / 1000, mark.baseline + 0.3 * size)
            words = piece.text if piece.link.startswith("#") else piece.link
            if piece.tag:
                file.lead(piece.link, box, piece.tag, words)


def _beside_to_pdf(mark: Mark, file: PdfFile) -> bool:
    """The lines along names and titles; whether there are any. A line stops short of its name, so that two names have
    two lines (clreq, "interlinear punctuation").
    """
    lined = False
    for piece, start, end in spans(mark.line):
        if piece.beside:
            x, stop = (mark.x + at * mark.size / 1000 for at in (start + 60, end - piece.spread - 60))
            file.beside(x, stop, mark.baseline + 0.2 * mark.size, mark.size, waved=piece.beside == "wave")
            lined = True
    return lined


def _links(line: Line) -> Iterator[tuple[Piece, float, float]]:
    """The pieces that lead elsewhere, from where to where in the line, in thousandths of an em."""
    yield from (part for part in spans(line) if part[0].link)


def _dotted(line: Line) -> Iterator[float]:
    """The middle of each character that has an emphasis dot (着重号), in thousandths of an em; marks and spaces have
    none.
    """
    x = line.x
    for piece in line.pieces:
        kerns = dict(piece.kerns)
        for index, character in enumerate(piece.text):
            width = 1000 if piece.way is Way.UPRIGHT else piece.face.advance(piece.face.glyph(character))
            if piece.dotted and character.isalnum():
                yield x + width / 2
            x += width + piece.spread + kerns.get(index, 0)
