"""Page composition: a document's blocks as lines, tables and pictures, which flow into pages."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate, chain
from typing import TYPE_CHECKING, assert_never

from converter.model import (
    Figure,
    HeadingKind,
    LineBreak,
    List,
    NoteRef,
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
    plain,
)
from converter.typeset.binding import binds, tie
from converter.typeset.composed import ComposedPage, ComposedPortion
from converter.typeset.compositor import BODY, Compositor, Place
from converter.typeset.flow import Flow
from converter.typeset.footnotes import NAME, NoteLine
from converter.typeset.items import PADDING, Head, Item, PictureItem, Placeable, TableItem, signed_on_one_page
from converter.typeset.lines import Line, Manner, Run
from converter.typeset.official import KEPT_ROLES, OfficialParts, head_of, only_heads
from converter.typeset.pictures import PRINT, picture
from converter.typeset.portions import Portion, portions
from converter.typeset.tables import columns_of_figures, fitted
from converter.typeset.tags import Tag, heading_tag
from converter.typeset.theme import Align, Face
from converter.typeset.vertical import turned
from converter.units import Em

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from converter.model import Block, Document, Heading, Inline, Note, OutlineEntry
    from converter.typeset.theme import Style, Theme

_SEPARATOR = "＊\u3000＊\u3000＊"
_PICTURE = "图"
"""What is said of a picture that nobody has described: PDF/UA lets none pass in silence (ISO 14289-1 7.3)."""
_TAGS = {
    List: "L",
    Quote: "BlockQuote",
    Table: "Table",
    Figure: "Figure",
    Verse: "Div",
    Preformatted: "Div",
}  # fmt: skip
"""Blocks that are not tagged as paragraphs; of poems and code each line is one."""


class Typesetter(Compositor):
    """Composes the pages of documents in one theme.

    `fonts` names font files of the user's by face; `manner` says by which rules lines are broken.
    """

    def __init__(
        self,
        theme: Theme,
        fonts: Mapping[Face, str] | None = None,
        manner: Manner = Manner(),  # noqa: B008 - it is a constant
    ) -> None:
        super().__init__(theme, fonts, manner)
        self.lacking = 0
        """Pictures that could not be shown."""
        self._flush = replace(theme.body, first_indent=Em(0))
        self._title_level = 0
        self._titled = True
        self._official = OfficialParts(self)

    def turned(self) -> Typesetter:
        """One for vertical writing: what it composes is drawn on its side."""
        return Typesetter(turned(self.theme), self.fonts, self.manner._replace(vertical=True))

    def page_numbers(self, document: Document, *, title: bool) -> dict[str, int]:
        """The page of each section by its anchor, counted from 1, as `pages` has it; nothing is set for it."""
        return {mark.entry.anchor: page.number for page in self._counted(document, title) for mark in page.landmarks}

    def page_count(self, document: Document, *, title: bool) -> int:
        """How many pages `pages` has; nothing is set for it."""
        return len(self._counted(document, title))

    def _counted(self, document: Document, title: bool) -> list[ComposedPage]:
        self.counting = True
        found = self.pages(document, title=title)
        self.counting = False
        return found

    def pages(self, document: Document, *, title: bool, right_hand: bool = False) -> list[ComposedPage]:
        """The pages of a document, numbered from 1; at least one. `title` says whether its title is printed first,
        `right_hand` whether what opens a page opens a right-hand one.
        """
        pages: list[ComposedPage] = []
        for portion in self.portions(document, title=title):
            if right_hand and len(pages) % 2:
                pages.append(pages[-1].blank_behind())
            pages += self.composed(document, portion, len(pages) + 1, right_hand=right_hand).pages
        return pages

    def portions(self, document: Document, *, title: bool) -> list[Portion]:
        """What can be composed by itself, in order; `composed` takes one of these."""
        self.notes_known = len(document.notes)
        self._title_level = 1 if document.metadata.title else 0
        self._titled = title
        return portions(document, self._opens_page, lambda blocks: only_heads(blocks, self.theme), title=title)

    def composed(
        self, document: Document, portion: Portion, first: int, *, right_hand: bool = False
    ) -> ComposedPortion:
        """The pages of a portion, of which the first has this number."""
        notes = self._footnotes(document, portion.notes)
        flow = Flow(self.theme, portion.title, notes)
        flow.right_hand = right_hand
        flow.begin(first)
        flow.run(signed_on_one_page(self._items(document, portion)))
        return ComposedPortion(flow.pages[1:], on_either_side=flow.spreads.on_either_side and not right_hand)

    def _items(self, document: Document, portion: Portion) -> Iterator[Placeable]:
        volume = is_volume(document)
        if portion.begins:
            head, front = head_of(document.front, self.theme)
            yield from self._official.head(head)
            if self._titled and document.metadata.title:
                lines = self.paragraph([Text(text=document.metadata.title)], self.theme.title, heading_tag(1))
                # The title of a volume has a page to itself: the first text opens the next one.
                yield Item(lines, self.theme.title, keep=not volume, opening=True)
            yield from self._blocks(front, BODY)
        for entry in portion.entries:
            yield from self._section(entry, volume=volume)
        if portion.ends:
            yield from self._endnotes(document, portion.called)

    def _footnotes(self, document: Document, numbers: Iterable[int]) -> dict[str, list[NoteLine]]:
        """The lines of these notes as they stand at the foot of pages; without those that are not made of lines."""
        notes: dict[str, list[NoteLine]] = {}
        for number in numbers:
            items = list(self._note(number, document.notes[number - 1], self.theme.note))
            if all(isinstance(item, Item) for item in items):
                notes[f"{NAME}{number}"] = [
                    NoteLine(
                        (item.marker, line) if item.marker and not n else (line,), item.style, "" if n else item.place
                    )
                    for item in items
                    if isinstance(item, Item)
                    for n, line in enumerate(item.lines)
                ]
        return notes

    def _is_of_lines(self, number: int, note: Note) -> bool:
        """Whether a note can stand at the foot of a page."""
        simple = all(isinstance(block, Paragraph) and block.role is Role.BODY for block in note.blocks)
        return simple or all(isinstance(item, Item) for item in self._note(number, note, self.theme.note))

    def _note(self, number: int, note: Note, style: Style) -> Iterator[Placeable]:
        tag = Tag("Note")
        left = max(2.5, 1.4 + 0.6 * len(str(self.notes_known))) * style.size
        items = list(self._blocks(note.blocks, Place(left=left, style=style, tag=tag)))
        marker = self._marker(f"〔{number}〕", style, 0, Tag("Lbl", tag))
        yield from self._marked(items, marker, style, name=f"{NAME}{number}")

    def _endnotes(self, document: Document, called: frozenset[int]) -> Iterator[Placeable]:
        """The notes that stand at no page's foot, after the text under a heading of their own; `called` are those that
        the text calls.
        """
        if not document.notes:
            return
        notes = list(enumerate(document.notes, 1))
        left = [(n, note) for n, note in notes if n not in called or not self._is_of_lines(n, note)]
        if not left:
            return
        words = "註釋" if document.language.startswith("zh-Hant") else "注释"
        heading = self.theme.headings[0]
        tag = heading_tag(self._title_level + 1)
        yield Item(self.paragraph([Text(text=words)], heading, tag), heading, keep=True)
        for number, note in left:
            yield from self._note(number, note, replace(self.theme.body, first_indent=Em(0)))

    def _section(self, entry: OutlineEntry, *, volume: bool) -> Iterator[Placeable]:
        heading = entry.section.heading
        blocks: Sequence[Block] = entry.section.blocks
        style, tag = self.theme.heading(heading, entry.depth), heading_tag(self._title_level + entry.depth)
        if heading.kind is HeadingKind.TEXT:
            head, blocks = head_of(blocks, self.theme)
            yield from self._official.head(head)
        if not heading.run_in:
            label = (Text(text=heading.label + heading.separator),) if heading.label else ()
            lines = self.paragraph((*label, *_on_one_line(heading.inlines)), style, tag)
            opens = self._opens_page(heading, entry.depth)
            yield Item(lines, style, keep=True, opening=opens, entry=entry, head=_head(heading, entry.depth, volume))
        else:
            lead = Run(heading_text(heading), self.typeface(style.face), tag=tag)
            first = blocks[0] if blocks and isinstance(blocks[0], Paragraph) and blocks[0].role in _RUN_IN else None
            calls = tuple(inline for inline in heading.inlines if isinstance(inline, NoteRef))
            words = (*calls, *(first.inlines if first else ()))
            lines = self.paragraph(words, self.theme.body, Tag("P"), lead=lead)
            yield Item(lines, self.theme.body, entry=entry, keep=bool(blocks) and first is None)
            blocks = blocks[1:] if first else blocks
        yield from self._blocks(blocks, BODY)

    def _opens_page(self, heading: Heading, depth: int) -> bool:
        if heading.kind is HeadingKind.TEXT or self.theme.attaches(heading):
            return True
        part = heading.kind is HeadingKind.PART or (heading.kind is HeadingKind.CHAPTER and depth == 1)
        return part and self.theme.part_on_new_page

    def _blocks(self, blocks: Iterable[Block], place: Place) -> Iterator[Placeable]:
        grouped = list(self._official.grouped(blocks, place))
        for at, block in enumerate(grouped):
            if isinstance(block, Placeable):
                yield block
            elif isinstance(block, Paragraph) and binds(grouped, at):
                item = self._item(block, place, Tag("P", place.tag))
                tie(item, grouped, at, self.theme)
                yield item
            else:
                yield from self._block(block, place)

    def _block(self, block: Block, place: Place) -> Iterator[Placeable]:
        body = self.theme.body
        flush = self._flush
        tag = Tag(_TAGS.get(type(block), "P"), place.tag)
        match block:
            case Paragraph():
                yield self._item(block, place, tag)
            case Separator():
                style = replace(flush, align=Align.CENTER)
                yield Item(self.paragraph([Text(text=_SEPARATOR)], style, tag, place), style)
            case List():
                tag.ordered = block.ordered
                digits = len(str(block.start + len(block.items) - 1)) if block.ordered else 1
                for number, item in enumerate(block.items, block.start):
                    part = Tag("LI", tag)
                    inner = self._inward(place, max(2, 0.8 + 0.6 * digits))._replace(
                        style=flush, tag=Tag("LBody", part)
                    )
                    words = f"{number}." if block.ordered else "•"
                    marker = self._marker(words, flush, place.left, Tag("Lbl", part))
                    yield from self._marked(list(self._blocks(item, inner)), marker, flush)
            case Quote():
                style = replace(body, face=Face.KAI)
                yield from self._blocks(block.blocks, self._inward(place, 2, 2)._replace(style=style, tag=tag))
            case Verse():
                style = replace(flush, face=Face.KAI, align=Align.LEFT)
                inner = self._inward(place, 4)
                lines = [self.paragraph(line, style, Tag("P", tag), inner) or [Line(0, 0, ())] for line in block.lines]
                yield Item([*chain.from_iterable(lines)], style)
            case Preformatted():
                style = replace(flush, align=Align.LEFT)
                code = (line.expandtabs(4) for line in block.text.split("\n"))
                lines = [
                    self.paragraph([Text(text=line)], style, Tag("P", tag), place) or [Line(0, 0, ())] for line in code
                ]
                yield Item([*chain.from_iterable(lines)], style)
            case Table():
                yield from self._table(block, place, tag)
            case Figure():
                yield from self._figure(block, place, tag)
            case _:
                assert_never(block)

    def _item(self, block: Paragraph, place: Place, tag: Tag) -> Item:
        role = block.role
        if role is Role.BODY:  # most are: nothing more is asked
            style = place.style or self.theme.body
            return Item(self.paragraph(block.inlines, style, tag, place), style)
        style = self.theme.style(role)
        lines = self.paragraph(block.inlines, style, tag, place)
        return Item(lines, style, keep=role in KEPT_ROLES, signs=role in _SIGNING)

    def _inward(self, place: Place, left: float, right: float = 0) -> Place:
        """A place so many characters further in; a line keeps at least eight."""
        size = self.theme.body.size
        return place.inward(self.theme.page.measure - _LEAST * size, left * size, right * size)

    def _marker(self, words: str, style: Style, left: float, tag: Tag) -> Line:
        """The mark of an item, or its number, at the left of it."""
        line = self.line(words, replace(style, align=Align.LEFT), tag=tag)
        return line._replace(x=line.x + left * 1000 / style.size)

    def _marked(self, items: list[Placeable], marker: Line, style: Style, name: str = "") -> Iterator[Placeable]:
        """The items with the marker beside the first line."""
        first = items[0] if items else None
        if isinstance(first, Item) and not first.marker and first.lines:
            first.marker, first.place = marker, name
        else:
            yield Item([marker], style, place=name)
        yield from items

    def _table(self, table: Table, place: Place, tag: Tag) -> Iterator[Placeable]:
        """The table as wide as its place; its columns by their words, which are smaller where many columns would break
        them.
        """
        rows = [row for row in (*table.head, *table.rows) if row]
        if not rows:
            return
        measure = self.theme.page.measure
        size, leading, widths = fitted(rows, measure - place.left - place.right, self.theme.body)
        style = replace(self._flush, align=Align.LEFT, size=size, leading=leading)
        head, right = replace(style, face=Face.HEI, align=Align.CENTER), replace(style, align=Align.RIGHT)
        figures = columns_of_figures(table)
        heads = len([row for row in table.head if row])
        edges = [place.left, *(place.left + x for x in accumulate(widths))]
        composed = []
        for number, row in enumerate(rows):
            kind, part = "TH" if number < heads else "TD", tag.holding("TR")
            looks = [head if number < heads else right if column in figures else style for column in range(len(row))]
            tags = [part.holding(kind) for _ in widths]  # of a row that ends early too: all rows are equally long
            cells = zip(row, looks, edges, edges[1:], tags, strict=False)
            composed.append(
                [
                    self.paragraph(cell, look, tag, Place(begin + PADDING, measure - end + PADDING))
                    for cell, look, begin, end, tag in cells
                ]
            )
        yield TableItem(composed, heads, edges, style, 0 if self.theme.line_grid else PADDING)

    def _figure(self, figure: Figure, place: Place, tag: Tag) -> Iterator[Placeable]:
        """The picture in the middle of its place, its caption below it; its description where it cannot be shown."""
        style = replace(self.theme.body, first_indent=Em(0), align=Align.CENTER)
        caption = replace(style, face=Face.HEI)
        tag.alt = figure.alt or plain(figure.caption) or _PICTURE
        below = self.paragraph(figure.caption, caption, Tag("Caption", tag), place)
        shown = picture(figure.data, PRINT)
        if shown is None:
            self.lacking += 1
            yield Item(self.paragraph([Text(text=figure.alt)], style, tag, place), style, keep=bool(below))
        else:
            room = self.theme.page.measure - place.left - place.right
            depth = self.theme.page.depth - (len(below) + 1) * style.leading
            width, height = shown.within(depth, room)[::-1] if self.manner.vertical else shown.within(room, depth)
            yield PictureItem(shown, place.left + (room - width) / 2, width, height, tag, keep=bool(below))
        if below:
            yield Item(below, caption)


_RUN_IN = frozenset({Role.BODY, Role.LIST_ITEM})
"""Roles of paragraphs that go on in the line of a heading that is run in."""
_LEAST = 8
"""Characters that a line keeps in what is nested deeply."""
_SIGNING = frozenset({Role.SIGNATURE, Role.DATE, Role.ATTACHMENT})


def _on_one_line(inlines: Iterable[Inline]) -> Iterator[Inline]:
    return (Text(text=" ") if isinstance(inline, LineBreak) else inline for inline in inlines)


def _head(heading: Heading, depth: int, volume: bool) -> Head | None:
    level = depth if volume else depth + 1  # of a volume the part and the text, or the text and its section
    return Head(level, heading_text(heading)) if level <= 2 else None
