"""Tables: how wide each column is, and how large its words."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from converter.model import plain
from converter.regex import compiled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from converter.model import Inline

_LEAST = 2
"""Ems that every column has, so that one with short words is no sliver."""
_MOST = 40
"""Ems from which a cell is running text that has to be broken anyway."""


_WHOLE = 4
"""Ems up to which the words of a cell are rather kept on one line."""
_WORD = compiled(r"[!-~\u00a0-\u024f]{1,19}(?![!-~\u00a0-\u024f])")
"""A word or a number that must not be broken; longer ones are."""
_LETTER = 0.62
"""Of a letter or digit in heavy type, in ems; capitals are wider, but few."""


def least_widths(rows: Sequence[Sequence[tuple[Inline, ...]]]) -> list[float]:
    """How wide each column has to be, in ems, so that no short word or number in it is broken."""
    least = [float(_LEAST)] * max(map(len, rows), default=0)
    for row in rows:
        for number, cell in enumerate(row):
            words = plain(cell)
            whole = min(_WHOLE, max(map(_ems, words.split("\n"))))
            longest = max(map(len, _WORD.findall(words)), default=0) * _LETTER
            least[number] = max(least[number], whole, longest)
    return least


def column_widths(
    rows: Sequence[Sequence[tuple[Inline, ...]]], measure: float, least: Sequence[float] = ()
) -> list[float]:
    """The width of each column, in the unit of `measure`, which they fill together; none narrower than `least`, as far
    as that is possible.

    A column gets room by its longest line, long ones less than in proportion: they can be broken, short ones cannot.
    """
    columns = max(map(len, rows), default=0)
    wanted = [float(_LEAST)] * columns
    for row in rows:
        for number, cell in enumerate(row):
            longest = max(map(_ems, plain(cell).split("\n")))
            wanted[number] = max(wanted[number], min(longest, _MOST) ** 0.75 + 1)
    if sum(least) > measure:
        wanted, least = list(least), ()
    tight: dict[int, float] = {}
    while True:
        room, share = measure - sum(tight.values()), sum(w for n, w in enumerate(wanted) if n not in tight)
        widths = [tight.get(n, room * width / share if share else 0) for n, width in enumerate(wanted)]
        narrow = {n: width for n, width in enumerate(least) if n not in tight and widths[n] < width}
        if not narrow:
            return widths
        tight |= narrow


def _ems(line: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.5 for c in line)
