"""Tables: how wide each column is, how large its words, and which columns are figures."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from converter.model import plain
from converter.records import NamedTuple
from converter.regex import compiled
from converter.typeset.items import PADDING
from converter.units import Pt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from converter.model import Inline, Table
    from converter.typeset.theme import Style

_SIZES = (14, 12, 10.5, 9, 7.5, 6.5)
"""Sizes of type for tables of many columns, in points: 四号 to 小六."""
_SLACK = 1.0
"""What a column has beyond what its words need, in points."""

_LEAST = 2
"""Ems that every column has, so that one with short words is no sliver."""
_MOST = 40
"""Ems from which a cell is running text that has to be broken anyway."""


_WHOLE = 4
"""Ems up to which the words of a cell are rather kept on one line."""
_WORD = compiled(r"[!-~\u00a0-\u024f—–～×]{1,19}(?![!-~\u00a0-\u024f—–～×])")
"""A word, a number, a range (8:00—9:40) or a size (60×85) that must not be broken; longer ones are."""
_CONNECTOR = compiled("[—～×]")
_LETTER = 0.62
"""Of a letter or digit in heavy type, in ems; capitals are wider, but few."""


_FIGURE = compiled(r"[-+−－﹣＋±]?[¥￥$€£]?(?![0-9]{7})[0-9]+(?:[,，][0-9]{3})*(?:[.．][0-9]+)?[%％‰]?")
"""1,234.5 or -3.2%; not a telephone number, a code, a date."""
_NONE = frozenset(("", "-", "－", "–", "—", "——", "/", "…", "……"))
"""What stands in a cell for no figure."""
_FEWEST_FIGURES = 2


def columns_of_figures(table: Table) -> frozenset[int]:
    """The columns, counted from 0, whose figures stand with their last digits one below the other (CY/T 170-2019:
    个位数对齐). The first column says what the others are about: its years and numbers are names.
    """
    columns = max(map(len, table.rows), default=0)
    cells = ([plain(row[number]).strip() for row in table.rows if number < len(row)] for number in range(1, columns))
    return frozenset(number for number, words in enumerate(cells, 1) if _are_figures(words))


def _are_figures(words: Sequence[str]) -> bool:
    figures = [word for word in words if word not in _NONE]
    return len(figures) >= _FEWEST_FIGURES and all(map(_FIGURE.fullmatch, figures))


class Fit(NamedTuple):
    """How a table fits its place."""

    size: Pt
    leading: Pt
    widths: list[float]
    """Of the columns, in points."""


def fitted(rows: Sequence[Sequence[tuple[Inline, ...]]], room: float, body: Style) -> Fit:
    """How a table fits so much room, in points, which its columns fill together: with words smaller than those of the
    body where many columns would break them.
    """
    least = least_widths(rows)
    sizes = (body.size, *(Pt(size) for size in _SIZES if size < body.size))
    needed = ([ems * size + 2 * PADDING + _SLACK for ems in least] for size in sizes)
    size, narrow = next(((s, n) for s, n in zip(sizes, needed, strict=True) if sum(n) <= room), (sizes[-1], ()))
    return Fit(size, Pt(body.leading * size / body.size), column_widths(rows, room, narrow))


def least_widths(rows: Sequence[Sequence[tuple[Inline, ...]]]) -> list[float]:
    """How wide each column has to be, in ems, so that no short word or number in it is broken."""
    least = [float(_LEAST)] * max(map(len, rows), default=0)
    for row in rows:
        for number, cell in enumerate(row):
            words = plain(cell)
            whole = min(_WHOLE, max(map(_ems, words.split("\n"))))
            longest = max(map(_of_word, _WORD.findall(words)), default=0)
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


def _of_word(word: str) -> float:
    connectors = len(_CONNECTOR.findall(word))
    return connectors + (len(word) - connectors) * _LETTER


def _ems(line: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.5 for c in line)
