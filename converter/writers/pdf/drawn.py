"""Sides once they are drawn: operators, compressed, and what they have to be joined with in a file.

All of it is plain values that know nothing of the file's other pages, fonts or objects: it can be kept, and a page that
is drawn for one file stands in any other one that calls its fonts by the same names.
"""

from __future__ import annotations

import zlib

from converter.records import NamedTuple

_LEVEL = 4
"""Of compression: beyond it a long text is a hundredth smaller and takes half as long again."""
_HEAD = b"\x78\x5e"
"""What compressed data begins with (RFC 1950)."""
_BASE = 65521
"""Of the checksum that it ends with."""

Box = tuple[float, float, float, float]


class Linked(NamedTuple):
    """A box (left, bottom, right, top) that leads somewhere."""

    element: int
    box: Box
    target: str
    words: str
    """Where it leads to."""


class Placed(NamedTuple):
    """A place on a page, in points from its lower left corner."""

    name: str | int
    """What links lead to; of a heading, which of the portion's it is."""
    x: float | None
    """None for the left edge."""
    y: float


class Operators(NamedTuple):
    """Operators of a content stream, compressed so that others can go before and behind them (RFC 1951)."""

    data: bytes
    size: int
    """Bytes before compression."""
    check: int
    """Their Adler-32."""


class DrawnPage(NamedTuple):
    """A side."""

    operators: Operators
    pieces: list[int]
    """The structure element of each piece of marked content, by its number (MCID)."""
    links: list[Linked]
    places: list[Placed]
    headings: list[Placed]
    pictures: list[str]
    """The names of those it shows."""


class Element(NamedTuple):
    """A structure element (ISO 32000-1 14.7.2)."""

    kind: str
    parent: int
    """Which one it is part of; -1 for the document."""
    kids: list[int | tuple[int, int] | tuple[int, int, bool]]
    """Elements by their number; pieces by page and number; links by page and number, and True."""
    ordered: bool
    alt: str
    box: Box | None
    """Of a picture."""


class Drawn(NamedTuple):
    """Sides that belong together: no element has parts elsewhere."""

    pages: list[DrawnPage]
    elements: list[Element]


class PageFacts(NamedTuple):
    """What others have to know of a page of the body."""

    headings: list[int]
    """Those that stand on it, by their number in the portion."""
    opening: bool
    text_title: str
    section_title: str
    lined: bool
    """Whether there are lines on it."""
    empty: bool
    """Whether there is nothing on it."""


def compressed(operators: str) -> Operators:
    """The operators, to be joined with others."""
    data = operators.encode("latin-1")
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Operators(packer.compress(data) + packer.flush(zlib.Z_SYNC_FLUSH), len(data), zlib.adler32(data))


def joined(before: str, operators: Operators, behind: str) -> bytes:
    """One compressed stream (RFC 1950) of what is drawn before, the operators, and what is drawn behind."""
    first, last = before.encode("latin-1"), behind.encode("latin-1")
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, 4)
    end = packer.compress(last) + packer.flush()
    check = _check_of_both(zlib.adler32(first), operators.check, operators.size)
    check = _check_of_both(check, zlib.adler32(last), len(last))
    # What stands before is too short to become shorter: it is stored as it is (RFC 1951 3.2.4).
    stored = b"\0" + len(first).to_bytes(2, "little") + (0xFFFF - len(first)).to_bytes(2, "little") + first
    return b"".join((_HEAD, stored if first else b"", operators.data, end, check.to_bytes(4)))


def _check_of_both(first: int, second: int, size: int) -> int:
    """The Adler-32 of data and of `size` bytes behind it, from both checksums."""
    low = first & 0xFFFF
    sums = (low + (second & 0xFFFF) - 1) % _BASE
    return ((first >> 16) + (second >> 16) + size % _BASE * (low - 1)) % _BASE << 16 | sums
