"""Markdown: CommonMark with tables, footnotes and YAML front matter, through markdown-it-py.

What our own writer makes comes back as it was, but for what Markdown cannot say: the roles of paragraphs, poems, empty
paragraphs, how the words of a heading are divided from a number of an unknown form.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from converter.diagnostics import Result
from converter.errors import InputError
from converter.model import (
    Heading,
    LineBreak,
    Link,
    List,
    Mark,
    Note,
    NoteRef,
    Paragraph,
    Preformatted,
    Quote,
    Ruby,
    Separator,
    Table,
    Text,
    text,
)
from converter.options import option
from converter.records import dataclass
from converter.regex import compiled
from converter.text.decoding import decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from markdown_it.tree import SyntaxTreeNode as Node

    from converter.model import Block, Document, Inline
    from converter.readers.growing import Growing, LeftOut

_TAG = compiled(r"<(/?)([A-Za-z][\w-]*)([^>]*)>")
_LEVEL = compiled(r'role="heading" aria-level="(\d{1,3})"')
_MARKS = {
    "strong": Mark.STRONG,
    "b": Mark.STRONG,
    "em": Mark.EMPHASIS,
    "i": Mark.EMPHASIS,
    "u": Mark.NAME,
    "cite": Mark.TITLE,
}
_HAN = compiled("[\u2e80-\u9fff\uf900-\uffef]")


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkdownOptions:
    """How to read Markdown."""

    encoding: str | None = option(None, "Encoding of the text, if the guess is wrong", "文本编码（自动识别有误时指定）")


class MarkdownReader:
    """Reads Markdown."""

    name = "md"
    media_types = ("text/markdown",)
    suffixes = (".md", ".markdown")
    options_type = MarkdownOptions

    def read(self, data: bytes, options: MarkdownOptions) -> Result[Document]:
        """The document in `data`. Raises InputError for what is no text, UsageError for an unknown encoding."""
        from converter.readers.limits import check_size

        check_size(data)
        try:
            return decode(data, options.encoding).then(lambda source: _read(source.text))
        except RecursionError:
            raise InputError("The lists or quotations are nested too deeply.", "列表或引文嵌套过深。") from None


_DEEPEST = 100
"""Levels of nesting; an item of a list takes two."""


def _read(content: str) -> Result[Document]:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.front_matter import front_matter_plugin

    from converter.readers.growing import Growing, LeftOut
    from converter.readers.md_front_matter import front_matter, metadata_of

    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    parser.use(front_matter_plugin).use(footnote_plugin)
    parser.options["maxNesting"] = _DEEPEST
    seen: dict[str, Any] = {}
    tokens = parser.parse(content, seen)
    if any(token.nesting == 1 and token.level >= _DEEPEST - 1 for token in tokens):
        raise RecursionError  # the parser leaves out what is deeper
    root = SyntaxTreeNode(tokens)
    growing, left_out = Growing(), LeftOut()
    for number in seen.get("footnotes", {}).get("refs", {}).values():
        if number < 0:
            left_out.add("notes that nothing calls", "没有注码引用的注释")
    reading = _Reading(growing, left_out)
    known: dict[str, Any] = {}
    for node in root.children:
        match node.type:
            case "front_matter":
                known = front_matter(node.content)
            case "footnote_block":
                reading.footnotes(node)
            case _:
                reading.top(node)
    metadata = metadata_of(known, growing)
    language = str(known.get("lang") or "")
    document = growing.document(metadata, notes=reading.notes(), language=language)
    return Result(document, left_out.diagnostics())


class _Reading:
    """Blocks and inlines from the nodes of one file."""

    def __init__(self, growing: Growing, left_out: LeftOut) -> None:
        self._growing, self._left_out = growing, left_out
        self._called: dict[int, int] = {}
        self._notes: dict[int, tuple[Block, ...]] = {}
        self._labels: dict[int, str] = {}

    def top(self, node: Node) -> None:
        """A node of the outermost level: a heading, or blocks."""
        if node.type == "heading":
            from converter.readers.growing import heading_of

            self._growing.heading(heading_of(self._inlines(node)), int(node.tag[1]))
        elif node.type == "html_block":
            self._html(node.content)
        elif node.type == "paragraph" and (found := self._run_in(node)):
            level, heading, inlines = found
            self._growing.heading(heading, level)
            if inlines:
                self._growing.blocks.append(Paragraph(inlines=inlines))
        else:
            self._growing.blocks.extend(self._block(node))

    def footnotes(self, block: Node) -> None:
        """The notes, under the numbers that the parser gave them."""
        for node in block.children:
            number = int(node.meta["id"])
            self._labels[number] = str(node.meta.get("label") or "")
            self._notes[number] = tuple(self._blocks(node.children))

    def notes(self) -> tuple[Note, ...]:
        """The notes in the order of their marks."""
        return tuple(Note(blocks=self._notes[number]) for number in sorted(self._notes))

    def _html(self, content: str) -> None:
        from converter.readers.html import page_of
        from converter.readers.markup import Page

        body = page_of(content).find("body")
        if body is not None:
            Page(self._growing, self._left_out).read(body)

    def _run_in(self, node: Node) -> tuple[int, Heading, tuple[Inline, ...]] | None:
        """A paragraph that begins with a heading: `<b role="heading" aria-level="3">`."""
        from converter.readers.growing import heading_of, merged

        inline = node.children[0].children if node.children else []
        found = _LEVEL.search(inline[0].content) if inline and inline[0].type == "html_inline" else None
        ends = [n for n, child in enumerate(inline) if child.type == "html_inline" and child.content == "</b>"]
        if not found or not ends:
            return None
        heading = heading_of(merged(self._flat(inline[1 : ends[0]])), run_in=True)
        return int(found[1]), heading, merged(self._flat(inline[ends[0] + 1 :]))

    def _blocks(self, nodes: Iterable[Node]) -> Iterator[Block]:
        for node in nodes:
            yield from self._block(node)

    def _block(self, node: Node) -> Iterator[Block]:
        match node.type:
            case "paragraph":
                yield from self._paragraph(node)
            case "heading":
                strong = frozenset({Mark.STRONG})
                inlines = self._inlines(node)
                yield Paragraph(
                    inlines=tuple(replace(i, marks=i.marks | strong) if isinstance(i, Text) else i for i in inlines)
                )
            case "hr":
                yield Separator()
            case ("bullet_list" | "ordered_list") as kind:
                items = tuple(tuple(self._blocks(item.children)) for item in node.children)
                yield List(items=items, ordered=kind == "ordered_list", start=int(node.attrs.get("start", 1)))
            case "blockquote":
                yield Quote(blocks=tuple(self._blocks(node.children)))
            case "fence" | "code_block":
                yield Preformatted(text=node.content.removesuffix("\n"))
            case "table":
                yield self._table(node)
            case "html_block":
                from converter.readers.growing import Growing
                from converter.readers.html import page_of
                from converter.readers.markup import Page

                body = page_of(node.content).find("body")
                yield from Page(Growing(), self._left_out).blocks(body) if body is not None else ()

    def _paragraph(self, node: Node) -> Iterator[Block]:
        """A paragraph; pictures in it stand below it, each by itself."""
        from converter.readers.elements import data_of, figure_of

        inlines = self._inlines(node)
        figures = []
        for image in (n for child in node.children for n in child.walk() if n.type == "image"):
            figure = figure_of(data_of(str(image.attrs.get("src", ""))), _alt(image))
            if figure:
                figures.append(replace(figure, caption=text(str(image.attrs.get("title", "")))))
        if inlines or not figures:
            yield Paragraph(inlines=inlines)
        yield from figures

    def _table(self, node: Node) -> Table:
        rows: dict[str, tuple[tuple[tuple[Inline, ...], ...], ...]] = {"thead": (), "tbody": ()}
        for part in node.children:
            rows[part.type] = tuple(tuple(self._inlines(cell) for cell in row.children) for row in part.children)
        head = rows["thead"] if any(any(row) for row in rows["thead"]) else ()
        return Table(head=head, rows=rows["tbody"])

    def _inlines(self, node: Node) -> tuple[Inline, ...]:
        from converter.readers.growing import merged

        return merged(self._flat([each for child in node.children for each in child.children]))

    def _flat(  # noqa: C901, PLR0912 - one branch for each kind of node
        self, nodes: Sequence[Node], marks: frozenset[Mark] = frozenset()
    ) -> Iterator[Inline]:
        """The inlines of these nodes; tags of HTML switch marks on and off."""
        on = marks
        at = 0
        while at < len(nodes):
            node = nodes[at]
            at += 1
            match node.type:
                case "text" | "code_inline":
                    yield from (Text(text=node.content, marks=on),) if node.content else ()
                case "softbreak":
                    yield from _soft_break(nodes[max(0, at - 2) : at + 1], on)
                case "hardbreak":
                    yield LineBreak()
                case "strong":
                    yield from self._flat(node.children, on | {Mark.STRONG})
                case "em":
                    yield from self._flat(node.children, on | {Mark.EMPHASIS})
                case "link":
                    yield from self._link(node, on)
                case "image":
                    yield from self._image(node)
                case "footnote_ref":
                    yield NoteRef(number=int(node.meta["id"]) + 1)
                case "html_inline" if (tag := _TAG.match(node.content)) is not None:
                    name = tag[2].lower()
                    if name == "br":
                        yield LineBreak()
                    elif name in _MARKS:
                        on = on - {_MARKS[name]} if tag[1] else on | {_MARKS[name]}
                    elif name == "ruby" and not tag[1]:
                        ruby, at = _ruby(nodes, at)
                        yield ruby
                case "footnote_anchor" | "html_inline":
                    pass
                case _:
                    yield from self._flat(node.children, on)

    def _link(self, node: Node, marks: frozenset[Mark]) -> Iterator[Inline]:
        from converter.readers.elements import as_links
        from converter.readers.growing import merged

        return iter(as_links(merged(self._flat(node.children, marks)), str(node.attrs.get("href", ""))))

    def _image(self, node: Node) -> Iterator[Inline]:
        """Of a picture that is elsewhere its description, with a link: nothing is fetched."""
        from converter.readers.elements import data_of, figure_of
        from converter.text.addresses import web_address

        source, alt = str(node.attrs.get("src", "")), _alt(node)
        if figure_of(data_of(source), alt):
            return
        target = web_address(source)
        if target:
            yield Link(text=alt or "图片", target=target)
        else:
            self._left_out.add("pictures that are not in the file, or damaged", "文件中没有或已损坏的图片")
            yield from (Text(text=alt),) if alt else ()


def _alt(image: Node) -> str:
    return "".join(child.content for child in image.children) or image.content


def _soft_break(around: Sequence[Node], marks: frozenset[Mark]) -> Iterator[Inline]:
    """The end of a source line: nothing between two Chinese characters, else a space."""
    before, after = (node.content if node.type == "text" else "" for node in (around[0], around[-1]))
    if not (_HAN.match(before[-1:]) and _HAN.match(after[:1])):
        yield Text(text=" ", marks=marks)


def _ruby(nodes: Sequence[Node], at: int) -> tuple[Ruby, int]:
    """The ruby that begins at `at`, and where what follows it begins."""
    base = annotation = ""
    above = False
    while at < len(nodes):
        node = nodes[at]
        at += 1
        tag = _TAG.match(node.content) if node.type == "html_inline" else None
        if tag and tag[2].lower() == "ruby":
            break
        if tag:
            above = tag[2].lower() == "rt" and not tag[1]
        elif above:
            annotation += node.content
        else:
            base += node.content
    return Ruby(base=base, annotation=annotation), at
