"""How Chinese characters are read in Pinyin (拼音), by the table `data/readings.txt` (Unihan)."""

from __future__ import annotations

import functools
import unicodedata
from enum import IntEnum


class Fit(IntEnum):
    """How a syllable suits a character."""

    NONE = 0
    RARE = 1
    """A reading, but not the one that a reader thinks of: 重(chóng)."""
    AMBIGUOUS = 2
    """The main reading of a character that often has another: 長(zhǎng)."""
    PLAIN = 3
    """The reading of a character that has no other in common use: 創(chuàng)."""


@functools.lru_cache(maxsize=1 << 12)
def fit(character: str, syllable: str) -> Fit:
    """How a syllable, with or without its tone mark, suits a character."""
    readings = _readings(character)
    wanted = unicodedata.normalize("NFD", syllable.translate(_LETTERS).replace("u:", "ü").casefold())
    if not _TONES.intersection(wanted):
        wanted = _letters(wanted)
        readings = tuple((_letters(reading), rank) for reading, rank in readings)
    ranks = [rank for reading, rank in readings if reading == wanted]
    if not ranks:
        return Fit.NONE
    if min(ranks):
        return Fit.RARE
    return Fit.PLAIN if len({reading for reading, rank in readings if rank < 2}) == 1 else Fit.AMBIGUOUS


def main_reading(character: str) -> str:
    """The syllable that a reader thinks of, its tone mark decomposed (NFD); empty for what has none in the table."""
    return next((reading for reading, rank in _readings(character) if rank == 0), "")


def _letters(reading: str) -> str:
    return "".join(filter(str.isascii, reading))


# Sites write these letters as well.
_LETTERS = str.maketrans("ɑɡăĕĭŏŭv", "agǎěǐǒǔü")
_TONES = frozenset("\u0300\u0301\u0304\u030c")


@functools.lru_cache(maxsize=1 << 14)
def _readings(character: str) -> tuple[tuple[str, int], ...]:
    """Every reading of a character, decomposed (NFD): 0 marks the main one, 1 a frequent one, 2 a rare one. A text asks
    for some hundreds of characters: they are looked for in the table as it is written.
    """
    table, found = _table(), []
    at = -1 if character.isascii() else table.find(character)
    while at >= 0:
        syllable, behind, groups = table[table.rfind("\n", 0, at) + 1 : at].partition(" ")
        if behind:
            found.append((unicodedata.normalize("NFD", syllable), groups.count("|")))
        at = table.find(character, at + 1)
    return tuple(found)


@functools.cache
def _table() -> str:
    """A syllable a line, and behind it the characters that are read so."""
    from converter.text.data import read

    return read("readings.txt")
