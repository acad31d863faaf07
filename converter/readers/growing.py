"""A document in the making: headings and blocks as they come, from any format, become a tree."""

from __future__ import annotations

from dataclasses import field, replace
from itertools import groupby
from typing import TYPE_CHECKING

from converter.diagnostics import Diagnostic, Severity
from converter.errors import Message
from converter.model import Document, Heading, HeadingKind, LineBreak, Paragraph, Section, Text, inlines_of, plain, text
from converter.records import dataclass
from converter.structure.numbering import label_of
from converter.text.script import script_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from converter.model import Block, Inline, Metadata, Note


@dataclass(slots=True)
class _Node:
    heading: Heading
    level: int
    blocks: list[Block] = field(default_factory=list)
    below: list[_Node] = field(default_factory=list)

    def section(self) -> Section:
        return Section(
            heading=self.heading, blocks=tuple(self.blocks), sections=tuple(node.section() for node in self.below)
        )


class Growing:
    """Takes headings with their levels, and blocks; gives the document."""

    def __init__(self) -> None:
        self.front: list[Block] = []
        self._top: list[_Node] = []
        self._open: list[_Node] = []

    def heading(self, heading: Heading, level: int) -> None:
        """A heading: it closes all sections of its level and below. A level that was left out is no level."""
        while self._open and self._open[-1].level >= level:
            self._open.pop()
        node = _Node(heading, level)
        (self._open[-1].below if self._open else self._top).append(node)
        self._open.append(node)

    @property
    def blocks(self) -> list[Block]:
        """Where the next block goes: below the last heading, or before the first."""
        return self._open[-1].blocks if self._open else self.front

    def continue_paragraph(self, inlines: tuple[Inline, ...]) -> None:
        """More of the last paragraph."""
        last = self.blocks[-1] if self.blocks else None
        if isinstance(last, Paragraph):
            self.blocks[-1] = replace(last, inlines=merged((*last.inlines, *inlines)))
        else:
            self.blocks.append(Paragraph(inlines=inlines))

    def headings(self) -> list[tuple[int, Heading]]:
        """The outermost headings with their levels."""
        return [(node.level, node.heading) for node in self._top]

    def take_title(self, known: str = "") -> tuple[Inline, ...]:
        """The words of the one outermost heading that stands before everything else, which it stops to be.

        Empty where there is none such: where several are of that level, the first is a chapter. If the title is
        `known`, only a heading that says the same is taken.
        """
        node = self._top[0] if len(self._top) == 1 and not self.front else None
        if node is None or node.heading.run_in:
            return ()
        words = (*text(node.heading.label + node.heading.separator), *node.heading.inlines)
        same = "".join(plain(words).split()) == "".join(known.split())
        if not same if known else node.heading.label:
            return ()
        self.front, self._top, self._open = node.blocks, node.below, self._open[1:]
        return text(known) if known else words

    def document(self, metadata: Metadata, *, notes: Iterable[Note] = (), language: str = "") -> Document:
        """The document; without `language`, its characters tell."""
        document = Document(
            metadata=metadata,
            front=tuple(self.front),
            sections=tuple(node.section() for node in self._top),
            notes=tuple(notes),
            language=language or Document().language,
        )
        if language:
            return document
        script = script_of(metadata.title + plain(tuple(inlines_of(document)))[:100_000])
        return replace(document, language=script.language) if script else document


def heading_of(inlines: tuple[Inline, ...], *, run_in: bool = False) -> Heading:
    """The heading that these words are; a number at their beginning is told apart.

    >>> heading_of((Text(text="第四章 附则"),)).label
    '第四章'
    """
    inlines = stripped(inlines)
    first = inlines[0] if inlines else None
    if isinstance(first, Text) and not first.marks:
        found = label_of(first.text)
        if found:
            rest = first.text[found.words :]
            inlines = (replace(first, text=rest), *inlines[1:]) if rest else inlines[1:]
            return Heading(inlines=inlines, label=found.text.strip(), kind=found.kind, run_in=run_in)
    return Heading(inlines=inlines, kind=HeadingKind.PLAIN, run_in=run_in)


def merged(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """The inlines with neighbouring runs of the same marks made one, and empty ones gone."""
    made: list[Inline] = []
    for marks, group in groupby(inlines, key=lambda i: i.marks if isinstance(i, Text) else None):
        if marks is None:
            made += group
        elif words := "".join(i.text for i in group if isinstance(i, Text)):
            made.append(Text(text=words, marks=marks))
    return tuple(made)


def lines_of(inlines: Iterable[Inline]) -> tuple[tuple[Inline, ...], ...]:
    """The inlines between the line breaks."""
    lines: list[list[Inline]] = [[]]
    for inline in inlines:
        if isinstance(inline, LineBreak):
            lines.append([])
        else:
            lines[-1].append(inline)
    return tuple(map(tuple, lines))


def stripped(inlines: Iterable[Inline]) -> tuple[Inline, ...]:
    """The inlines without white space and line breaks at both ends."""
    kept = list(merged(inlines))
    while kept and (isinstance(kept[0], LineBreak) or (isinstance(kept[0], Text) and not kept[0].text.strip())):
        del kept[0]
    while kept and (isinstance(kept[-1], LineBreak) or (isinstance(kept[-1], Text) and not kept[-1].text.strip())):
        del kept[-1]
    if kept and isinstance(kept[0], Text):
        kept[0] = replace(kept[0], text=kept[0].text.lstrip())
    if kept and isinstance(kept[-1], Text):
        kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip())
    return tuple(kept)


@dataclass(slots=True)
class LeftOut:
    """What a reader passes over, counted by kind: said once at the end, never kept to itself."""

    counts: dict[Message, int] = field(default_factory=dict)

    def add(self, en: str, zh: str) -> None:
        """One more of this kind."""
        kind = Message(en, zh)
        self.counts[kind] = self.counts.get(kind, 0) + 1

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """One diagnostic for each kind."""
        return tuple(
            Diagnostic(
                code="RD101",
                severity=Severity.WARNING,
                message=Message(f"Left out: {count} × {kind.en}.", f"未读入：{kind.zh} {count} 处。"),
            )
            for kind, count in self.counts.items()
        )
