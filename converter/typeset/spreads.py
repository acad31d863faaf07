"""Facing pages of equal depth: where one of two has to end a line or two early, to leave no line of a paragraph alone
or to keep a heading with its text, the other one ends there too.
"""

from __future__ import annotations

from dataclasses import field

from converter.records import dataclass

_WAYS = ((0, 0), (1, 0), (0, 1), (1, 1), (2, 0), (0, 2), (2, 1), (1, 2), (2, 2), (0, 0))
"""By how many lines the left and the right page end early, in the order in which that is tried: at last as it was."""


@dataclass(slots=True)
class Spreads:
    """How deep the pages are, and by how much the two that are being filled have to end early."""

    pitch: float
    """From line to line in points; 0 where pages need not be equally deep."""
    depths: dict[int, float] = field(default_factory=dict)
    """How far down each page is filled, in points, by its number; pages that a text ends on are not there."""
    _way: int = 0

    def early(self, page: int) -> float:
        """By how much a page has to end early, in points."""
        return self.pitch * _WAYS[self._way][page % 2]

    def uneven(self, left: int) -> bool:
        """Whether this page and the one to its right have to be filled anew, in another way."""
        one, other = self.depths.get(left), self.depths.get(left + 1)
        uneven = one is not None and other is not None and abs(one - other) > self.pitch / 2
        self._way = self._way + 1 if uneven and self._way + 1 < len(_WAYS) else 0
        return self._way > 0
