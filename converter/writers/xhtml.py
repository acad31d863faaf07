"""Document nodes as XHTML, for the HTML and the EPUB writer: a page's content in pieces, and its contents list.

Whatever comes from a document is escaped here and nowhere else.
"""

from __future__ import annotations

import html
import unicodedata
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple, assert_never

from converter.model import (
    HeadingKind,
    LineBreak,
    Mark,
    Paragraph,
    Role,
    Separator,
    Text,
    heading_text,
    outline,
    plain,
    text,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from converter.model import Block, Document, Heading, Inline, OutlineEntry
    from converter.typeset.theme import Theme

LONGEST = 40_000
"""Characters of one `<p>`; a longer paragraph goes on in a `<p class="continued">`: readers choke on giant elements."""

_SECTIONS = {
    HeadingKind.TEXT: '<section class="text">',
    HeadingKind.PART: '<section role="doc-part">',
    HeadingKind.CHAPTER: '<section role="doc-chapter">',
}


class Part(NamedTuple):
    """A piece of a page that is never divided: a block, or the beginning or end of a section."""

    xhtml: str
    nesting: int = 0
    """How many sections are open after it, less those open before it."""
    entry: OutlineEntry | None = None
    """The section that begins here."""


class Link(NamedTuple):
    """A line of a contents list."""

    depth: int
    """1 for the outermost; at most one more than in the line before."""
    href: str
    label: str


class Words(NamedTuple):
    """What our pages say in their own words."""

    contents: str
    cover: str
    body: str
    untitled: str


_HANS = Words(contents="目录", cover="封面", body="正文", untitled="无题")
_HANT = Words(contents="目錄", cover="封面", body="正文", untitled="無題")


def words(document: Document) -> Words:
    """Our own words in the script of the document."""
    return _HANT if document.language.startswith("zh-Hant") else _HANS


def escape(content: str) -> str:
    """Plain characters as XHTML, fit for content and for attributes in double quotes."""
    return html.escape(content, quote=True)


def page_title(document: Document) -> str:
    """The document's name on one line; never empty."""
    return document.display_title.replace("\n", " ").strip() or words(document).untitled


def section_label(entry: OutlineEntry, document: Document) -> str:
    """The section's name in a contents list: its heading, else its first words; never empty."""
    label = heading_text(entry.section.heading).strip()
    for block in entry.section.blocks:
        if not label and isinstance(block, Paragraph):
            label = plain(block.inlines)[:20].replace("\n", " ").strip()
    return label or words(document).untitled


def document_to_xhtml(document: Document, theme: Theme, *, top: int) -> Iterator[Part]:
    """What stands below title and title lines, in reading order; `top` is the heading level of outermost sections."""
    yield from _blocks_to_xhtml(document.front[len(_title_lines(document)) :])
    nested = 0
    for entry in outline(document):
        yield from [Part("</section>\n", -1)] * (nested - entry.depth + 1)
        nested = entry.depth
        heading, blocks = entry.section.heading, entry.section.blocks
        opening = _SECTIONS.get(heading.kind, "<section>") + "\n"
        head = heading_to_xhtml(heading, entry, document, theme, level=entry.depth + top - 1)
        if heading.run_in:
            body = blocks[0] if blocks and isinstance(blocks[0], Paragraph) else Paragraph(inlines=())
            blocks = blocks[1:] if blocks and isinstance(blocks[0], Paragraph) else blocks
            first, *others = _divided(body.inlines)
            head = f'<p class="run-in">{head}{inlines_to_xhtml(first)}</p>\n'
            yield Part(opening + head, 1, entry)
            yield from map(_continued_to_xhtml, others)
        else:
            yield Part(opening + head, 1, entry)
        yield from _blocks_to_xhtml(blocks)
    yield from [Part("</section>\n", -1)] * nested


def header_to_xhtml(document: Document) -> str:
    """Title and title lines as `<header>`; empty if the document has neither."""
    title = document.metadata.title
    lines = "".join(part.xhtml for part in _blocks_to_xhtml(_title_lines(document)))
    head = f'<h1 class="title">{inlines_to_xhtml(text(title))}</h1>\n' if title.strip() else ""
    return f"<header>\n{head}{lines}</header>\n" if head or lines else ""


def contents_to_xhtml(links: Iterable[Link]) -> str:
    """The links as nested lists, `<ol>…</ol>`; there must be one at least."""
    pieces, depth = [], 0
    for link in links:
        pieces += ["\n<ol>\n"] * (link.depth - depth) or ["</li>\n", "</ol>\n</li>\n" * (depth - link.depth)]
        pieces.append(f'<li><a href="{escape(link.href)}">{escape(link.label)}</a>')
        depth = link.depth
    return "".join(pieces).lstrip() + "</li>\n</ol>\n" * depth


def heading_to_xhtml(heading: Heading, entry: OutlineEntry, document: Document, theme: Theme, *, level: int) -> str:
    """The heading with its anchor; one that is run in is a span with the role of a heading (WAI-ARIA 1.2 §5.4)."""
    style = "text-title" if heading.kind is HeadingKind.TEXT else f"level-{theme.heading_level(heading, entry.depth)}"
    content = escape(heading.label + heading.separator) + inlines_to_xhtml(heading.inlines)
    attributes = f'id="{entry.anchor}" class="{style}"'
    if not content.strip():
        attributes += f' aria-label="{escape(section_label(entry, document))}"'
    if heading.run_in:
        return f'<span role="heading" aria-level="{level}" {attributes}>{content}</span>'
    if level > 6:
        return f'<p role="heading" aria-level="{level}" {attributes}>{content}</p>\n'
    return f"<h{level} {attributes}>{content}</h{level}>\n"


def _title_lines(document: Document) -> Sequence[Block]:
    """The subtitles and bylines that the front begins with."""
    opening = takewhile(
        lambda block: isinstance(block, Paragraph) and block.role in (Role.SUBTITLE, Role.BYLINE), document.front
    )
    return tuple(opening)


def _blocks_to_xhtml(blocks: Iterable[Block]) -> Iterator[Part]:
    for block in blocks:
        match block:
            case Paragraph():
                first, *others = _divided(block.inlines)
                style = "" if block.role is Role.BODY else f' class="{block.role.value}"'
                yield Part(f"<p{style}>{inlines_to_xhtml(first)}</p>\n")
                yield from map(_continued_to_xhtml, others)
            case Separator():
                yield Part('<hr class="separator"/>\n')
            case _:
                assert_never(block)


def _continued_to_xhtml(inlines: Iterable[Inline]) -> Part:
    return Part(f'<p class="continued">{inlines_to_xhtml(inlines)}</p>\n')


def inlines_to_xhtml(inlines: Iterable[Inline]) -> str:
    """Runs of text as phrasing content."""
    return "".join(map(_inline_to_xhtml, inlines))


def _inline_to_xhtml(inline: Inline) -> str:
    match inline:
        case Text():
            content = escape(inline.text)
            for mark in sorted(inline.marks, key=lambda m: m.value):
                content = _marked(content, mark)
            return content
        case LineBreak():
            return "<br/>\n"
        case _:
            assert_never(inline)


def _marked(content: str, mark: Mark) -> str:
    match mark:
        case Mark.STRONG:
            return f"<strong>{content}</strong>"
        case Mark.EMPHASIS:
            return f"<em>{content}</em>"
        case _:
            assert_never(mark)


def _divided(inlines: Sequence[Inline]) -> list[list[Inline]]:
    """The inlines in runs of about `LONGEST` characters at most, one run for all but giants; cut after sentences."""
    runs: list[list[Inline]] = [[]]
    room = LONGEST
    for inline in inlines:
        for piece in _cut(inline) if isinstance(inline, Text) else (inline,):
            size = len(piece.text) if isinstance(piece, Text) else 1
            if size > room and runs[-1]:
                runs.append([])
                room = LONGEST
            runs[-1].append(piece)
            room -= size
    return runs


def _cut(run: Text) -> Iterator[Text]:
    """Pieces of at most `LONGEST` characters, cut after the last 。！？ that fits, else not before a combining mark."""
    content, start = run.text, 0
    while len(content) - start > LONGEST:
        end = max(content.rfind(stop, start, start + LONGEST) for stop in "。！？") + 1
        if end <= start:
            end = start + LONGEST
            while end > start + 1 and unicodedata.category(content[end]).startswith("M"):
                end -= 1
        yield Text(text=content[start:end], marks=run.marks)
        start = end
    yield Text(text=content[start:], marks=run.marks) if start else run
