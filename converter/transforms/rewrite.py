"""A document with its words changed and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from converter.model import (
    Document,
    Figure,
    Heading,
    LineBreak,
    Link,
    List,
    NoteRef,
    Paragraph,
    Preformatted,
    Quote,
    Ruby,
    Section,
    Separator,
    Table,
    Text,
    Verse,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from converter.model import Block, Inline

    Passage = tuple[Text, ...]
    Rewrite = Callable[[Passage], Passage]
    """The runs of one paragraph, heading, line, cell or entry of the metadata, and as many runs in their stead."""


def rewritten(document: Document, rewrite: Rewrite) -> Document:
    """The same document with every passage, label and entry of the metadata passed through `rewrite`."""

    def word(plain: str) -> str:
        return rewrite((Text(text=plain),))[0].text if plain else plain

    metadata = document.metadata
    return replace(
        document,
        metadata=replace(
            metadata,
            title=word(metadata.title),
            authors=tuple(map(word, metadata.authors)),
            date=word(metadata.date),
            subject=word(metadata.subject),
            publisher=word(metadata.publisher),
            keywords=tuple(map(word, metadata.keywords)),
        ),
        front=_blocks(document.front, rewrite),
        sections=tuple(_section(section, rewrite) for section in document.sections),
        notes=tuple(replace(note, blocks=_blocks(note.blocks, rewrite)) for note in document.notes),
    )


def _section(section: Section, rewrite: Rewrite) -> Section:
    return replace(
        section,
        heading=_heading(section.heading, rewrite),
        blocks=_blocks(section.blocks, rewrite),
        sections=tuple(_section(below, rewrite) for below in section.sections),
    )


def _heading(heading: Heading, rewrite: Rewrite) -> Heading:
    # The number belongs to the passage: 第一編 tells the script of a heading that otherwise does not.
    inlines = _inlines((Text(text=heading.label), *heading.inlines), rewrite)
    label = inlines[0]
    return replace(heading, label=label.text if isinstance(label, Text) else "", inlines=inlines[1:])


def _blocks(blocks: tuple[Block, ...], rewrite: Rewrite) -> tuple[Block, ...]:
    return tuple(_block(block, rewrite) for block in blocks)


def _block(block: Block, rewrite: Rewrite) -> Block:  # noqa: PLR0911 - one for each kind
    match block:
        case Paragraph():
            return replace(block, inlines=_inlines(block.inlines, rewrite))
        case List():
            return replace(block, items=tuple(_blocks(item, rewrite) for item in block.items))
        case Quote():
            return replace(block, blocks=_blocks(block.blocks, rewrite))
        case Verse():
            return replace(block, lines=_passages(block.lines, rewrite))
        case Preformatted():
            return replace(block, text=rewrite((Text(text=block.text),))[0].text)
        case Table():
            head, rows = (tuple(_passages(row, rewrite) for row in rows) for rows in (block.head, block.rows))
            return replace(block, head=head, rows=rows)
        case Figure():
            alt = rewrite((Text(text=block.alt),))[0].text if block.alt else ""
            return replace(block, alt=alt, caption=_inlines(block.caption, rewrite))
        case Separator():
            return block
        case _:
            assert_never(block)


def _passages(passages: tuple[tuple[Inline, ...], ...], rewrite: Rewrite) -> tuple[tuple[Inline, ...], ...]:
    return tuple(_inlines(passage, rewrite) for passage in passages)


def _inlines(inlines: tuple[Inline, ...], rewrite: Rewrite) -> tuple[Inline, ...]:
    runs = tuple(run for run in map(_run, inlines) if run)
    changed = iter(rewrite(runs)) if runs else iter(())
    return tuple(_with(inline, next(changed).text) if _run(inline) else inline for inline in inlines)


def _run(inline: Inline) -> Text | None:
    """The characters of the inline as a run; readings stay what they are."""
    match inline:
        case Text():
            return inline
        case Link():
            return Text(text=inline.text, marks=inline.marks, span=inline.span)
        case Ruby():
            return Text(text=inline.base, span=inline.span)
        case LineBreak() | NoteRef():
            return None
        case _:
            assert_never(inline)


def _with(inline: Inline, words: str) -> Inline:
    match inline:
        case Text() | Link():
            return replace(inline, text=words)
        case Ruby():
            return replace(inline, base=words)
        case LineBreak() | NoteRef():
            return inline
        case _:
            assert_never(inline)
