"""How likely one character follows another in Chinese text: the context by which a lost character is chosen.

Two sources are joined: the pairs (bigrams, 二元字组) and triples of the document itself, and a table made from a
language model of running text (`data/bigrams.txt`, see `data/README.md`), in which a character follows another either
inside a word or as the beginning of the next word. Whether a word ends there depends on whether the character before
began it: 確 in 為確 is hardly a word, in 明確 it ends one. So the last two characters are the context. The table is in
Simplified characters; Traditional ones are looked up by their Simplified form. It is loaded when first asked for, in
some milliseconds.
"""

from __future__ import annotations

import functools
import zlib
from array import array
from collections import Counter
from itertools import accumulate, chain
from math import log
from typing import TYPE_CHECKING

from converter.compile_cache import kept
from converter.records import NamedTuple
from converter.text.variants import simplified

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

# The table has the marks ，。；？！：“”、…; another mark goes by the one that stands where it may stand, and by its
# share of running text, in round figures.
_LIKE = {
    ",": "，", ".": "。", ";": "；", "?": "？", "!": "！", ":": "：", "「": "“", "」": "”", "『": "“", "』": "”",
    "《": "“", "》": "”", "（": "“", "）": "”", "(": "“", ")": "”", '"': "”", "‘": "“", "’": "”", "—": "…", "·": "、",
}  # fmt: skip
_SHARES = {
    "《": 0.003, "》": 0.003, "（": 0.003, "）": 0.003, "—": 0.003, "…": 0.001, "\n": 0.01, "\u3000": 0.0005,
    " ": 0.002, ",": 0.02, ".": 0.003, ":": 0.002, ";": 0.001, "(": 0.002, ")": 0.002, '"': 0.002, "?": 0.001,
    "!": 0.001, "「": 0.002, "」": 0.002, "『": 0.0005, "』": 0.0005, "·": 0.0005, "‘": 0.0005, "’": 0.0005,
}  # fmt: skip
# The model was made of single sentences: what follows these is taken to be what follows a comma.
_ENDINGS = frozenset("。；？！….;?!\n\u3000 ")
_STOPS = frozenset("，。、；：！？,.;:!?")
_AFTER_STOP = 0.02
# And hardly any stands alone between two.
_BETWEEN_STOPS = 0.1
_QUOTES = frozenset("“「『”」』")
_QUOTED = {"“": 0.04, "”": 0.04, "「": 0.04, "」": 0.04, "『": 0.01, "』": 0.01, "《": 0.02, "（": 0.01}
# A paragraph ends behind a full stop, hardly behind a comma.
_PARAGRAPH = 0.15
_DIGIT, _LETTER = 0.002, 0.0004
# What follows a digit or a letter is mostly another one.
_SAME = 0.04
_UNKNOWN = 1e-9
_WIDTH = 3
"""Bytes of a character of the table."""
_LONG = "I"
"""The array's type for a place in the table: 32 bits."""
# The least weight of the table against the document's own pairs, as a number of occurrences.
_PRIOR = 8.0
# Any character at all.
_ANY = "*"
# Numbers stand in no list of words.
_DIGITS = "一二三四五六七八九"
_AFTER_NUMERAL = {"第": _DIGITS + "十", "十": _DIGITS, "百": _DIGITS + "零", **dict.fromkeys(_DIGITS, "十百")}
_NUMERAL = 0.09
_VOLUMES = frozenset("上中下")
_VOLUME = 0.04


def table_cost(before: str, character: str) -> float:
    """Nats that `character` costs after `before`, of which the last two characters count, by the table alone: 0 for
    what is certain, some 20 for what never occurs.
    """
    return -log(_probability(before[-2:-1], before[-1:], character))


class _Around(NamedTuple):
    """What stands around a character in a document, and how often."""

    before: dict[str, int]
    behind: dict[str, int]
    both: dict[str, int]
    """The one before it with the one behind it."""
    kinds: dict[str, int]
    """By the one before it, how many different ones follow."""


class _Behind(NamedTuple):
    """What a document says of the character behind two others, `zero` and `one`."""

    zero: str
    one: str
    ones: dict[str, int]
    """What stands behind `one`, and how often."""
    table: float
    """What the table weighs against it."""
    every: float
    """How often `one` stands anywhere, and the table's weight."""
    both: dict[str, int]
    """The one before `one` with the one behind it."""
    pairs: int
    """How often `zero` stands before `one`."""
    single: float
    """What is known of `one` alone weighs against what is known of both."""


