"""Items that letters, bullets or [1] begin: A. B. C. below a question, lines in a row with • or -, references."""

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
_REFERENCE = compiled(r"[\[［【〔]\s?([0-9]{1,3})\s?[\]］】〕]\s?[^\s\[\]［］【】]")
_REFERENCES = frozenset({"参考文献", "參考文獻", "主要参考文献", "参考资料", "參考資料", "参考书目", "參考書目"})
_LONGEST = 200


def find_lettered(reading: Reading) -> None:
    """Three lines or more that count A, B, C; two or more that open with the same bullet."""
    for first in reading.beginning(_FIRST_LETTERS):
        index = first
        while reading.free(index) and _letter(reading.text(index)) == index - first:
            index += 1
        if index - first >= _FEWEST_LETTERS:
            _give(reading, first, index)
    index = 0
    for first in reading.beginning(_BULLETS):
        if first < index:
            continue
        index, bullet = first, _bullet(reading.text(first))
        while bullet and reading.free(index) and _bullet(reading.text(index)) == bullet:
            index += 1
        if index - first >= _FEWEST_BULLETS:
            _give(reading, first, index)


def find_references(reading: Reading) -> None:
    """[1] …, [2] … below 参考文献 are items, and these words are their heading."""
    for head in [i for i in reading.short(7) if reading.text(i).rstrip("：:") in _REFERENCES]:
        index = head + 1
        while (
            reading.free(index) and (match := _REFERENCE.match(reading.text(index))) and int(match[1]) == index - head
        ):
            index += 1
        if index > head + 1 and reading.free(head):
            reading.head(head, Rule.REFERENCES)
            _give(reading, head + 1, index)


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
