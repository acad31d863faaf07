"""A sheet as operators and tags: what stands on it is drawn in the order in which it is read."""

from __future__ import annotations

from collections import deque
from itertools import chain, repeat
from typing import TYPE_CHECKING

from converter.model import heading_text
from converter.typeset.lines import Way
from converter.writers.pdf.columns import begin
from converter.writers.pdf.sheets import spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from converter.typeset.lines import Line, Piece
    from converter.typeset.theme import Page
    from converter.writers.pdf.columns import Begin
    from converter.writers.pdf.drawing import Drawing
    from converter.writers.pdf.sheets import Mark, Sheet


def draw(sheet: Sheet, drawing: Drawing, page: Page, numbers: Mapping[str, int] | None = None) -> None:
    """Draw a sheet as a page of its own; `numbers` has the headings of the portion by their anchors."""
    drawing.begin_page()
    left, top = sheet.left, sheet.top
    if sheet.turned:
        drawing.turn()
    _marks_to_pdf(sheet, drawing, left, top)
    _hidden_to_pdf(sheet, drawing)
    for frame in sheet.frames:
        drawing.frame(frame, left, top)
    for name, y in sheet.places:
        drawing.place(name, left, top + y)
    for landmark in sheet.landmarks:
        drawing.heading((numbers or {})[landmark.entry.anchor], left, top + landmark.top)
    if sheet.turned:
        drawing.turn()
    _around_to_pdf(sheet, drawing)
    for jump in sheet.jumps:
        entry = jump.landmark.entry
        box = (left, jump.top, left + page.measure, jump.bottom)
        drawing.lead(f"#{entry.anchor}", box, jump.tag, heading_text(entry.section.heading))
    drawing.end_page()


def drawn_around(sheet: Sheet, drawing: Drawing) -> str:
    """The operators of what stands around the text: head and foot."""
    drawing.begin_page()
    _around_to_pdf(sheet, drawing)
    return drawing.end()


def _around_to_pdf(sheet: Sheet, drawing: Drawing) -> None:
    for rule in sheet.rules:
        drawing.rule(rule.x, rule.end, rule.y, rule.thickness, rule.dots)
    for mark in sheet.outside:
        drawing.draw(mark.line, mark.size, mark.x, mark.baseline, mark.colour)


def _hidden_to_pdf(sheet: Sheet, drawing: Drawing) -> None:
    if sheet.hidden:
        drawing.hide(hidden=True)
        for mark in sheet.hidden:
            drawing.draw(mark.line, mark.size, mark.x, mark.baseline)
        drawing.hide(hidden=False)


def _marks_to_pdf(sheet: Sheet, drawing: Drawing, left: float, top: float) -> None:
    """The lines and the pictures in the order in which they are read; emphasis dots, and where the lines lead."""
    pictures = deque(sheet.pictures)
    begins = [begin(mark.line, mark.size, mark.x) for mark in sheet.marks[1:]] if sheet.turned else ()
    following: Iterator[Begin | None] = chain(begins, repeat(None))
    for mark in (*sheet.marks, None):
        while pictures and (mark is None or top + pictures[0].top < mark.baseline):
            shown = pictures.popleft()
            drawing.picture(shown.picture, (left + shown.x, top + shown.top, shown.width, shown.height), shown.tag)
        if mark:
            drawing.draw(mark.line, mark.size, mark.x, mark.baseline, mark.colour, following=next(following))
    for mark in sheet.marks:
        for piece in mark.line.pieces:  # no generator: this is done for every line
            if piece.dotted or piece.link or piece.beside:
                break
        else:
            continue
        lined = _beside_to_pdf(mark, drawing)
        for x in _dotted(mark.line):
            below = -1.01 if sheet.turned else 0.36 if lined else 0.24  # below the line, if there is one
            y = mark.baseline + below * mark.size
            drawing.dot(mark.x + x * mark.size / 1000, y, 0.13 * mark.size)
        for piece, start, end in _links(mark.line):
            x, size = mark.x, mark.size
            box = (x + start * size / 1000, mark.baseline - size, x + end * size / 1000, mark.baseline + 0.3 * size)
            words = piece.text if piece.link.startswith("#") else piece.link
            if piece.tag:
                drawing.lead(piece.link, box, piece.tag, words)


def _beside_to_pdf(mark: Mark, drawing: Drawing) -> bool:
    """The lines along names and titles; whether there are any. A line stops short of its name, so that two names have
    two lines (clreq, "interlinear punctuation").
    """
    lined = False
    for piece, start, end in spans(mark.line):
        if piece.beside:
            x, stop = (mark.x + at * mark.size / 1000 for at in (start + 60, end - piece.spread - 60))
            drawing.beside(x, stop, mark.baseline + 0.2 * mark.size, mark.size, waved=piece.beside == "wave")
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
