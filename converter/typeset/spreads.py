"""Facing pages of equal depth: where one of two has to end a line or two early, to leave no line of a paragraph alone
or to keep a heading with its text, the other one ends there too. Where that cannot be, headings of the shorter page
have a line more above them. A page that a text or a chapter ends on is as deep as it is.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from converter.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from converter.typeset.composed import ComposedPage

_EARLY = ((0, 0), (1, 0), (0, 1), (1, 1), (2, 0), (0, 2), (2, 1), (1, 2), (2, 2), (3, 0), (0, 3))
_FAR = _EARLY.index((3, 0))
_WAYS = (*((*early, False) for early in _EARLY), *((*early, True) for early in _EARLY), (0, 0, False))
"""By how many lines the left and the right page end early, and whether headings may have more above them, in the order
in which that is tried: at last as it was."""


@dataclass(slots=True)
class Spreads:
    """How deep the pages are, and by how much the two that are being filled have to end early."""

    pitch: float
    """From line to line in points; 0 where pages need not be equally deep."""
    depths: dict[int, float] = field(default_factory=dict)
    """How far down each page is filled, in points, by its number; pages that a text ends on are not there."""
    headings: dict[int, list[float]] = field(default_factory=dict)
    """By page: where its headings begin that have text above them, down the type area in points."""
    evened: bool = False
    """Whether anything was done to make two pages equal."""
    _way: int = 0
    _shorter: int = 0
    """Which of the two is the shorter one."""
    _apart: int = 0
    """By how many lines the two were apart at first."""
    _lowered: int = 0
    """By how many lines the shorter page is made longer."""

    def heading(self, page: int, y: float) -> None:
        """A heading begins there, before its own space; those at the head of their page do not count."""
        if self.pitch and y > 0:
            self.headings.setdefault(page, []).append(y)

    def lower(self, pages: Sequence[ComposedPage]) -> None:
        """Give the headings of the shorter of two facing pages, the last ones first, a line more each, where that has
        been found to make the pages equal.
        """
        for page in pages if self._lowered else ():
            for y in self.headings.get(page.number, [])[: -self._lowered - 1 : -1]:
                if page.number == self._shorter:
                    page.lower(y, self.pitch)
                    self.depths[page.number] += self.pitch
        self.headings.clear()
        self._lowered = 0

    def early(self, page: int) -> float:
        """By how much a page has to end early, in points."""
        return self.pitch * _WAYS[self._way][page % 2]

    def uneven(self, left: int) -> bool:
        """Whether this page and the one to its right have to be filled anew, in another way."""
        one, other = self.depths.get(left), self.depths.get(left + 1)
        uneven = False
        if one is not None and other is not None and abs(one - other) > self.pitch / 2:
            self._shorter = left if one < other else left + 1
            lines = round(abs(one - other) / self.pitch)
            uneven = not _WAYS[self._way][2] or lines > len(self.headings.get(self._shorter, ()))
            self._lowered = 0 if uneven else lines
            self._apart = self._apart if self._way else lines
        self._way = self._next() if uneven else 0
        self.evened |= self._way > 0 or self._lowered > 0
        return self._way > 0

    @property
    def on_either_side(self) -> bool:
        """Whether the pages filled so far would be filled just so if each lay on the other side of its leaf."""
        if not self.pitch:
            return True
        later = ((depth, self.depths.get(page + 1, depth)) for page, depth in self.depths.items())
        return not self.evened and not any(abs(depth - other) > self.pitch / 2 for depth, other in later)

    def _next(self) -> int:
        """The way to be tried after this one; 0 for none. What cannot help is passed over."""
        way = self._way + 1
        if way == _FAR and self._apart < 3:
            way = len(_EARLY)
        if way == len(_EARLY) and not self.headings:
            way = len(_WAYS) - 1
        return way if way < len(_WAYS) else 0
