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


def fit(character: str, syllable: str) -> Fit:
    """How a syllable, with or without its tone mark, suits a character."""
    readings = _table().get(character, ())
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
    return next((reading for reading, rank in _table().get(character, ()) if rank == 0), "")


def _letters(reading: str) -> str:
    return "".join(filter(str.isascii, reading))


# Sites write these letters as well.
_LETTERS = str.maketrans("ɑɡăĕĭŏŭv", "agǎěǐǒǔü")
_TONES = frozenset("\u0300\u0301\u0304\u030c")


@functools.cache
def _table() -> dict[str, tuple[tuple[str, int], ...]]:
    """Every reading of each character, decomposed (NFD): 0 marks the main one, 1 a frequent one, 2 a rare one."""
    from converter.text.data import read

    table: dict[str, tuple[tuple[str, int], ...]] = {}
    for line in read("readings.txt").splitlines():
        syllable, _, groups = line.partition(" ")
        for rank, characters in enumerate(groups.split("|")):
            entry = ((unicodedata.normalize("NFD", syllable), rank),)
            for character in characters:
                table[character] = table.get(character, ()) + entry
    return table
