"""A document with its words changed and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from converter.model import Document, Heading, Paragraph, Section, Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from converter.model import Block, Inline

    Words = Callable[[str], str]


def rewritten(document: Document, words: Words) -> Document:
    """The same document with every run of text, every label and the metadata passed through `words`."""
    metadata = document.metadata
    return replace(
        document,
        metadata=replace(
            metadata,
            title=words(metadata.title),
            authors=tuple(map(words, metadata.authors)),
            date=words(metadata.date),
            subject=words(metadata.subject),
            publisher=words(metadata.publisher),
            keywords=tuple(map(words, metadata.keywords)),
        ),
        front=_blocks(document.front, words),
        sections=tuple(_section(section, words) for section in document.sections),
    )


def _section(section: Section, words: Words) -> Section:
    heading = section.heading
    changed: Heading = replace(heading, label=words(heading.label), inlines=_inlines(heading.inlines, words))
    return replace(
        section,
        heading=changed,
        blocks=_blocks(section.blocks, words),
        sections=tuple(_section(below, words) for below in section.sections),
    )


def _blocks(blocks: tuple[Block, ...], words: Words) -> tuple[Block, ...]:
    return tuple(replace(b, inlines=_inlines(b.inlines, words)) if isinstance(b, Paragraph) else b for b in blocks)


def _inlines(inlines: tuple[Inline, ...], words: Words) -> tuple[Inline, ...]:
    return tuple(replace(i, text=words(i.text)) if isinstance(i, Text) else i for i in inlines)
