"""The order of Chinese words in an index: by sound (音序) or by the number of strokes (笔画).

By sound as dictionaries have it: syllable by syllable, within a syllable by tone, the light tone last. A character
that has several readings stands under the commonest one, whatever the word: 重 under zhòng, also in 重庆. By strokes:
character by character, within a number in the order of Unicode, which is that of the radicals.
"""

from __future__ import annotations

import functools

from converter.records import NamedTuple
from converter.text.readings import main_reading

OTHER = "#"
"""The group of what begins with neither a character of the tables nor a Latin letter; it stands first."""

_TONES = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4}
_LIGHT = 5


class Place(NamedTuple):
    """Where words stand in an index. Places compare in the order of the index."""

    key: tuple[tuple[int, str, int, str], ...]
    group: str
    """The heading below which they stand: the letter A to Z, or 5画; `#` for others."""


def by_pinyin(words: str) -> Place:
    """The place by sound. Marks and spaces don't count."""
    counted = [character for character in words if character.isalnum()]
    key = tuple(_sound(character) for character in counted)
    return Place(key, key[0][1][0].upper() if key and key[0][0] else OTHER)


def by_strokes(words: str) -> Place:
    """The place by the number of strokes. Marks and spaces don't count."""
    counted = [character for character in words if character.isalnum()]
    counts = [_strokes().get(character, 0) for character in counted]
    key = tuple((count, "", 0, character) for count, character in zip(counts, counted, strict=True))
    return Place(key, f"{counts[0]}画" if counts and counts[0] else OTHER)


def _sound(character: str) -> tuple[int, str, int, str]:
    if reading := main_reading(character):
        letters = "".join(filter(str.isascii, reading))
        tone = next((_TONES[c] for c in reading if c in _TONES), _LIGHT)
        # Dictionaries have lü after lu, and before luan: the letter is u, the dots count after it.
        return 1, letters, tone + (_LIGHT if "\u0308" in reading else 0), character
    letter = character.casefold()
    return int("a" <= letter <= "z"), letter, 0, character


@functools.cache
def _strokes() -> dict[str, int]:
    from converter.text.data import read

    table = {}
    for line in read("strokes.txt").splitlines():
        count, _, characters = line.partition(" ")
        table.update(dict.fromkeys(characters, int(count)))
    return table
