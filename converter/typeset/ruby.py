"""Readings above words (clreq, "positioning of romanization"): half as large, in the middle above their words, which
stand further apart where the readings would run into one another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from converter.typeset.runs import Run

_GAP = 200
"""Between two readings, in thousandths of an em of the words: a word space."""
_OVERHANG = 500
"""How far a reading may stand above words that it does not belong to, in thousandths of an em."""
_STEP = 125
"""Spaces are whole numbers of these, so that few glyphs are needed for them."""


def spaces(runs: Sequence[Run], widths: Sequence[int]) -> dict[int, int]:
    """Index of a character → the space after it that readings need, in thousandths of an em. `widths` are those of the
    characters of all runs.
    """
    found: dict[int, int] = {}
    start, before = 0, -_OVERHANG
    for run in runs:
        end, over = start + len(run.text), -_OVERHANG
        if run.ruby and not run.zhuyin:
            reading = sum(map(run.typeface.widths.__getitem__, run.ruby)) // 2 + _GAP
            over = (reading - sum(widths[start:end])) // 2
        if start and before + over > 0:
            found[start - 1] = -(-(before + over) // _STEP) * _STEP
        start, before = end, over
    return found
