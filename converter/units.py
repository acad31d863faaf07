"""Lengths of the page: points, millimetres, ems, and the Chinese point sizes (字号).

All lengths inside the program are `Pt` (1/72 inch); the other units are ways to write one down.
"""

from __future__ import annotations

from typing import NewType

Pt = NewType("Pt", float)
"""A length in points, 1/72 inch."""

Em = NewType("Em", float)
"""A length in widths of one ideograph of the text at hand."""


def mm(value: float) -> Pt:
    """A length in points from millimetres: `mm(25.4)` is 72 pt."""
    return Pt(value * 72 / 25.4)


def twips(length: float) -> int:
    """Twentieths of a point, Word's unit of length (ECMA-376 §17.18.87), rounded to the nearest."""
    return round(length * 20)


def half_points(size: float) -> int:
    """Half points, Word's unit of font size (ECMA-376 §17.3.2.38), rounded to the nearest: 15.75 pt gives 32."""
    return int(size * 2 + 0.5)


# Word's values; letterpress differs for 一号, 二号, 三号, 六号 and 七号.
SIZES = {
    "初号": 42.0, "小初": 36.0,
    "一号": 26.0, "小一": 24.0,
    "二号": 22.0, "小二": 18.0,
    "三号": 16.0, "小三": 15.0,
    "四号": 14.0, "小四": 12.0,
    "五号": 10.5, "小五": 9.0,
    "六号": 7.5, "小六": 6.5,
    "七号": 5.5, "八号": 5.0,
}  # fmt: skip


def size(name: str) -> Pt:
    """The size in points of a 字号 by its name, as word processors have it: `size("三号")` is 16 pt.

    Raises KeyError for a name that is not a 字号.
    """
    return Pt(SIZES[name])
