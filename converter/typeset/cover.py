"""A picture of the book's own on its cover: upright, in the colours of a screen, filling the page undistorted."""

from __future__ import annotations

import functools
import io
from typing import TYPE_CHECKING

from converter.diagnostics import Diagnostic, Severity
from converter.errors import InputError, Message
from converter.model import Figure
from converter.records import NamedTuple
from converter.typeset.pictures import Picture, picture
from converter.units import Pt

if TYPE_CHECKING:
    from PIL.Image import Image

    from converter.model import Document

BLEED = Pt(3 / 25.4 * 72)
"""What a picture reaches beyond the edge where paper is cut: 3 mm, as printers ask for."""
_MOST_CUT = 0.1
"""Of a picture's width or height; more is said."""
_COARSE = 150
"""Dots an inch; fewer are seen in print."""
_LONGEST = 4800
"""Pixels: A4 with bleed at 400 dots an inch. More is no gain in print, and a burden to readers of an EPUB."""
_ORIENTATION = 0x0112
"""The Exif tag (JEITA CP-3451 4.6.4) by which cameras say how a picture is turned; 1 is upright."""


class Fit(NamedTuple):
    """How a picture fills a page: it is made so wide and high, and stands in the middle of it."""

    width: float
    height: float
    cut_across: float
    """The share of its width that lies outside the page, half of it at each side."""
    cut_down: float


def fit(shown: Picture, width: float, height: float) -> Fit:
    """The smallest size at which the picture leaves nothing of a page of this size free, in the page's unit."""
    scale = max(width / shown.width, height / shown.height)
    across, down = shown.width * scale, shown.height * scale
    return Fit(across, down, max(0.0, 1 - width / across), max(0.0, 1 - height / down))


def cover_figure(data: bytes, name: str, alt: str = "") -> Figure:
    """The picture in a file for a document's `cover`; `alt` says what it shows.

    Raises InputError with the file's name for what is no picture.
    """
    shown = cover_picture(data)
    if shown is None:
        raise InputError(
            "This is no picture that a cover can have: take a PNG, JPEG, TIFF, WebP, GIF or BMP of at most 64 million "
            "pixels.",
            "此文件不能作封面图片：请使用 PNG、JPEG、TIFF、WebP、GIF 或 BMP 图片，像素总数不超过 6400 万。",
            source=name,
        )
    return Figure(data=data, media_type=shown.media_type, alt=alt)


def cover_of(document: Document) -> tuple[Picture, str] | None:
    """The picture on a document's cover and what it shows; None if it has none, or one that nobody can show."""
    if document.cover is None or (shown := cover_picture(document.cover.data)) is None:
        return None
    words = "封面"
    return shown, document.cover.alt or (f"{words}：{document.display_title}" if document.display_title else words)


@functools.lru_cache(maxsize=4)
def cover_picture(data: bytes) -> Picture | None:
    """A picture as JPEG or PNG in grey or sRGB, upright and without transparency; None if it is none.

    A JPEG or PNG that is so already stays as it is.
    """
    from PIL import Image, ImageOps

    known = picture(data, frozenset({"image/png", "image/jpeg"}))
    if known is None:
        return None
    with Image.open(io.BytesIO(data)) as source:
        turned = source.getexif().get(_ORIENTATION, 1) != 1
        plain = source.mode in {"L", "RGB"} and not source.has_transparency_data and _is_srgb(source)
        if known.data is data and plain and not turned and max(source.size) <= _LONGEST:
            return known
        image = _flat(_srgb(ImageOps.exif_transpose(source)))
        image.thumbnail((_LONGEST, _LONGEST), Image.Resampling.LANCZOS)
        made = io.BytesIO()
        if source.format in {"JPEG", "WEBP"}:
            image.save(made, "JPEG", quality=92, subsampling=0)
            media_type = "image/jpeg"
        else:
            image.save(made, "PNG")
            media_type = "image/png"
    return Picture(made.getvalue(), media_type, Pt(image.width * 0.75), Pt(image.height * 0.75))


