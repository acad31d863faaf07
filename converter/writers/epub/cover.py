"""The picture that stands for a book on the shelf: title, authors, publisher and date, in the theme's own faces."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from converter.typeset.fonts import typeface
from converter.typeset.lines import Run, Shape, compose
from converter.typeset.theme import Align, Face

if TYPE_CHECKING:
    from converter.model import Document
    from converter.typeset.lines import Line
    from converter.typeset.theme import Theme

WIDTH, HEIGHT = 1600, 2400
"""Pixels: the shape that stores ask for."""
_MARGIN = 200
_PAPER, _INK, _RULE = "#f7f3ea", "#1d1d1f", "#9d2a2a"


def drawn_cover(document: Document, theme: Theme) -> bytes:
    """A PNG of `WIDTH` × `HEIGHT` pixels, the same bytes for the same words."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    draw = ImageDraw.Draw(image)
    metadata, title = document.metadata, document.display_title or "　"
    size = 190 if len(title) <= 12 else 150 if len(title) <= 26 else 110
    draw.rectangle((_MARGIN / 2, _MARGIN / 2, WIDTH - _MARGIN / 2, HEIGHT - _MARGIN / 2), outline=_RULE, width=6)
    y = _words(draw, title[:80], theme.title.face, size, 480)
    if metadata.subtitle:
        y = _words(draw, metadata.subtitle[:60], Face.KAI, 80, y + 40)
    draw.rectangle((WIDTH / 2 - 120, y + 60, WIDTH / 2 + 120, y + 66), fill=_RULE)
    if metadata.authors:
        _words(draw, "　".join(metadata.authors)[:60], Face.KAI, 90, y + 150)
    foot = [text for text in (metadata.publisher, metadata.edition, metadata.date) if text]
    y = HEIGHT - _MARGIN - 130 * len(foot)
    for text in foot:
        y = _words(draw, text[:40], Face.KAI, 72, y)
    output = io.BytesIO()
    image.quantize(64).save(output, "PNG", optimize=True)
    return output.getvalue()


def _words(draw: Any, text: str, face: Face, size: int, top: float) -> float:
    """Centred lines from `top` on; where they end."""
    measure = (WIDTH - 2 * _MARGIN) * 1000 / size
    for line in compose([Run(text, typeface(face))], Shape(measure, Align.CENTER)):
        _line(draw, line, size, top)
        top += size * 1.4
    return top


def _line(draw: Any, line: Line, size: int, top: float) -> None:
    from PIL import ImageFont

    x = _MARGIN + line.x * size / 1000
    for piece in line.pieces:
        font = ImageFont.truetype(str(piece.face.path), size, index=piece.face.index)
        kerns = dict(piece.kerns)
        for index, character in enumerate(piece.text):
            draw.text((x, top + 0.88 * size), character, font=font, fill=_INK, anchor="ls")
            width = piece.face.advance(piece.face.glyph(character)) + piece.spread + kerns.get(index, 0)
            x += width * size / 1000
