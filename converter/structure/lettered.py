"""Items that letters or bullets begin: A. B. C. below a question, and lines in a row that open with • or -."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.model import Role
from converter.regex import compiled
from converter.structure.reasons import Rule

if TYPE_CHECKING:
    from converter.structure.reading import Reading

_LETTER = compiled(r"[（(]?([A-HＡ-Ｈ])\s?[.．、)）:：]\s?(?=\S)")
_FIRST_LETTERS = frozenset("（(ABCDEFGHＡＢＣＤＥＦＧＨ")
_FEWEST_LETTERS = 3
# Not —, which opens a speech or a paragraph of its own, nor ★, which opens headings as well.
_BULLET = compiled(r"([•·●○◦‣▪➢✓\-*])\s{1,4}(?=[^\s\-*|])|([•●◦‣▪➢✓])(?=\S)")
_BULLETS = frozenset("•·●○◦‣▪➢✓-*")
_FEWEST_BULLETS = 2
_LONGEST = 200


def find_lettered(reading: Reading) -> None:
    """Three lines or more that count A, B, C; two or more that open with the same bullet."""
    for first in [i for i, text in enumerate(reading.texts) if text[0] in _FIRST_LETTERS]:
        index = first
        while reading.free(index) and _letter(reading.text(index)) == index - first:
            index += 1
        if index - first >= _FEWEST_LETTERS:
            _give(reading, first, index)
    index = 0
    for first in [i for i, text in enumerate(reading.texts) if text[0] in _BULLETS]:
        if first < index:
            continue
        index, bullet = first, _bullet(reading.text(first))
        while bullet and reading.free(index) and _bullet(reading.text(index)) == bullet:
            index += 1
        if index - first >= _FEWEST_BULLETS:
            _give(reading, first, index)


def _give(reading: Reading, first: int, end: int) -> None:
    for line in range(first, end):
        reading.give(line, Role.LIST_ITEM, Rule.LETTERED)


def _letter(text: str) -> int | None:
    """Which letter a line begins with: 0 for A."""
    match = _LETTER.match(text) if len(text) <= _LONGEST else None
    if match is None:
        return None
    return (ord(match[1]) - ord("A")) if match[1].isascii() else ord(match[1]) - ord("Ａ")


def _bullet(text: str) -> str:
    """The bullet that a line begins with; empty where it begins with none."""
    match = _BULLET.match(text) if len(text) <= _LONGEST else None
    return (match[1] or match[2]) if match else ""
