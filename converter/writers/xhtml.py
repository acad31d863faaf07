"""Documents as XHTML, for the HTML and the EPUB writer: a page's content in pieces, its contents list, its notes."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from converter.model import HeadingKind, Paragraph, Role, heading_text, outline, plain, text
from converter.records import NamedTuple
from converter.writers.characters import escape
from converter.writers.xhtml_blocks import blocks_to_xhtml, continued_to_xhtml, divided, inlines_to_xhtml

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from converter.model import Block, Document, Heading, OutlineEntry
    from converter.typeset.theme import Theme
    from converter.writers.xhtml_blocks import Surroundings

GENERATOR = "converter-zh"
"""Files that say so read back as the documents that they were."""

_SECTIONS = {
    HeadingKind.TEXT: ' class="text"',
    HeadingKind.PART: ' role="doc-part"',
    HeadingKind.CHAPTER: ' role="doc-chapter"',
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
    half_title: str
    imprint: str
    back_cover: str
    body: str
    untitled: str
    notes: str
    pages: str
    printed: str
    """What the printed book is called whose pages are marked; `{}` is its title, then the size of its pages in mm."""


_HANS = Words(
    contents="目录",
    cover="封面",
    half_title="扉页",
    imprint="版权页",
    back_cover="封底",
    body="正文",
    untitled="无题",
    notes="注释",
    pages="印本页码",
    printed="《{}》印本（PDF，{}毫米）",
)
_HANT = Words(
    contents="目錄",
    cover="封面",
    half_title="扉頁",
    imprint="版權頁",
    back_cover="封底",
    body="正文",
    untitled="無題",
    notes="註釋",
    pages="印本頁碼",
    printed="《{}》印本（PDF，{}毫米）",
)


def words(document: Document) -> Words:
    """Our own words in the script of the document."""
    return _HANT if document.language.startswith("zh-Hant") else _HANS


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


def document_to_xhtml(document: Document, theme: Theme, around: Surroundings, *, top: int) -> Iterator[Part]:
    """What stands below the header, in reading order; `top` is the heading level of outermost sections.

    `data-kind` says which form a heading's number has, `class="number"` where it ends: what readers read back.
    """
    _, _, rest = _opening(document, theme)
    yield from map(Part, blocks_to_xhtml(rest, around))
    nested = 0
    for entry in outline(document):
        yield from [Part("</section>\n", -1)] * (nested - entry.depth + 1)
        nested = entry.depth
        heading, blocks = entry.section.heading, entry.section.blocks
        kind = "" if heading.kind is HeadingKind.PLAIN else f' data-kind="{heading.kind.value}"'
        opening = f"<section{_SECTIONS.get(heading.kind, '')}{kind}>\n"
        head = heading_to_xhtml(heading, entry, document, theme, around, level=entry.depth + top - 1)
        if heading.run_in:
            body = blocks[0] if blocks and isinstance(blocks[0], Paragraph) else None
            first, *others = divided(body.inlines if body else ())
            role = "" if body is None or body.role is Role.BODY else f" {body.role.value}"
            alone = "" if body else " alone"
            head = f'<p class="run-in{role}{alone}">{head}{inlines_to_xhtml(first, around)}</p>\n'
            yield Part(opening + head, 1, entry)
            yield from (Part(continued_to_xhtml(rest, around)) for rest in others)
            blocks = blocks[1:] if body else blocks
        else:
            yield Part(opening + head, 1, entry)
        yield from map(Part, blocks_to_xhtml(blocks, around))
    yield from [Part("</section>\n", -1)] * nested


def header_to_xhtml(document: Document, theme: Theme, around: Surroundings) -> str:
    """Red head, title and title lines as `<header>`; empty if the document has none of them."""
    title = document.metadata.title
    head, lines = ("".join(blocks_to_xhtml(part, around)) for part in _opening(document, theme)[:2])
    name = f'<h1 class="title">{inlines_to_xhtml(text(title), around)}</h1>\n' if title.strip() else ""
    return f"<header>\n{head}{name}{lines}</header>\n" if head or name or lines else ""


def notes_to_xhtml(document: Document, around: Surroundings, homes: dict[int, str] | None = None) -> str:
    """The notes, each with a link back to its mark; empty if there are none. `homes` has the files of the marks."""
    kind = ' epub:type="footnote"' if around.epub else ""
    pieces = []
    for number, note in enumerate(document.notes, 1):
        blocks = "".join(blocks_to_xhtml(note.blocks, around))
        home = (homes or {}).get(number, "")
        called = number in around.called
        label = f'<a class="back" role="doc-backlink" href="{home}#noteref-{number}">{number}</a>' if called else number
        pieces.append(
            f'<aside id="note-{number}"{kind} role="doc-footnote">\n<p class="label">{label}</p>\n{blocks}</aside>\n'
        )
    return (
        f'<section class="notes" aria-label="{words(document).notes}">\n{"".join(pieces)}</section>\n' if pieces else ""
    )


def contents_to_xhtml(links: Iterable[Link]) -> str:
    """The links as nested lists, `<ol>…</ol>`; there must be one at least."""
    pieces, depth = [], 0
    for link in links:
        pieces += ["\n<ol>\n"] * (link.depth - depth) or ["</li>\n", "</ol>\n</li>\n" * (depth - link.depth)]
        pieces.append(f'<li><a href="{escape(link.href)}">{escape(link.label)}</a>')
        depth = link.depth
    return "".join(pieces).lstrip() + "</li>\n</ol>\n" * depth


def heading_to_xhtml(
    heading: Heading, entry: OutlineEntry, document: Document, theme: Theme, around: Surroundings, *, level: int
) -> str:
    """The heading with its anchor; one that is run in is a span with the role of a heading (WAI-ARIA 1.2 §5.4)."""
    style = "text-title" if heading.kind is HeadingKind.TEXT else f"level-{theme.heading_level(heading, entry.depth)}"
    number = f'<span class="number">{escape(heading.label)}</span>{heading.separator}' if heading.label else ""
    content = number + inlines_to_xhtml(heading.inlines, around)
    attributes = f'id="{entry.anchor}" class="{style}"'
    if not content.strip():
        attributes += f' aria-label="{escape(section_label(entry, document))}"'
    if heading.run_in:
        return f'<span role="heading" aria-level="{level}" {attributes}>{content}</span>'
    if level > 6:
        return f'<p role="heading" aria-level="{level}" {attributes}>{content}</p>\n'
    return f"<h{level} {attributes}>{content}</h{level}>\n"


def _opening(document: Document, theme: Theme) -> tuple[Sequence[Block], Sequence[Block], Sequence[Block]]:
    """Of what stands before the first heading: letterhead and number, where the theme sets them above the title;
    subtitles and bylines; and the rest.
    """
    head: Sequence[Block] = ()
    if theme.rules is not None:
        from converter.typeset.official import head_of  # few themes want it

        found, _ = head_of(document.front, theme)
        if document.front[: len(found)] == tuple(found):  # what is read back keeps its order
            head = found
    rest = document.front[len(head) :]
    lines = tuple(takewhile(lambda b: isinstance(b, Paragraph) and b.role in {Role.SUBTITLE, Role.BYLINE}, rest))
    return head, lines, rest[len(lines) :]
