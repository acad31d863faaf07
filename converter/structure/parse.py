"""Lines to a document: title, headings, paragraphs, and the parts that stand around them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from converter.diagnostics import Diagnostic, Result, Severity
from converter.errors import Message
from converter.model import Document, Heading, HeadingKind, Metadata, Paragraph, Role, Section, Separator, Text
from converter.source import Edit
from converter.structure import roles
from converter.structure.headings import HeadingLine, headings_of
from converter.structure.lines import Line, lines_of
from converter.structure.title import title_line
from converter.text.script import Script, script_of

if TYPE_CHECKING:
    from converter.model import Block
    from converter.source import SourceText

_RANK = {kind: rank for rank, kind in enumerate(HeadingKind)}
_SEPARATOR = frozenset("*＊-－—─=＝_~～·•○◇◆☆★※#")


def parse(source: SourceText) -> Result[Document]:
    """The document that a text's lines make. Never fails: a line that is nothing else is a paragraph."""
    lines = list(lines_of(source))
    headings = headings_of(lines)
    title = title_line(lines, headings)
    repeated = set(_repeated(lines, headings, title))
    tree = _Tree()
    for index, line in enumerate(lines):
        if index == title or index in repeated:
            continue
        if index in headings:
            _add_heading(tree, source, line, headings[index])
        else:
            previous = lines[index - 1].text if index else ""
            following = lines[index + 1].text if index + 1 < len(lines) else ""
            below = index - 1 in headings or index - 1 in repeated or index - 1 == title
            tree.add(_block(source, line, previous, following, below_title=below))
    removals = [_removal(source, lines[index]) for index in sorted(repeated)]
    script = script_of(source.text) or Script.HANS
    document = Document(
        metadata=Metadata(title=lines[title].text if title is not None else ""),
        front=tuple(tree.front),
        sections=tuple(node.section() for node in tree.roots),
        language=script.language,
        source=source.edited((lines[i].start, lines[i].end, "") for i in sorted(repeated)),
    )
    return Result(document, tuple(removals))


@dataclass(slots=True)
class _Node:
    heading: Heading
    blocks: list[Block] = field(default_factory=list)
    nodes: list[_Node] = field(default_factory=list)

    def section(self) -> Section:
        return Section(
            heading=self.heading, blocks=tuple(self.blocks), sections=tuple(node.section() for node in self.nodes)
        )


class _Tree:
    """Sections as they open: a heading closes those of its own rank and below."""

    def __init__(self) -> None:
        self.front: list[Block] = []
        self.roots: list[_Node] = []
        self._open: list[_Node] = []

    def open(self, heading: Heading) -> None:
        while self._open and _RANK[self._open[-1].heading.kind] >= _RANK[heading.kind]:
            self._open.pop()
        node = _Node(heading)
        (self._open[-1].nodes if self._open else self.roots).append(node)
        self._open.append(node)

    def add(self, block: Block) -> None:
        (self._open[-1].blocks if self._open else self.front).append(block)


def _add_heading(tree: _Tree, source: SourceText, line: Line, found: HeadingLine) -> None:
    tree.open(
        Heading(
            label=found.label.text,
            kind=found.label.kind,
            inlines=_words(source, line, found.label.words, found.end),
            run_in=found.run_in,
            span=source.span(line.start, line.start + found.end),
        )
    )
    if found.run_in:
        tree.add(Paragraph(inlines=_words(source, line, found.end), span=source.span(line.start + found.end, line.end)))


def _words(source: SourceText, line: Line, start: int, end: int | None = None) -> tuple[Text, ...]:
    words = line.text[start:end]
    start += len(words) - len(words.lstrip())
    words = words.strip()
    if not words:
        return ()
    return (Text(text=words, span=source.span(line.start + start, line.start + start + len(words))),)


def _block(source: SourceText, line: Line, previous: str, following: str, *, below_title: bool) -> Block:
    span = source.span(line.start, line.end)
    squeezed = line.text.replace(" ", "")
    if len(squeezed) >= 3 and len(set(squeezed)) == 1 and squeezed[0] in _SEPARATOR:
        return Separator(span=span)
    role = Role.BODY
    if roles.is_salutation(line.text):
        role = Role.SALUTATION
    elif roles.is_closing(line.text):
        role = Role.CLOSING
    elif roles.is_date(line.text):
        role = Role.BYLINE if below_title else Role.DATE
    elif below_title and roles.is_subtitle(line.text):
        role = Role.SUBTITLE
    elif roles.is_signature(line.text, following) and not below_title and len(previous) > len(line.text):
        role = Role.SIGNATURE
    return Paragraph(inlines=(Text(text=line.text, span=span),), role=role, span=span)


def _repeated(lines: list[Line], headings: dict[int, HeadingLine], title: int | None) -> list[int]:
    """The lines that say a title again: the title's own words above it, a part's words right below it."""
    found = [i for i in range(title) if lines[i].text == lines[title].text] if title is not None else []
    for index, heading in headings.items():
        words = lines[index].text[heading.label.words :]
        if heading.label.kind is HeadingKind.PART and index + 1 < len(lines) and _same(words, lines[index + 1].text):
            found.append(index + 1)
    return found


def _same(title: str, other: str) -> bool:
    """Whether two lines have the same words; quotation marks and the like may differ."""
    return [c for c in title if c.isalnum()] == [c for c in other if c.isalnum()]


def _removal(source: SourceText, line: Line) -> Diagnostic:
    span = source.span(line.start, line.end)
    return Diagnostic(
        code="ST101",
        severity=Severity.INFO,
        message=Message("The title stands twice; the second was taken out.", "标题重复，已去掉其中一处。"),
        span=span,
        edit=Edit(span=span, before=source.original[span.start : span.end], after=""),
        applied=True,
    )
