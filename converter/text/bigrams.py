"""How likely one character follows another in Chinese text: the context by which a lost character is chosen.

Two sources are joined: the pairs (bigrams, 二元字组) of the document itself, and a table of words with their frequencies
(`data/bigrams.txt`, see `data/README.md`), in which a character follows another either inside a word or as the
beginning of the next word. Whether a word ends there depends on whether the character before began it: 確 in 為確 is
hardly a word, in 明確 it ends one. So the last two characters are the context. The table is in Simplified characters;
Traditional ones are looked up by their Simplified form. It is loaded when first asked for, in some ten milliseconds.
"""

from __future__ import annotations

import functools
from collections import Counter
from itertools import pairwise
from math import log
from typing import NamedTuple

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
# The least weight of the table against the document's own pairs, as a number of occurrences.
_PRIOR = 8.0
# Numbers stand in no list of words.
_NUMERALS = frozenset("一二三四五六七八九十百千〇零")
_NUMERAL = {"第": 0.05, "十": 0.06, "百": 0.06, **dict.fromkeys("一二三四五六七八九", 0.02)}


def table_cost(before: str, character: str) -> float:
    """Nats that `character` costs after `before`, of which the last two characters count, by the table alone: 0 for
    what is certain, some 20 for what never occurs.
    """
    return -log(_probability(before[-2:-1], before[-1:], character))


class Context:
    """The pairs of one document, joined with the table."""

    def __init__(self, text: str) -> None:
        self._single = Counter(text)
        self._pairs = Counter(map("".join, pairwise(text)))
        # How many different characters follow one says how far its pairs are from being complete (Witten and Bell).
        self._followers = Counter(pair[0] for pair in self._pairs)

    def cost(self, before: str, character: str) -> float:
        """Nats that `character` costs after `before`, by the document and the table."""
        one = before[-1:]
        weight = max(_PRIOR, self._followers[one])
        table = weight * _probability(before[-2:-1], one, character)
        return -log((self._pairs[one + character] + table) / (self._single[one] + weight))

    def occurs(self, character: str) -> int:
        """How often the document has the character."""
        return self._single[character]


def rank(character: str) -> int:
    """The character's place by frequency, 0 for the commonest; a large number for one that no word has."""
    return _table().ranks.get(simplified(character), 1 << 20)


@functools.lru_cache(maxsize=1 << 16)
def _probability(zero: str, one: str, two: str) -> float:
    kind, share = _kind(two), _share(two)
    if kind is not None and kind != "mark" and kind == _kind(one):
        return _SAME / 10
    if one in _OPEN:
        return share
    row = None if _kind(one) else _row(simplified(one))
    if row is None:
        return share / 2
    if two in _NUMERALS and one in _NUMERAL:
        return _NUMERAL[one] * (4 if two == "十" and one != "十" else 1)
    ends = _ends(zero, one)
    inside = row.followers.get(simplified(two), 0.0) / max(row.total - row.last, 1.0)
    return min(1.0, max((1 - ends) * inside + ends * share, _UNKNOWN))


@functools.lru_cache(maxsize=1 << 14)
def _ends(zero: str, one: str) -> float:
    """How likely a word ends with `one` after `zero`."""
    row = _row(simplified(one))
    if row is None:
        return 0.5
    begun = row.alone / max(row.first, 1.0)
    continued = (row.last - row.alone) / max(row.total - row.first, 1.0)
    before = None if zero in _OPEN or not zero or _kind(zero) else _row(simplified(zero))
    if before is None:
        return _within(begun)
    inside = before.followers.get(simplified(one), 0.0) / before.total
    anew = before.last / before.total * _share(one)
    return _within((inside * continued + anew * begun) / (inside + anew))


def _within(share: float) -> float:
    return min(0.95, max(0.02, share))


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
    row = _row(simplified(character))
    if row is None:
        return _UNKNOWN
    return max((row.first + row.total / 50) / _table().beginnings, _UNKNOWN)


class _Row(NamedTuple):
    """How often a character occurs, begins, ends and is a word, and what follows it inside words."""

    total: float
    first: float
    last: float
    alone: float
    followers: dict[str, float]


@functools.lru_cache(maxsize=1 << 13)
def _row(character: str) -> _Row | None:
    line = _table().lines.get(character)
    if line is None:
        return None
    _, head, *levels = line.split(" ")
    return _Row(*map(_count, head), {c: _count(level[0]) for level in levels for c in level[1:]})


def _count(letter: str) -> float:
    """The count that a letter of the table stands for: the middle of its octave."""
    return 0.0 if letter == "@" else 1.5 * 2.0 ** (ord(letter) - ord("A"))


class _Table(NamedTuple):
    lines: dict[str, str]
    ranks: dict[str, int]
    beginnings: float
    """The number of words."""


@functools.cache
def _table() -> _Table:
    from converter.text.data import read

    lines = {line[0]: line for line in read("bigrams.txt").splitlines()}
    return _Table(lines, {c: n for n, c in enumerate(lines)}, sum(_count(line[3]) for line in lines.values()))
