"""Pages of others as blocks, for the HTML, the EPUB and the Markdown reader: read for what their elements mean.

Headings, paragraphs, lists, tables, pictures, links and notes are kept; looks are not.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from converter.model import (
    Figure,
    Heading,
    LineBreak,
    Link,
    List,
    Mark,
    NoteRef,
    Paragraph,
    Preformatted,
    Quote,
    Separator,
    Table,
    Text,
)
from converter.readers.elements import HEADINGS, as_links, data_of, figure_of, ruby_of, tag_of, whole_number
from converter.readers.growing import Growing, LeftOut, heading_of, lines_of, merged, stripped
from converter.records import NamedTuple
from converter.regex import compiled
from converter.text.addresses import web_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from lxml.etree import _Element as Element

    from converter.model import Block, Inline

_MARKS = {
    "strong": Mark.STRONG, "b": Mark.STRONG, "em": Mark.EMPHASIS, "i": Mark.EMPHASIS, "u": Mark.NAME
}  # fmt: skip
_LEFT_OUT = frozenset({"script", "style", "template", "noscript", "head", "title", "button", "select", "textarea"})
_NOT_READ = {
    "iframe": ("embedded pages", "嵌入的网页"),
    "object": ("embedded objects", "嵌入对象"),
    "embed": ("embedded objects", "嵌入对象"),
    "video": ("videos", "视频"),
    "audio": ("sound", "音频"),
    "svg": ("vector drawings", "矢量图"),
    "math": ("formulas", "公式"),
    "canvas": ("drawings", "画布图形"),
}
# fmt: off
_BLOCKS = HEADINGS.keys() | {
    "p", "div", "section", "article", "main", "body", "html", "header", "footer", "nav", "aside", "form", "fieldset",
    "center", "figure", "figcaption", "blockquote", "pre", "ul", "ol", "li", "dl", "dt", "dd", "hr", "address",
    "details", "summary", "hgroup", "table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption",
}
# fmt: on
_WIDE_BREAK = compiled("(?<=[\u2e80-\u9fff\uf900-\uffef])[ \t\r\n]*\n[ \t\r\n]*(?=[\u2e80-\u9fff\uf900-\uffef])")
_SPACE = compiled("[ \t\r\n]+")


class Page:
    """Reads what somebody else's page means."""

    def __init__(
        self,
        growing: Growing,
        left_out: LeftOut,
        picture_at: Callable[[str], bytes] = data_of,
        note_at: Callable[[Element], int | None] = lambda _: None,
    ) -> None:
        self.growing = growing
        self._left_out = left_out
        self._picture_at = picture_at
        self._note_at = note_at

    def read(self, body: Element, *, shift: int = 0) -> None:
        """All blocks of the element; headings are `shift` levels deeper than they say."""
        for part in self._flow(body):
            if isinstance(part, tuple):
                level, heading = part
                self.growing.heading(heading, max(1, level + shift))
            else:
                self.growing.blocks.append(part)

    def blocks(self, element: Element) -> tuple[Block, ...]:
        """The blocks inside an element that cannot hold sections; a heading there is a paragraph in bold type."""
        made: list[Block] = []
        for part in self._flow(element):
            if isinstance(part, tuple):
                heading = part[1]
                words = (Text(text=heading.label + heading.separator), *heading.inlines)
                strong = frozenset({Mark.STRONG})
                bold = (replace(i, marks=i.marks | strong) if isinstance(i, Text) else i for i in words)
                made.append(Paragraph(inlines=merged(bold)))
            else:
                made.append(part)
        return tuple(made)

    def _flow(self, element: Element) -> Iterator[Block | tuple[int, Heading]]:
        """Blocks, and headings with their levels; words that stand in no paragraph are one."""
        loose: list[Inline | _Shown] = [*_words(element.text)]
        for child in element.iterchildren("*"):
            tag = tag_of(child)
            if tag in _NOT_READ:
                self._left_out.add(*_NOT_READ[tag])
            elif tag in _BLOCKS or (tag not in _LEFT_OUT and self._has_blocks(child)):
                yield from self._paragraph(loose)
                loose = []
                yield from self._block(child)
            elif tag not in _LEFT_OUT:
                loose += self._inline(child, frozenset())
            loose += _words(child.tail)
        yield from self._paragraph(loose)

    def _has_blocks(self, element: Element) -> bool:
        return any(tag_of(below) in _BLOCKS for below in element.iter())

    def _block(self, element: Element) -> Iterator[Block | tuple[int, Heading]]:  # noqa: C901 - one for each element
        match tag_of(element):
            case tag if tag in HEADINGS:
                pieces = self._children(element, frozenset())
                if words := _tidy(pieces):
                    yield HEADINGS[tag], heading_of(words)
                yield from (piece.figure for piece in pieces if isinstance(piece, _Shown))
            case "p" if not self._has_blocks_below(element):
                yield from self._paragraph(self._children(element, frozenset()))
            case "hr":
                yield Separator()
            case ("ul" | "ol") as tag:
                items = tuple(filter(None, map(self.blocks, element.iterchildren("*"))))
                if items:
                    yield List(items=items, ordered=tag == "ol", start=whole_number(element.get("start"), 1))
            case "blockquote":
                if blocks := self.blocks(element):
                    yield Quote(blocks=blocks)
            case "pre":
                yield Preformatted(text="".join(map(str, element.itertext())).strip("\n"))
            case "table":
                yield from self._table(element)
            case "figure":
                yield from self._figure(element)
            case _:
                yield from self._flow(element)

    def _has_blocks_below(self, element: Element) -> bool:
        return any(tag_of(below) in _BLOCKS for below in element.iterdescendants())

    def _paragraph(self, inlines: Iterable[Inline | _Shown]) -> Iterator[Block]:
        """A paragraph, if there are words; pictures in it stand below it, each by itself."""
        pieces = list(inlines)
        if words := _tidy(pieces):
            yield Paragraph(inlines=words)
        yield from (piece.figure for piece in pieces if isinstance(piece, _Shown))

    def _figure(self, element: Element) -> Iterator[Block]:
        captions = [e for e in element.iter() if tag_of(e) == "figcaption"]
        caption = _tidy(self._children(captions[0], frozenset())) if captions else ()
        for each in captions:
            parent = each.getparent()
            if parent is not None:
                parent.remove(each)
        blocks = self.blocks(element)
        figures = [b for b in blocks if isinstance(b, Figure)]
        for block in blocks:
            yield replace(block, caption=caption) if figures and block is figures[-1] else block
        if caption and not figures:
            yield Paragraph(inlines=caption)

    def _table(self, element: Element) -> Iterator[Block | tuple[int, Heading]]:
        """A table; one that only lays out a page, with tables or headings in its cells, or one column, is none."""
        parts = [element, *(e for e in element.iterchildren("*") if tag_of(e) in {"thead", "tbody", "tfoot"})]
        rows = [e for part in parts for e in part.iterchildren("*") if tag_of(e) == "tr"]
        cells = [[e for e in row if tag_of(e) in {"td", "th"}] for row in rows]
        lays_out = any(tag_of(e) in {"table", *HEADINGS} for e in element.iterdescendants())
        if lays_out or max(map(len, cells), default=0) < 2:
            for row in cells:
                for cell in row:
                    yield from self._flow(cell)
            return
        head: list[tuple[tuple[Inline, ...], ...]] = []
        body: list[tuple[tuple[Inline, ...], ...]] = []
        for element_row, found in zip(rows, cells, strict=True):
            made: list[tuple[Inline, ...]] = []
            for cell in found:
                made += [self._cell(cell)] + [()] * (min(whole_number(cell.get("colspan"), 1), 100) - 1)
            parent = element_row.getparent()
            in_head = (parent is not None and tag_of(parent) == "thead") or all(tag_of(c) == "th" for c in found)
            (head if found and in_head and not body else body).append(tuple(made))
        yield Table(head=tuple(head), rows=tuple(filter(None, body)))

    def _cell(self, element: Element) -> tuple[Inline, ...]:
        lines: list[Inline] = []
        for block in self.blocks(element):
            words = _words_of(block)
            if words:
                lines += [LineBreak()] * bool(lines) + [*words]
        return merged(lines)

    def _children(self, element: Element, marks: frozenset[Mark]) -> list[Inline | _Shown]:
        made: list[Inline | _Shown] = [*_words(element.text, marks)]
        for child in element.iterchildren("*"):
            made += self._inline(child, marks)
            made += _words(child.tail, marks)
        return made

    def _inline(self, element: Element, marks: frozenset[Mark]) -> list[Inline | _Shown]:  # noqa: PLR0911 - one a kind
        number = self._note_at(element)
        if number is not None:
            return [NoteRef(number=number)]
        match tag_of(element):
            case "br":
                return [LineBreak()]
            case tag if tag in _MARKS:
                return self._children(element, marks | {_MARKS[tag]})
            case "a":
                return [*as_links(self._children(element, marks), element.get("href", ""))]
            case "ruby":
                ruby = ruby_of(element)
                return [ruby] if ruby.annotation else [*_words(ruby.base, marks)]
            case "img" | "image":
                return self._image(element)
            case tag if tag in _NOT_READ:
                self._left_out.add(*_NOT_READ[tag])
                return []
            case tag if tag in _LEFT_OUT:
                return []
            case _:
                return self._children(element, marks)

    def _image(self, element: Element) -> list[Inline | _Shown]:
        """A picture that is here; of one that is elsewhere its description, with a link: nothing is fetched."""
        source = element.get("src") or element.get("{http://www.w3.org/1999/xlink}href") or element.get("href") or ""
        alt = " ".join((element.get("alt") or "").split())
        figure = figure_of(self._picture_at(source), alt)
        if figure:
            return [_Shown(figure)]
        target = web_address(source)
        if target:
            return [Link(text=alt or "图片", target=target)]
        self._left_out.add("pictures that are not in the file, or damaged", "文件中没有或已损坏的图片")
        return [*_words(alt)]


