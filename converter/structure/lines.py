"""The lines of a text, as structure sees them: words without the white space around them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.records import NamedTuple
from converter.regex import compiled
from converter.text.line_ends import split_lines

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping

    from converter.source import SourceText

SPACE = " \t\u00a0\u3000\u2002\u2003\u2009\u200b\ufeff"
"""White space around a line: indents, padding, and invisible characters of the same use."""


_INDENT = "\u3000\u3000"
_INDENTS = compiled(r"[ \u00a0]*\u3000{2,}\s*")
_ENDS = frozenset("。！？；：”’」』）)…")
_LONG = 200
_FEWEST = 3
_GLUED = compiled(r"[\u3000 ]{2,}(?=第[^\s\u3000]{1,7}[回章](?:[\s\u3000]|$))")


class Line(NamedTuple):
    """One line that is not blank: its words and where they begin in the text."""

    text: str
    start: int
    blank: int = 0
    """How many blank lines stand above it."""
    depth: int = 0
    """Depth of a heading that was marked as one: 1 for #, 2 for ##; 0 where nothing was marked."""

    @property
    def end(self) -> int:
        """One past the last character."""
        return self.start + len(self.text)


def lines_of(source: SourceText, depths: Mapping[int, int]) -> Iterator[Line]:
    """Every line of `source.text` that is not blank, stripped; `depths` of marked headings by their first character."""
    text, end, after = source.text, 0, 0
    for line in split_lines(text, "\r\x85\u2028\u2029"):
        begin, after = after, after + len(line) + 1
        words = line.strip(SPACE)
        if not words:
            continue
        start = begin if words is line else begin + line.index(words[0])
        blank = max(0, text.count("\n", end, begin) - 1) if begin > end + 1 else 0
        end = after - 1
        made = Line(words, start, blank, depths.get(start, 0) if depths else 0)
        if made.depth:
            yield made
        elif words[0] == "第" and "第" in words[1:]:
            yield from _parted(made, _GLUED)
        elif len(words) > _LONG and _INDENT in words and _runs_on(words):
            yield from _parted(made, _INDENTS)
        else:
            yield made


def _runs_on(words: str) -> bool:
    """Whether paragraphs were run together into one line: half of the indents in it stand behind sentences."""
    behind = [words[gap.start() - 1] for gap in _INDENTS.finditer(words) if gap.start()]
    return len(behind) >= _FEWEST and sum(char in _ENDS for char in behind) * 2 >= len(behind)


def _parted(line: Line, gaps: re.Pattern[str]) -> Iterator[Line]:
    """A line cut at the gaps: the end of the contents and the first heading, 第108回…　　第一回…, or paragraphs."""
    at = 0
    for gap in gaps.finditer(line.text):
        yield Line(line.text[at : gap.start()], line.start + at, line.blank if at == 0 else 0)
        at = gap.end()
    yield Line(line.text[at:], line.start + at, line.blank if at == 0 else 0)
