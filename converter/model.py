"""The document: what every reader makes and every writer shows. This page is the manual.

    Document ─ metadata, front, sections, notes
      Section ─ heading, blocks, sections          depth in the tree is the level
        Block ─ Paragraph | Separator | List | Quote | Verse | Preformatted | Table | Figure
          Inline ─ Text | LineBreak | NoteRef | Link | Ruby

Nodes are frozen, compare by content, and know nothing of formats. `span` says where in the decoded original a node
comes from; `origin` whether the author wrote it or we inferred it; neither counts when nodes are compared.
"""

from __future__ import annotations

from collections.abc import Sequence  # noqa: TC003 - `native` looks the hints up when it runs
from dataclasses import field
from enum import Enum
from itertools import chain
from typing import TYPE_CHECKING, assert_never

from converter.records import NamedTuple, dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from converter.diagnostics import Diagnostic
    from converter.errors import Message
    from converter.source import SourceText, Span


class Origin(Enum):
    """Whose words these are."""

    AUTHORED = "authored"
    INFERRED = "inferred"


class Mark(Enum):
    """How a run of text is set apart."""

    STRONG = "strong"
    EMPHASIS = "emphasis"
    """Emphasis dots (着重号) in Chinese, italics in Latin."""
    NAME = "name"
    """A line beside a proper name (专名号)."""
    TITLE = "title"
    """A wavy line beside the title of a book (书名号甲式)."""

    __hash__ = object.__hash__  # Enum's own is in Python, and slow where every run of a long text is asked


class Role(Enum):
    """What a paragraph does in its document."""

    BODY = "body"
    LETTERHEAD = "letterhead"
    """The issuer's name above the title (发文机关标志): 某某市人民政府文件."""
    DOCUMENT_NUMBER = "docnum"
    """国办发〔2018〕115号."""
    SUBTITLE = "subtitle"
    """The line below a title: ——在全市工作会议上的讲话."""
    BYLINE = "byline"
    """Author, office or date below a title."""
    SALUTATION = "salutation"
    """同志们： or the addressee (主送机关)."""
    LIST_ITEM = "list_item"
    """One of several numbered lines without text of their own, or of a list of names."""
    CLOSING = "closing"
    """谢谢大家！ 特此通知。"""
    SIGNATURE = "signature"
    """The person or office that signs (落款)."""
    DATE = "date"
    """The date below the signature (成文日期)."""
    NOTE = "note"
    """（此件公开发布）"""
    ATTACHMENT = "attachment"
    """A line of the list of attachments (附件说明)."""
    IMPRINT = "imprint"
    """A line at the foot of the last page (版记): 抄送：市委各部门。 or 某某办公厅　2012年7月2日印发."""
    CREDIT = "credit"
    """撰稿：某某; （某某供稿）."""
    VERSE = "verse"
    """A line of a poem."""
    SPEAKER = "speaker"
    """Who speaks, on a line above the words: a turn of a transcript."""

    __hash__ = object.__hash__  # as of Mark


