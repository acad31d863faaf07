"""Glyphs that a font does not have: a mark in the middle of its em, a character with room for its reading.

What is moved by the page's positions is copied with spaces beside it; what stands there in its own glyph is copied as
it was written. So the embedded subset of a font gets these glyphs.
"""

from __future__ import annotations

import struct
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING, Any
from zlib import adler32

from converter.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import uharfbuzz as hb

    from converter.typeset.truetype import TrueType


_COMPOSITE = b"\xff"
"""The first byte of a glyph that is made of others: a negative number of contours (OpenType, glyf)."""


class Copy(NamedTuple):
    """A glyph made of another one; lengths in units of the font."""

    glyph: int
    advance: int
    scale: float = 1
    up: int = 0


def cut(font: TrueType, glyphs: Iterable[int]) -> tuple[dict[int, int], bytes] | None:
    """The font with these glyphs alone and which glyph has become which, as HarfBuzz makes it; None where a glyph is
    made of others.
    """
    wanted = sorted({0, *glyphs})
    outlines = font.outlines(wanted)
    if _COMPOSITE in [outline[:1] for outline in outlines]:
        return None
    tables = {tag: font.table(tag) for tag in ("head", "hhea", "maxp")}
    made = font_file(tables | _tables(tables, outlines, font.metrics(wanted)))
    return {glyph: own for own, glyph in enumerate(wanted)}, made


