"""What the tables of a TrueType font say of its characters and glyphs, read where they lie (OpenType 1.9).

HarfBuzz says the same, and a test holds the two against each other; but to load it takes longer than to set a short
text. It does not doubt what it reads: it is for the fonts that come with the program.
"""

from __future__ import annotations

import mmap
import sys
from array import array
from bisect import bisect_right
from functools import cached_property
from struct import unpack_from
from typing import TYPE_CHECKING

from converter.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_WORD, _LONG = "H", "I"
_WINDOWS, _ALL_OF_UNICODE, _BMP = 3, 10, 1
"""Platform and encodings of the tables of characters that are read (OpenType, cmap)."""
_ENGLISH = 0x409
_TYPOGRAPHIC = 1 << 7
"""The flag of a font whose lines are as high as its typographic metrics say (OpenType, OS/2, fsSelection)."""


class Extents(NamedTuple):
    """The box of a glyph's ink, in units of the font, as HarfBuzz gives it: `height` goes down, and is negative."""

    x_bearing: int
    y_bearing: int
    width: int
    height: int


class TrueType:
    """A font file of quadratic outlines; it is mapped into memory. Raises OSError where there is none."""

    is_cff = False

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._data = data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        (count,) = unpack_from(">H", data, 4)
        rows = (unpack_from(">4s4xII", data, 12 + 16 * row) for row in range(count))
        self.tables: dict[str, tuple[int, int]] = {tag.decode("ascii"): (offset, size) for tag, offset, size in rows}
        """Where each begins, and its length."""
        head, hhea = self._at("head"), self._at("hhea")
        (self.units_per_em,) = unpack_from(">H", data, head + 18)
        self.bounds: tuple[int, int, int, int] = unpack_from(">4h", data, head + 36)
        """The least box that holds every glyph: left, bottom, right, top."""
        (self._long,) = unpack_from(">h", data, head + 50)
        (self._full,) = unpack_from(">H", data, hhea + 34)
        (self.glyph_count,) = unpack_from(">H", data, self._at("maxp") + 4)
        (flags,) = unpack_from(">H", data, self._at("OS/2") + 62)
        lines = self._at("OS/2") + 68 if flags & _TYPOGRAPHIC else hhea + 4
        self.ascender, self.descender = unpack_from(">2h", data, lines)
        self._lists: dict[int, int] = {}
        self._find_characters()

    def glyph(self, code: int) -> int:
        """The glyph of a character; 0 where the font has none."""
        row = bisect_right(self._starts, code) - 1
        if row < 0 or code > self._ends[row]:
            return 0
        within = code - self._starts[row]
        if row not in self._lists:
            return (self._glyphs[row] + within) & 0xFFFF
        (listed,) = unpack_from(">H", self._data, self._lists[row] + 2 * within)
        return int(listed + self._glyphs[row] - self._starts[row]) & 0xFFFF if listed else 0

    def advance(self, glyph: int) -> int:
        """The glyph's width."""
        width: int = self._pairs[2 * min(glyph, self._full - 1)]
        return width

    def bearing(self, glyph: int) -> int:
        """Where the glyph's ink begins."""
        beyond = max(0, glyph - self._full + 1)
        at = self._at("hmtx") + 4 * (glyph - beyond) + 2 + 2 * beyond
        left: int = unpack_from(">h", self._data, at)[0]
        return left

    def extents(self, glyph: int) -> Extents:
        """The box of the glyph's ink."""
        begin, end = self._place(glyph)
        if begin == end:
            return Extents(0, 0, 0, 0)
        left, bottom, right, top = unpack_from(">4h", self._data, begin + 2)
        return Extents(self.bearing(glyph), top, right - left, bottom - top)

    def outlines(self, glyphs: Iterable[int]) -> list[bytes]:
        """The glyphs as the file has them (OpenType, glyf): of many, whose places are read at once."""
        data, begin, places = self._data, self._at("glyf"), self._places
        unit = 1 if self._long else 2
        return [data[begin + unit * places[glyph] : begin + unit * places[glyph + 1]] for glyph in glyphs]

    def metrics(self, glyphs: Iterable[int]) -> list[tuple[int, int]]:
        """Width of each glyph, and where its ink begins: for many glyphs."""
        full, pairs = self._full, self._pairs
        found = []
        for glyph in glyphs:
            if glyph < full:
                width, left = pairs[2 * glyph], pairs[2 * glyph + 1]
                found.append((width, left - 0x10000 if left & 0x8000 else left))
            else:
                found.append((self.advance(glyph), self.bearing(glyph)))
        return found

    def table(self, tag: str) -> bytes:
        """A whole table."""
        begin, size = self.tables[tag]
        return self._data[begin : begin + size]

    def characters(self) -> int:
        """How many characters the font has."""
        ranges = zip(self._starts, self._ends, strict=True)
        return sum(1 for first, last in ranges for code in range(first, last + 1) if self.glyph(code))

    def name(self, number: int) -> str:
        """A name of the font in English (OpenType, name); empty where it has none."""
        start = self._at("name")
        count, texts = unpack_from(">HH", self._data, start + 2)
        for row in range(count):
            platform, _, language, known, size, offset = unpack_from(">6H", self._data, start + 6 + 12 * row)
            if (platform, language, known) == (_WINDOWS, _ENGLISH, number):
                at = start + texts + offset
                return self._data[at : at + size].decode("utf-16-be")
        return ""

    def _at(self, tag: str) -> int:
        return self.tables[tag][0]

    def _place(self, glyph: int) -> tuple[int, int]:
        """Where the glyph's outline begins and ends in the file."""
        loca, glyf = self._at("loca"), self._at("glyf")
        if self._long:
            begin, end = unpack_from(">II", self._data, loca + 4 * glyph)
        else:
            begin, end = (2 * half for half in unpack_from(">HH", self._data, loca + 2 * glyph))
        return glyf + begin, glyf + end

    @cached_property
    def _places(self) -> array[int]:
        """Where each glyph's outline begins, in bytes or in pairs of them, and where the last one ends."""
        return self._numbers(_LONG if self._long else _WORD, self._at("loca"), self.glyph_count + 1)

    @cached_property
    def _pairs(self) -> array[int]:
        """Width and bearing of each glyph, one after the other, of those that have a width of their own."""
        return self._numbers(_WORD, self._at("hmtx"), 2 * self._full)

    def _find_characters(self) -> None:
        """The ranges of characters whose glyphs follow each other: first and last characters, and first glyphs."""
        start = self._at("cmap")
        (count,) = unpack_from(">H", self._data, start + 2)
        rows = (unpack_from(">HHI", self._data, start + 4 + 8 * row) for row in range(count))
        encodings = {encoding: start + offset for platform, encoding, offset in rows if platform == _WINDOWS}
        if _ALL_OF_UNICODE in encodings:  # format 12
            at = encodings[_ALL_OF_UNICODE]
            groups = self._numbers(_LONG, at + 16, 3 * unpack_from(">I", self._data, at + 12)[0])
            self._starts, self._ends, self._glyphs = groups[::3], groups[1::3], groups[2::3]
            return
        at = encodings[_BMP]  # format 4: a range may have a list of glyphs instead, so far from where that is said
        size = unpack_from(">H", self._data, at + 6)[0]
        self._starts, steps, offsets = (self._numbers(_WORD, at + 16 + size * n, size // 2) for n in (1, 2, 3))
        self._ends = self._numbers(_WORD, at + 14, size // 2)
        self._glyphs = array(_WORD, [(begin + step) & 0xFFFF for begin, step in zip(self._starts, steps, strict=True)])
        said = at + 16 + 3 * size
        self._lists = {row: said + 2 * row + offset for row, offset in enumerate(offsets) if offset}

    def _numbers(self, kind: str, at: int, count: int) -> array[int]:
        """So many numbers in a row, which files have with their first byte first."""
        numbers = array(kind)
        numbers.frombytes(self._data[at : at + count * numbers.itemsize])
        if sys.byteorder == "little":
            numbers.byteswap()
        return numbers
