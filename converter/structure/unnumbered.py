"""Headings without numbers: short lines between paragraphs, and short first sentences that their sisters have too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.model import HeadingKind, Role
from converter.regex import compiled
from converter.structure.patterns import STAGE, ends_sentence
from converter.structure.reasons import Rule
from converter.structure.verdicts import Kind, Verdict

if TYPE_CHECKING:
    import re

    from converter.structure.reading import Reading

_LONGEST = 32
_SHORTEST = 4
_PARAGRAPH = 50
"""A line of so many characters is a paragraph, not another short line."""
_SHORTEST_SENTENCE = 16
_LONGEST_RUN_IN = 18
_SHORTEST_REST = 30
_FIRST_SENTENCE = compiled(r"[^，,。：:；;！？!?、]{3,16}。")
# He said, we saw: a sentence about somebody is no heading. Nor is one that has happened (了), or asks.
NARRATES = compiled(
    r"^(?:[我你他她它这這那此在当當从從自]|有(?![效序力]))|[了吗嗎呢吧啊过過]。$|^(?:今年|去年|同时|同時|但是|因此|所以|目前|近年|会议|會議)"
)
# 图：…, 图1 …, captions, data, names
_NO_HEADING = compiled(
    r"^原标题|^[图表圖](?:\s?[0-9一二三四五六七八九十]|[：:])|[0-9]{4,}|https?:|@|^[^\u4e00-\u9fff]+$|^[（(].*[）)]$"
    # words that somebody says, or that break off
    r"|[…⋯—～~][”’」』]?$|^[“‘「『][^“”「」]*[”’」』]$"
)
# “……？”he said; in a book also the lines of a poem, which pause
_TALKS = compiled(r"[“「].*[？！?!]|[？！?!][”」]|[，,].*[？?]$|[：:][“「]")
_TALKS_OR_SINGS = compiled(_TALKS.pattern + r"|[，,？！?!“”「」：:]")
_FEWEST_PLAIN = 3
_TALK, _FEWEST_TALK = 0.1, 10
"""Where so many of the lines begin with a quotation mark, people talk: a line with a comma is one of the story's."""
_BOOK = 10
"""A text of so many chapters is a book: a few short lines in it are letters, signatures, names, not headings."""
_CHAPTERS = frozenset({HeadingKind.PART, HeadingKind.CHAPTER})
_HEADED = frozenset(
    {HeadingKind.COUNT, HeadingKind.PAREN_COUNT, HeadingKind.DECIMAL, HeadingKind.PAREN_DECIMAL, HeadingKind.OUTLINE}
)


def find_unnumbered(reading: Reading) -> None:
    """Short lines without closing punctuation, each above a paragraph and below one or a heading; two at least."""
    chapters = count_chapters(reading)
    told = sum(v is not None and v.kind is Kind.HEADING and v.heading is HeadingKind.CHAPTER for v in reading.verdicts)
    spoken = len(reading.beginning("“「"))
    not_in_it = _TALKS_OR_SINGS if told >= 3 or spoken > max(_FEWEST_TALK, len(reading) * _TALK) else _TALKS
    found = [
        index
        for index in reading.short(_LONGEST)
        if len(reading.text(index)) >= _SHORTEST
        and reading.free(index)
        and _is_heading(reading, index)
        and not not_in_it.search(reading.text(index))
    ]
    if len(found) >= 2 and (chapters < _BOOK or len(found) * 4 >= chapters):
        for index in found:
            reading.head(index, Rule.UNNUMBERED)


def count_chapters(reading: Reading) -> int:
    """The number of parts and chapters."""
    return sum(v is not None and v.kind is Kind.HEADING and v.heading in _CHAPTERS for v in reading.verdicts)


def _is_heading(reading: Reading, index: int) -> bool:
    text = reading.text(index)
    return (
        reading.label(index) is None
        and (not ends_sentence(text) or text[-1] in "？?")
        and "。" not in text
        and not _NO_HEADING.search(text)
        and not STAGE.match(text)
        and _is_paragraph(reading, index + 1)
        and (
            _is_paragraph(reading, index - 1)
            or reading.is_heading(index - 1)
            or reading.role(index - 1) is Role.SALUTATION
        )
    )


def _is_paragraph(reading: Reading, index: int) -> bool:
    text = reading.text(index)
    return len(text) >= _PARAGRAPH or (len(text) >= _SHORTEST_SENTENCE and text[-1] in "。！？：”")


def find_unnumbered_run_ins(reading: Reading) -> None:
    """工作原则。一要坚持…: neighbouring paragraphs that each open with a short sentence which the rest explains.

    Only in texts with headings, and never alone: prose and novels have short first sentences too. Where the headings
    have no numbers, three at least.
    """
    numbered = _is_headed(reading)
    if not numbered and (count_chapters(reading) or sum(map(_is_plain, reading.verdicts)) < _FEWEST_PLAIN):
        return
    index = 0
    while index < len(reading):
        group = []
        while (end := _run_in_end(reading, index)) is not None:
            group.append((index, end))
            index += 1
        if len(group) >= (2 if numbered else 3):
            for line, end in group:
                reading.verdicts[line] = Verdict(kind=Kind.RUN_IN, end=end, rule=Rule.RUN_IN)
        index += 1


def _is_plain(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.rule is Rule.UNNUMBERED


def _is_headed(reading: Reading) -> bool:
    """Whether a text has numbered headings and is no book of chapters."""
    return count_chapters(reading) < _BOOK and any(
        v is not None and v.heading in _HEADED and v.kind is not Kind.PARAGRAPH and v.rule is not Rule.BARE_NUMBER
        for v in reading.verdicts
    )


def _run_in_end(reading: Reading, index: int) -> int | None:
    if not reading.free(index) or reading.label(index) is not None:
        return None
    text = reading.text(index)
    sentence = _FIRST_SENTENCE.match(text)
    if not sentence or sentence.end() > _LONGEST_RUN_IN or len(text) - sentence.end() < _SHORTEST_REST:
        return None
    return None if NARRATES.search(sentence.group()) else sentence.end()


_WORDS_AND_COLON = compiled(r"(?![我你他她它这這那问問答])[^，,。：:；;！？!?、“”「」《》]{2,8}[：:](?=[^\s：:].{29})")


def find_colon_run_ins(reading: Reading) -> None:
    """师资力量：… 课程安排：…: three or more paragraphs one below the other, each a few words and a colon."""
    if not _is_headed(reading):
        return
    index = 0
    while index < len(reading):
        group: list[tuple[int, re.Match[str]]] = []
        while (
            reading.free(index)
            and reading.label(index) is None
            and (match := _WORDS_AND_COLON.match(reading.text(index)))
            and reading.text(index)[-1] in "。！？"
        ):
            group.append((index, match))
            index += 1
        if len(group) >= 3 and len({match.group() for _, match in group}) == len(group):
            for line, match in group:
                reading.verdicts[line] = Verdict(kind=Kind.RUN_IN, end=match.end(), rule=Rule.COLON_RUN_IN)
        index += 1
