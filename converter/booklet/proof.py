"""Finished pages as pictures: a contact sheet (版样) of a whole PDF, and single pages to look at before printing."""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING, Any

from converter.errors import InputError, ResourceError
from converter.typeset.fonts import typeface
from converter.typeset.theme import Face

if TYPE_CHECKING:
    from types import ModuleType

_THUMB, _GAP, _LABEL = 180, 12, 16
_WIDEST = 2400
"""Pixels across the sheet."""
_MOST = 40_000_000
"""Pixels of all pages together; where there are many, they are smaller."""
_SMALLEST = 40


def contact_sheet(data: bytes) -> bytes:
    """All pages as one PNG, each at most `_THUMB` pixels wide; below it which page it is, and the number that is
    printed on it or its name (封面) if that is another one.

    Raises ResourceError where pypdfium2, which draws them, is not installed; InputError for what is no PDF.
    """
    from PIL import Image, ImageDraw, ImageFont

    with _opened(data) as pdf:
        shapes = [page.get_height() / page.get_width() for page in pdf]
        width = max(_SMALLEST, min(_THUMB, math.isqrt(int(_MOST / sum(shapes)))))
        columns = min(len(shapes), _WIDEST // (width + _GAP), math.ceil(math.sqrt(len(shapes) * 1.5)))
        high = max(1, round(width * max(shapes)))
        rows = math.ceil(len(shapes) / columns)
        size = (columns * (width + _GAP) + _GAP, rows * (high + _LABEL + _GAP) + _GAP)
        sheet = Image.new("RGB", size, (225, 225, 225))
        draw, face = ImageDraw.Draw(sheet), typeface(Face.HEI).files[0]
        font = ImageFont.truetype(str(face.path), 11, index=face.index)
        for number, page in enumerate(pdf):
            thumb = _thumb(page, width)
            x = _GAP + number % columns * (width + _GAP)
            y = _GAP + number // columns * (high + _LABEL + _GAP)
            sheet.paste(thumb, (x, y))
            label = pdf.get_page_label(number)
            words = str(number + 1) if label in {"", str(number + 1)} else f"{number + 1}\u2002{label}"
            draw.text((x + width / 2, y + thumb.height + 2), words, fill=(60, 60, 60), anchor="ma", font=font)
    file = io.BytesIO()
    sheet.save(file, "PNG")
    return file.getvalue()


def draw_pages(data: bytes, first: int, count: int, *, width: int = 700) -> tuple[list[bytes], int]:
    """Pages of a PDF as PNGs, `width` pixels wide, from page `first` (counted from 1) on; and how many pages it has.

    Raises ResourceError and InputError as `contact_sheet` does.
    """
    with _opened(data) as pdf:
        pictures = []
        for number in range(first - 1, min(first - 1 + count, len(pdf))):
            page = pdf[number]
            file = io.BytesIO()
            page.render(scale=width / page.get_width()).to_pil().convert("RGB").quantize(32).save(file, "PNG")
            pictures.append(file.getvalue())
        return pictures, len(pdf)


def page_count(data: bytes) -> int:
    """How many pages a PDF has."""
    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as pdf:
        return len(pdf.pages)


def _opened(data: bytes) -> Any:
    pdfium = _pdfium()
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise InputError(f"The PDF cannot be drawn: {error}.", f"无法绘制该 PDF：{error}。") from None


def _thumb(page: Any, width: int) -> Any:
    high = max(1, round(width * page.get_height() / page.get_width()))
    return page.render(scale=width / page.get_width()).to_pil().convert("RGB").resize((width, high))


def require_drawing() -> None:
    """Raises ResourceError where pages cannot be drawn: before the work, not after it."""
    _pdfium()


def _pdfium() -> ModuleType:
    try:
        import pypdfium2  # type: ignore[import-untyped]
    except ImportError:
        raise ResourceError(
            "Drawing pages needs pypdfium2: pip install pypdfium2.",
            "绘制页面需要 pypdfium2：pip install pypdfium2。",
        ) from None
    module: ModuleType = pypdfium2
    return module