class Context:
    """The pairs and triples of characters of one document, joined with the table."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._single = Counter(text)
        self._around: dict[str, _Around] = {}  # of few characters it is ever asked
        self._behind: dict[str, _Behind] = {}

    def _found_around(self, one: str) -> _Around:
        found = _Around({}, {}, {}, {})
        before, behind, both, kinds = found
        if one not in self._single:
            return found
        first, *inner, last = self._text.split(one)
        befores = chain(first[-1:] or ("",), (piece[-1:] or one for piece in inner))
        behinds = chain((piece[:1] or one for piece in inner), last[:1] or ("",))
        for zero, two in zip(befores, behinds, strict=True):
            if zero:
                before[zero] = before.get(zero, 0) + 1
            if two:
                behind[two] = behind.get(two, 0) + 1
            if zero and two:
                pair = zero + two
                if pair not in both:
                    kinds[zero] = kinds.get(zero, 0) + 1
                both[pair] = both.get(pair, 0) + 1
        return found

    def _found_behind(self, before: str) -> _Behind:
        zero, one = before[-2:-1], before[-1:]
        around = self._around.get(one) or self._around.setdefault(one, self._found_around(one))
        # How many different characters follow something says how far its counts are from complete (Witten and Bell).
        table = _PRIOR + len(around.behind)
        single = _PRIOR / 2 + around.kinds.get(zero, 0)
        every = self._single.get(one, 0) + table
        return _Behind(zero, one, around.behind, table, every, around.both, around.before.get(zero, 0), single)

    def share(self, before: str, character: str) -> float:
        """How likely `character` is after `before`, by the document and the table."""
        known = self._behind.get(before) or self._behind.setdefault(before, self._found_behind(before))
        zero, one, ones, table, every, both, pairs, single = known
        share = _probability(zero, one, character)
        weighted = table * share
        if occurs := ones.get(character, 0):
            # 確保 counts for less after 明, where 確 ends a word.
            weighted += min(3.0, share / _probability(_ANY, one, character)) * occurs
        share = weighted / every
        if pairs:
            share = (both.get(zero + character, 0) + single * share) / (pairs + single)
        return min(1.0, share)

    def occurs(self, characters: AbstractSet[str]) -> int:
        """How often the document has any of these characters."""
        single = self._single
        return sum(map(single.__getitem__, single.keys() & characters))


def rank(character: str) -> int:
    """The character's place by frequency, 0 for the commonest; a large number for one that no word has."""
    return _ranks().get(simplified(character), 1 << 20)


@functools.lru_cache(maxsize=1 << 16)
def _probability(zero: str, one: str, two: str) -> float:
    if two.isascii() and two.isalnum() and one.isascii() and one.isdigit() == two.isdigit() and one.isalnum():
        return _SAME
    if two in _STOPS and one in _STOPS:
        return _AFTER_STOP * _share(two)
    if two in _QUOTED and one in _STOPS:
        return _QUOTED[two]
    if two == "\n" and one in _STOPS:
        return _PARAGRAPH if one in _ENDINGS or one in "：:" else _PARAGRAPH / 100
    row = _row(_known(one))
    if row is None:
        return _share(two) / 2
    ends = _ends(zero, one)
    inside = _listed(row.inside, simplified(two)) / row.within
    anew = _anew(row, two)
    if two in _STOPS and zero in _STOPS:
        anew *= _BETWEEN_STOPS
    share = (1 - ends) * inside + ends * anew
    if two in _AFTER_NUMERAL.get(one, ""):
        share = max(share, _NUMERAL * (2 if zero in _AFTER_NUMERAL else 1))
    elif two in _VOLUMES and one in _AFTER_NUMERAL and one != "第":
        share = max(share, _VOLUME * (2 if zero in _AFTER_NUMERAL else 1))
    return min(1.0, max(share, _UNKNOWN))


def _known(character: str) -> str:
    """The character that the table knows it by."""
    if character in _ENDINGS or not character:
        return "，"
    return _LIKE.get(character) or simplified(character)


def _anew(row: _Row, character: str) -> float:
    """How likely the next word begins with the character."""
    share = _share(character)
    if character in _SHARES:
        return share
    listed = _listed(row.across, simplified(character)) / max(row.alone + row.closing, 1.0)
    return listed + row.unlisted * share


