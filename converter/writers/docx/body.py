"""Sections, blocks and inlines as paragraphs and runs."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING, assert_never

from converter.model import (
    Figure,
    HeadingKind,
    List,
    Paragraph,
    Preformatted,
    Quote,
    Role,
    Separator,
    Table,
    Text,
    Verse,
    heading_text,
    is_volume,
    outline,
    passages_of,
    plain,
)
from converter.typeset.cover import remarks
from converter.typeset.designs import TitleOrder, title_index
from converter.typeset.official import head_of
from converter.typeset.pictures import lacking
from converter.typeset.word_names import ROLE_STYLES
from converter.units import twips
from converter.writers.characters import XmlCharacters
from converter.writers.docx import Numbering
from converter.writers.docx.contents import bookmark, contents_to_docx, index_to_docx, page_numbers, wants_contents
from converter.writers.docx.covers import Covers
from converter.writers.docx.embedding import embed
from converter.writers.docx.inlines import inline_to_docx, inlines_to_docx
from converter.writers.docx.keeping import keep_together, staying
from converter.writers.docx.numbering import BULLET, ITEM, Numbers, number_properties
from converter.writers.docx.official import OfficialParts, imprint_on_page
from converter.writers.docx.ooxml import paragraph, text_run, to_text, w
from converter.writers.docx.package import STYLES, Package
from converter.writers.docx.pages import contents_end, set_pages, sides, turned, write_down
from converter.writers.docx.places import BODY, NOTHING, Place, group, joined
from converter.writers.docx.review import Review
from converter.writers.docx.runs import runs_text, styled
from converter.writers.docx.story import Media, Story, footnotes_part, note_mark
from converter.writers.docx.styles import StyleSheet
from converter.writers.docx.tables import table_to_docx
from converter.writers.docx.titles import title_indents, title_runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from lxml.etree import _Element as Element

    from converter.diagnostics import Diagnostic
    from converter.model import Block, Document, Heading, Inline, Note, OutlineEntry
    from converter.typeset.theme import Theme
    from converter.writers.docx import DocxOptions

SEPARATOR = "＊　＊　＊"


def document_to_docx(
    document: Document, theme: Theme, options: DocxOptions
) -> tuple[Package, str, tuple[Diagnostic, ...]]:
    """The parts of the file, what the main one holds, and what could not be shown as it is."""
    package, characters = Package(), XmlCharacters()
    upright, theme = theme, turned(theme) if options.vertical else theme
    sheet = StyleSheet(package[STYLES], document, theme, own_fonts=options.embed_fonts)
    package[STYLES] = sheet.part
    wanted = wants_contents(document, theme) if options.contents is None else options.contents
    if theme.reference:
        # Here, not above: it needs python-docx, which takes longer to load than a short text to write.
        from converter.writers.docx.reference import open_reference, paged

        package.word = open_reference(theme.reference, package.word)
        theme = paged(theme, package.word)
    package.set_properties(document, characters)
    listed = wanted or options.index is not TitleOrder.NONE
    pages = page_numbers(document, theme) if listed else {}
    contents = contents_to_docx(document, pages, sheet, characters) if wanted else None
    if theme.reference:
        last = package.word.element.body[-1]
    else:
        last = set_pages(
            package,
            document,
            upright,
            running_head=options.running_head,
            opened=options.cover or options.half_title or options.imprint or contents is not None,
            vertical=options.vertical,
            characters=characters,
        )
    if options.vertical:
        write_down(last)
    review = Review(package, document, options.comments, characters)
    numbers = Numbers(wanted=options.numbering is Numbering.WORD and review.is_off)
    story = Story(package, review, theme, len(document.notes), Media(), numbers)
    head, front = head_of(document.front, theme)
    titles = _titles(head, story, vertical=options.vertical)
    volume = is_volume(document)
    elements: list[Element | str] = []
    covers = Covers(document, options, story, last, sides(last))
    said = remarks(document, *covers.paper) if options.cover else ()
    elements += covers.opening()
    if volume and not options.cover:
        elements += titles  # above the contents: each of its texts has a title of its own
    if contents is not None:
        elements += (contents, contents_end(last))
    if not volume:
        elements += titles
    elements += flow_to_docx(front, story)
    for number, (entry, stays) in enumerate(zip(outline(document), staying(document, theme), strict=True)):
        elements += section_to_docx(entry, number, sheet, story, stays=stays)
    elements += review.rest()
    elements += covers.ending(index_to_docx(title_index(document, options.index), pages, characters))
    keep_together(elements, theme)
    imprint_on_page(elements, document, theme, vertical=options.vertical)
    body = "".join(item if isinstance(item, str) else to_text(item) for item in (*elements, last))
    if document.notes:
        notes = replace(story, notes=footnotes_part(package))
        notes.part.element.extend(note_to_docx(note, number, notes) for number, note in enumerate(document.notes, 1))
    numbers.store(package)
    embedded = embed(package, body, dict(theme.fonts)) if options.embed_fonts else ()
    return (
        package,
        body,
        (*embedded, *characters.diagnostics("docx"), *review.diagnostics(), *lacking(story.media.lacking), *said),
    )


def _red_head(head: Sequence[Paragraph], story: Story, *, opens: bool = True) -> list[Element]:
    """Letterhead, number and red rule of an official document, on a new page if it is one of several."""
    made = list(blocks_to_docx(head, story))
    paragraphs = [element for element in made if element.tag.endswith("}p")]
    OfficialParts(story.theme).head(head, paragraphs[-len(head) :])
    if opens and paragraphs:
        paragraphs[0][0].insert(1, w("pageBreakBefore"))
    return made


def _titles(head: Sequence[Paragraph], story: Story, *, vertical: bool) -> list[Element]:
    """The title, below the red head of an official document if there is one."""
    title, made = story.review.title(), _red_head(head, story, opens=False)
    if title:
        review, theme = story.review, story.theme
        # Where changes are shown, they divide the title.
        words = (
            title_runs(review.characters.clean(plain(title)), theme.title, theme, vertical=vertical)
            if review.is_off
            else inlines_to_docx(title, story)
        )
        made += (*review.above(title), paragraph("Title", *words))
        if head:
            OfficialParts(story.theme).title(made[-1])
    return made


def section_to_docx(
    entry: OutlineEntry, number: int, sheet: StyleSheet, story: Story, *, stays: bool
) -> Iterator[Element | str]:
    """A section's heading, in a bookmark that links lead to, and its own blocks; `stays` says that it opens no page."""
    heading, review = entry.section.heading, story.review
    blocks: Sequence[Block] = entry.section.blocks
    head: Sequence[Paragraph] = ()
    if heading.kind is HeadingKind.TEXT:
        head, blocks = head_of(blocks, story.theme)
        yield from _red_head(head, story, opens=not stays)
    label = review.label(heading)
    yield from review.above((*label, *heading.inlines))
    # A style separator: the mark that ends the heading's paragraph is hidden, so the body goes on in its line
    # (ECMA-376 §17.3.2.36), while the heading alone stands in outline and contents.
    goes_on = heading.run_in and blocks and isinstance(blocks[0], Paragraph)
    sequence = story.numbers.heading(heading, entry.depth)
    counted = to_text(number_properties(sequence)) if sequence else ""
    # The title of a text of a volume does not open the page that its red head has opened.
    opens = '<w:pageBreakBefore w:val="0"/>' if head or stays else ""
    lower = f'<w:spacing w:before="{twips(2 * story.theme.body.leading)}"/>' if head else ""
    indents = _indents(heading, entry.depth, story) if not (goes_on or sequence) else ""
    hidden = "<w:rPr><w:vanish/><w:specVanish/></w:rPr>" if goes_on else ""
    yield (
        f'<w:p><w:pPr><w:pStyle w:val="{sheet.heading(heading, entry.depth)}"/>'
        f"{opens}{counted}{lower}{indents}{hidden}</w:pPr>"
        f'<w:bookmarkStart w:id="{number}" w:name="{bookmark(entry)}"/>'
        f"{'' if sequence else _words(label, story, 'HeadingNumber')}{_words(heading.inlines, story)}"
        f'<w:bookmarkEnd w:id="{number}"/></w:p>'
    )
    if goes_on:
        first, blocks = blocks[0], blocks[1:]
        yield from (_body(first, story),) if _is_body(first) else block_to_docx(first, story, BODY)
    yield from flow_to_docx(blocks, story)


