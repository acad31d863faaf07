"""How likely one character follows another in Chinese text: the context by which a lost character is chosen.

Two sources are joined: the pairs (bigrams, 二元字组) of the document itself, and a table of words with their frequencies
(`data/bigrams.txt`, see `data/README.md`), in which a character follows another either inside a word or as the
beginning of the next word. The table is in Simplified characters; Traditional ones are looked up by their Simplified
form. It is loaded when first asked for, in some ten milliseconds.
"""

from __future__ import annotations

import functools
from collections import Counter
from itertools import pairwise
from math import log

from converter.text.variants import simplified

# Shares of running text, in round figures; what they are measured against is the table's own frequencies.
_MARKS = {
    "，": 0.06, "。": 0.03, "、": 0.02, "“": 0.007, "”": 0.007, "《": 0.003, "》": 0.003, "：": 0.004, "；": 0.003,
    "（": 0.003, "）": 0.003, "！": 0.003, "？": 0.003, "—": 0.003, "…": 0.002, "\n": 0.01, "\u3000": 0.003, " ": 0.002,
    ",": 0.02, ".": 0.003, ":": 0.002, ";": 0.001, "(": 0.002, ")": 0.002, '"': 0.002, "?": 0.001, "!": 0.001,
    "「": 0.002, "」": 0.002, "『": 0.0005, "』": 0.0005, "·": 0.0005, "‘": 0.0005, "’": 0.0005,
}  # fmt: skip
# After these a text goes on as it may begin.
_OPEN = frozenset("，。、“”《》：；（）！？—…\n\u3000 ,.:;()\"?!「」『』·‘’")
_DIGIT, _LETTER = 0.002, 0.0004
# What follows a digit or a letter is mostly another one.
_SAME = 0.4
_UNKNOWN = 1e-9
# The weight of the table against the document's own pairs, as a number of occurrences.
_PRIOR = 8.0


def table_cost(one: str, two: str) -> float:
    """Nats that `two` costs after `one`, by the table alone: 0 for what is certain, some 20 for what never occurs."""
    return -log(_probability(one, two))


class Context:
    """The pairs of one document, joined with the table."""

    def __init__(self, text: str) -> None:
        self._single = Counter(text)
        self._pairs = Counter(map("".join, pairwise(text)))

    def cost(self, one: str, two: str) -> float:
        """Nats that `two` costs after `one`, by the document and the table."""
        table = _PRIOR * _probability(one, two)
        return -log((self._pairs[one + two] + table) / (self._single[one] + _PRIOR))

    def occurs(self, character: str) -> int:
        """How often the document has the character."""
        return self._single[character]


def rank(character: str) -> int:
    """The character's place by frequency, 0 for the commonest; a large number for one that no word has."""
    return _table()[1].get(simplified(character), 1 << 20)


@functools.lru_cache(maxsize=1 << 16)
def _probability(one: str, two: str) -> float:
    kind = _kind(two)
    if kind is not None:
        return _SAME / 10 if kind != "mark" and kind == _kind(one) else _share(two)
    begin, second = _share(two), simplified(two)
    # A form of the other script that the document's script has no use for is left to the document's own pairs.
    if one in _OPEN:
        return begin
    if _kind(one) is not None:
        return begin / 2
    head, followers = _row(simplified(one))
    if not head:
        return max(begin / 20, _UNKNOWN)
    total, _, last = head
    return min(1.0, max((followers.get(second, 0.0) + last * begin) / total, _UNKNOWN))


def _kind(character: str) -> str | None:
    if character in _MARKS:
        return "mark"
    if character.isascii():
        return "digit" if character.isdigit() else "letter"
    return None


@functools.lru_cache(maxsize=1 << 14)
def _share(character: str) -> float:
    """How likely the character begins something anew."""
    if character in _MARKS:
        return _MARKS[character]
    if character.isascii():
        return _DIGIT if character.isdigit() else _LETTER
    head, _ = _row(simplified(character))
    if not head:
        return _UNKNOWN
    return max((head[1] + head[0] / 50) / _table()[2], _UNKNOWN)


@functools.lru_cache(maxsize=1 << 13)
def _row(character: str) -> tuple[tuple[float, ...], dict[str, float]]:
    """How often the character occurs, begins and ends a word, and what follows it in words."""
    line = _table()[0].get(character)
    if line is None:
        return (), {}
    _, head, *levels = line.split(" ")
    followers = {c: _count(level[0]) for level in levels for c in level[1:]}
    return tuple(map(_count, head)), followers


def _count(letter: str) -> float:
    """The count that a letter of the table stands for: the middle of its octave."""
    return 0.0 if letter == "@" else 1.5 * 2.0 ** (ord(letter) - ord("A"))


@functools.cache
def _table() -> tuple[dict[str, str], dict[str, int], float]:
    """The table's lines by character, the characters' ranks, and the number of word beginnings."""
    from converter.text.data import read

    lines = read("bigrams.txt").splitlines()
    rows = {line[0]: line for line in lines}
    return rows, {character: n for n, character in enumerate(rows)}, sum(_count(line[3]) for line in lines)
