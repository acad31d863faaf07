"""Sections, blocks and inlines as paragraphs and runs."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, assert_never

from converter.model import LineBreak, Paragraph, Separator, Text, outline, passages_of
from converter.writers.characters import XmlCharacters
from converter.writers.docx.contents import bookmark, contents_to_docx, is_volume, wants_contents
from converter.writers.docx.ooxml import paragraph, text_run, w
from converter.writers.docx.package import from_template, set_properties
from converter.writers.docx.pages import Opening, cover_to_docx, section_break, set_pages
from converter.writers.docx.review import Review
from converter.writers.docx.styles import ROLE_STYLES, StyleSheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from docx.document import Document as WordDocument
    from lxml.etree import _Element as Element

    from converter.diagnostics import Diagnostic
    from converter.model import Block, Document, Inline, OutlineEntry
    from converter.typeset.theme import Theme
    from converter.writers.docx import DocxOptions

SEPARATOR = "＊　＊　＊"


def document_to_docx(
    document: Document, theme: Theme, options: DocxOptions, page_numbers: Mapping[str, str]
) -> tuple[WordDocument, tuple[Diagnostic, ...]]:
    """The document as python-docx has it, and what could not be shown as it is."""
    made, characters = from_template(), XmlCharacters()
    set_properties(made, document, characters)
    sheet = StyleSheet(made, document, theme)
    wanted = wants_contents(document) if options.contents is None else options.contents
    contents = contents_to_docx(document, page_numbers, characters) if wanted else None
    opened = options.cover or contents is not None
    last = set_pages(made, document, theme, running_head=options.running_head, opened=opened, characters=characters)
    review = Review(made, document, options.comments, characters)
    title = review.title()
    titles = [*review.above(title), paragraph("Title", *inlines_to_docx(title, review))] if title else []
    volume = is_volume(document)
    elements: list[Element] = []
    if options.cover:
        elements += (*cover_to_docx(document, theme, characters), section_break(last, Opening.COVER))
    elif volume:
        elements += titles  # above the contents: each of its texts has a title of its own
    if contents is not None:
        elements += (contents, section_break(last, Opening.CONTENTS))
    if not volume:
        elements += titles
    elements += blocks_to_docx(document.front, review)
    for number, entry in enumerate(outline(document)):
        elements += section_to_docx(entry, number, sheet, review)
    elements += review.rest()
    made.element.body[:0] = elements
    return made, (*characters.diagnostics("docx"), *review.diagnostics())


def section_to_docx(entry: OutlineEntry, number: int, sheet: StyleSheet, review: Review) -> Iterator[Element]:
    """A section's heading, in a bookmark that links lead to, and its own blocks."""
    heading, blocks = entry.section.heading, entry.section.blocks
    words = (*review.label(heading), *heading.inlines)
    yield from review.above(words)
    made = paragraph(
        sheet.heading(heading, entry.depth),
        w("bookmarkStart", id=number, name=bookmark(entry.anchor)),
        *inlines_to_docx(words, review),
        w("bookmarkEnd", id=number),
    )
    if heading.run_in and blocks and isinstance(blocks[0], Paragraph):
        # A style separator: the mark that ends the heading's paragraph is hidden, so the body goes on in its line
        # (ECMA-376 §17.3.2.36), while the heading alone stands in outline and contents.
        made[0].append(w("rPr", w("vanish"), w("specVanish")))
        yield made
        yield block_to_docx(blocks[0], review)
        blocks = blocks[1:]
    else:
        yield made
    yield from blocks_to_docx(blocks, review)


def blocks_to_docx(blocks: Iterable[Block], review: Review) -> Iterator[Element]:
    """Each block as a paragraph, after what was taken out above it."""
    for block in blocks:
        yield from review.above(next(passages_of(block), ()))
        yield block_to_docx(block, review)


def block_to_docx(block: Block, review: Review) -> Element:
    """The block as a paragraph in the style of its role."""
    match block:
        case Paragraph():
            _, style = ROLE_STYLES[block.role]
            return paragraph(style, *inlines_to_docx(block.inlines, review))
        case Separator():
            return paragraph("Separator", text_run(SEPARATOR))
        case _:
            assert_never(block)


def inlines_to_docx(inlines: Iterable[Inline], review: Review) -> Iterator[Element]:
    """The inlines as runs."""
    return chain.from_iterable(inline_to_docx(inline, review) for inline in inlines)


def inline_to_docx(inline: Inline, review: Review) -> Iterable[Element]:
    """The inline as one run or several."""
    match inline:
        case Text():
            return review.words(inline.text, inline.marks, inline.span)
        case LineBreak():
            return (w("r", w("br")),)
        case _:
            assert_never(inline)