def _indents(heading: Heading, depth: int, story: Story) -> str:
    """Those of a heading that would be divided within a word, or leave a character alone."""
    found = title_indents(heading_text(heading), story.theme.heading(heading, depth), story.theme)
    return to_text(w("ind", **found)) if found else ""


def flow_to_docx(blocks: Iterable[Block], story: Story) -> Iterator[Element | str]:
    """The blocks of the text itself: its paragraphs as they stand in the part, since most of a book is such."""
    for is_body, together in groupby(blocks, key=_is_body):
        if is_body and story.review.is_off:
            yield from (_body(block, story) for block in together)
        elif is_body:
            for block in together:
                yield from story.review.above(next(passages_of(block), ()))
                yield _body(block, story)
        else:
            yield from blocks_to_docx(together, story)


def _is_body(block: Block) -> bool:
    return isinstance(block, Paragraph) and block.role is Role.BODY


def _body(block: Block, story: Story) -> str:
    """A paragraph of the text, as it stands in the part."""
    words = _words(block.inlines, story) if isinstance(block, Paragraph) else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{BODY.style}"/></w:pPr>{words}</w:p>'


def _words(inlines: Iterable[Inline], story: Story, style: str = "") -> str:
    """The inlines as they stand in the part, in a character style if one is named."""
    written = ""
    for inline in inlines:
        if isinstance(inline, Text) and not inline.marks and story.review.is_off:
            written += runs_text(inline.text, story.review.characters, style)
        else:
            made = inline_to_docx(inline, story)
            written += to_text(*(styled(made, style) if style else made))
    return written


