"""Headings marked with # (Markdown, CommonMark §4.2): the marks are read, and taken out of the text on record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from converter.diagnostics import Diagnostic, Severity
from converter.errors import Message
from converter.records import NamedTuple
from converter.regex import compiled
from converter.source import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from converter.source import SourceText

_HEADING = compiled(r"^[ ]{0,3}(#{1,6})[ \t\u3000]+(?=[^\s#])([^\r\n]*)", re.MULTILINE)
_FENCE = compiled(r"^[ ]{0,3}(```|~~~)", re.MULTILINE)
_LINK = compiled(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_ONLY = 0.5
"""Where every second line begins with #, it is a list of tags or comments in a script, not headings."""


class Marked(NamedTuple):
    """A text without its heading marks, and what they said."""

    source: SourceText
    depths: dict[int, int]
    """Depth of the heading that begins at a character of `source.text`: 1 for #, 2 for ##."""
    diagnostics: tuple[Diagnostic, ...]


def read_marks(source: SourceText) -> Marked:
    r"""The text with the marks of its headings taken out. One # alone says nothing, unless it opens the text.

    >>> from converter.source import SourceText
    >>> found = read_marks(SourceText("# 信访条例\n\n## 总则\n正文。"))
    >>> found.source.text, found.depths
    ('信访条例\n\n总则\n正文。', {0: 1, 6: 2})
    """
    headings = list(_headings(source.text)) if "#" in source.text else []
    opens = bool(headings) and not source.text[: headings[0].start()].strip()
    if not headings or (len(headings) < 2 and not opens) or len(headings) > _ONLY * source.text.count("\n") + 1:
        return Marked(source, {}, ())
    changes: list[tuple[int, int, str]] = []
    depths: dict[int, int] = {}
    taken = 0
    for heading in headings:
        mine = list(_changes(heading))
        depths[heading.start(1) - taken] = len(heading[1])
        taken += sum(end - start for start, end, _ in mine)
        changes += mine
    return Marked(source.edited(changes), depths, tuple(_removal(source, change) for change in changes))


def _headings(text: str) -> Iterator[re.Match[str]]:
    """Headings outside fenced code."""
    fences = [match.start() for match in _FENCE.finditer(text)]
    passed = 0
    for match in _HEADING.finditer(text):
        while passed < len(fences) and fences[passed] < match.start():
            passed += 1
        if passed % 2 == 0:
            yield match


def _changes(heading: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    """What is to be taken out of one heading: the marks before and after it, the addresses of links."""
    start, end = heading.span(2)
    yield heading.start(1), start, ""
    for link in _LINK.finditer(heading.string, start, end):
        if link[1].strip():
            yield link.start(), link.start(1), ""
            yield link.end(1), link.end(), ""
    words = heading[2].rstrip()
    if (closed := words.rstrip("#")) != words and closed[-1:].isspace():
        yield start + len(closed.rstrip()), start + len(words), ""


def _removal(source: SourceText, change: tuple[int, int, str]) -> Diagnostic:
    span = source.span(change[0], change[1])
    return Diagnostic(
        code="ST102",
        severity=Severity.INFO,
        message=Message("A mark of a heading was read and taken out.", "已识别标题标记并将其去掉。"),
        span=span,
        edit=Edit(span=span, before=source.original[span.start : span.end], after=""),
        applied=True,
    )
