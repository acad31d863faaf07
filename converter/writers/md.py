"""Markdown: CommonMark that every parser reads back as the same words; YAML front matter, GitHub's tables and notes."""

from __future__ import annotations

import base64
import json
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any, assert_never

from converter.diagnostics import Result
from converter.model import (
    Document,
    Figure,
    LineBreak,
    Link,
    List,
    Mark,
    NoteRef,
    Paragraph,
    Preformatted,
    Quote,
    Ruby,
    Separator,
    Table,
    Text,
    Verse,
    blocks_of,
    outline,
    plain,
    text,
)
from converter.options import option
from converter.records import dataclass
from converter.regex import compiled
from converter.text.addresses import web_address
from converter.typeset.pictures import lacking, picture
from converter.writers.characters import XmlCharacters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from converter.model import Block, Heading, Inline
    from converter.typeset.theme import Theme


# Characters that mean something anywhere in a line: in CommonMark, in GitHub's dialect (~ | $), in references (&).
_ANYWHERE = compiled(r"[\\`*_\[\]<~|$]|&(?=#?\w{1,31};)")
# Those that do at the beginning of a line only: headings, quotations, lists, rules, underlined headings, tables.
_LINE_START = compiled(r"\d{1,9}(?=[.)](?:\s|$))|(?=[#>+=-]|:-)")
_LINE_END = compiled(r"[\r\n]+")
# White space that is not Markdown's own; parsers written in Python strip it all the same.
_EDGE = compiled(r"^[^\S \t\n]+|[^\S \t\n]+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkdownOptions:
    """How to write Markdown."""

    front_matter: bool = option(True, "Begin with title, authors and date as YAML", "文首以 YAML 写明标题、作者、日期")


class MarkdownWriter:
    """Writes CommonMark."""

    name = "md"
    media_type = "text/markdown"
    suffix = ".md"
    options_type = MarkdownOptions
    cannot_show: frozenset[Any] = frozenset({Verse})

    def write(self, document: Document, theme: Theme, options: MarkdownOptions) -> Result[bytes]:
        """The text as UTF-8, blocks parted by a blank line."""
        characters = XmlCharacters()
        front_matter = _front_matter(document) if options.front_matter else ""
        body = "\n\n".join(filter(None, _document_to_md(document)))
        content = characters.clean(f"{front_matter}{body}\n").encode()
        damaged = sum(isinstance(b, Figure) and picture(b.data) is None for b in blocks_of(document))
        return Result(content, (*characters.diagnostics(self.name), *lacking(damaged)))


def _front_matter(document: Document) -> str:
    """What is known about the text, as YAML between two lines of dashes; empty if nothing is known.

    An empty title is said where there are headings, lest the first of them be taken for it.
    """
    metadata = document.metadata
    values = {
        "title": metadata.title,
        "subtitle": metadata.subtitle,
        "author": list(metadata.authors),
        "date": metadata.date,
        "subject": metadata.subject,
        "publisher": metadata.publisher,
        "edition": metadata.edition,
        "keywords": list(metadata.keywords),
        "source": metadata.source,
        "number": metadata.number,
    }
    known = {name: value for name, value in values.items() if value or (name == "title" and document.sections)}
    if not known and document.language == Document().language:
        return ""
    lines = [f"{name}: {_yaml(value)}\n" for name, value in (*known.items(), ("lang", document.language))]
    return f"---\n{''.join(lines)}---\n\n"


def _yaml(value: object) -> str:
    """The value as JSON, which is YAML but for a few unprintable characters (YAML 1.2.2 §5.1)."""
    quoted = json.dumps(value, ensure_ascii=False)
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff]", lambda match: f"\\u{ord(match[0]):04x}", quoted)


def _document_to_md(document: Document) -> Iterator[str]:
    """The blocks of the text."""
    title, notes = document.metadata.title.strip(), len(document.notes)
    if title:
        yield f"# {_heading_line(text(title), notes)}"
    yield _blocks_to_md(document.front, notes)
    for entry in outline(document):
        heading, blocks = entry.section.heading, entry.section.blocks
        level = entry.depth + bool(title)
        if heading.run_in:
            body = blocks[0] if blocks else None
            rest = _inlines_to_md(body.inlines, notes) if isinstance(body, Paragraph) else ""
            head = f'<b role="heading" aria-level="{level}">{_inlines_to_md(_whole(heading), notes)}</b>'
            yield _lines_to_md(head + rest)
            blocks = blocks[1:] if isinstance(body, Paragraph) else blocks
        else:
            yield f"{'#' * min(level, 6)} {_heading_line(_whole(heading), notes)}"
        yield _blocks_to_md(blocks, notes)
    for number, note in enumerate(document.notes, 1):
        # Code or a list on the line of the number would not be indented as it should.
        gap = " " if note.blocks and isinstance(note.blocks[0], Paragraph) else "\n    "
        yield _hanging(f"[^{number}]:{gap}", _blocks_to_md(note.blocks, notes), 4)


def _whole(heading: Heading) -> tuple[Inline, ...]:
    """The heading's words with its number, which is typed text here: Markdown would count anew."""
    return (Text(text=heading.label + heading.separator), *heading.inlines)


