"""What was recognised in a text, as plain data: for `converter inspect`, the web page, and measuring."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, assert_never

from converter.model import (
    Figure,
    HeadingKind,
    List,
    NoteRef,
    Paragraph,
    Preformatted,
    Quote,
    Role,
    Separator,
    Table,
    Verse,
    heading_text,
    outline,
    passages_of,
    plain,
)
from converter.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from converter.diagnostics import Diagnostic, Result
    from converter.model import Block, Document, Inline, Section, Why
    from converter.source import SourceText, Span


class Found(NamedTuple):
    """One block as it was recognised."""

    type: str
    """part, heading, paragraph, salutation, signature, date …"""
    level: int | None
    """Of a heading, by the form of its number: 1 for 一、, 2 for （一）, 3 for 1. and 1、, 2 for 4.3;
    by depth for chapters, where parts do not count: those of a document inside another stand as high as a book's."""
    text: str
    """The whole visible text, number included."""
    run_in: str | None = None
    """The heading sentence, number included, of a paragraph that begins with one."""
    span: Span | None = None


_LEVELS = {
    HeadingKind.COUNT: 1,
    HeadingKind.PAREN_COUNT: 2,
    HeadingKind.DECIMAL: 3,
    HeadingKind.PAREN_DECIMAL: 4,
    HeadingKind.PLAIN: 1,
}
# Rules whose removals count as lines even where they were glued to one.
_WORDS_OF_A_SITE = frozenset({"ZH301", "ZH302"})
_PARTS = (HeadingKind.TEXT, HeadingKind.PART)


def recognised(document: Document) -> Iterator[Found]:
    """Every block of the document in reading order, the notes last; the title is not among them."""
    yield from _blocks(document.front)
    open_parts: list[int] = []
    for entry in outline(document):
        while open_parts and open_parts[-1] >= entry.depth:
            open_parts.pop()
        yield from _section(entry.section, entry.depth - len(open_parts))
        if entry.section.heading.kind in _PARTS:
            open_parts.append(entry.depth)
    for number, note in enumerate(document.notes, 1):
        mark = _mark(number)
        for found in _blocks(note.blocks):
            yield found._replace(type="footnote", text=mark + found.text, span=note.span or found.span)
            mark = ""


def _mark(number: int) -> str:
    """The mark of a note: ① to ⑳, then [21]."""
    return chr(0x245F + number) if number <= 20 else f"[{number}]"


def _words(inlines: Iterable[Inline]) -> str:
    """The characters, marks of notes among them."""
    return "".join(_mark(i.number) if isinstance(i, NoteRef) else plain((i,)) for i in inlines)


def _section(section: Section, depth: int) -> Iterator[Found]:
    heading, blocks = section.heading, section.blocks
    head = heading_text(heading)
    kind = "part" if heading.kind in _PARTS else "heading"
    level = None if heading.kind in _PARTS else _LEVELS.get(heading.kind, depth)
    if heading.kind is HeadingKind.OUTLINE:
        level = len(re.findall(r"[0-9]+", heading.label)) or depth
    if heading.run_in and blocks and isinstance(blocks[0], Paragraph):
        text = head + _words(blocks[0].inlines)
        if heading.kind is HeadingKind.ARTICLE:
            yield Found("article", level, text, None, heading.span)
        else:
            role = blocks[0].role
            yield Found("paragraph" if role is Role.BODY else role.value, level, text, head, heading.span)
        blocks = blocks[1:]
    else:
        # 第 1 條 alone above its text is an article too, not a heading that names what follows.
        alone = heading.kind is HeadingKind.ARTICLE and not heading.inlines
        yield Found("article" if alone else kind, level, head, None, heading.span)
    yield from _blocks(blocks)