class HeadingKind(Enum):
    """The form of a heading's number. The order is the order in which the forms usually nest."""

    TEXT = "text"
    """The title of one whole text in a compiled volume; opens a new page."""
    PART = "part"
    """第一篇 第一部 第一编 第一卷"""
    CHAPTER = "chapter"
    """第一章 第一回"""
    SECTION = "section"
    """第一节"""
    ARTICLE = "article"
    """第一条"""
    COUNT = "count"
    """一、"""
    PAREN_COUNT = "paren_count"
    """（一）"""
    OUTLINE = "outline"
    """1.2 1.2.3"""
    DECIMAL = "decimal"
    """1、 or 1."""
    PAREN_DECIMAL = "paren_decimal"
    """（1）"""
    CIRCLED = "circled"
    """①"""
    PLAIN = "plain"
    """No number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A run of characters set in one way."""

    text: str
    marks: frozenset[Mark] = frozenset()
    span: Span | None = field(default=None, compare=False, repr=False)
    origin: Origin = field(default=Origin.AUTHORED, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineBreak:
    """A line that the author ended here, inside a paragraph."""

    span: Span | None = field(default=None, compare=False, repr=False)
    origin: Origin = field(default=Origin.AUTHORED, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRef:
    """The mark of a note (注码)."""

    number: int
    """Which of the document's notes it calls, counted from 1."""
    span: Span | None = field(default=None, compare=False, repr=False)
    origin: Origin = field(default=Origin.AUTHORED, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Words that lead elsewhere; words in several settings are several links."""

    text: str
    target: str
    """An absolute address: https, http, mailto, ftp or tel. Writers follow no other."""
    marks: frozenset[Mark] = frozenset()
    span: Span | None = field(default=None, compare=False, repr=False)
    origin: Origin = field(default=Origin.AUTHORED, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruby:
    """Characters with their reading above them (注音): 龘 with dá."""

    base: str
    annotation: str
    span: Span | None = field(default=None, compare=False, repr=False)
    origin: Origin = field(default=Origin.AUTHORED, compare=False, repr=False)


Inline = Text | LineBreak | NoteRef | Link | Ruby


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Running text, or a line that plays a part of its own."""

    inlines: tuple[Inline, ...]
    role: Role = Role.BODY
    span: Span | None = field(default=None, compare=False, repr=False)
    origin: Origin = field(default=Origin.AUTHORED, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Separator:
    """A change of scene between paragraphs: a line of asterisks or dashes."""

    span: Span | None = field(default=None, compare=False, repr=False)
    origin: Origin = field(default=Origin.AUTHORED, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class List:
    """Items with marks or numbers that are not typed but counted. Typed numbers belong to paragraphs."""

    items: tuple[tuple[Block, ...], ...]
    """What each item holds: a paragraph as a rule, and lists below it."""
    ordered: bool = False
    start: int = 1
    """The number of the first item, where they are numbered."""
    span: Span | None = field(default=None, compare=False, repr=False)
    origin: Origin = field(default=Origin.AUTHORED, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """Paragraphs that are somebody else's words, set apart from the text."""

    blocks: tuple[Block, ...]
    span: Span | None = field(default=None, compare=False, repr=False)
    origin: Origin = field(default=Origin.AUTHORED, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verse:
    """A poem: its lines stay lines."""

    lines: tuple[tuple[Inline, ...], ...]
    """An empty line parts stanzas."""
    span: Span | None = field(default=None, compare=False, repr=False)
    origin: Origin = field(default=Origin.AUTHORED, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Preformatted:
    """Characters whose spaces and line ends count: code, a drawing made of signs."""

    text: str
    span: Span | None = field(default=None, compare=False, repr=False)
    origin: Origin = field(default=Origin.AUTHORED, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of cells; a cell holds inlines, several lines in it are parted by line breaks."""

    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    """Below the head; a row that has fewer cells than others ends early."""
    head: tuple[tuple[tuple[Inline, ...], ...], ...] = ()
    """The rows that name the columns, printed again at the top of each page."""
    span: Span | None = field(default=None, compare=False, repr=False)
    origin: Origin = field(default=Origin.AUTHORED, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture, and the line below it."""

    data: bytes = field(repr=False)
    """The picture's file."""
    media_type: str
    """image/png, image/jpeg …"""
    alt: str = ""
    """What the picture shows, for those who cannot see it."""
    caption: tuple[Inline, ...] = ()
    """The line below it (图题)."""
    span: Span | None = field(default=None, compare=False, repr=False)
    origin: Origin = field(default=Origin.AUTHORED, compare=False, repr=False)


Block = Paragraph | Separator | List | Quote | Verse | Preformatted | Table | Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A section's heading: its number as written, and its words."""

    inlines: tuple[Inline, ...]
    label: str = ""
    """The number with its own punctuation, as in `一、` `（二）` `3.` `第四章` `第一篇：`; empty if there is none."""
    kind: HeadingKind = HeadingKind.PLAIN
    run_in: bool = False
    """Whether heading and body stand on one line: 1、坚持学习制度。进一步完善……"""
    span: Span | None = field(default=None, compare=False, repr=False)
    origin: Origin = field(default=Origin.AUTHORED, compare=False, repr=False)

    @property
    def separator(self) -> str:
        """What stands between number and words: an ideographic space after 第四章, nothing after 一、 or （二）."""
        followed = self.inlines or self.run_in
        return "\u3000" if self.label and self.label[-1].isalnum() and followed else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading and what stands below it: first its own blocks, then its subsections."""

    heading: Heading
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What stands at the foot of a page, or after the text (脚注, 尾注)."""

    blocks: tuple[Block, ...]
    span: Span | None = field(default=None, compare=False, repr=False)
    origin: Origin = field(default=Origin.AUTHORED, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What is known about a text beside its words."""

    title: str = ""
    """The title; empty where the text has none. Writers print it above everything else."""
    subtitle: str = ""
    """Of a volume; the line below a text's title is a paragraph of its front."""
    authors: tuple[str, ...] = ()
    date: str = ""
    """As the text gives it."""
    subject: str = ""
    publisher: str = ""
    edition: str = ""
    """第一版"""
    keywords: tuple[str, ...] = ()
    source: str = ""
    """Where the text was published first, as a web page names it: 信息来源, 来源."""
    number: str = ""
    """The document's own number (发文字号): 国办发〔2018〕115号."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One text, or one compiled volume."""

    metadata: Metadata = Metadata()
    front: tuple[Block, ...] = ()
    """What stands before the first heading."""
    sections: tuple[Section, ...] = ()
    notes: tuple[Note, ...] = ()
    """In the order of their marks; `NoteRef` calls the first one 1."""
    cover: Figure | None = None
    """A picture for its cover, in formats that have one, instead of a cover made of type."""
    language: str = "zh-Hans"
    """BCP 47 tag: zh-Hans, zh-Hant, zh-Hant-TW, zh-Hant-HK."""
    source: SourceText | None = field(default=None, compare=False, repr=False)
    """The text it was read from, with the edits made to it; None for documents made by hand."""
    ledger: tuple[Diagnostic, ...] = field(default=(), compare=False, repr=False)
    """What was found in that text, and done to it."""
    why: Sequence[Why] = field(default=(), compare=False, repr=False)
    """Line by line, why the text was read so; empty for documents made by hand."""

    @property
    def display_title(self) -> str:
        """A name for lists and covers: the title, else the first heading, else the first words."""
        if self.metadata.title:
            return self.metadata.title
        for entry in outline(self):
            return heading_text(entry.section.heading)
        for block in self.front:
            if isinstance(block, Paragraph):
                return plain(block.inlines)[:20]
        return ""


class Why(NamedTuple):
    """Why one line of a text was taken for what it is."""

    span: Span
    """The line, in the decoded original."""
    taken: str
    """Its class, as a file of rules names it: title, chapter, `heading 2`, `run-in 3`, paragraph, signature …"""
    code: str
    """The rule that decided, as in ST254."""
    message: Message
    """That rule, in words."""
    evidence: Message
    """What can be seen of the line: its length, number, marks, blank lines."""
    instead: str
    """The class it would have been given otherwise."""


class OutlineEntry(NamedTuple):
    """A section where it stands in the document."""

    depth: int
    """1 for a top-level section."""
    anchor: str
    """A name for links, unique in the document and the same for the same tree: `s2-1-3`."""
    section: Section


def outline(document: Document) -> Iterator[OutlineEntry]:
    """All sections in reading order, each with its depth and anchor."""

    def walk(sections: tuple[Section, ...], depth: int, prefix: str) -> Iterator[OutlineEntry]:
        for number, section in enumerate(sections, 1):
            anchor = f"{prefix}{number}"
            yield OutlineEntry(depth, anchor, section)
            yield from walk(section.sections, depth + 1, anchor + "-")

    return walk(document.sections, 1, "s")


def is_volume(document: Document) -> bool:
    """Whether the document is compiled of whole texts, in parts or not."""
    texts = (*document.sections, *(below for section in document.sections for below in section.sections))
    return any(section.heading.kind is HeadingKind.TEXT for section in texts)


def blocks_of(document: Document) -> Iterator[Block]:
    """All blocks in reading order, those inside others right after them; the notes' last."""
    yield from blocks_within(document.front)
    for entry in outline(document):
        yield from blocks_within(entry.section.blocks)
    for note in document.notes:
        yield from blocks_within(note.blocks)


def blocks_within(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """These blocks, and those inside them right after them."""
    for block in blocks:
        yield block
        if isinstance(block, List):
            for item in block.items:
                yield from blocks_within(item)
        elif isinstance(block, Quote):
            yield from blocks_within(block.blocks)


def passages_of(block: Block) -> Iterator[tuple[Inline, ...]]:
    """What a block says, passage by passage: a paragraph, the lines of a poem, the cells of a table, a caption.

    Blocks inside it are not looked into: `blocks_of` gives them.
    """
    match block:
        case Paragraph():
            yield block.inlines
        case Verse():
            yield from block.lines
        case Preformatted():
            yield text(block.text)
        case Table():
            for row in (*block.head, *block.rows):
                yield from row
        case Figure():
            yield block.caption
        case List() | Quote() | Separator():
            pass
        case _:
            assert_never(block)


def inlines_of(document: Document) -> Iterator[Inline]:
    """All inlines: those of the headings first, then those of the blocks, the notes' last."""
    for entry in outline(document):
        yield from entry.section.heading.inlines
    for block in blocks_of(document):
        if isinstance(block, Paragraph):  # most are
            yield from block.inlines
        else:
            yield from chain.from_iterable(passages_of(block))


def plain(inlines: tuple[Inline, ...]) -> str:
    r"""The characters alone: a line break counts as `\n`, a note's mark as nothing, of ruby only the base stays."""
    return "".join(map(characters, inlines))


def characters(inline: Inline) -> str:
    """What `plain` gives for one inline."""
    match inline:
        case Text() | Link():
            return inline.text
        case LineBreak():
            return "\n"
        case NoteRef():
            return ""
        case Ruby():
            return inline.base
        case _:
            assert_never(inline)


def heading_text(heading: Heading) -> str:
    """The heading as it is read, number included: 第四章　附则, 一、总体要求. Line breaks become spaces."""
    return heading.label + heading.separator + plain(heading.inlines).replace("\n", " ")


def text(content: str) -> tuple[Inline, ...]:
    r"""Inlines for plain characters; `\n` becomes a line break, an empty string no inline at all."""
    inlines: list[Inline] = []
    for number, line in enumerate(content.split("\n")):
        if number:
            inlines.append(LineBreak())
        if line:
            inlines.append(Text(text=line))
    return tuple(inlines)