@functools.cache
def swatch(colour: str) -> Picture:
    """A dot of one colour (#rrggbb), to be stretched."""
    from PIL import Image

    made = io.BytesIO()
    Image.new("RGB", (1, 1), colour).save(made, "PNG")
    return Picture(made.getvalue(), "image/png", Pt(1), Pt(1))


def _is_srgb(image: Image) -> bool:
    """Whether its colours are those that a file without a profile is taken to have."""
    profile = image.info.get("icc_profile")
    return not profile or b"sRGB" in profile or b"s\0R\0G\0B" in profile


def _srgb(image: Image) -> Image:
    """The picture in sRGB, by its own profile if it has a good one; greys stay greys."""
    from PIL import ImageCms

    if not _is_srgb(image) and image.mode in {"RGB", "CMYK"}:
        try:
            profile = ImageCms.ImageCmsProfile(io.BytesIO(image.info["icc_profile"]))
            made = ImageCms.profileToProfile(image, profile, ImageCms.createProfile("sRGB"), outputMode="RGB")
            if made is not None:
                return made
        except ImageCms.PyCMSError:
            pass
    if image.mode in {"L", "RGB", "LA", "RGBA"}:
        return image
    if image.mode.startswith("I"):  # 16 bits a dot
        return image.point(lambda dots: dots / 256).convert("L")
    return image.convert("RGBA" if image.has_transparency_data else "RGB")


def _flat(image: Image) -> Image:
    """The picture on white paper."""
    from PIL import Image as Pictures

    if not image.has_transparency_data:
        return image
    paper = Pictures.new("RGBA", image.size, "white")
    return Pictures.alpha_composite(paper, image.convert("RGBA")).convert("RGB")


def unshown_cover(document: Document) -> tuple[Diagnostic, ...]:
    """OUT105 for a cover picture that is none: a cover made of type stands in its place."""
    if document.cover is None or cover_of(document):
        return ()
    return (_warning("OUT105", "The cover’s picture cannot be shown.", "封面图片无法显示。"),)


def remarks(document: Document, width: float, height: float) -> tuple[Diagnostic, ...]:
    """What there is to say of a document's cover picture on a page of this size in points: that much of it is cut off
    (OUT106), that it is coarse (OUT107).
    """
    if (found := cover_of(document)) is None:
        return unshown_cover(document)
    shown, _ = found
    filled, said = fit(shown, width, height), list[Diagnostic]()
    if (cut := max(filled.cut_across, filled.cut_down)) > _MOST_CUT:
        en, zh = ("width", "宽度") if filled.cut_across else ("height", "高度")
        said.append(
            _warning(
                "OUT106",
                f"To fill the page, {cut:.0%} of the cover picture’s {en} is cut off: it should be "
                f"{_ratio(width, height)}.",
                f"为铺满页面，封面图片的{zh}裁去 {cut:.0%}；合适的宽高比为 {_ratio(width, height)}。",
            )
        )
    dots = _pixels(shown.data) / filled.width * 72
    if dots < _COARSE:
        said.append(
            _warning(
                "OUT107",
                f"The cover picture has {dots:.0f} dots an inch on this page; print wants {2 * _COARSE}.",
                f"封面图片在此页面上只有每英寸 {dots:.0f} 点，印刷宜为 {2 * _COARSE} 点。",
            )
        )
    return tuple(said)


def _ratio(width: float, height: float) -> str:
    return f"{width / 72 * 25.4:.0f} × {height / 72 * 25.4:.0f}"


def _pixels(data: bytes) -> int:
    """How many pixels it is wide."""
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        return image.width


def _warning(code: str, en: str, zh: str) -> Diagnostic:
    return Diagnostic(code=code, severity=Severity.WARNING, message=Message(en, zh))