@functools.lru_cache(maxsize=1 << 14)
def _ends(zero: str, one: str) -> float:
    """How likely a word ends with `one` after `zero`."""
    row = _row(_known(one))
    if row is None or (one in _AFTER_NUMERAL.get(zero, "")):
        return 0.8
    if not row.inside:
        return 1.0
    if zero == _ANY:
        return _within((row.alone + row.closing) / max(row.first + row.later, 1.0))
    begun = row.alone / max(row.first, 1.0)
    continued = row.closing / max(row.later, 1.0)
    before = _row(_known(zero))
    if before is None:
        return _within(begun)
    inside = _listed(before.inside, simplified(one))
    anew = (before.alone + before.closing) * _anew(before, one)
    return _within((inside * continued + anew * begun) / (inside + anew + _UNKNOWN))


def inside_a_word(one: str, other: str) -> float:
    """How likely a character goes on with the word that the one before it is part of: 0 to 1; 0 for what is unknown."""
    row = _row(simplified(one))
    if row is None:
        return 0.0
    inside = _listed(row.inside, simplified(other))
    return inside / (inside + (row.alone + row.closing) * _anew(row, simplified(other)) + _UNKNOWN)


def _within(share: float) -> float:
    return min(0.95, max(0.02, share))


@functools.lru_cache(maxsize=1 << 14)
def _share(character: str) -> float:
    """How likely the character begins something anew."""
    if character in _SHARES:
        return _SHARES[character]
    if character.isascii():
        return _DIGIT if character.isdigit() else _LETTER
    row = _row(simplified(character))
    if row is None:
        return _UNKNOWN
    return max((row.first + row.later / 50) / _word_count(), _UNKNOWN)


class _Row(NamedTuple):
    """How often a character begins a word and is one, stands later in one and ends one; and what follows it."""

    first: float
    alone: float
    later: float
    closing: float
    within: float
    """How often something follows it inside a word."""
    unlisted: float
    """The share of next words that are not listed."""
    inside: str
    """The characters as the table has them: behind each space those of one count, after the letter that says which."""
    across: str


@functools.lru_cache(maxsize=1 << 13)
def _row(character: str) -> _Row | None:
    table = _table()
    number = table.characters.find(character)
    if number < 0 or not character:
        return None
    line = table.text[table.starts[number] : table.starts[number + 1] - 1].decode()
    words, _, across = line[2:].partition(" |")
    head, space, inside = words.partition(" ")
    inside = space + inside
    first, alone, later, closing = map(_count, head)
    unlisted = min(1.0, max(0.1, 1 - _sum(across) / max(alone + closing, 1.0)))
    return _Row(first, alone, later, closing, _sum(inside) or 1.0, unlisted, inside, across)


def _listed(levels: str, character: str) -> float:
    """The count of a character in such a list."""
    at = -1 if character.isascii() else levels.find(character)
    return _count(levels[levels.rindex(" ", 0, at) + 1]) if at >= 0 else 0.0


def _sum(levels: str) -> float:
    """The counts of all characters in such a list."""
    return sum(_count(level[0]) * (len(level) - 1) for level in levels.split(" ")[1:])


def _count(letter: str) -> float:
    """The count that a letter of the table stands for: the middle of its octave."""
    return 0.0 if letter == "@" else 1.5 * 2.0 ** (ord(letter) - ord("A"))


class _Table(NamedTuple):
    """The table as it is written, in UTF-8: of thousands of lines a text needs some dozens."""

    text: bytes
    characters: str
    """The character of each line."""
    starts: array[int]
    """Where each line begins, and where the text ends."""


@functools.cache
def _table() -> _Table:
    from converter.text.data import read_bytes

    text = read_bytes("bigrams.txt")
    key = (_index.__code__, len(text), zlib.adler32(text))  # the quickest of checksums
    characters, starts = kept(key, functools.partial(_index, text))
    return _Table(text, characters, array(_LONG, starts))


def _index(text: bytes) -> tuple[str, bytes]:
    """The characters of the lines, and where they begin."""
    lines = text.splitlines(keepends=True)
    characters = "".join([line[:_WIDTH].decode() for line in lines])
    return characters, array(_LONG, accumulate(map(len, lines), initial=0)).tobytes()


@functools.cache
def _ranks() -> dict[str, int]:
    return {character: rank for rank, character in enumerate(_table().characters)}


@functools.cache
def _word_count() -> float:
    """The number of words that the table counts."""
    table = _table()
    first = Counter([table.text[start + _WIDTH + 1] for start in table.starts[:-1]])
    return sum(_count(chr(letter)) * times for letter, times in first.items())
