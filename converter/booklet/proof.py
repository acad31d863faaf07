"""Finished pages as pictures: a contact sheet (版样) of a whole PDF, and single pages to look at before printing."""

from __future__ import annotations

import io
import math
from typing import TYPE_CHECKING, Any

from converter.errors import InputError, ResourceError

if TYPE_CHECKING:
    from types import ModuleType

_THUMB, _GAP, _LABEL = 180, 12, 16
_WIDEST = 12
"""Pages in a row."""


def contact_sheet(data: bytes) -> bytes:
    """All pages as one PNG, each `_THUMB` pixels wide with its number below it.

    Raises ResourceError where pypdfium2, which draws them, is not installed; InputError for what is no PDF.
    """
    from PIL import Image, ImageDraw

    with _opened(data) as pdf:
        thumbs = [_thumb(page) for page in pdf]
    columns = min(_WIDEST, math.ceil(math.sqrt(len(thumbs) * 1.5)))
    high = max(thumb.height for thumb in thumbs)
    rows = math.ceil(len(thumbs) / columns)
    size = (columns * (_THUMB + _GAP) + _GAP, rows * (high + _LABEL + _GAP) + _GAP)
    sheet = Image.new("RGB", size, (225, 225, 225))
    draw = ImageDraw.Draw(sheet)
    for number, thumb in enumerate(thumbs):
        x = _GAP + number % columns * (_THUMB + _GAP)
        y = _GAP + number // columns * (high + _LABEL + _GAP)
        sheet.paste(thumb, (x, y))
        draw.text((x + _THUMB / 2, y + thumb.height + 3), str(number + 1), fill=(60, 60, 60), anchor="ma")
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


def _thumb(page: Any) -> Any:
    return page.render(scale=_THUMB / page.get_width()).to_pil().convert("RGB").resize(
        (_THUMB, max(1, round(_THUMB * page.get_height() / page.get_width())))
    )  # fmt: skip


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
