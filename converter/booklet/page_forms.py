"""The pages of a PDF as form XObjects (ISO 32000-1, 8.10), unchanged, each with its size as it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pikepdf
from pikepdf import Array, Dictionary, Name

from converter.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator


class PageForm:
    """A page as a form XObject, with its size as it is read. Raises InputError for a page that has no area."""

    def __init__(self, pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
        self._pdf, self._page = pdf, page
        box = _box(page.trimbox)
        self.rotate = int(_inherited(page.obj, "/Rotate", 0)) % 360
        self.unit = float(page.obj.get("/UserUnit", 1))
        self.box = box
        width, height = (box[2] - box[0]) * self.unit, (box[3] - box[1]) * self.unit
        if not (0.1 < width < 1e6 and 0.1 < height < 1e6) or self.rotate % 90:
            number = pdf.pages.index(page) + 1
            raise InputError(
                f"Page {number} has no usable size: {width:.0f} × {height:.0f} points.",
                f"第 {number} 页的尺寸无效：{width:.0f} × {height:.0f} 点。",
            )
        if self.rotate % 180:
            width, height = height, width
        # To a hundredth of a point: sizes that differ by rounding are one size.
        self.width, self.height = round(width, 2), round(height, 2)

    def xobject(self) -> pikepdf.Object:
        """The page's content as a form; the page object keeps it as its content, so that nothing is there twice."""
        page = self._page.obj
        stream = _content(self._pdf, page)
        resources = _inherited(page, "/Resources", Dictionary())
        if not resources.is_indirect:
            resources = self._pdf.make_indirect(resources)
        page.Resources = stream.Resources = resources
        stream.Type, stream.Subtype = Name.XObject, Name.Form
        stream.BBox = Array([round(value, 4) for value in _meet(_box(self._page.mediabox), _visible(self._page))])
        if "/Group" in page:
            stream.Group = page.Group
        page.Contents = stream
        return stream

    def upright(self) -> tuple[float, float, float, float, float, float]:
        """The matrix that puts the page upright with its lower left corner at the origin."""
        x0, y0, x1, y1 = self.box
        unit = self.unit
        turned = {
            0: (1, 0, 0, 1, -x0, -y0),
            90: (0, -1, 1, 0, -y0, x1),
            180: (-1, 0, 0, -1, x1, y1),
            270: (0, 1, -1, 0, y1, -x0),
        }[self.rotate]
        a, b, c, d, e, f = (value * unit for value in turned)
        return a, b, c, d, e, f

    def annotations(self) -> Iterator[pikepdf.Annotation]:
        """Stamps, filled fields and comments that print; links do not."""
        for annotation in self._page.obj.get("/Annots", ()):
            if isinstance(annotation, Dictionary) and annotation.get("/Subtype") not in {Name.Link, Name.Popup}:
                yield pikepdf.Annotation(annotation)


def _content(pdf: pikepdf.Pdf, page: pikepdf.Dictionary) -> pikepdf.Stream:
    """The page's content as one stream of its own, as it is encoded if it is one stream already."""
    contents = page.get("/Contents", Array())
    if isinstance(contents, pikepdf.Stream):
        made = pdf.make_stream(contents.read_raw_bytes())
        for key in ("/Filter", "/DecodeParms"):
            if key in contents:
                made[key] = contents[key]
        return made
    return pdf.make_stream(b"\n".join(part.read_bytes() for part in contents if isinstance(part, pikepdf.Stream)))


def _inherited(page: pikepdf.Object, key: str, default: object) -> pikepdf.Object:
    """The value of an attribute that a page may have from the page tree (ISO 32000-1, 7.7.3.4)."""
    node = page
    for _ in range(100):  # a broken tree may run in a circle
        if key in node:
            return node[key]
        if "/Parent" not in node:
            break
        node = node.Parent
    return default  # type: ignore[return-value]


_Box = tuple[float, float, float, float]


def _box(array: pikepdf.Array) -> _Box:
    x0, y0, x1, y1 = (float(value) for value in array)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _visible(page: pikepdf.Page) -> _Box:
    """What of a page may show: its bleed if it says what is trimmed, else its crop box."""
    return _box(page.bleedbox) if "/TrimBox" in page.obj else _box(page.cropbox)


def _meet(one: _Box, other: _Box) -> _Box:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])
