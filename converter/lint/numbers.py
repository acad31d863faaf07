"""Numbers: missing, repeated, out of order; written in two ways."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from converter.lint.passages import TITLED, passages
from converter.lint.rules import Rule
from converter.model import HeadingKind
from converter.structure.numbering import Label, label_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from converter.diagnostics import Diagnostic
    from converter.lint.passages import Passage
    from converter.model import Document

_ORDER = {kind: rank for rank, kind in enumerate(HeadingKind)}
_FARTHEST = 20
"""A number that is farther from the last of its kind counts something else: a year, a clause of another text."""


_FREE = TITLED | {HeadingKind.CIRCLED}
"""What need not begin with one: chapters of a part of a book, notes."""


def find_wrong_numbers(document: Document) -> Iterator[Diagnostic]:
    """Each kind of number counts up by one; it begins anew below a number of a higher kind, or goes on from there."""
    last: dict[tuple[HeadingKind, str], int] = {}
    reached: dict[tuple[HeadingKind, str], int] = {}
    for passage, label in _numbered(document):
        family = (label.kind, _prefix(label))
        before = last.get(family)
        if before is None:
            yield from _first(passage, label, reached.get(family, 0))
        elif label.ordinal not in {before + 1, 1}:
            yield from _wrong(passage, label, before)
        elif before == label.ordinal == 1 and label.kind is not HeadingKind.CIRCLED:
            # ① may be the first note of every page.
            yield Rule.REPEATED_NUMBER.finding(passage.span, *_says("stands twice", "重复", label))
        last[family] = reached[family] = label.ordinal
        for other in [f for f in last if (_ORDER[f[0]], len(f[1])) > (_ORDER[label.kind], len(family[1]))]:
            del last[other]


def _numbered(document: Document) -> Iterator[tuple[Passage, Label]]:
    for passage in passages(document):
        label = label_of(passage.text)
        if label is not None and label.text:
            # A heading is what it was taken for: 1　总则 counts with 1.1.
            kind = passage.parent.heading.kind if passage.parent and passage.role is None else label.kind
            yield passage, label if kind is label.kind else Label(kind, label.text, label.ordinal, label.words)


def _prefix(label: Label) -> str:
    """Of 1.2.3 that which stays the same among sisters: 1.2."""
    return label.text.rstrip(".．").rpartition(".")[0] if label.kind is HeadingKind.OUTLINE else ""


def _first(passage: Passage, label: Label, reached: int) -> Iterator[Diagnostic]:
    if label.ordinal not in {1, reached + 1} and label.ordinal <= _FARTHEST and label.kind not in _FREE:
        yield Rule.LATE_FIRST_NUMBER.finding(
            passage.span,
            f"The sequence begins with {label.text.strip()}.",
            f"这一组序号从“{label.text.strip()}”开始。",
        )


def _wrong(passage: Passage, label: Label, before: int) -> Iterator[Diagnostic]:
    if label.ordinal == before:
        yield Rule.REPEATED_NUMBER.finding(passage.span, *_says("stands twice", "重复", label))
    elif before < label.ordinal <= before + _FARTHEST:
        missing = label.ordinal - before - 1
        yield Rule.MISSING_NUMBER.finding(
            passage.span,
            f"Before {label.text.strip()} {missing} number(s) are missing; the last was {before}.",
            f"“{label.text.strip()}”之前缺 {missing} 个序号，前一个是第 {before}。",
        )
    elif before - _FARTHEST <= label.ordinal < before:
        yield Rule.NUMBER_OUT_OF_ORDER.finding(
            passage.span, *_says(f"comes after number {before}", f"排在第 {before} 之后", label)
        )


def _says(en: str, zh: str, label: Label) -> tuple[str, str]:
    return f"{label.text.strip()} {en}.", f"“{label.text.strip()}”{zh}。"


def find_mixed(document: Document) -> Iterator[Diagnostic]:
    """1、 and 1. in one text; each of the fewer is reported. 1. and １． are the same way to write."""
    for kind in (HeadingKind.COUNT, HeadingKind.DECIMAL):
        found = [(p, label) for p, label in _numbered(document) if label.kind is kind]
        ways = Counter(_way(label) for _, label in found)
        if len(ways) < 2:
            continue
        usual = ways.most_common(1)[0][0]
        for passage, label in found:
            if _way(label) != usual:
                yield Rule.MIXED_PUNCTUATION.finding(
                    passage.span,
                    f"{label.text.strip()} is written unlike the others, which have “{usual}”.",
                    f"“{label.text.strip()}”与其他各处的“{usual}”写法不一。",
                    label.text.strip()[:-1] + usual,
                )


def _way(label: Label) -> str:
    return "." if label.text.strip()[-1] in ".．" else label.text.strip()[-1]