def note_to_docx(note: Note, number: int, story: Story) -> Element:
    """A footnote; its first paragraph begins with its number."""
    blocks = list(blocks_to_docx(note.blocks, story, Place("FootnoteText")))
    if not note.blocks or not isinstance(note.blocks[0], Paragraph):
        blocks.insert(0, paragraph(NOTHING))
    for mark in reversed(note_mark()):
        blocks[0].insert(1, mark)
    return w("footnote", *blocks, id=number)


def blocks_to_docx(blocks: Iterable[Block], story: Story, place: Place = BODY) -> Iterator[Element]:
    """The elements of each block, after what was taken out above it."""
    official = OfficialParts(story.theme)
    for part, together in official.grouped(blocks):
        made: list[Element] = []
        for block in together:
            yield from story.review.above(next(passages_of(block), ()))
            made += block_to_docx(block, story, place)
            if part is None:
                yield from made
                made.clear()
        if part is not None:
            yield from official.place(part, together, made)


def block_to_docx(block: Block, story: Story, place: Place) -> Iterator[Element]:
    """The block as paragraphs, in the style of its role and as far to the right as its place wants it."""
    match block:
        case Paragraph():
            style = place.style if block.role is Role.BODY else ROLE_STYLES[block.role][1]
            yield place.paragraph(style, inlines_to_docx(block.inlines, story), story)
        case Separator():
            yield place.paragraph("Separator", (text_run(SEPARATOR),), story)
        case List():
            yield list_to_docx(block, story, place)
        case Quote():
            inner = Place("Quote", place.left + 2, place.right + 2)
            yield group("quote", blocks_to_docx(block.blocks, story, inner))
        case Verse():
            words = joined(inlines_to_docx(line, story) for line in block.lines)
            yield place.paragraph("Poem", words, story)
        case Preformatted():
            yield place.paragraph("HTMLPreformatted", (text_run(story.review.characters.clean(block.text)),), story)
        case Table():
            yield from table_to_docx(block, story, place)
        case Figure():
            drawing = story.drawing(block)
            alt = story.review.words(block.alt)
            yield place.paragraph("Figure", (drawing,) if drawing is not None else alt, story)
            if block.caption:
                yield place.paragraph("Caption", inlines_to_docx(block.caption, story), story)
        case _:
            assert_never(block)


def list_to_docx(block: List, story: Story, place: Place) -> Element:
    """The list as typed numbers or bullets with a hanging indent, each item in a group of its own."""
    items = []
    counts = story.numbers.wanted and block.start >= 0
    sequence = story.numbers.sequence(ITEM if block.ordered else BULLET, block.start) if counts else 0
    for number, item in enumerate(block.items, block.start):
        mark = () if sequence else (text_run(f"{number}." if block.ordered else "•"), w("r", w("tab")))
        inner = Place("ListContinue", place.left + 2, place.right)
        made = list(blocks_to_docx(item[1:], story, inner))
        if item and isinstance(item[0], Paragraph):
            style = "List" if item[0].role is Role.BODY else ROLE_STYLES[item[0].role][1]
            words = (*styled(mark, "ListMarker"), *inlines_to_docx(item[0].inlines, story))
            made.insert(0, inner.paragraph(style, words, story, hanging=2))
        else:
            made[:0] = blocks_to_docx(item[:1], story, inner)
            made.insert(0, inner.paragraph(NOTHING, styled(mark, "ListMarker"), story, hanging=2))
        if sequence:
            made[0][0].insert(1, number_properties(sequence))
        items.append(group("item", made))
    return group(f"ordered {block.start}" if block.ordered else "list", items)