def _blocks(blocks: Iterable[Block]) -> Iterator[Found]:  # noqa: C901 - one branch a kind
    """The blocks; of a list or a quotation those inside it, of a table its rows."""
    for block in blocks:
        match block:
            case Paragraph():
                kind = "paragraph" if block.role is Role.BODY else block.role.value
                yield Found(kind, None, _words(block.inlines), None, block.span)
            case List():
                for item in block.items:
                    for found in _blocks(item):
                        yield found._replace(type="list_item") if found.type == "paragraph" else found
            case Quote():
                for found in _blocks(block.blocks):
                    yield found._replace(type="quote") if found.type == "paragraph" else found
            case Table():
                for row in (*block.head, *block.rows):
                    first = next((cell[0].span for cell in row if cell and cell[0].span), block.span)
                    yield Found("table_row", None, "\t".join(map(plain, row)), None, first)
            case Verse() | Preformatted() | Figure() | Separator():
                words = "\n".join(map(plain, passages_of(block)))
                yield Found(type(block).__name__.lower(), None, words, None, block.span)
            case _:
                assert_never(block)


def inspect(result: Result[Document]) -> dict[str, Any]:
    """What a text was read as: title, blocks, lines taken out, edits, diagnostics; ready for JSON.

    Lines and columns count from 1 and are those of the decoded original. Each block says in `why` what decided about
    its line; `other_lines` are those that begin no block: lines of the title, and headings that go on.
    """
    document, source = result.value, result.value.source
    why = {reason.span.start: _why(reason, source) for reason in document.why}
    return {
        "title": document.metadata.title or None,
        "language": document.language,
        "blocks": [
            {
                "type": f.type,
                "level": f.level,
                "text": f.text,
                "run_in": f.run_in,
                "line": _line(source, f.span),
                "why": why.pop(f.span.start, None) if f.span else None,
            }
            for f in recognised(document)
        ],
        "other_lines": list(why.values()),
        "removed": [
            {"line": _line(source, d.span), "text": d.edit.before, "code": d.code}
            for d in result.diagnostics
            if d.applied and d.edit and not d.edit.after and d.edit.before.strip()
            if d.code in _WORDS_OF_A_SITE or _whole_line(source, d.edit.span)
        ],
        "edits": [diagnostic_json(d, source) for d in result.diagnostics if d.edit],
        "diagnostics": [diagnostic_json(d, source) for d in result.diagnostics if not d.edit],
    }


def _why(reason: Why, source: SourceText | None) -> dict[str, Any]:
    return {
        "line": _line(source, reason.span),
        "class": reason.taken,
        "rule": reason.code,
        "reason": reason.message.en,
        "reason_zh": reason.message.zh,
        "evidence": reason.evidence.en,
        "evidence_zh": reason.evidence.zh,
        "instead": reason.instead,
    }


def diagnostic_json(diagnostic: Diagnostic, source: SourceText | None) -> dict[str, Any]:
    """A diagnostic as plain data, with line and column where the text it speaks of is known."""
    plain_data: dict[str, Any] = {
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message.en,
        "message_zh": diagnostic.message.zh,
        "confidence": diagnostic.confidence,
        "hints": list(diagnostic.hints),
    }
    if diagnostic.span is not None:
        plain_data["span"] = list(diagnostic.span)
        if source is not None:
            plain_data["line"], plain_data["column"] = source.position(diagnostic.span.start)
    if diagnostic.edit is not None:
        plain_data |= {"before": diagnostic.edit.before, "after": diagnostic.edit.after, "applied": diagnostic.applied}
    return plain_data


def json_bytes(data: Any, *, indent: int | None = None) -> bytes:
    """Plain data as JSON in UTF-8.

    What stands for a byte that could not be read is no UTF-8, but its form with a backslash is JSON's own escape.
    """
    return json.dumps(data, ensure_ascii=False, indent=indent).encode("utf-8", "backslashreplace")


def _line(source: SourceText | None, span: Span | None) -> int | None:
    return source.position(span.start).line if source is not None and span is not None else None


def _whole_line(source: SourceText | None, span: Span) -> bool:
    if source is None:
        return False
    original = source.original
    before = max(original.rfind("\n", 0, span.start), original.rfind("\r", 0, span.start)) + 1
    ends = [e for e in (original.find("\n", span.end), original.find("\r", span.end)) if e >= 0]
    after = min(ends, default=len(original))
    return not original[before : span.start].strip() and not original[span.end : after].strip()