def _heading_line(inlines: Iterable[Inline], notes: int) -> str:
    """A heading's words on one line; `#` at its end would be taken for a closing sequence."""
    line = _one_line(inlines, notes)
    return re.sub(r"#(?=#*$)", r"\\#", line)


def _one_line(inlines: Iterable[Inline], notes: int) -> str:
    return _EDGE.sub(_reference, _inlines_to_md(inlines, notes).replace("\\\n", "<br>").strip(" \t"))


def _blocks_to_md(blocks: Iterable[Block], notes: int) -> str:
    """The blocks, parted by blank lines. Of two lists in a row the second has other marks, or they would be one."""
    found = list(blocks)
    other = False
    pieces = [_block_to_md(block, notes) for block in found[:1]]
    for before, block in pairwise(found):
        alike = isinstance(before, List) and isinstance(block, List) and before.ordered == block.ordered
        other = alike and not other
        pieces.append(_block_to_md(block, notes, other=other))
    return "\n\n".join(filter(None, pieces))


def _block_to_md(block: Block, notes: int, *, other: bool = False) -> str:  # noqa: PLR0911 - one for each kind
    match block:
        case Paragraph():
            return _lines_to_md(_inlines_to_md(block.inlines, notes))
        case Separator():
            return "* * *"
        case List():
            mark, stop = ("*", ")") if other else ("-", ".")
            items = enumerate(block.items, max(0, block.start))
            return "\n".join(
                _hanging(f"{number}{stop} " if block.ordered else f"{mark} ", _blocks_to_md(item, notes))
                for number, item in items
            )
        case Quote():
            content = _blocks_to_md(block.blocks, notes)
            return "\n".join(f"> {line}".rstrip(" ") for line in content.split("\n")) if content else ""
        case Verse():
            return _lines_to_md("\\\n".join(_inlines_to_md(line, notes) for line in block.lines))
        case Preformatted():
            fence = max(("`" * (len(run) + 1) for run in re.findall("`{3,}", block.text)), key=len, default="```")
            return f"{fence}\n{block.text}\n{fence}"
        case Table():
            return _table_to_md(block, notes)
        case Figure():
            return _figure_to_md(block)
        case _:
            assert_never(block)


def _hanging(mark: str, content: str, indent: int = 0) -> str:
    """The content after a mark, all further lines below its beginning."""
    content = re.sub(r"^\* \* \*", "___", content)  # or mark and separator would be one row of asterisks
    margin = " " * (indent or len(mark))
    first, *others = content.split("\n")
    return "\n".join((f"{mark}{first}".rstrip(" "), *(f"{margin}{line}" if line else "" for line in others)))


def _table_to_md(table: Table, notes: int) -> str:
    """A table as GitHub has it: one row of heads, which is empty where there is none; a cell is one line."""
    rows = [*(table.head or ((),)), *table.rows]
    columns = max(map(len, rows), default=0)
    if not columns:
        return ""
    lines = [
        "| " + " | ".join([_one_line(cell, notes) for cell in row] + [""] * (columns - len(row))) + " |" for row in rows
    ]
    lines.insert(1, "|" + " --- |" * columns)
    return "\n".join(lines)


def _figure_to_md(figure: Figure) -> str:
    shown = picture(figure.data)
    caption = _escape(plain(figure.caption)).replace('"', '\\"')
    if shown is None:
        return _lines_to_md("\\\n".join(filter(None, (_escape(figure.alt), caption))))
    data = base64.b64encode(shown.data).decode()
    title = f' "{caption}"' if caption else ""
    return f"![{_escape(figure.alt)}](data:{shown.media_type};base64,{data}{title})"


def _inlines_to_md(inlines: Iterable[Inline], notes: int) -> str:
    return "".join(_inline_to_md(inline, notes) for inline in inlines)


def _inline_to_md(inline: Inline, notes: int) -> str:
    match inline:
        case Text():
            return _marked(_escape(inline.text), inline.marks)
        case LineBreak():
            return "\\\n"
        case NoteRef():
            return f"[^{inline.number}]" if 1 <= inline.number <= notes else f"\\[{inline.number}\\]"
        case Link():
            words, target = _marked(_escape(inline.text), inline.marks), web_address(inline.target)
            return f"[{words}](<{target}>)" if target else words
        case Ruby():
            return f"<ruby>{_escape(inline.base)}<rt>{_escape(inline.annotation)}</rt></ruby>"
        case _:
            assert_never(inline)


def _marked(content: str, marks: Iterable[Mark]) -> str:
    """The content inside HTML's elements: `**` would not close between 。 and 进 (CommonMark 0.31.2 §6.2)."""
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


def _escape(content: str) -> str:
    return _ANYWHERE.sub(r"\\\g<0>", _LINE_END.sub(" ", content))


def _reference(match: re.Match[str]) -> str:
    return "".join(f"&#{ord(character)};" for character in match[0])


def _lines_to_md(paragraph: str) -> str:
    """The paragraph with no line that could be taken for the beginning of another block, and no break at its ends."""
    lines = [_EDGE.sub(_reference, _escape_start(line.strip(" \t"))) for line in paragraph.split("\\\n")]
    while lines and not lines[0]:
        del lines[0]
    while lines and not lines[-1]:
        del lines[-1]
    return "\\\n".join(lines)


def _escape_start(line: str) -> str:
    return f"{start[0]}\\{line[start.end() :]}" if (start := _LINE_START.match(line)) else line
