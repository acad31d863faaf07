"""Clean plain text: the words, laid out with nothing but line ends and ideographic spaces."""

from __future__ import annotations

import codecs
from enum import StrEnum
from typing import TYPE_CHECKING, Any, assert_never

from converter.diagnostics import Result
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
    outline,
)
from converter.options import option
from converter.records import dataclass
from converter.writers.characters import replaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from converter.model import Block, Document, Inline
    from converter.typeset.theme import Theme


class Encoding(StrEnum):
    """The encodings that Chinese text is exchanged in."""

    UTF_8 = "utf-8"
    GB18030 = "gb18030"
    BIG5 = "big5"
    UTF_16 = "utf-16"
    """Little-endian with a byte-order mark, as Windows has it."""


# Big5 as it is used is Windows' code page 950: it has the ETEN characters 碁銹裏墻恒粧嫺, which Python's big5 lacks.
_CODECS = {Encoding.BIG5: "cp950", Encoding.UTF_16: "utf-16-le"}

# 〓 (geta mark) stands for a character that the printer has no type for; Big5 has only □.
_MISSING = ("〓", "□")

_FLUSH = (Role.SUBTITLE, Role.BYLINE, Role.SALUTATION)
"""Paragraphs that are not indented."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TxtOptions:
    """How to write plain text."""

    encoding: Encoding = option(Encoding.UTF_8, "Encoding of the file", "文件编码")
    indent: bool = option(
        True,
        "Begin paragraphs with two ideographic spaces; otherwise blank lines part them",
        "段首空两格；否则以空行分段",
    )


class TxtWriter:
    """Writes clean plain text."""

    name = "txt"
    media_type = "text/plain"
    suffix = ".txt"
    options_type = TxtOptions
    cannot_show: frozenset[Any] = frozenset(Mark)

    def write(self, document: Document, theme: Theme, options: TxtOptions) -> Result[bytes]:
        """The text in the wanted encoding; lines end with a line feed."""
        return _encoded(_document_to_txt(document, indent=options.indent), options.encoding)


def _document_to_txt(document: Document, *, indent: bool) -> str:
    """The whole text. A blank line stands below the title, around separators and above every heading on a line of its
    own; without indents, between all paragraphs as well. Two never follow one another.
    """
    lines = [line.rstrip(" ") for line in _lines(document, indent=indent)]
    kept = [line for before, line in zip(["", *lines], lines, strict=False) if line or before]
    return "\n".join(kept).rstrip("\n") + "\n"


def _lines(document: Document, *, indent: bool) -> Iterator[str]:
    yield from (*document.metadata.title.split("\n"), "")
    yield from _blocks_to_txt(document.front, indent=indent)
    for entry in outline(document):
        heading, blocks = entry.section.heading, entry.section.blocks
        head = heading.label + heading.separator + _inlines_to_txt(heading.inlines).replace("\n", " ")
        if heading.run_in:
            body = blocks[0] if blocks else None
            if isinstance(body, Paragraph):
                head, blocks = head + _inlines_to_txt(body.inlines), blocks[1:]
            yield from _paragraph_to_txt(head, Role.BODY, indent=indent)
        else:
            yield from ("", head)
        yield from _blocks_to_txt(blocks, indent=indent)
    for number, note in enumerate(document.notes, 1):
        yield ""
        yield from _marked(f"〔{number}〕", _blocks_to_txt(note.blocks, indent=False))


def _blocks_to_txt(blocks: Iterable[Block], *, indent: bool) -> Iterator[str]:  # noqa: C901 - one branch a kind
    for block in blocks:
        match block:
            case Paragraph():
                yield from _paragraph_to_txt(_inlines_to_txt(block.inlines), block.role, indent=indent)
            case Separator():
                yield from ("", "* * *", "")
            case List():
                for number, item in enumerate(block.items, block.start):
                    mark = f"{number}. " if block.ordered else "· "
                    lines = list(_marked(mark, _blocks_to_txt(item, indent=False)))
                    yield from _set_in(lines) if indent else lines
            case Quote():
                yield from _set_in(_blocks_to_txt(block.blocks, indent=indent))
            case Verse():
                yield from ("", *_set_in(map(_inlines_to_txt, block.lines)), "")
            case Preformatted():
                yield from ("", *block.text.split("\n"), "")
            case Table():
                rows = (
                    (_inlines_to_txt(cell).replace("\n", " ") for cell in row) for row in (*block.head, *block.rows)
                )
                yield from ("", *map("\t".join, rows), "")
            case Figure():
                yield from ("", f"［{block.alt or '图'}］", *_inlines_to_txt(block.caption).split("\n"), "")
            case _:
                assert_never(block)


def _set_in(lines: Iterable[str]) -> Iterator[str]:
    return (f"　　{line}" if line else "" for line in lines)


def _marked(mark: str, lines: Iterable[str]) -> Iterator[str]:
    """The lines with a mark before the first, the others below its beginning."""
    kept = list(lines)
    while kept and not kept[0]:
        del kept[0]
    yield mark + (kept[0] if kept else "")
    yield from (f"　　{line}" if line else "" for line in kept[1:])


def _inlines_to_txt(inlines: Iterable[Inline]) -> str:
    return "".join(map(_inline_to_txt, inlines))


def _inline_to_txt(inline: Inline) -> str:
    match inline:
        case Text():
            return inline.text
        case LineBreak():
            return "\n"
        case NoteRef():
            return f"〔{inline.number}〕"
        case Link():
            return inline.text if inline.target == inline.text else f"{inline.text}（{inline.target}）"
        case Ruby():
            return f"{inline.base}（{inline.annotation}）"
        case _:
            assert_never(inline)


def _paragraph_to_txt(content: str, role: Role, *, indent: bool) -> Iterator[str]:
    margin = "　　" if indent and role not in _FLUSH else ""
    if not indent:
        yield ""
    yield from (margin + line for line in content.split("\n"))


def _encoded(content: str, encoding: Encoding) -> Result[bytes]:
    """The content in the encoding; characters that it lacks are replaced visibly and reported."""
    codec = _CODECS.get(encoding, encoding.value)
    mark = codecs.BOM_UTF16_LE if encoding is Encoding.UTF_16 else b""
    lacking = {c for c in set(content) if not _encodable(c, codec)}
    if not lacking:
        return Result(mark + content.encode(codec))
    by = next(c for c in _MISSING if _encodable(c, codec))
    content = content.translate(dict.fromkeys(map(ord, lacking), by))
    return Result(mark + content.encode(codec), replaced(lacking, by, encoding.value))


def _encodable(character: str, codec: str) -> bool:
    try:
        character.encode(codec)
    except UnicodeEncodeError:
        return False
    return True
