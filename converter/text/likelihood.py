"""How likely a text is as Chinese: the evidence by which one decoding is preferred to another.

A character's probability is the share of its class in running text, divided among the characters of that class. The
shares are round figures: right decodings differ from wrong ones by several nats a character, not by decimals.
"""

from __future__ import annotations

import functools
from collections import Counter
from math import log

from converter.records import NamedTuple
from converter.regex import compiled
from converter.text.common_characters import COMMON, FREQUENT, PUNCTUATION, VERY_COMMON

_UNREAD = -25.0
_LEVELS = (("gbk", range(0xB0, 0xD8), 0xA1), ("big5", range(0xA4, 0xC7), 0x40))
"""First bytes of level 1, and the least second byte: GBK, which is loaded anyway, has other characters below."""
LEVEL_1_COUNT = 6816
"""Characters of level 1 of the two together."""
_LEVEL_1 = log(0.12 / LEVEL_1_COUNT)
# Log-probability of one character, by code point: from this one on, up to the next.
_BLOCKS = (
    (0x0000, -14.0),  # controls
    (0x0020, -5.0),  # ASCII
    (0x007F, -14.0),  # DEL and the C1 controls
    (0x00A0, -10.0),  # Latin letters with accents
    (0x0250, -13.0),
    (0x0370, -11.0),  # Greek, Cyrillic
    (0x0500, -16.0),
    (0x2000, -11.0),  # general punctuation, arrows, enclosed numbers, shapes
    (0x2700, -14.0),
    (0x3000, -9.0),  # CJK punctuation
    (0x3040, -12.0),  # kana, bopomofo, enclosed letters, units
    (0x3400, -18.0),  # Extension A
    (0x4E00, -14.0),  # the other unified ideographs
    (0xA000, -18.0),  # Yi, Hangul
    (0xD800, _UNREAD),  # surrogates: what stands for a byte that could not be read
    (0xE000, -20.0),  # private use
    (0xF900, -16.0),  # compatibility ideographs, Arabic forms
    (0xFE30, -12.0),  # vertical forms
    (0xFF01, -8.5),  # full-width ASCII
    (0xFF5F, -14.0),
    (0xFFF0, -20.0),  # not characters
    (0x10000, -18.0),  # emoji
    (0x20000, -19.0),  # Extensions B and beyond
    (0x30000, -22.0),
)
# All but those that stand in plain text for a reason: tab, line feed, vertical tab, form feed, carriage return, and the
# end-of-file mark of DOS.
_CONTROL = compiled(r"[\x00-\x08\x0e-\x19\x1b-\x1f]")


class Likelihood(NamedTuple):
    """What the characters of a sample say."""

    total: float
    """Log-probability of the sample, in nats: negative, and the higher the likelier."""
    mean: float
    """Log-probability of a character that is not ASCII, on average; 0 if all are."""
    controls: float
    """Share of characters that no plain text has, such as NUL."""


def likelihood(text: str) -> Likelihood:
    """How likely `text` is as Chinese running text."""
    table = _table()
    total, wide, width = 0.0, 0.0, 0
    for character, count in Counter(text).items():
        nats = table.get(character)
        if nats is None:
            nats = table[character] = _LEVEL_1 if is_level_1(character) else _of_block(ord(character))
        total += nats * count
        if character > "\x7f":
            wide, width = wide + nats * count, width + count
    return Likelihood(total, wide / width if width else 0.0, controls(text))


def controls(text: str) -> float:
    """The share of characters that no plain text has."""
    return len(_CONTROL.findall(text)) / len(text) if text else 0.0


@functools.cache
def _table() -> dict[str, float]:
    """Log-probability of every character that our lists name; what else occurs is added as it comes."""
    table = {}
    for characters, share in (
        (FREQUENT, 0.25),
        (COMMON, 0.25),
        (VERY_COMMON, 0.25),
        (PUNCTUATION, 0.13),
    ):
        table.update(dict.fromkeys(characters, log(share / len(set(characters)))))
    table |= dict.fromkeys("\t\n\r", -5.0)
    table["�"] = _UNREAD
    return table


def is_level_1(character: str) -> bool:
    """Whether the encodings themselves list a character as common: GB 2312 level 1 (rows 16-55), Big5 level 1
    (A440-C67E).
    """
    codes = ((character.encode(codec, "ignore"), rows, least) for codec, rows, least in _LEVELS)
    return any(len(code) == 2 and code[0] in rows and code[1] >= least for code, rows, least in codes)


def _of_block(code: int) -> float:
    for start, nats in reversed(_BLOCKS):
        if code >= start:
            return nats
    raise AssertionError
