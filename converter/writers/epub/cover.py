"""The picture that stands for a book on the shelf: title, authors, publisher and date, in the theme's own faces."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from converter.records import NamedTuple
from converter.typeset.designs import INK, CoverDesign, possible
from converter.typeset.fonts import GETA, drawn_as, typeface
from converter.typeset.lines import Run, Shape, compose
from converter.typeset.missing import missing
from converter.typeset.theme import Align, Face

if TYPE_CHECKING:
    from converter.model import Document
    from converter.typeset.lines import Line
    from converter.typeset.theme import Theme

WIDTH, HEIGHT = 1600, 2400
"""Pixels: the shape that stores ask for."""
_MARGIN = 200
_PAPER, _INK, _RULE = "#f7f3ea", "#1d1d1f", "#9d2a2a"
_BAND = 290
"""How broad the band along the spine is."""


class _Area(NamedTuple):
    """Where words may stand: from the left, and how wide."""

    left: float
    width: float
    align: Align = Align.CENTER


def drawn_cover(
    document: Document, theme: Theme, design: CoverDesign = CoverDesign.PLAIN, *, right_bound: bool = False
) -> bytes:
    """A PNG of `WIDTH` × `HEIGHT` pixels, the same bytes for the same words; `right_bound` says where the spine is."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    draw = ImageDraw.Draw(image)
    metadata, title = document.metadata, document.display_title or "　"
    design = possible(design, document.display_title)
    area = _Area(_MARGIN, WIDTH - 2 * _MARGIN)
    if design is CoverDesign.BAND:
        area = _Area(_BAND + 130 if not right_bound else 130, WIDTH - _BAND - 260, Align.LEFT)
    size = 190 if len(title) <= 12 else 150 if len(title) <= 26 else 110
    _decorate(draw, design, right_bound=right_bound)
    foot = [text for text in (metadata.publisher, metadata.edition, metadata.date) if text]
    if design is CoverDesign.LABEL:
        _label(draw, title, theme.title.face, left=right_bound)
        foot = [text for text in (metadata.subtitle, *metadata.authors, *foot) if text]
    else:
        y = _words(draw, title[:80], (theme.title.face, size), 480, area)
        if metadata.subtitle:
            y = _words(draw, metadata.subtitle[:60], (Face.KAI, 80), y + 40, area)
        begin = area.left if area.align is Align.LEFT else WIDTH / 2 - 120
        draw.rectangle((begin, y + 60, begin + 240, y + 66), fill=_RULE)
        if metadata.authors:
            _words(draw, "　".join(metadata.authors)[:60], (Face.KAI, 90), y + 150, area)
    y = HEIGHT - _MARGIN - 130 * len(foot)
    for text in foot:
        y = _words(draw, text[:40], (Face.KAI, 72), y, area)
    output = io.BytesIO()
    image.quantize(64).save(output, "PNG", optimize=True)
    return output.getvalue()


def lacking_on_cover(document: Document, theme: Theme) -> set[str]:
    """The characters of a drawn cover that no font has."""
    metadata, title = document.metadata, document.display_title
    others = (metadata.subtitle, *metadata.authors, metadata.publisher, metadata.edition, metadata.date)
    return missing(title[:80], theme.title.face, {}) | missing("".join(filter(None, others)), Face.KAI, {})


def _decorate(draw: Any, design: CoverDesign, *, right_bound: bool) -> None:
    """The rules of the design."""
    edge = _MARGIN / 2
    match design:
        case CoverDesign.PLAIN:
            draw.rectangle((edge, edge, WIDTH - edge, HEIGHT - edge), outline=_RULE, width=6)
        case CoverDesign.FRAME:
            draw.rectangle((edge, edge, WIDTH - edge, HEIGHT - edge), outline=_INK, width=14)
            edge += 30
            draw.rectangle((edge, edge, WIDTH - edge, HEIGHT - edge), outline=_INK, width=3)
        case CoverDesign.BAND:
            for begin, end in ((0, _BAND), (_BAND + 24, _BAND + 30)):
                across = (WIDTH - end, WIDTH - begin) if right_bound else (begin, end)
                draw.rectangle((across[0], 0, across[1], HEIGHT), fill=INK)
        case CoverDesign.LABEL:
            pass


def _label(draw: Any, title: str, face: Face, *, left: bool) -> None:
    """The title from top to bottom on a framed label at the side where the book opens."""
    size = min(190, (HEIGHT - 900) // max(1, len(title)) * 4 // 5)
    wide, top = size * 2.1, HEIGHT * 0.08
    begin = WIDTH * 0.1 if left else WIDTH * 0.9 - wide
    bottom = top + 1.25 * size * len(title) + 1.2 * size
    draw.rectangle((begin, top, begin + wide, bottom), outline=_INK, width=10)
    draw.rectangle((begin + 22, top + 22, begin + wide - 22, bottom - 22), outline=_INK, width=2)
    for number, character in enumerate(title):
        _words(draw, character, (face, size), top + 0.65 * size + 1.25 * size * number, _Area(begin, wide))


def _words(draw: Any, text: str, look: tuple[Face, int], top: float, area: _Area) -> float:
    """Lines from `top` on in their area, in a face and so many pixels high; where they end."""
    face, size = look
    for line in compose([Run(text, typeface(face))], Shape(area.width * 1000 / size, area.align, balanced=True)):
        _line(draw, line, size, top, area.left)
        top += size * 1.4
    return top


def _line(draw: Any, line: Line, size: int, top: float, left: float) -> None:
    from PIL import ImageFont

    x = left + line.x * size / 1000
    for piece in line.pieces:
        font = ImageFont.truetype(str(piece.face.path), size, index=piece.face.index)
        kerns = dict(piece.kerns)
        for index, character in enumerate(piece.text):
            shown = drawn_as(character) if piece.face.glyph(character) else GETA
            draw.text((x, top + 0.88 * size), shown, font=font, fill=_INK, anchor="ls")
            width = piece.face.advance(piece.face.glyph(character)) + piece.spread + kerns.get(index, 0)
            x += width * size / 1000
