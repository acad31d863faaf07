"""The first difference between what files say."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from converter.agreement.said import Passage
from converter.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_CONTEXT = 12
"""Characters shown on either side of a difference."""
_NOTHING = Passage(-1, "", "")


class Difference(NamedTuple):
    """Where two files part."""

    one: str
    """The name of the file that the other is compared with."""
    other: str
    what: str
    """"heading", "level" or "words"."""
    heading: str
    """The heading where it is; empty above the first one and in notes."""
    place: int
    """Which character of the heading, or of the words below it, counted from 1, without white space."""
    expected: str
    """What the first file says there, with some characters around it."""
    found: str
    """What the other one says."""


def verify(files: Mapping[str, Sequence[Passage]]) -> list[Difference]:
    """The first difference of each file from the first one, by what `said_in` gives; none if all say the same."""
    (first, expected), *others = files.items()
    found = (_first_difference(first, expected, name, passages) for name, passages in others)
    return [difference for difference in found if difference]


def _first_difference(one: str, expected: Sequence[Passage], other: str, found: Sequence[Passage]) -> Difference | None:
    for a, b in zip_longest(expected, found, fillvalue=_NOTHING):
        if a.heading != b.heading:
            return Difference(one, other, "heading", a.heading, *_parting(a.heading, b.heading))
        if a.level != b.level:
            return Difference(one, other, "level", a.heading, 1, str(a.level), str(b.level))
        if a.words != b.words:
            return Difference(one, other, "words", a.heading, *_parting(a.words, b.words))
    return None


def _parting(a: str, b: str) -> tuple[int, str, str]:
    """Which character is the first that differs, and what stands around it in both."""
    at = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    begin, end = max(0, at - _CONTEXT), at + _CONTEXT
    return at + 1, a[begin:end], b[begin:end]
