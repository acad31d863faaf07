"""Notes after the text (尾注), and the marks that call them (注码): ①, [1], 〔1〕."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.model import Role
from converter.records import dataclass
from converter.regex import compiled
from converter.structure.reasons import Rule
from converter.structure.verdicts import Kind, Verdict

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from converter.structure.reading import Reading

_MARK = compiled(r"([\u2460-\u2473])|[\[［〔【]\s?([0-9]{1,2})\s?[\]］〕】]")
_WORD = compiled(r"[【\[]?(?:注\s*释|注\s*釋|附\s*注|附\s*註|脚\s*注|腳\s*註|尾\s*注|尾\s*註|注|註)[】\]]?\s*[：:]?")
_BEFORE_ITEMS = frozenset("：:、；;")
"""需提交：①申请书；②身份证 counts items."""
_LAST = frozenset({Role.CREDIT, Role.DATE, Role.SIGNATURE})


@dataclass(frozen=True, slots=True)
class Call:
    """A mark in the text."""

    line: int
    start: int
    end: int
    number: int


def find_notes(reading: Reading) -> tuple[Call, ...]:
    """Judges the notes below 注释 at the end of a text, numbered from 1, each called once above; gives the calls.

    Anything less, and all of them stay what they are: ① may count items too.
    """
    last = len(reading) - 1
    while reading.role(last) in _LAST:
        last -= 1
    first = last + 1
    while reading.free(first - 1) and _MARK.match(reading.text(first - 1)):
        first -= 1
    notes = range(first, last + 1)
    if not notes or not reading.free(first - 1) or not _WORD.fullmatch(reading.text(first - 1)):
        return ()
    marks = [match for index in notes if (match := _MARK.match(reading.text(index)))]
    if [_number(mark) for mark in marks] != list(range(1, len(marks) + 1)):
        return ()
    calls = [call for index in range(first - 1) for call in _calls(reading, index)]
    if any(call.start == 0 or reading.text(call.line)[call.start - 1] in _BEFORE_ITEMS for call in calls):
        return ()
    if [call.number for call in calls] != list(range(1, len(marks) + 1)):
        return ()
    for index, mark in zip(notes, marks, strict=True):
        reading.verdicts[index] = Verdict(kind=Kind.NOTE, rule=Rule.NOTE_AFTER, end=mark.end())
    reading.mark(first - 1, Kind.NOTES_WORD, Rule.NOTES_WORD)
    return tuple(calls)


def settled(calls: Iterable[Call], verdicts: list[Verdict]) -> tuple[Call, ...]:
    """The calls, if each stands in running text; where one stands in a title or a heading, notes are plain lines."""
    calls = tuple(calls)
    if all(_may_call(verdicts[call.line], call) for call in calls):
        return calls
    for index, verdict in enumerate(verdicts):
        if verdict.kind in {Kind.NOTE, Kind.NOTES_WORD}:
            role = Role.LIST_ITEM if verdict.kind is Kind.NOTE else Role.BODY
            verdicts[index] = Verdict(kind=Kind.PARAGRAPH, role=role, rule=verdict.rule)
    return ()


def _may_call(verdict: Verdict, call: Call) -> bool:
    return verdict.kind is Kind.PARAGRAPH or (verdict.kind is Kind.RUN_IN and call.start >= verdict.end)


def _calls(reading: Reading, index: int) -> Iterable[Call]:
    for match in _MARK.finditer(reading.text(index)):
        yield Call(index, match.start(), match.end(), _number(match))


def _number(match: re.Match[str]) -> int:
    return ord(match[1]) - 0x245F if match[1] else int(match[2])