class _Shown(NamedTuple):
    """A picture on its way out of a line of text."""

    figure: Figure


def _words(text: str | None, marks: frozenset[Mark] = frozenset()) -> Iterator[Text]:
    if text:
        yield Text(text=_SPACE.sub(" ", _WIDE_BREAK.sub("", text)), marks=marks)


def _words_of(block: Block) -> tuple[Inline, ...]:  # noqa: PLR0911 - one for each kind
    match block:
        case Paragraph():
            return block.inlines
        case Preformatted():
            return (Text(text=block.text),) if block.text else ()
        case Figure():
            return (Text(text=block.alt),) if block.alt else ()
        case Table():
            return merged(i for row in (*block.head, *block.rows) for cell in row for i in (*cell, Text(text=" ")))
        case Quote():
            return merged(i for inner in block.blocks for i in _words_of(inner))
        case List():
            return merged(i for item in block.items for inner in item for i in (*_words_of(inner), Text(text=" ")))
        case _:
            return ()


def _tidy(pieces: Iterable[Inline | _Shown]) -> tuple[Inline, ...]:
    """Inlines as a browser shows them: no white space at the ends of lines, none twice; pictures are left to others."""
    lines = [stripped(line) for line in lines_of(merged(p for p in pieces if not isinstance(p, _Shown)))]
    made: list[Inline] = []
    for number, line in enumerate(lines):
        made += [LineBreak()] * bool(number) + [*line]
    return stripped(made)
