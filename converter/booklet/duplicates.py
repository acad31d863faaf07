"""Texts that are in a volume twice: the same, or nearly.

A text is taken as the set of its clauses, what stands between two marks of punctuation; texts that share most of their
are near-duplicates. Clauses are shingles of natural length: the work is linear in the length of the texts, and a
changed character touches one of them only.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from converter.model import blocks_of, passages_of, plain
from converter.records import NamedTuple
from converter.regex import compiled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from converter.model import Document

_BETWEEN = compiled(r"[^\w]+")
_SHORTEST = 6
"""A clause of fewer characters says nothing: 同志们, 一是."""
_SHARED = 0.8
"""From this part of the shorter text on, two texts are nearly the same."""
_REMEMBERED = 8
"""In how many texts a clause is looked for: what stands in more of them is a phrase of the trade. Keeps work linear."""


class Duplicate(NamedTuple):
    """Two texts that are the same or nearly; both counted from 0."""

    first: int
    second: int
    shared: float
    """Which part of the shorter one is in the other; 1 only if they are the same."""


def duplicates(documents: Sequence[Document]) -> Iterator[Duplicate]:
    """For each text the earlier one that is most like it, where there is one so like it."""
    texts = [_clauses(document) for document in documents]
    where: dict[str, tuple[int, ...]] = {}
    same: dict[frozenset[str], int] = {}
    sizes = [sum(map(len, clauses)) for clauses in texts]
    for second, clauses in enumerate(texts):
        whole = frozenset(clauses)
        if clauses and whole in same:
            yield Duplicate(same[whole], second, 1)
            continue
        same[whole] = second
        shared: dict[tuple[int, ...], int] = {}
        """By the texts that have them, how long these clauses are: of a text that is there many times most stand in the
        same ones.
        """
        for clause in clauses:
            earlier = where.get(clause, ())
            if earlier:
                shared[earlier] = shared.get(earlier, 0) + len(clause)
            if len(earlier) < _REMEMBERED:
                where[clause] = (*earlier, second)
        common: Counter[int] = Counter()
        for earlier, length in shared.items():
            for first in earlier:
                common[first] += length
        for first, length in common.most_common(1):
            part = length / min(sizes[first], sizes[second])
            if part >= _SHARED:
                yield Duplicate(first, second, min(part, 0.99))


def _clauses(document: Document) -> dict[str, None]:
    """The clauses of a text, each once, in order; a text of short ones alone has those."""
    passages = (plain(passage) for block in blocks_of(document) for passage in passages_of(block))
    pieces = _BETWEEN.split("\n".join(passages))
    return dict.fromkeys([piece for piece in pieces if len(piece) >= _SHORTEST] or filter(None, pieces))
