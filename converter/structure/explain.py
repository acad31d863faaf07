"""Why each line was taken for what it is, in words: class, rule, evidence, and what it would be otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, overload

from converter.errors import Message
from converter.model import HeadingKind, Role, Why
from converter.structure.overrides import LEVELS
from converter.structure.patterns import ends_sentence
from converter.structure.reasons import Rule
from converter.structure.verdicts import Kind, Verdict

if TYPE_CHECKING:
    from converter.source import SourceText
    from converter.structure.lines import Line
    from converter.structure.numbering import Label
    from converter.structure.reading import Reading

_LEVEL_OF = {kind: level for level, kind in LEVELS.items()} | {HeadingKind.PLAIN: 1}
_SHORT = 50


class Explanation(Sequence[Why]):
    """Why each line was taken for what it is, in their order; put into words when somebody asks."""

    def __init__(self, reading: Reading, verdicts: Sequence[Verdict], source: SourceText) -> None:
        self._parts = (reading, verdicts, source)
        self._said: tuple[Why, ...] | None = None

    @overload
    def __getitem__(self, index: int) -> Why: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Why]: ...
    def __getitem__(self, index: int | slice) -> Why | Sequence[Why]:
        return self._lines()[index]

    def __len__(self) -> int:
        return len(self._parts[1])

    def _lines(self) -> tuple[Why, ...]:
        if self._said is None:
            self._said = _explained(*self._parts)
        return self._said


def _explained(reading: Reading, verdicts: Sequence[Verdict], source: SourceText) -> tuple[Why, ...]:
    return tuple(
        Why(
            span=source.span(line.start, line.end),
            taken=class_of(verdict),
            code=verdict.rule.code,
            message=verdict.rule.message,
            evidence=_evidence(
                len(line.text),
                line.depth,
                label.text.strip() if label else "",
                label.ordinal if label else 0,
                closed=len(line.text) > _SHORT or ends_sentence(line.text),
                blank=line.blank > 0,
            ),
            instead=_instead(line, label, verdict),
        )
        for line, label, verdict in zip(reading.lines, reading.labels, verdicts, strict=True)
    )


def class_of(verdict: Verdict) -> str:
    """The class of a line, by the name that a file of rules would call it: `heading 2`, `run-in 3`, `signature`."""
    match verdict.kind:
        case Kind.PARAGRAPH:
            return "paragraph" if verdict.role is Role.BODY else verdict.role.value
        case Kind.HEADING | Kind.RUN_IN:
            level = _LEVEL_OF.get(verdict.heading)
            form = "heading" if verdict.kind is Kind.HEADING else "run-in"
            return f"{form} {verdict.depth or level}" if level else str(verdict.heading.value)
        case _:
            return str(verdict.kind.value)


@lru_cache(maxsize=4096)  # most lines of a text look like others
def _evidence(length: int, depth: int, number: str, ordinal: int, *, closed: bool, blank: bool) -> Message:
    en, zh = [f"{length} characters"], [f"共 {length} 字"]
    if depth:
        en.append(f"marked {'#' * depth}")
        zh.append(f"带 {'#' * depth} 标记")
    if number:
        en.append(f"number {number} = {ordinal}")
        zh.append(f"序号 {number} 即 {ordinal}")
    if not closed:
        en.append("no closing mark")
        zh.append("无句末标点")
    if blank:
        en.append("blank line above")
        zh.append("上有空行")
    return Message(", ".join(en), "，".join(zh))


def _instead(line: Line, label: Label | None, verdict: Verdict) -> str:
    """What the line would be taken for next, by the name of that class."""
    level = _LEVEL_OF.get(label.kind, 1) if label else 1
    short = len(line.text) <= _SHORT
    match verdict.kind:
        case Kind.HEADING:
            return "list_item" if label and verdict.rule is not Rule.CHAPTER else "paragraph"
        case Kind.PARAGRAPH if label:
            return f"heading {level}" if short else f"run-in {level}"
        case Kind.PARAGRAPH if verdict.role is Role.BODY:
            return "list_item" if ends_sentence(line.text) or not short else "heading 1"
        case Kind.CONTINUED:
            return "heading 1"
        case Kind.REPEATED:
            return "title"
        case _:
            return "paragraph"
