"""What is taken out of a text because the document says it otherwise: titles again, marks of notes, bars of tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.diagnostics import Diagnostic, Severity
from converter.errors import Message
from converter.source import Edit
from converter.structure.rows import RULE
from converter.structure.verdicts import PLAIN, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from converter.source import SourceText
    from converter.structure.reading import Reading
    from converter.structure.verdicts import Verdict


_TAKEN_OUT = {
    "ST101": Message("The title stands twice; the second was taken out.", "标题重复，已去掉其中一处。"),
    "ST103": Message("The mark of a note was read; notes are numbered anew.", "已识别注码，注释由排版重新编号。"),
    "ST105": Message("The bars between the cells of a table were taken out.", "表格各栏之间的竖线已去掉。"),
    "ST104": Message("The word above the notes was taken out.", "注释之前的标题已去掉。"),
}


def removals_of(reading: Reading, verdicts: Sequence[Verdict]) -> Iterator[tuple[int, int, str]]:
    """What is taken out of the text, and the code that says why."""
    for line, verdict in zip(reading.lines, verdicts, strict=True):
        if verdict is PLAIN:
            continue
        match verdict.kind:
            case Kind.REPEATED:
                yield line.start, line.end, "ST101"
            case Kind.NOTES_WORD:
                yield line.start, line.end, "ST104"
            case Kind.NOTE:
                yield line.start, line.start + verdict.end, "ST103"
            case Kind.ROW if line.text[0] == "|":
                bars = ((0, len(line.text)),) if RULE.fullmatch(line.text) else _bars(line.text)
                yield from ((line.start + start, line.start + end, "ST105") for start, end in bars)
    for call in reading.calls:
        start = reading.lines[call.line].start
        yield start + call.start, start + call.end, "ST103"


def _bars(text: str) -> Iterator[tuple[int, int]]:
    return ((at, at + 1) for at, character in enumerate(text) if character == "|")


def told(source: SourceText, start: int, end: int, code: str) -> Diagnostic:
    """The note on what is taken out from `start` to `end`."""
    span = source.span(start, end)
    return Diagnostic(
        code=code,
        severity=Severity.INFO,
        message=_TAKEN_OUT[code],
        span=span,
        edit=Edit(span=span, before=source.original[span.start : span.end], after=""),
        applied=True,
    )
