"""Quotation marks of one style (引号样式): “ ” and ‘ ’ of the Mainland, or 「 」 and 『 』 of Taiwan and Hong Kong.

Marks are changed by what they are, an outer or an inner pair, not by their shape: a text that has 『 』 outside and
「 」 inside gets “ ” outside all the same (GB/T 15834-2011, 4.8; clreq, 3.1.1).
"""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from converter.diagnostics import Diagnostic, Result, Severity
from converter.errors import Message, UsageError
from converter.regex import compiled
from converter.transforms.rewrite import rewritten

if TYPE_CHECKING:
    from converter.model import Document, Text

STYLES = {"“”": "“”‘’", "「」": "「」『』"}
"""The name of each style, and its marks: outer opening and closing, inner opening and closing."""

# A mark between Latin letters is an apostrophe.
_MARK = compiled("[“”‘「」『』]|’(?!(?<=[A-Za-z]’)[A-Za-z])")
# 0 for “ ” 「 」, 1 for ‘ ’ 『 』.
_KINDS = {mark: index // 2 for marks in STYLES.values() for index, mark in enumerate(marks)}
_OPENING = frozenset("“‘「『")
_HAN = compiled("[㐀-䶿一-鿿\U00020000-\U0003ffff]")


def to_quotes(document: Document, style: str | None) -> Result[Document]:
    """The document with all quotation marks in one of `STYLES`; None leaves them as they are.

    Passages without Chinese stay. Raises UsageError for an unknown style.
    """
    if style is None:
        return Result(document)
    if style not in STYLES:
        raise UsageError.unknown("quotation marks", "引号", style, STYLES)
    changed = 0

    def rewrite(passage: tuple[Text, ...]) -> tuple[Text, ...]:
        nonlocal changed
        words = "".join(run.text for run in passage)
        converted = requoted(words, style)
        if converted == words:
            return passage
        changed += sum(before != after for before, after in zip(words, converted, strict=True))
        ends = pairwise(accumulate((len(run.text) for run in passage), initial=0))
        return tuple(replace(run, text=converted[start:end]) for run, (start, end) in zip(passage, ends, strict=True))

    result = rewritten(document, rewrite)
    note = Diagnostic(
        code="QM101",
        severity=Severity.INFO,
        message=Message(
            f"{changed} quotation marks were changed to {style}.", f"已将 {changed} 个引号改为{style}样式。"
        ),
    )
    return Result(result, (note,) if changed else ())


def requoted(words: str, style: str) -> str:
    """One passage with its quotation marks in one of `STYLES`; as many characters, in the same places.

    A pair that holds others is an outer one, what it holds an inner one, and so on by turns. A pair that stands alone,
    and a mark without a partner, stays what it is: the quotation around it may have begun in another passage.

    >>> requoted("他说：“她讲‘好’。”", "「」")
    '他说：「她讲『好』。」'
    """
    if not _HAN.search(words):
        return words
    sides = {match.start(): match[0] not in _OPENING for match in _MARK.finditer(words)}
    levels = {at: _KINDS[words[at]] for at in sides}
    opened: list[int] = []
    for at, closes in sides.items():
        if not closes:
            if opened:
                levels[opened[0]] = 0
                levels[at] = len(opened) % 2
            opened.append(at)
        elif opened:
            levels[at] = levels[opened.pop()]
    characters = list(words)
    for at, closes in sides.items():
        characters[at] = STYLES[style][2 * levels[at] + closes]
    return "".join(characters)
