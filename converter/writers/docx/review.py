"""The ledger in the document: changes as comments or tracked changes, so that an editor decides in Word.

A run of text knows which stretch of the decoded original it comes from, so every edit of the source is found in the run
where it was made. What was taken out between two paragraphs, such as a page number, stands before the following one, as
paragraphs that are tracked as deleted. Changes of nothing but the white space between paragraphs are not shown.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

from converter.diagnostics import Diagnostic, Severity
from converter.errors import Message
from converter.model import Text, blocks_of, outline, passages_of
from converter.source import Span
from converter.writers.dates import time_of_writing
from converter.writers.docx import Comments
from converter.writers.docx.ooxml import text_run, w
from converter.writers.docx.review_places import Change, Node, Note, changes_of, pieces_of, runs_over, starts_of
from converter.writers.docx.runs import runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element as Element

    from converter.model import Document, Heading, Inline, Mark
    from converter.writers.characters import XmlCharacters
    from converter.writers.docx.package import Package

_AUTHOR = "converter"
_BODY = "BodyText"
_LONGEST = 200
"""Characters of a change quoted in a comment."""


class Review:
    """Makes runs of text, with the changes in them marked as `how` says."""

    def __init__(self, package: Package, document: Document, how: Comments, characters: XmlCharacters) -> None:
        self._document, self.characters = document, characters
        self._how = how if document.source is not None else Comments.NONE
        self.is_off = self._how is Comments.NONE
        """Whether there is nothing to show."""
        self._lacking = how is not Comments.NONE and document.source is None
        self._inside: defaultdict[int, list[Change]] = defaultdict(list)
        self._above: defaultdict[int, list[Change]] = defaultdict(list)
        self._notes: defaultdict[int, list[Note]] = defaultdict(list)
        self._number = 0
        if self._how is not Comments.NONE and document.source is not None:
            self._package, self._source = package, document.source
            self._date = f"{time_of_writing():%Y-%m-%dT%H:%M:%SZ}"
            self._starts = list(starts_of(document.source))
            self._spans = [edit.span.start for edit in document.source.edits]
            self._assign()

    def title(self) -> tuple[Text, ...]:
        """The title, as text that knows where it comes from."""
        title, span = self._document.metadata.title, None
        if self._how is not Comments.NONE and (at := self._source.text.find(title)) >= 0:
            span = self._source.span(at, at + len(title))
        return (Text(text=title, span=span),) if title else ()

    def label(self, heading: Heading) -> tuple[Text, ...]:
        """The number of a heading, with what stands behind it, as text that knows where it comes from."""
        span = heading.span
        if self._how is Comments.NONE or span is None:
            return (Text(text=heading.label + heading.separator),) if heading.label else ()
        first = heading.inlines[0].span if heading.inlines else None
        own = Span(span.start, max(span.start, first.start)) if first else span
        return tuple(part for part in (Text(text=heading.label, span=own), Text(text=heading.separator)) if part.text)

    def words(self, text: str, marks: frozenset[Mark] = frozenset(), span: Span | None = None) -> Iterable[Element]:
        """The text as runs; `span` says where in the original it comes from."""
        place = self._place(text, span) if self._how is not Comments.NONE and span else None
        if place is None or not (place[0] in self._inside or place[0] in self._notes):
            return runs(self.characters.clean(text), marks)
        return self._marked(text, marks, *place)

    def above(self, inlines: Iterable[Inline]) -> Iterator[Element]:
        """What was taken out before a paragraph with these inlines, as deleted paragraphs."""
        first = None if self.is_off else next((i for i in inlines if isinstance(i, Text) and i.span), None)
        if first is not None:
            place = self._place(first.text, first.span)
            yield from self._deleted(self._above.pop(place[0], ()) if place else ())

    def rest(self) -> Iterator[Element]:
        """What was taken out after the last paragraph, and all that could not be shown at its place."""
        for place in sorted(self._above):
            yield from self._deleted(self._above[place])
        for place in sorted(self._notes):
            for note in self._notes[place]:
                yield w("p", *self._comment(note.lines, ()))

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """That there was nothing to show, where changes were asked for and the document does not know any."""
        if not self._lacking:
            return ()
        message = Message(
            "This document does not know what was changed in its text, so the Word file has no comments on it: "
            "convert each text by itself.",
            "此文档没有修改记录，Word 文件中未加批注；请逐篇转换。",
        )
        return (Diagnostic(code="OUT104", severity=Severity.WARNING, message=message),)

    def _place(self, text: str, span: Span | None) -> tuple[int, int] | None:
        """Where in the edited text a run stands whose characters come from this stretch of the original."""
        if span is None:
            return None
        start, end = self._stretch(span)
        # A run may begin in the middle of what was put in; one whose characters were converted is not found.
        found = self._source.text.find(text, start, end)
        return (found, found + len(text)) if found >= 0 else (start, end)

    def _stretch(self, span: Span) -> tuple[int, int]:
        """The stretch of the edited text that was made of this one of the original, whole edits included."""
        edits = self._source.edits
        start, end = span
        index = bisect_right(self._spans, start) - 1
        if index >= 0:
            over = start - edits[index].span.end
            inside = over < 0 or start == edits[index].span.start
            start = self._starts[index] + (0 if inside else len(edits[index].after) + over)
        index = bisect_left(self._spans, end) - 1
        if index >= 0:
            end = self._starts[index] + len(edits[index].after) + max(0, end - edits[index].span.end)
        return start, max(start, end)

    def _assign(self) -> None:
        """Each change and each note to the run where it is shown."""
        nodes = sorted(self._nodes())
        begins = [node.start for node in nodes]
        end = len(self._source.text) + 1
        openings = [node.start for node in nodes if node.opens]
        paragraphs = [*openings, end]
        changes = list(changes_of(self._document, self._starts))
        for change in changes:
            shown = runs_over(change, nodes, begins)
            following = paragraphs[bisect_left(openings, change.start)]
            after = self._source.text[change.start : change.end]
            if shown:
                for node in shown:
                    self._inside[node.start].append(change)
            elif self._how is Comments.CHANGES and change.before.strip() and not after.strip():
                self._above[following].append(change)
            elif change.before.strip() or after.strip():
                note = Note(following, following, tuple(map(_sentence, change.reasons)))
                self._notes[following].append(note)
        told = {id(d) for change in changes for d in change.reasons}
        for d in self._document.ledger:
            if d.span is None or id(d) in told or d.applied or not (d.edit or d.severity is not Severity.INFO):
                continue
            start, stop = self._stretch(d.span)
            index = bisect_right(begins, start) - 1
            if index < 0 or start > nodes[index].end:
                index += 1
            if index < len(nodes):
                node = nodes[index]
                self._notes[node.start].append(Note(max(start, node.start), max(stop, node.start), (_sentence(d),)))
            else:
                self._notes[end].append(Note(end, end, (_sentence(d),)))

    def _nodes(self) -> Iterator[Node]:
        """Every run of text that knows where it comes from."""

        def of(inlines: Iterable[Inline], *, opens: bool) -> Iterator[Node]:
            for inline in inlines:
                found = self._place(inline.text, inline.span) if isinstance(inline, Text) else None
                if found:
                    yield Node(*found, opens=opens)
                    opens = False

        yield from of(self.title(), opens=True)
        running_in = set()
        for entry in outline(self._document):
            heading, blocks = entry.section.heading, entry.section.blocks
            yield from of((*self.label(heading), *heading.inlines), opens=True)
            running_in |= {id(block) for block in blocks[:1] if heading.run_in}
        for block in blocks_of(self._document):
            for number, passage in enumerate(passages_of(block)):
                yield from of(passage, opens=number == 0 and id(block) not in running_in)

    def _marked(self, text: str, marks: frozenset[Mark], start: int, end: int) -> Iterator[Element]:
        """The runs of a text that stands at `start` to `end`, with its changes and notes."""
        changes, notes = self._inside[start], sorted(self._notes.pop(start, ()))
        if len(text) != end - start and changes:
            # Characters were converted and no longer stand one for one: the run as a whole is the change.
            span = self._source.span(start, end)
            reasons = tuple(reason for change in changes for reason in change.reasons)
            changes = [Change(start, end, self._source.original[slice(*span)], alone=False, reasons=reasons)]
        opened: list[tuple[int, int]] = []
        for first, last, change in pieces_of(changes, notes, start, end):
            yield from self._borders(notes, opened, first)
            words = text[first - start : last - start] if len(text) == end - start else text
            if change is None:
                yield from runs(self.characters.clean(words), marks)
            else:
                before = change.before if change.start >= start else ""  # else it stands in the run before
                yield from self._changed(before, words, marks, change.reasons)
        yield from self._borders(notes, opened, end)
        for _, number in opened:
            yield from _ended(number)

    def _borders(self, notes: list[Note], opened: list[tuple[int, int]], at: int) -> Iterator[Element]:
        """The ends and beginnings of comments that are due at `at`."""
        for item in [item for item in opened if item[0] <= at]:
            opened.remove(item)
            yield from _ended(item[1])
        while notes and notes[0].start <= at:
            note = notes.pop(0)
            number = self._said(note.lines)
            yield w("commentRangeStart", id=number)
            if note.end <= at:
                yield from _ended(number)
            else:
                opened.append((note.end, number))

    def _changed(
        self, before: str, after: str, marks: frozenset[Mark], reasons: tuple[Diagnostic, ...]
    ) -> Iterator[Element]:
        new = runs(self.characters.clean(after), marks) if after else ()
        if self._how is Comments.COMMENTS:
            yield from self._comment(tuple(map(_sentence, reasons)), new)
            return
        if before:
            yield self._tracked("del", reasons, *_gone(runs(self.characters.clean(_lines(before)), marks)))
        if after:
            yield self._tracked("ins", reasons, *new)

    def _deleted(self, changes: Iterable[Change]) -> Iterator[Element]:
        for change in changes:
            for line in filter(None, map(str.strip, _lines(change.before).split("\n"))):
                words = self._tracked("del", change.reasons, *_gone(runs(self.characters.clean(line))))
                mark = w("rPr", self._tracked("del", change.reasons))
                yield w("p", w("pPr", w("pStyle", val=_BODY), mark), words)

    def _tracked(self, tag: str, reasons: tuple[Diagnostic, ...], *content: Element) -> Element:
        """Text put in or taken out (ECMA-376 §17.13.5). Each rule is an author, so Word can show one rule at a time."""
        codes = " ".join(dict.fromkeys(d.code for d in reasons))
        return w(tag, *content, id=self._next(), author=f"{_AUTHOR} {codes}".strip(), date=self._date)

    def _comment(self, lines: tuple[str, ...], content: Iterable[Element]) -> Iterator[Element]:
        number = self._said(lines)
        yield w("commentRangeStart", id=number)
        yield from content
        yield from _ended(number)

    def _said(self, lines: tuple[str, ...]) -> int:
        """The number of a new comment (ECMA-376 §17.13.4)."""
        number = self._next()
        paragraphs = [
            w("p", w("pPr", w("ind", firstLine=0, firstLineChars=0)), text_run(self.characters.clean(line)))
            for line in lines
        ]
        part = self._package.word.part._comments_part.element  # noqa: SLF001 - python-docx's own way costs more with each comment
        part.append(w("comment", *paragraphs, id=number, author=_AUTHOR, date=self._date, initials="C"))
        return number

    def _next(self) -> int:
        self._number += 1
        return self._number


def _sentence(diagnostic: Diagnostic) -> str:
    """A finding as one line, in the language of the text."""
    words = f"{diagnostic.code} {diagnostic.message.zh}"
    if diagnostic.edit:
        before, after = (_short(text) for text in (diagnostic.edit.before, diagnostic.edit.after))
        words += f"：{before} → {after}" if after else f"：删去 {before}"
        words = words if diagnostic.applied else f"建议（未改）　{words}"
    return f"{words}（把握 {diagnostic.confidence:.0%}）"


def _short(text: str) -> str:
    shown = " ".join(text.split()) or "空白" * bool(text)
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST // 2]}……{shown[-_LONGEST // 2 :]}"


def _lines(text: str) -> str:
    return re.sub(r"\r\n?", "\n", text)


def _gone(made: Iterable[Element]) -> Iterator[Element]:
    """Runs as deleted runs: their text stands in another element (ECMA-376 §17.3.3.7)."""
    for run in made:
        for leaf in run.iterchildren("{*}t"):
            leaf.tag = f"{str(leaf.tag)[:-1]}delText"
        yield run


def _ended(number: int) -> tuple[Element, Element]:
    """The end of a comment's range, and the run that leads to it."""
    return w("commentRangeEnd", id=number), w("r", w("commentReference", id=number))
