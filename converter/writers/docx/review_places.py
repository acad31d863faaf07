"""Where the changes on the ledger stand in the edited text, and in which runs of the document."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from converter.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from converter.diagnostics import Diagnostic
    from converter.model import Document
    from converter.source import SourceText, Span


class Change(NamedTuple):
    """An edit where it stands in the edited text."""

    start: int
    end: int
    before: str
    alone: bool
    """Whether it took out whole lines."""
    reasons: tuple[Diagnostic, ...]


class Note(NamedTuple):
    """What is said in a comment about a stretch of the edited text."""

    start: int
    end: int
    lines: tuple[str, ...]


class Node(NamedTuple):
    """A run of text where it stands in the edited text."""

    start: int
    end: int
    opens: bool
    """Whether a paragraph begins with it."""


def starts_of(source: SourceText) -> Iterator[int]:
    """Where each edit's replacement begins in the edited text."""
    shift = 0
    for edit in source.edits:
        yield edit.span.start + shift
        shift += len(edit.after) - len(edit.before)


def changes_of(document: Document, starts: list[int]) -> Iterator[Change]:
    """The edits of a document's source, each with the diagnostics that made it."""
    from converter.ledger.record import makers

    source = document.source
    assert source is not None  # noqa: S101 - for the type checker; whoever calls has made sure
    for start, edit, made in zip(starts, source.edits, makers(source, document.ledger), strict=True):
        alone = not edit.after and _whole_lines(source.original, edit.span)
        reasons = tuple(document.ledger[index] for index in made)
        yield Change(start, start + len(edit.after), edit.before, alone, reasons)


def _whole_lines(original: str, span: Span) -> bool:
    taken = original[span.start : span.end]
    from_start = span.start == 0 or original[span.start - 1] in "\r\n" or taken[:1] in {"\r", "\n"}
    to_end = span.end == len(original) or original[span.end] in "\r\n" or taken[-1:] in {"\r", "\n"}
    return from_start and to_end and bool(taken.strip())


def runs_over(change: Change, nodes: list[Node], begins: list[int]) -> list[Node]:
    """The runs in which a change is shown; none for whole lines that were taken out between them."""
    index = max(0, bisect_right(begins, change.start) - 2)
    found = []
    while index < len(nodes) and nodes[index].start <= change.end:
        node = nodes[index]
        if change.start == change.end:
            edge = change.start in {node.start, node.end}
            if node.start <= change.start <= node.end and not (edge and change.alone):
                return [node]
        elif max(change.start, node.start) < min(change.end, node.end):
            found.append(node)
        index += 1
    return found


def pieces_of(
    changes: Iterable[Change], notes: Iterable[Note], start: int, end: int
) -> Iterator[tuple[int, int, Change | None]]:
    """The stretches of a run, cut where changes and notes begin and end."""
    cuts = sorted({place for note in notes for place in note[:2]})
    at = start
    for change in (*changes, None):
        stop = max(change.start, start) if change else end
        for cut in (*cuts[bisect_right(cuts, at) : bisect_left(cuts, stop)], stop):
            if at < cut:
                yield at, cut, None
                at = cut
        if change:
            at = min(change.end, end)
            yield stop, at, change
