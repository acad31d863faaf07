"""Markdown: CommonMark that every parser reads back as the same words, with YAML front matter."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, assert_never

from converter.diagnostics import Result
from converter.model import LineBreak, Mark, Paragraph, Separator, Text, outline, text
from converter.options import option
from converter.writers.characters import XmlCharacters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from converter.model import Block, Document, Heading, Inline
    from converter.typeset.theme import Theme


# Characters that mean something anywhere in a line: in CommonMark, in GitHub's dialect (~ | $), in references (&).
_ANYWHERE = re.compile(r"[\\`*_\[\]<~|$]|&(?=#?\w{1,31};)")
# Those that do at the beginning of a line only: headings, quotations, lists, rules, underlined headings, tables.
_LINE_START = re.compile(r"\d{1,9}(?=[.)](?:\s|$))|(?=[#>+=-]|:-)")
_LINE_END = re.compile(r"[\r\n]+")


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
    cannot_show: frozenset[Any] = frozenset()

    def write(self, document: Document, theme: Theme, options: MarkdownOptions) -> Result[bytes]:
        """The text as UTF-8, blocks parted by a blank line."""
        characters = XmlCharacters()
        front_matter = _front_matter(document) if options.front_matter else ""
        body = "\n\n".join(filter(None, _document_to_md(document)))
        content = characters.clean(f"{front_matter}{body}\n").encode()
        return Result(content, characters.diagnostics(self.name))


def _front_matter(document: Document) -> str:
    """What is known about the text, as YAML between two lines of dashes; empty if nothing is known."""
    metadata = document.metadata
    values = {"title": metadata.title, "author": list(metadata.authors), "date": metadata.date}
    known = {name: value for name, value in values.items() if value}
    if not known:
        return ""
    lines = [f"{name}: {_yaml(value)}\n" for name, value in (*known.items(), ("lang", document.language))]
    return f"---\n{''.join(lines)}---\n\n"


def _yaml(value: object) -> str:
    """The value as JSON, which is YAML but for a few unprintable characters (YAML 1.2.2 §5.1)."""
    quoted = json.dumps(value, ensure_ascii=False)
    return re.sub("[\x7f-\x9f\u2028\u2029\ufeff]", lambda match: f"\\u{ord(match[0]):04x}", quoted)


def _document_to_md(document: Document) -> Iterator[str]:
    """The blocks of the text."""
    title = document.metadata.title.strip()
    if title:
        yield f"# {_heading_line(text(title))}"
    yield from map(_block_to_md, document.front)
    for entry in outline(document):
        heading, blocks = entry.section.heading, entry.section.blocks
        if heading.run_in:
            body = blocks[0] if blocks else None
            rest = _inlines_to_md(body.inlines) if isinstance(body, Paragraph) else ""
            yield _lines_to_md(f"<b>{_inlines_to_md(_whole(heading))}</b>{rest}")
            blocks = blocks[1:] if isinstance(body, Paragraph) else blocks
        else:
            level = min(entry.depth + bool(title), 6)
            yield f"{'#' * level} {_heading_line(_whole(heading))}"
        yield from map(_block_to_md, blocks)


def _whole(heading: Heading) -> tuple[Inline, ...]:
    """The heading's words with its number, which is typed text here: Markdown would count anew."""
    return (Text(text=heading.label + heading.separator), *heading.inlines)


def _heading_line(inlines: Iterable[Inline]) -> str:
    """A heading's words on one line; `#` at its end would be taken for a closing sequence."""
    line = _inlines_to_md(inlines).replace("\\\n", "<br>").strip(" \t")
    return re.sub(r"#(?=#*$)", r"\\#", line)


def _block_to_md(block: Block) -> str:
    match block:
        case Paragraph():
            return _lines_to_md(_inlines_to_md(block.inlines))
        case Separator():
            return "* * *"
        case _:
            assert_never(block)


def _inlines_to_md(inlines: Iterable[Inline]) -> str:
    return "".join(map(_inline_to_md, inlines))


def _inline_to_md(inline: Inline) -> str:
    match inline:
        case Text():
            content = _escape(inline.text)
            for mark in sorted(inline.marks, key=lambda m: m.value):
                content = _marked(content, mark)
            return content
        case LineBreak():
            return "\\\n"
        case _:
            assert_never(inline)


def _marked(content: str, mark: Mark) -> str:
    """The content inside HTML's elements: `**` would not close between 。 and 进 (CommonMark 0.31.2 §6.2)."""
    match mark:
        case Mark.STRONG:
            return f"<strong>{content}</strong>"
        case Mark.EMPHASIS:
            return f"<em>{content}</em>"
        case _:
            assert_never(mark)


def _escape(content: str) -> str:
    return _ANYWHERE.sub(r"\\\g<0>", _LINE_END.sub(" ", content))


def _lines_to_md(paragraph: str) -> str:
    """The paragraph with no line that could be taken for the beginning of another block, and no break at its ends."""
    lines = [_escape_start(line.strip(" \t")) for line in paragraph.split("\\\n")]
    while lines and not lines[0]:
        del lines[0]
    while lines and not lines[-1]:
        del lines[-1]
    return "\\\n".join(lines)


def _escape_start(line: str) -> str:
    return f"{start[0]}\\{line[start.end() :]}" if (start := _LINE_START.match(line)) else line
