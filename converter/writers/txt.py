"""Clean plain text: the words, laid out with nothing but line ends and ideographic spaces."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, assert_never

from converter.diagnostics import Result
from converter.model import Mark, Paragraph, Role, Separator, heading_text, outline, plain
from converter.options import option
from converter.writers.characters import replaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from converter.model import Block, Document
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
        head, blocks = heading_text(entry.section.heading), entry.section.blocks
        if entry.section.heading.run_in:
            body = blocks[0] if blocks else None
            if isinstance(body, Paragraph):
                head, blocks = head + plain(body.inlines), blocks[1:]
            yield from _paragraph_to_txt(head, Role.BODY, indent=indent)
        else:
            yield from ("", head)
        yield from _blocks_to_txt(blocks, indent=indent)


def _blocks_to_txt(blocks: Iterable[Block], *, indent: bool) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph():
                yield from _paragraph_to_txt(plain(block.inlines), block.role, indent=indent)
            case Separator():
                yield from ("", "* * *", "")
            case _:
                assert_never(block)


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
