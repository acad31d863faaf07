"""Blocks and inlines as XHTML, for the HTML and the EPUB writer.

Whatever comes from a document is escaped here and nowhere else.
"""

from __future__ import annotations

import unicodedata
from dataclasses import field
from typing import TYPE_CHECKING, assert_never

from converter.model import (
    Figure,
    LineBreak,
    Link,
    List,
    Mark,
    NoteRef,
    Paragraph,
    Preformatted,
    Quote,
    Role,
    Ruby,
    Separator,
    Table,
    Text,
    Verse,
)
from converter.records import dataclass
from converter.text.addresses import web_address
from converter.typeset.pictures import picture
from converter.writers.characters import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from converter.model import Block, Inline
    from converter.typeset.pictures import Picture

LONGEST = 40_000
"""Characters of one `<p>`; a longer paragraph goes on in a `<p class="continued">`: readers choke on giant elements."""


@dataclass(slots=True)
class Surroundings:
    """What the nodes need to know of the file that they stand in."""

    address_of: Callable[[Picture], str]
    """Where a picture is found."""
    notes: str = ""
    """The file that has the notes, if it is another one."""
    note_count: int = 0
    epub: bool = False
    """Whether `epub:type` can be said."""
    called: set[int] = field(default_factory=set)
    """Notes that have been called already: a name stands once in a file."""
    lacking: int = 0
    """Pictures that could not be shown."""


def blocks_to_xhtml(blocks: Iterable[Block], around: Surroundings) -> Iterator[str]:
    """The elements of the blocks, one string for each that a file may end after."""
    for block in blocks:
        if isinstance(block, Paragraph):
            style = "" if block.role is Role.BODY else f' class="{block.role.value}"'
            alone = block.inlines[0] if len(block.inlines) == 1 else None
            if isinstance(alone, Text) and not alone.marks and len(alone.text) <= LONGEST:  # most are so
                yield f"<p{style}>{escape(alone.text)}</p>\n"
                continue
            first, *others = divided(block.inlines)
            yield f"<p{style}>{inlines_to_xhtml(first, around)}</p>\n"
            yield from (continued_to_xhtml(rest, around) for rest in others)
        else:
            yield _block_to_xhtml(block, around)


def _block_to_xhtml(
    block: List | Quote | Verse | Preformatted | Table | Figure | Separator, around: Surroundings
) -> str:
    match block:
        case Separator():
            made = '<hr class="separator"/>'
        case List():
            tag = "ol" if block.ordered else "ul"
            start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
            items = "".join(f"<li>{''.join(blocks_to_xhtml(item, around)).rstrip()}</li>\n" for item in block.items)
            made = f"<{tag}{start}>\n{items}</{tag}>"
        case Quote():
            made = f"<blockquote>\n{''.join(blocks_to_xhtml(block.blocks, around))}</blockquote>"
        case Verse():
            lines = "<br/>\n".join(inlines_to_xhtml(line, around) for line in block.lines)
            made = f'<p class="stanzas">{lines}</p>'
        case Preformatted():
            made = f"<pre><code>{escape(block.text)}</code></pre>"
        case Table():
            head = f"<thead>\n{_head(block.head, around)}</thead>\n" if block.head else ""
            wide = ' class="wide"' if max(map(len, (*block.head, *block.rows)), default=0) >= _WIDE else ""
            made = f"<table{wide}>\n{head}<tbody>\n{_rows(block, around)}</tbody>\n</table>"
        case Figure():
            made = _figure_to_xhtml(block, around)
        case _:
            assert_never(block)
    return f"{made}\n"


_WIDE = 6
"""Columns from which a table is set smaller, or characters would stand one below the other on small screens."""


def _head(rows: Iterable[Iterable[Iterable[Inline]]], around: Surroundings) -> str:
    cells = ("".join(f'<th scope="col">{inlines_to_xhtml(cell, around)}</th>' for cell in row) for row in rows)
    return "".join(f"<tr>{row}</tr>\n" for row in cells)


def _rows(table: Table, around: Surroundings) -> str:
    # Here, not above: few texts have tables.
    from converter.typeset.tables import columns_of_figures

    figures, made = columns_of_figures(table), ""
    for row in table.rows:
        openings = ('<td class="figure">' if number in figures else "<td>" for number in range(len(row)))
        cells = zip(openings, row, strict=True)
        made += f"<tr>{''.join(f'{opening}{inlines_to_xhtml(cell, around)}</td>' for opening, cell in cells)}</tr>\n"
    return made


def _figure_to_xhtml(figure: Figure, around: Surroundings) -> str:
    shown = picture(figure.data)
    around.lacking += shown is None
    image = (
        f'<img src="{escape(around.address_of(shown))}" alt="{escape(figure.alt)}"/>'
        if shown
        else f'<span class="lacking">{escape(figure.alt)}</span>'
    )
    caption = f"<figcaption>{inlines_to_xhtml(figure.caption, around)}</figcaption>" if figure.caption else ""
    return f"<figure>{image}{caption}</figure>"


def continued_to_xhtml(inlines: Iterable[Inline], around: Surroundings) -> str:
    """The rest of a paragraph that is too long for one element."""
    return f'<p class="continued">{inlines_to_xhtml(inlines, around)}</p>\n'


def inlines_to_xhtml(inlines: Iterable[Inline], around: Surroundings) -> str:
    """Inlines as phrasing content."""
    return "".join(_inline_to_xhtml(inline, around) for inline in inlines)


def _inline_to_xhtml(inline: Inline, around: Surroundings) -> str:
    match inline:
        case Text():
            return _marked(escape(inline.text), inline.marks)
        case LineBreak():
            return "<br/>\n"
        case Link():
            words, target = _marked(escape(inline.text), inline.marks), web_address(inline.target)
            return f'<a href="{escape(target)}">{words}</a>' if target else words
        case Ruby():
            return f"<ruby>{escape(inline.base)}<rt>{escape(inline.annotation)}</rt></ruby>"
        case NoteRef():
            return _call_to_xhtml(inline.number, around)
        case _:
            assert_never(inline)


def _call_to_xhtml(number: int, around: Surroundings) -> str:
    """The mark of a note; a link that reading systems open as a window (EPUB 3.3 SSV, noteref)."""
    if not 1 <= number <= around.note_count:
        return f"<sup>{number}</sup>"
    kind = ' epub:type="noteref"' if around.epub else ""
    name = "" if number in around.called else f' id="noteref-{number}"'
    around.called.add(number)
    href = f"{around.notes}#note-{number}"
    return f'<sup><a{name} class="noteref"{kind} role="doc-noteref" href="{href}">{number}</a></sup>'


def _marked(content: str, marks: Iterable[Mark]) -> str:
    for mark in sorted(marks, key=lambda m: m.value):
        match mark:
            case Mark.STRONG:
                content = f"<strong>{content}</strong>"
            case Mark.EMPHASIS:
                content = f"<em>{content}</em>"
            case Mark.NAME:  # what HTML has <u> for (HTML Standard, 4.5.22)
                content = f"<u>{content}</u>"
            case Mark.TITLE:
                content = f"<cite>{content}</cite>"
            case _:
                assert_never(mark)
    return content


def divided(inlines: Sequence[Inline]) -> list[list[Inline]]:
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
