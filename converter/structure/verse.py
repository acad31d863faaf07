"""Poems: lines of equal measure, with their titles and poets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.model import Role
from converter.regex import compiled
from converter.structure.reasons import Rule

if TYPE_CHECKING:
    from converter.structure.reading import Reading

_STOPS = compiled(r"[，。；？！、,;?!]")
_STOP = frozenset("，。；？！、,;?!")
_LONGEST = 36
_LONGEST_TITLE = 24
_LONGEST_UNEVEN = 24
_PIECE = 9
_MEASURES = frozenset({5, 6, 7})
"""Characters between two stops in verse of five, six and seven (五言 六言 七言); four counts in longer poems only."""
_ANTHOLOGY = 10
_NAMED = compiled(r"《[^《》]{1,20}》")
_POET = compiled(r"——\s?[（(〔\[][^）)〕\]]{1,4}[）)〕\]]\s?[\u4e00-\u9fff]{1,5}|[\u4e00-\u9fff]{2,4}")


def find_verse(reading: Reading) -> None:
    """Judges the lines of poems, and what stands above them where that is a title and a poet."""
    index = 0
    poems: list[tuple[int, int]] = []
    for first in reading.short(_LONGEST):
        if first < index or len(reading.text(first)) < 5 or reading.text(first)[-1] not in _STOP:
            continue
        index = first
        measure = _measure(reading, index)
        while measure and _measure(reading, index) == measure:
            index += 1
        if index > first and _is_poem([reading.text(i) for i in range(first, index)], measure):
            poems.append((first, index))
            for line in range(first, index):
                reading.give(line, Role.VERSE, Rule.VERSE)
    for first in _find_titles(reading, [first for first, _ in poems]):
        _find_uneven(reading, first)
    if len(poems) >= _ANTHOLOGY:
        _find_others(reading)


def _is_poem(lines: list[str], measure: int) -> bool:
    """Two lines of two halves each, or four whose marks take turns: items of a list end alike."""
    halves = all(len(_STOPS.findall(line)) > 1 for line in lines)
    turns = {line[-1] for line in lines[::2]} <= set("，,") and {line[-1] for line in lines[1::2]} <= set("。？！.")
    return (halves and (len(lines) >= 4 or (len(lines) >= 2 and measure in _MEASURES))) or (len(lines) >= 4 and turns)


def _measure(reading: Reading, index: int) -> int:
    """The number of characters between the stops of a line, if it is the same everywhere; else 0."""
    text = reading.text(index)
    if not 5 <= len(text) <= _LONGEST or text[-1] not in _STOP or not reading.free(index) or reading.label(index):
        return 0
    lengths = {len(piece) for piece in _STOPS.split(text)[:-1]}
    return lengths.pop() if len(lengths) == 1 and lengths <= _MEASURES | {4} else 0


def _find_uneven(reading: Reading, first: int) -> None:
    """The lines of a poem with a title that follow its first ones without their measure."""
    index = first
    while reading.role(index) is Role.VERSE or (reading.free(index) and _sings(reading.text(index))):
        reading.give(index, Role.VERSE, Rule.VERSE)
        index += 1


def _sings(text: str) -> bool:
    """Whether a line is two or more short pieces, each with its stop."""
    pieces = _STOPS.split(text)
    return len(text) <= _LONGEST_UNEVEN and text[-1] in _STOP and len(pieces) > 2 and max(map(len, pieces)) <= _PIECE


def _find_titles(reading: Reading, poems: list[int]) -> list[int]:
    """Where most poems stand below a name in 《》 or below lines set off by blanks, those lines are their titles.

    The first lines of the poems that have one come back.
    """
    named = [first for first in poems if _title_above(reading, first) is not None]
    if len(named) < 2 or len(named) * 2 < len(poems):
        return []
    for first in named:
        title = _title_above(reading, first)
        if title is None or not reading.free(title):
            continue
        reading.head(title, Rule.POEM_TITLE)
        for line in range(title + 1, first):
            if reading.free(line):
                reading.give(line, Role.BYLINE, Rule.POET)
    return named


def _find_others(reading: Reading) -> None:
    """In an anthology: poems without equal measure, known by a title and a poet that are set off."""
    poem = False
    for index in range(len(reading)):
        if (
            _is_title(reading, index)
            and reading.free(index + 1)
            and reading.lines[index + 1].blank == 0
            and _POET.fullmatch(reading.text(index + 1))
            and index + 2 < len(reading)
            and reading.lines[index + 2].blank > 0
        ):
            reading.head(index, Rule.POEM_TITLE)
            reading.give(index + 1, Role.BYLINE, Rule.POET)
            poem = True
        elif not reading.free(index):
            poem = poem or reading.is_heading(index)
        elif poem and len(reading.text(index)) <= _LONGEST and _STOPS.match(reading.text(index)[-1]):
            reading.give(index, Role.VERSE, Rule.VERSE)


def _title_above(reading: Reading, first: int) -> int | None:
    """The line of the title of the poem that begins at `first`: one or two lines above."""
    above = first - 1
    if reading.free(above) and _POET.fullmatch(reading.text(above)) and _is_title(reading, above - 1):
        return above - 1
    return above if _is_title(reading, above) and above >= 0 else None


def _is_title(reading: Reading, index: int) -> bool:
    text = reading.text(index)
    if not text or not reading.free(index) or len(text) > _LONGEST_TITLE:
        return False
    set_off = reading.lines[index].blank > 0 or index == 0
    return bool(_NAMED.fullmatch(text)) or (set_off and not _STOPS.search(text) and text[-1] not in "：:”’」")
