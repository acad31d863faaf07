"""Lines to a document: each line by what it was taken for, sections by the rank of their headings."""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING

from converter.diagnostics import Result
from converter.model import (
    Document,
    Heading,
    HeadingKind,
    Note,
    NoteRef,
    Paragraph,
    Role,
    Section,
    Separator,
    Table,
    Text,
)
from converter.records import dataclass
from converter.structure.classify import classify
from converter.structure.explain import Explanation
from converter.structure.known import completed
from converter.structure.lines import Line, lines_of
from converter.structure.marks import read_marks
from converter.structure.metadata import metadata_of
from converter.structure.overrides import Overrides, apply_overrides
from converter.structure.reading import RANK, Reading
from converter.structure.reasons import Rule
from converter.structure.removals import removals_of, told
from converter.structure.rows import RULE, cells_of, names_columns
from converter.structure.verdicts import PLAIN, Kind, Verdict
from converter.text.script import Script, script_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from converter.model import Block
    from converter.source import SourceText, Span

_NUMBERED = frozenset({HeadingKind.PAREN_COUNT, HeadingKind.DECIMAL, HeadingKind.PAREN_DECIMAL, HeadingKind.CIRCLED})
_TABLE = frozenset({Kind.ROW, Kind.CELL})
_HEADINGS = frozenset({Kind.HEADING, Kind.RUN_IN})
_SEPARATOR = frozenset("*＊-－—─=＝_~～·•○◇◆☆★※#")


def parse(source: SourceText, overrides: Overrides | None = None) -> Result[Document]:
    """The document that a text's lines make, each line by our rules or by what `overrides` say of it.

    Never fails: a line that is nothing else is a paragraph.
    """
    source, depths, marks = read_marks(source)
    lines = list(lines_of(source, depths))
    reading = Reading(lines)
    unused = apply_overrides(reading, overrides, _numbers(source, lines)) if overrides else []
    verdicts = classify(reading)
    builder = _Builder(source, _rank_of_plain(verdicts), _by_place(reading, lines))
    for line, verdict in zip(lines, verdicts, strict=True):
        builder.add(line, verdict)
    builder.finish()
    removals = sorted(removals_of(reading, verdicts))
    script = script_of(source.text) or Script.HANS
    document = Document(
        metadata=replace(completed(metadata_of(source), lines, verdicts), title=builder.title),
        front=tuple(builder.front),
        sections=tuple(node.section() for node in builder.roots),
        notes=tuple(builder.notes),
        language=script.language,
        source=source.edited((start, end, "") for start, end, _ in removals),
        why=Explanation(reading, verdicts, source),
    )
    return Result(document, (*marks, *unused, *(told(source, *removal) for removal in removals)))


def _by_place(reading: Reading, lines: Sequence[Line]) -> dict[int, list[tuple[int, int, int]]]:
    """The marks of notes in a line, by where the line starts: where in the text each starts and ends, which note."""
    found: dict[int, list[tuple[int, int, int]]] = {}
    for call in reading.calls:
        start = lines[call.line].start
        found.setdefault(start, []).append((start + call.start, start + call.end, call.number))
    return found


def _numbers(source: SourceText, lines: Sequence[Line]) -> list[int]:
    """For each line, which line of the original it begins in."""
    return [source.position(source.span(line.start, line.end).start).line for line in lines]


def _rank_of_plain(verdicts: Sequence[Verdict]) -> float:
    """How far out headings without numbers stand: above those numbers that begin anew below each of them."""
    first: dict[HeadingKind, list[int]] = {}
    waiting: set[HeadingKind] = set()
    for verdict in verdicts:
        if verdict is PLAIN or verdict.kind not in _HEADINGS or verdict.depth:
            continue
        kind = verdict.heading
        if kind is HeadingKind.PLAIN:
            waiting = set(_NUMBERED)
            continue
        if kind in waiting and verdict.label:
            first.setdefault(kind, []).append(verdict.label.ordinal)
        waiting = {other for other in waiting if RANK[other] < RANK[kind]}
    below = [RANK[kind] for kind, ordinals in first.items() if set(ordinals) == {1}]
    return min(below, default=RANK[HeadingKind.PLAIN] + 0.5) - 0.5


