"""Numbers that stand alone on their lines: 一 二 三 or （一）（二） between the sections of a story or an essay."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from converter.model import HeadingKind
from converter.regex import compiled
from converter.structure.numbering import Label
from converter.structure.reasons import Rule
from converter.text.numerals import COUNTING, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from converter.structure.reading import Reading

_N = "(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
# Not 1 2 3, which are the numbers of pages, of rows, of notes.
_BARE = compiled(rf"(?:({_N})|[（(]\s?({_N})\s?[）)]|({_N})、)")
_LONGEST, _LONGEST_YEAR = 6, 8
_YEAR = compiled(rf"(?:公元)?([0-9]{{3,4}}|[{COUNTING}]{{4}})年")
_PADDED = compiled(r"(0[1-9]|1[0-9])[ \u3000]{1,4}(?=[\u4e00-\u9fff“《][^。；，！：]*$)")
_LONGEST_PADDED = 26
_FEWEST = 3


def find_bare_numbers(reading: Reading) -> None:
    """Each run of them that counts from one on, three at least in a text; with text between any two."""
    found: dict[HeadingKind, list[tuple[int, int]]] = {}
    for index in reading.short(_LONGEST):
        match = _BARE.fullmatch(reading.text(index)) if reading.free(index) else None
        ordinal = number(match[1] or match[2] or match[3]) if match else None
        if match and ordinal:
            kind = HeadingKind.PAREN_COUNT if match[2] else HeadingKind.COUNT
            found.setdefault(kind, []).append((index, ordinal))
    for kind, lines in found.items():
        heads = [line for run in _runs(lines, len(reading)) for line in run]
        if len(heads) < _FEWEST:
            continue
        for index, ordinal in heads:
            text = reading.text(index)
            label = Label(kind, text, ordinal, len(text))
            reading.labels[index] = label
            reading.head(index, Rule.BARE_NUMBER, label=label)


def find_padded_numbers(reading: Reading) -> None:
    """01 时间, 02 地点: as articles for phones number their sections; two at least, from one on, with text between."""
    found = [
        (index, int(match[1]), match.end())
        for index in reading.beginning("01")
        if len(text := reading.text(index)) <= _LONGEST_PADDED
        and reading.free(index)
        and (match := _PADDED.match(text))
    ]
    runs = _runs([(index, ordinal) for index, ordinal, _ in found], len(reading))
    words = {index: end for index, _, end in found}
    for index, ordinal in (line for run in runs for line in run):
        label = Label(HeadingKind.COUNT, reading.text(index)[:2], ordinal, words[index])
        reading.labels[index] = label
        reading.head(index, Rule.PADDED_NUMBER, label=label)


def find_years(reading: Reading) -> None:
    """1949年, 1950年 …: the years of a chronicle, each alone above what happened; three at least, in order."""
    found = [
        (index, number(match[1]))
        for index in reading.short(_LONGEST_YEAR)
        if reading.free(index) and (match := _YEAR.fullmatch(reading.text(index)))
    ]
    years = [year for _, year in found]
    apart = all(below > index + 1 for (index, _), (below, _) in pairwise((*found, (len(reading), 0))))
    if len(found) >= _FEWEST and apart and all(a is not None and b is not None and a < b for a, b in pairwise(years)):
        for index, _ in found:
            reading.head(index, Rule.YEAR)


def _runs(lines: Sequence[tuple[int, int]], end: int) -> list[list[tuple[int, int]]]:
    """The lines (index, ordinal) that count from one on, each with another line below it; two of them at least."""
    runs: list[list[tuple[int, int]]] = []
    for (index, ordinal), (below, _) in pairwise((*lines, (end, 0))):
        if below == index + 1:
            runs.append([])  # a list, or a column of a lost table
        elif ordinal == 1:
            runs.append([(index, ordinal)])
        elif runs and runs[-1] and runs[-1][-1][1] + 1 == ordinal:
            runs[-1].append((index, ordinal))
        else:
            runs.append([])
    return [run for run in runs if len(run) > 1]
