"""Pictures: what their bytes really are, how large they print, and another form where a format knows theirs not."""

from __future__ import annotations

import functools
import io
from typing import TYPE_CHECKING

from converter.diagnostics import Diagnostic, Severity
from converter.errors import Message
from converter.records import NamedTuple
from converter.units import Pt

if TYPE_CHECKING:
    from PIL.Image import Image

_MOST_PIXELS = 64_000_000
"""A larger picture is a bomb, or wants a quarter of a gigabyte to be drawn."""
_SCREEN = 96
"""Dots an inch where a picture does not say."""
_KNOWN = {
    "PNG": "image/png",
    "JPEG": "image/jpeg",
    "GIF": "image/gif",
    "WEBP": "image/webp",
    "BMP": "image/bmp",
    "TIFF": "image/tiff",
}

WEB = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})
"""What browsers and EPUB 3.3 §3.2 (core media types) show."""
WORD = frozenset({"image/png", "image/jpeg", "image/gif", "image/bmp", "image/tiff"})
"""What every Word since 2007 shows."""
PRINT = frozenset({"image/png", "image/jpeg"})
"""What goes into a PDF."""


class Picture(NamedTuple):
    """A picture that can be shown."""

    data: bytes
    media_type: str
    width: Pt
    """As its own resolution says, in points."""
    height: Pt

    @property
    def suffix(self) -> str:
        """The usual ending of its file's name."""
        return {"image/jpeg": ".jpg"}.get(self.media_type, "." + self.media_type.partition("/")[2])

    def within(self, width: float, height: float) -> tuple[float, float]:
        """Width and height in points, made smaller if it is larger than this."""
        scale = min(1.0, width / self.width, height / self.height)
        return self.width * scale, self.height * scale


@functools.lru_cache(maxsize=32)
def picture(data: bytes, shown: frozenset[str] = WEB) -> Picture | None:
    """The picture in `data`, as PNG if its own form is not among those `shown`; None if it is none.

    What the bytes are decides, not what somebody calls them.
    """
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data), formats=list(_KNOWN)) as image:
            if image.width * image.height > _MOST_PIXELS:
                return None
            image.load()
            width, height = _size(image)
            media_type = _KNOWN[image.format or "PNG"]
            # Four inks are no colour of PDF/A without a profile that says which inks they are (ISO 19005-2 6.2.4.3).
            if media_type in shown and not (image.mode == "CMYK" and shown == PRINT):
                return Picture(data, media_type, width, height)
            made = io.BytesIO()
            image.convert("RGBA" if image.has_transparency_data else "RGB").save(made, "PNG")
            return Picture(made.getvalue(), "image/png", width, height)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError):
        return None


def _size(image: Image) -> tuple[Pt, Pt]:
    given = image.info.get("dpi") or (_SCREEN, _SCREEN)
    across, down = (float(dots) if dots and 10 <= float(dots) <= 2400 else _SCREEN for dots in given[:2])
    return Pt(image.width * 72 / across), Pt(image.height * 72 / down)


def lacking(count: int) -> tuple[Diagnostic, ...]:
    """The diagnostic for pictures that are none, or none at all."""
    if not count:
        return ()
    message = Message(
        f"{count} pictures are damaged, too large or of an unknown kind; their descriptions stand in their places.",
        f"{count} 幅图片已损坏、过大或格式不明，以文字说明代替。",
    )
    return (Diagnostic(code="OUT105", severity=Severity.WARNING, message=message),)
