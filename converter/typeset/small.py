"""Superior and inferior figures (m⁵, CO₂) that a font does not have, made of its own figures.

Such a glyph has a number beyond those of the font's own, which says what it is made of; the PDF gets its outline.
"""

from __future__ import annotations

import unicodedata
from functools import cache

SCALE = 0.62
"""Of a superior or inferior figure, beside the figure itself."""
SUPERIOR, INFERIOR = 440, -130
"""How much higher they stand, in thousandths of an em."""
_FIRST = 0x10000
"""Glyphs of fonts have numbers of two bytes."""


@cache
def figures() -> dict[str, tuple[str, bool]]:
    """Character → the one that it is a small form of, and whether it is a superior one (UAX #44, decomposition)."""
    found = {}
    for code in (*range(0xB2, 0xBA), *range(0x2070, 0x20A0)):
        kind, _, base = unicodedata.decomposition(chr(code)).partition(" ")
        if kind in {"<super>", "<sub>"} and " " not in base:
            found[chr(code)] = chr(int(base, 16)), kind == "<super>"
    return found


def small(glyph: int, *, superior: bool) -> int:
    """The number of the small form of a glyph."""
    return _FIRST + 2 * glyph + superior


def origin(glyph: int) -> int:
    """The glyph of the font that this one is made of: itself, as a rule."""
    return (glyph - _FIRST) // 2 if glyph >= _FIRST else glyph


def scale_of(glyph: int) -> tuple[float, int]:
    """How large a glyph is beside what it is made of, and how much higher it stands, in thousandths of an em."""
    return (SCALE, SUPERIOR if glyph & 1 else INFERIOR) if glyph >= _FIRST else (1, 0)