@dataclass(slots=True)
class _Node:
    rank: tuple[float, int]
    heading: Heading
    blocks: list[Block] = field(default_factory=list)
    nodes: list[_Node] = field(default_factory=list)

    def section(self) -> Section:
        return Section(
            heading=self.heading, blocks=tuple(self.blocks), sections=tuple(node.section() for node in self.nodes)
        )


class _Builder:
    """Sections as they open: a heading closes those of its own rank and below."""

    def __init__(self, source: SourceText, plain: float, calls: dict[int, list[tuple[int, int, int]]]) -> None:
        self.notes: list[Note] = []
        self._calls = calls
        self.title = ""
        self.front: list[Block] = []
        self.roots: list[_Node] = []
        self._source = source
        self._plain = plain
        self._open: list[_Node] = []
        self._columns = 0
        self._ruled = False
        """Whether the first row of the table that is open has a rule below it."""
        self._cells: list[tuple[str, int]] = []

    def add(self, line: Line, verdict: Verdict) -> None:
        """The next line of the text."""
        if self._columns and (verdict.kind not in _TABLE or verdict.end != self._columns):
            self.finish()
        if verdict is PLAIN:
            self._block(self._paragraph(line, verdict))
        else:
            self._judged(line, verdict)

    def _judged(self, line: Line, verdict: Verdict) -> None:
        match verdict.kind:
            case Kind.ROW | Kind.CELL:
                self._gather(line, verdict)
            case Kind.TITLE:
                self._entitle(line, verdict)
            case Kind.HEADING | Kind.RUN_IN:
                self._head(line, verdict, verdict.end or len(line.text))
                if verdict.end:
                    span = self._source.span(line.start + verdict.end, line.end)
                    self._block(Paragraph(inlines=self._called(line, verdict.end, span), role=verdict.role, span=span))
            case Kind.NOTE:
                self._note(line, verdict.end)
            case Kind.CONTINUED:
                self._continue(line)
            case Kind.PARAGRAPH:
                self._block(self._paragraph(line, verdict))
            case Kind.REPEATED | Kind.NOTES_WORD:
                pass

    def _entitle(self, line: Line, verdict: Verdict) -> None:
        """One line of the title, and the author behind it."""
        self.title = joined(self.title, unspread(line.text[: verdict.end or None].rstrip()))
        if verdict.end:
            span = self._source.span(line.start + verdict.end, line.end)
            self._block(Paragraph(inlines=self._words(line, verdict.end), role=Role.BYLINE, span=span))

    def finish(self) -> None:
        """Whatever is still open: the rows of a table, gathered cell by cell."""
        if not self._columns:
            return
        cells = tuple(self._cell(words, start) for words, start in self._cells)
        rows = tuple(cells[at : at + self._columns] for at in range(0, len(cells), self._columns))
        (_, start), (last, end) = self._cells[0], self._cells[-1]
        names = [words for words, _ in self._cells[: self._columns]]
        head = 1 if self._ruled or names_columns(names, [words for words, _ in self._cells[self._columns :]]) else 0
        self._columns, self._cells, self._ruled = 0, [], False
        self._block(Table(head=rows[:head], rows=rows[head:], span=self._source.span(start, end + len(last))))

    def _note(self, line: Line, start: int) -> None:
        words = Paragraph(inlines=self._words(line, start), span=self._span(line, start))
        self.notes.append(Note(blocks=(words,), span=self._span(line)))

    def _gather(self, line: Line, verdict: Verdict) -> None:
        """One more row of a table, or one more cell."""
        self._columns = verdict.end
        if RULE.fullmatch(line.text):
            self._ruled = True
            return
        self._cells += self._row(line, verdict.end) if verdict.kind is Kind.ROW else [(line.text, line.start)]

    def _row(self, line: Line, columns: int) -> list[tuple[str, int]]:
        found: list[tuple[str, int]] = []
        at = 0
        for words in cells_of(line.text):
            at = line.text.index(words, at)
            found.append((words, line.start + at))
            at += len(words)
        return found + [("", line.end)] * (columns - len(found))

    def _cell(self, words: str, start: int) -> tuple[Text, ...]:
        return (Text(text=words, span=self._source.span(start, start + len(words))),) if words else ()

    def _head(self, line: Line, verdict: Verdict, end: int) -> None:
        label = verdict.label
        own = self._plain if verdict.heading is HeadingKind.PLAIN else RANK[verdict.heading]
        rank = (-1, verdict.depth) if verdict.depth else (own, label.depth if label else 1)
        if verdict.rule is Rule.REFERENCES:
            rank = next((node.rank for node in self._open if node.heading.kind is not HeadingKind.PART), rank)
        while self._open and self._open[-1].rank >= rank:
            self._open.pop()
        heading = Heading(
            label="".join(label.text.split()) if label else "",
            kind=verdict.heading,
            inlines=self._words(line, label.words if label else 0, end),
            run_in=verdict.kind is Kind.RUN_IN,
            span=self._source.span(line.start, line.start + end),
        )
        node = _Node(rank, heading)
        (self._open[-1].nodes if self._open else self.roots).append(node)
        self._open.append(node)

    def _continue(self, line: Line) -> None:
        """One more line of the heading above; a paragraph where there is none right above."""
        if not self._open or self._open[-1].blocks or self._open[-1].heading.run_in:
            span = self._source.span(line.start, line.end)
            self._block(Paragraph(inlines=(Text(text=line.text, span=span),), span=span))
            return
        node = self._open[-1]
        heading = node.heading
        before = heading.inlines[-1] if heading.inlines else None
        span = self._source.span(line.start, line.end)
        words = joined(before.text, unspread(line.text)) if isinstance(before, Text) else unspread(line.text)
        node.heading = Heading(
            label=heading.label,
            kind=heading.kind,
            inlines=(Text(text=words, span=before.span if before and before.span else span),),
            span=heading.span,
        )

    def _block(self, block: Block) -> None:
        (self._open[-1].blocks if self._open else self.front).append(block)

    def _paragraph(self, line: Line, verdict: Verdict) -> Block:
        span = self._source.span(line.start, line.start + len(line.text))
        if line.text[0] in _SEPARATOR and verdict.role is Role.BODY and _separates(line.text):
            return Separator(span=span)
        return Paragraph(inlines=self._called(line, 0, span), role=verdict.role, span=span)

    def _span(self, line: Line, start: int = 0) -> Span:
        return self._source.span(line.start + start, line.end)

    def _called(self, line: Line, start: int, span: Span) -> tuple[Text | NoteRef, ...]:
        """The words of a line from `start` on, which stand at `span`, cut at the marks of notes."""
        calls = self._calls.get(line.start, ())
        if not calls:
            return self._words(line, start) if start else (Text(text=line.text, span=span),)
        made: list[Text | NoteRef] = []
        at = start
        for mark, end, number in (*calls, (line.end, line.end, 0)):
            if words := line.text[at : mark - line.start]:
                made.append(Text(text=words, span=self._source.span(line.start + at, mark)))
            if number:
                made.append(NoteRef(number=number, span=self._source.span(mark, end)))
            at = end - line.start
        return tuple(made)

    def _words(self, line: Line, start: int, end: int | None = None) -> tuple[Text, ...]:
        words = line.text[start:end]
        start += len(words) - len(words.lstrip())
        words = words.strip()
        if not words:
            return ()
        return (
            Text(text=unspread(words), span=self._source.span(line.start + start, line.start + start + len(words))),
        )


def _separates(text: str) -> bool:
    """Whether a line is three or more of one sign."""
    signs = text.replace(" ", "")
    return len(signs) >= 3 and not signs.strip(signs[0])


def unspread(words: str) -> str:
    """Letter-spaced words set solid: 国 家 预 案 is 国家预案; other spaces stay.

    >>> unspread("国 务 院 工 作 规 则"), unspread("总　则"), unspread("劳动保障 党建工作")
    ('国务院工作规则', '总则', '劳动保障 党建工作')
    """
    pieces = words.split()
    return "".join(pieces) if len(pieces) > 1 and all(len(piece) == 1 for piece in pieces) else words


def joined(above: str, below: str) -> str:
    """Two lines of one title as one: with a space only between Latin letters."""
    space = " " if above[-1:].isascii() and below[:1].isascii() and above[-1:].isalnum() and below[:1].isalnum() else ""
    return above + space + below
