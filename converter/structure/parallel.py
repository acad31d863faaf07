"""Run-in headings that only their likeness shows: neighbouring paragraphs whose first sentences are built alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.regex import compiled
from converter.structure.numbering import spoken_ordinal
from converter.structure.reasons import Rule
from converter.structure.unnumbered import NARRATES, count_chapters
from converter.structure.verdicts import Kind, Verdict

if TYPE_CHECKING:
    from converter.structure.reading import Reading

_FEWEST = 3
_LONGEST = 48
_SHORTEST_REST = 60
_ALIKE = 0.36
"""So much of the longer of two sentences stands in the other in the same order: 深挖“红色富矿”… and 深挖“文化富矿”…"""
_ALIKE_COUNTED = 0.3
"""Less is enough where 第一， 第二， 第三， count them."""
_FIRST_SENTENCE = compiled(rf"[^。：:；;！？!?]{{6,{_LONGEST}}}。(?![”’」』])")
_OPENS_TALK = frozenset("“‘「『（(《")


def find_parallel_run_ins(reading: Reading) -> None:
    """创新活动载体，让老文物不再“躺平”。… 深挖文物内涵，让思政课不再“枯燥”。…: three at least, not in books."""
    if count_chapters(reading) >= _FEWEST:
        return
    index = 0
    while index < len(reading):
        group: list[tuple[int, str]] = []
        while (sentence := _sentence(reading, index)) and (not group or alike(group[-1][1], sentence)):
            group.append((index, sentence))
            index += 1
        if len(group) >= _FEWEST:
            for line, words in group:
                reading.verdicts[line] = Verdict(kind=Kind.RUN_IN, end=len(words), rule=Rule.PARALLEL)
        index += not group


def _sentence(reading: Reading, index: int) -> str:
    """The first sentence of a paragraph that explains it; empty where there is none."""
    text = reading.text(index)
    if len(text) < _SHORTEST_REST or not reading.free(index) or reading.label(index) or text[0] in _OPENS_TALK:
        return ""
    match = _FIRST_SENTENCE.match(text)
    if not match or len(text) - match.end() < _SHORTEST_REST or NARRATES.search(match[0]):
        return ""
    return match[0]


def alike(one: str, other: str) -> bool:
    """Whether two sentences are built alike.

    >>> alike("深挖“红色富矿”，以文物淬炼教育“党味”。", "深挖“文化富矿”，以文物氤氲教育“韵味”。")
    True
    """
    counted = (spoken_ordinal(one) or 0) + 1 == spoken_ordinal(other)
    return _common(one, other) >= (_ALIKE_COUNTED if counted else _ALIKE) * max(len(one), len(other))


def _common(one: str, other: str) -> int:
    """The length of the longest common subsequence."""
    row = [0] * (len(other) + 1)
    for a in one:
        before = 0
        for j, b in enumerate(other):
            before, row[j + 1] = row[j + 1], before + 1 if a == b else max(row[j], row[j + 1])
    return row[-1]
