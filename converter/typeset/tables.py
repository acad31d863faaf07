"""Tables: how wide each column is."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from converter.model import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from converter.model import Inline

_LEAST = 2
"""Ems that every column has, so that one with short words is no sliver."""
_MOST = 40
"""Ems from which a cell is running text that has to be broken anyway."""


def column_widths(rows: Sequence[Sequence[tuple[Inline, ...]]], measure: float) -> list[float]:
    """The width of each column, in the unit of `measure`, which they fill together.

    A column gets room by its longest line, long ones less than in proportion: they can be broken, short ones cannot.
    """
    columns = max(map(len, rows), default=0)
    wanted = [float(_LEAST)] * columns
    for row in rows:
        for number, cell in enumerate(row):
            longest = max(map(_ems, plain(cell).split("\n")))
            wanted[number] = max(wanted[number], min(longest, _MOST) ** 0.75 + 1)
    return [measure * width / sum(wanted) for width in wanted]


def _ems(line: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.5 for c in line)