def with_glyphs(subset: hb.Face, moves: Mapping[int, tuple[int, int]], copies: Iterable[Copy]) -> bytes:
    """The TrueType font with the glyphs of `moves` moved to the right and up, in units of the font, and behind its own
    glyphs these copies.
    """
    tables = {tag: bytes(subset.reference_table(tag).data) for tag in subset.table_tags}
    head, count = tables["head"], subset.glyph_count
    form = "I" if int.from_bytes(head[50:52]) else "H"
    unit = 1 if form == "I" else 2
    at = [unit * offset for offset in struct.unpack(f">{count + 1}{form}", tables["loca"][: (count + 1) * (4 // unit)])]
    glyphs = [tables["glyf"][begin:end] for begin, end in pairwise(at)]
    metrics = _metrics(tables, count)
    for glyph, (right, up) in moves.items():
        glyphs[glyph] = _glyph(_outline(subset, glyph), right, up)
        advance, bearing = metrics[glyph]
        metrics[glyph] = advance, bearing + right
    for glyph, advance, scale, up in copies:
        glyphs.append(glyphs[glyph] if scale == 1 else _glyph(_outline(subset, glyph), 0, up, scale))
        metrics.append((advance, round(metrics[glyph][1] * scale)))
    return font_file(tables | _tables(tables, glyphs, metrics))


def _metrics(tables: Mapping[str, bytes], count: int) -> list[tuple[int, int]]:
    """Advance and left side bearing of each glyph (OpenType, hmtx)."""
    data, full = tables["hmtx"], int.from_bytes(tables["hhea"][34:36])
    metrics = list(struct.iter_unpack(">Hh", data[: 4 * full]))
    last = metrics[-1][0]
    return metrics + [
        (last, bearing) for (bearing,) in struct.iter_unpack(">h", data[4 * full : 4 * full + 2 * (count - full)])
    ]


def _tables(tables: Mapping[str, bytes], glyphs: list[bytes], metrics: list[tuple[int, int]]) -> dict[str, bytes]:
    """The tables that know the glyphs."""
    padded = [glyph + bytes(-len(glyph) % 4) if len(glyph) % 4 else glyph for glyph in glyphs]
    offsets = [0, *accumulate(map(len, padded))]
    head, hhea, maxp = tables["head"], tables["hhea"], tables["maxp"]
    return {
        "glyf": b"".join(padded),
        "loca": struct.pack(f">{len(offsets)}I", *offsets),
        "head": head[:50] + struct.pack(">H", 1) + head[52:],
        "hmtx": struct.pack(">" + "Hh" * len(metrics), *chain.from_iterable(metrics)),
        "hhea": hhea[:34] + struct.pack(">H", len(metrics)) + hhea[36:],
        "maxp": maxp[:4] + struct.pack(">H", len(glyphs)) + maxp[6:],
    }


def _outline(face: hb.Face, glyph: int) -> list[list[tuple[int, int, bool]]]:
    """The contours of a glyph, each as points and whether they lie on the curve."""
    contours: list[list[tuple[int, int, bool]]] = []

    def move(x: float, y: float, _: Any) -> None:
        contours.append([(round(x), round(y), True)])

    def line(x: float, y: float, _: Any) -> None:
        contours[-1].append((round(x), round(y), True))

    def curve(x: float, y: float, end_x: float, end_y: float, _: Any) -> None:
        contours[-1] += [(round(x), round(y), False), (round(end_x), round(end_y), True)]

    import uharfbuzz as hb

    funcs = hb.DrawFuncs()
    funcs.set_move_to_func(move)
    funcs.set_line_to_func(line)
    funcs.set_quadratic_to_func(curve)
    hb.Font(face).draw_glyph(glyph, funcs, None)
    return [contour[:-1] if len(contour) > 1 and contour[0] == contour[-1] else contour for contour in contours]


def _glyph(contours: list[list[tuple[int, int, bool]]], right: int, up: int, scale: float = 1) -> bytes:
    """A simple glyph (OpenType, glyf) of these contours, scaled and moved."""
    points = [(round(x * scale) + right, round(y * scale) + up, on) for contour in contours for x, y, on in contour]
    if not points:
        return b""
    across, along = [x for x, _, _ in points], [y for _, y, _ in points]
    last, ends = -1, []
    for contour in contours:
        last += len(contour)
        ends.append(last)
    data = struct.pack(">5h", len(contours), min(across), min(along), max(across), max(along))
    data += struct.pack(f">{len(ends)}HH", *ends, 0) + bytes(int(on) for _, _, on in points)
    for places in (across, along):
        data += b"".join(struct.pack(">h", to - at) for at, to in zip([0, *places], places, strict=False))
    return data


def font_file(tables: Mapping[str, bytes]) -> bytes:
    """A font file of these tables (OpenType, "organization of an OpenType font")."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    start = struct.pack(">I4H", 0x00010000, count, 16 * power, power.bit_length() - 1, 16 * (count - power))
    at, directory, body, total = 12 + 16 * count, b"", [], 0
    head = 0
    for tag, data in sorted(tables.items()):
        whole = data[:8] + b"\0\0\0\0" + data[12:] if tag == "head" else data
        padded = whole + b"\0" * (-len(whole) % 4)
        checksum = _sum(padded)
        directory += struct.pack(">4s3I", tag.encode(), checksum, at, len(whole))
        body.append(padded)
        head = at if tag == "head" else head
        at += len(padded)
        total += checksum
    font = bytearray(b"".join((start, directory, *body)))
    font[head + 8 : head + 12] = struct.pack(">I", (0xB1B0AFBA - total - _sum(start + directory)) & 0xFFFFFFFF)
    return bytes(font)


def _sum(data: bytes) -> int:
    """The checksum of a table: the sum of its words of four bytes. From zero, Adler-32 begins with the sum of the bytes
    as long as these are few, and nothing else sums them as fast.
    """
    total = 0
    for place in range(4):
        column = data[place::4]
        parts = [column[begin : begin + _SUMMED] for begin in range(0, len(column), _SUMMED)]
        total += sum([adler32(part, 0) & 0xFFFF for part in parts]) << 8 * (3 - place)
    return total & 0xFFFFFFFF


_SUMMED = 256
"""Bytes whose sum is below 65521, from where on Adler-32 begins anew."""


def with_moved_charstrings(table: bytes, moves: Mapping[int, tuple[int, int]]) -> bytes:
    """The `CFF ` table, without subroutines and hints, with these glyphs moved to the right and up, in units of the
    font: their first point is, the others follow (Adobe technical notes 5176 and 5177).
    """
    names = _index(table, table[2])
    tops = _index(table, names[-1])
    top = table[tops[0] : tops[1]]
    place, start = _operand(top, 17)
    charstrings = _index(table, start)
    glyphs = [table[begin:end] for begin, end in pairwise(charstrings)]
    for glyph, (right, up) in moves.items():
        glyphs[glyph] = _moved(glyphs[glyph], right, up)
    patched = table[: tops[0] + place] + b"\x1d" + struct.pack(">i", len(table)) + table[tops[0] + place + 5 :]
    offsets = [1]
    for data in glyphs:
        offsets.append(offsets[-1] + len(data))
    return patched + struct.pack(f">HB{len(offsets)}I", len(glyphs), 4, *offsets) + b"".join(glyphs)


def _index(table: bytes, start: int) -> list[int]:
    """Where the objects of an INDEX begin in the table, and where it ends."""
    count, size = int.from_bytes(table[start : start + 2]), table[start + 2]
    if not count:
        return [start + 2]
    first = start + 3
    base = first + (count + 1) * size - 1
    return [base + int.from_bytes(table[first + n * size : first + (n + 1) * size]) for n in range(count + 1)]


def _operand(dictionary: bytes, operator: int) -> tuple[int, int]:
    """Where the one operand of an operator stands in a DICT, and what it is: the subsetter writes it in five bytes."""
    at = begin = 0
    while dictionary[at] != operator:
        first = dictionary[at]
        if first <= 21:
            at += 2 if first == 12 else 1
            continue
        begin = at
        if first == 30:
            while dictionary[at] & 15 != 15 and dictionary[at] >> 4 != 15:
                at += 1
            at += 1
        else:
            at += 5 if first == 29 else 3 if first == 28 else 2 if first >= 247 else 1
    return begin, struct.unpack(">i", dictionary[begin + 1 : begin + 5])[0]


_FIRST_MOVES = {21: 2, 22: 1, 4: 1}
"""Operators that a charstring without hints begins with, and how many operands they have: rmoveto, hmoveto, vmoveto."""


def _moved(charstring: bytes, right: int, up: int) -> bytes:
    numbers: list[tuple[bytes, float]] = []
    at = 0
    while charstring[at] >= 32 or charstring[at] == 28:
        first = charstring[at]
        size = 3 if first == 28 else 5 if first == 255 else 2 if first >= 247 else 1
        raw = charstring[at : at + size]
        if first == 28:
            value: float = struct.unpack(">h", raw[1:])[0]
        elif first == 255:
            value = struct.unpack(">i", raw[1:])[0] / 65536
        elif first >= 247:
            value = (first - 247) * 256 + raw[1] + 108 if first < 251 else -(first - 251) * 256 - raw[1] - 108
        else:
            value = first - 139
        numbers.append((raw, value))
        at += size
    operator = charstring[at]
    if operator not in _FIRST_MOVES:
        return charstring
    count = _FIRST_MOVES[operator]
    (*width,) = numbers[:-count]
    values = [value for _, value in numbers[-count:]]
    x, y = values if count == 2 else (values[0], 0) if operator == 22 else (0, values[0])
    moved = b"".join(b"\xff" + struct.pack(">i", round(value * 65536)) for value in (x + right, y + up))
    return b"".join(raw for raw, _ in width) + moved + b"\x15" + charstring[at + 1 :]
