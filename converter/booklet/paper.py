"""Paper: the sizes of sheets by their names, and how thick a sheet of a given weight is."""

from __future__ import annotations

import re
from enum import StrEnum

from converter.errors import UsageError
from converter.records import NamedTuple
from converter.units import Pt, mm


class Size(NamedTuple):
    """A sheet, upright, in millimetres."""

    width: float
    height: float

    @property
    def points(self) -> tuple[Pt, Pt]:
        """Width and height in points."""
        return mm(self.width), mm(self.height)


SIZES: dict[str, Size] = {
    # ISO 216, A and B series
    "A2": Size(420, 594),
    "A3": Size(297, 420),
    "A4": Size(210, 297),
    "A5": Size(148, 210),
    "A6": Size(105, 148),
    "B3": Size(353, 500),
    "B4": Size(250, 353),
    "B5": Size(176, 250),
    # ISO 217, untrimmed sheets for work with bleed
    "RA3": Size(305, 430),
    "RA4": Size(215, 305),
    "SRA3": Size(320, 450),
    "SRA4": Size(225, 320),
    # JIS P 0138: what most office machines sold in China and Japan call B4 and B5
    "JIS-B4": Size(257, 364),
    "JIS-B5": Size(182, 257),
    # ANSI/ASME Y14.1
    "Letter": Size(215.9, 279.4),
    "Legal": Size(215.9, 355.6),
    "Tabloid": Size(279.4, 431.8),
    # 正度, cut from 787 × 1092 mm; trade practice, printers differ by 1 or 2 mm
    "正度全张": Size(787, 1092),
    "正度8开": Size(260, 370),
    "正度16开": Size(185, 260),
    "正度32开": Size(130, 184),
    # 大度, cut from 889 × 1194 mm; trade practice
    "大度全张": Size(889, 1194),
    "大度8开": Size(285, 420),
    "大度16开": Size(210, 285),
    "大度32开": Size(140, 203),
    # GB/T 788-1999, trimmed books: where it differs from ISO under the same name
    "GB-A6": Size(105, 144),
    "GB-B5": Size(169, 239),
    "GB-B6": Size(119, 165),
}
"""Sizes by name."""

_ALSO = {"正度": ("zhengdu", "zd"), "大度": ("dadu", "dd"), "开": ("k",), "全张": ("full",)}
"""How the Chinese names are typed without Chinese characters: zhengdu16k, dd32k."""


def find_size(name: str) -> Size:
    """The sheet of this name; `260x370` gives one in millimetres. Case and spaces do not count.

    Raises UsageError for an unknown name, and for a size that no sheet has.
    """
    measured = re.fullmatch(r"(\d+(?:\.\d+)?)\s*[x×*]\s*(\d+(?:\.\d+)?)\s*(?:mm|毫米)?", name.strip(), re.IGNORECASE)
    if measured:
        width, height = sorted(map(float, measured.groups()))
        if not 20 <= width <= height <= 5000:
            raise UsageError(
                f"A sheet of {name} mm cannot be: give both sides in millimetres, from 20 to 5000.",
                f"纸张尺寸“{name}”不合理：请以毫米给出两边，范围 20 至 5000。",
            )
        return Size(width, height)
    known = {_plain(key): size for key, size in SIZES.items()}
    if _plain(name) not in known:
        raise UsageError.unknown("paper size", "纸张", name, SIZES)
    return known[_plain(name)]


def _plain(name: str) -> str:
    """The name in one spelling."""
    name = re.sub(r"[\s_-]", "", name).lower()
    for chinese, spellings in _ALSO.items():
        for spelling in spellings:
            name = re.sub(rf"(?<![a-z]){spelling}(?![a-z])", chinese, name)
    return name


class Stock(StrEnum):
    """Kinds of paper that differ in thickness at the same weight."""

    OFFSET = "offset"
    """胶版纸, 双胶纸, copy paper."""
    COATED = "coated"
    """铜版纸, glossy."""
    MATT = "matt"
    """哑粉纸, matt coated."""
    BULKY = "bulky"
    """轻型纸, light book paper."""


BULK = {Stock.OFFSET: 1.25, Stock.COATED: 0.85, Stock.MATT: 0.95, Stock.BULKY: 1.7}
"""Bulk (松厚度, ISO 534) in cm³/g, middle values of the trade: 80 g/m² of copy paper is 0.1 mm thick."""


def caliper(grammage: float, stock: Stock) -> Pt:
    """The thickness (厚度) in points of one sheet of so many g/m²: grammage × bulk (ISO 534)."""
    return mm(grammage * BULK[stock] / 1000)
