"""The colours of our files: sRGB (IEC 61966-2-1) as an ICC profile (ICC.1:2010, version 4), made here because it is
small: primaries and white point, adapted to D50, and the curve.
"""

from __future__ import annotations

import struct

_WHITE = (0.9642, 1.0, 0.8249)
_RED, _GREEN, _BLUE = (0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410)
_ADAPTED = (1.04788, 0.02292, -0.05021, 0.02959, 0.99048, -0.01706, -0.00923, 0.01508, 0.75168)
"""From D65 to D50 (Bradford)."""
_CURVE = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


def srgb_profile() -> bytes:
    """The profile's bytes."""
    curve = b"para\0\0\0\0\0\3\0\0" + _fixed(*_CURVE)
    tags = {
        b"desc": _words("sRGB"),
        b"cprt": _words("CC0"),
        b"wtpt": b"XYZ \0\0\0\0" + _fixed(*_WHITE),
        b"chad": b"sf32\0\0\0\0" + _fixed(*_ADAPTED),
        b"rXYZ": b"XYZ \0\0\0\0" + _fixed(*_RED),
        b"gXYZ": b"XYZ \0\0\0\0" + _fixed(*_GREEN),
        b"bXYZ": b"XYZ \0\0\0\0" + _fixed(*_BLUE),
        b"rTRC": curve,
    }
    table, data, places = b"", b"", {}
    start = 128 + 4 + 12 * (len(tags) + 2)
    for name, content in tags.items():
        places[name] = (start + len(data), len(content))
        data += content + bytes(-len(content) % 4)
    places[b"gTRC"] = places[b"bTRC"] = places[b"rTRC"]  # one curve for all three
    for name, (offset, length) in places.items():
        table += name + struct.pack(">II", offset, length)
    size = start + len(data)
    head = struct.pack(">I4sI4s4s4s", size, b"\0\0\0\0", 0x04200000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H", 2015, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + _fixed(*_WHITE)
    return head.ljust(128, b"\0") + struct.pack(">I", len(places)) + table + data


def _fixed(*numbers: float) -> bytes:
    """Numbers as s15Fixed16 (ICC.1 4.6)."""
    return b"".join(struct.pack(">i", round(number * 65536)) for number in numbers)


def _words(words: str) -> bytes:
    """Words in English as multiLocalizedUnicodeType (ICC.1 10.13)."""
    said = words.encode("utf-16-be")
    return b"mluc\0\0\0\0" + struct.pack(">II4sII", 1, 12, b"enUS", len(said), 28) + said
