"""The words of a document, passage by passage, and where each character of them stands in the original."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from converter.model import HeadingKind, List, Paragraph, Quote, Role, Text, heading_text, outline, passages_of, plain
from converter.records import dataclass
from converter.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from converter.model import Block, Document, Inline, Section


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, heading, line of verse or cell. A run-in heading and its paragraph are one passage."""

    text: str
    role: Role | None
    """None where it is no paragraph."""
    parent: Section | None
    """The section that it stands in; of a heading the section that it opens."""
    span: Span | None
    runs: tuple[tuple[int, Text], ...] = ()
    """Each run of text, and where in `text` it begins."""

    def place(self, start: int, end: int) -> Span | None:
        """Where `text[start:end]` comes from; the whole passage where that is not known more closely."""
        for at, run in self.runs:
            if at <= start and end <= at + len(run.text) and run.span:
                if run.span.end - run.span.start == len(run.text):
                    return Span(run.span.start + start - at, run.span.start + end - at)
                return run.span
        return self.span


def passages(document: Document) -> Iterator[Passage]:
    """All passages in reading order."""
    for block in document.front:
        yield from _of_block(block, None)
    for entry in outline(document):
        section = entry.section
        heading, blocks = section.heading, section.blocks
        lead = heading_text(heading)
        words = heading.label + heading.separator
        if heading.run_in and blocks and isinstance(first := blocks[0], Paragraph):
            runs = (*_runs(heading.inlines, len(words)), *_runs(first.inlines, len(lead)))
            yield Passage(lead + plain(first.inlines), first.role, section, heading.span, runs)
            blocks = blocks[1:]
        else:
            yield Passage(lead, None, section, heading.span, tuple(_runs(heading.inlines, len(words))))
        for block in blocks:
            yield from _of_block(block, section)


def _of_block(block: Block, parent: Section | None) -> Iterator[Passage]:
    if isinstance(block, List | Quote):
        for inner in chain(*block.items) if isinstance(block, List) else block.blocks:
            yield from _of_block(inner, parent)
    role = block.role if isinstance(block, Paragraph) else None
    for inlines in passages_of(block):
        yield Passage(plain(inlines), role, parent, block.span, tuple(_runs(inlines, 0)))


def _runs(inlines: tuple[Inline, ...], at: int) -> Iterator[tuple[int, Text]]:
    for inline in inlines:
        if isinstance(inline, Text):
            yield at, inline
        at += len(plain((inline,)))


TITLED = frozenset({HeadingKind.TEXT, HeadingKind.PART, HeadingKind.CHAPTER, HeadingKind.SECTION, HeadingKind.ARTICLE})
"""Kinds of headings below which a numbering begins anew at any level."""
