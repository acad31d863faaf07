"""Headings: levels passed over, nothing below them, the same twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.lint.passages import TITLED
from converter.lint.rules import Rule
from converter.model import HeadingKind, Section, heading_text, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from converter.diagnostics import Diagnostic
    from converter.model import Document

_OFFICIAL = (HeadingKind.COUNT, HeadingKind.PAREN_COUNT, HeadingKind.DECIMAL, HeadingKind.PAREN_DECIMAL)
"""GB/T 9704-2012 7.3.3: 一、 （一） 1. （1）"""
_SHORTEST = 4


def _pairs(document: Document) -> Iterator[tuple[Section | None, Section]]:
    """Every section with the one that it stands in."""
    waiting: list[tuple[Section | None, Section]] = [(None, s) for s in reversed(document.sections)]
    while waiting:
        parent, section = waiting.pop()
        yield parent, section
        waiting += [(section, s) for s in reversed(section.sections)]


def find_jumps(document: Document) -> Iterator[Diagnostic]:
    """（一） without 一、 in a text that has 一、, and 1. right below 一、: each pair of levels once."""
    used = {section.heading.kind for _, section in _pairs(document)}
    said: set[tuple[HeadingKind | None, HeadingKind]] = set()
    for parent, section in _pairs(document):
        kind, above = section.heading.kind, parent.heading.kind if parent else None
        if kind not in _OFFICIAL or above in TITLED or (above, kind) in said:
            continue
        name = heading_text(section.heading)[:20]
        if kind is HeadingKind.PAREN_COUNT and above is None and HeadingKind.COUNT in used:
            said.add((above, kind))
            yield Rule.WITHOUT_PARENT.finding(
                section.heading.span,
                f"“{name}” stands without a heading of the level of 一、 above it.",
                f"“{name}”之上没有“一、”一级的标题。",
            )
        elif above in _OFFICIAL and _OFFICIAL.index(kind) > _OFFICIAL.index(above) + 1:
            said.add((above, kind))
            yield Rule.LEVEL_JUMP.finding(
                section.heading.span,
                f"“{name}” passes over the level between it and the heading above (GB/T 9704-2012 7.3.3).",
                f"“{name}”与上一级标题之间跳过了一级（GB/T 9704-2012 7.3.3：一、（一）1.（1））。",
            )


def find_empty(document: Document) -> Iterator[Diagnostic]:
    """Headings with nothing below them, where most headings of the text have something."""
    sections = [section for _, section in _pairs(document)]
    empty = [s for s in sections if not s.blocks and not s.sections]
    if len(empty) * 2 > len(sections):
        return
    for section in empty:
        name = heading_text(section.heading)[:20]
        yield Rule.EMPTY_SECTION.finding(
            section.heading.span, f"There is nothing below “{name}”.", f"“{name}”之下没有内容。"
        )


def find_doubled(document: Document) -> Iterator[Diagnostic]:
    """Two headings below one heading that have the same words."""
    said: set[tuple[int, str]] = set()
    for parent, section in _pairs(document):
        words = "".join(filter(str.isalnum, plain(section.heading.inlines)))
        if len(words) < _SHORTEST:
            continue
        if (id(parent), words) in said:
            name = heading_text(section.heading)[:20]
            yield Rule.DOUBLED_HEADING.finding(
                section.heading.span, f"“{name}” has been a heading here already.", f"标题“{name}”在此前已出现过。"
            )
        said.add((id(parent), words))


_SAID_AGAIN = frozenset({"ST207", "ST237"})
"""Rules of `converter.structure` by which a line says a title again."""


def find_doubled_title(document: Document) -> Iterator[Diagnostic]:
    """Lines that say the title again, of the text or of one of its parts; converting leaves them out."""
    for why in document.why:
        if why.code in _SAID_AGAIN:
            yield Rule.DOUBLED_TITLE.finding(why.span, "The title stands here a second time.", "标题在此重复出现。")
