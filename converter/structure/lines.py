"""The lines of a text, as structure sees them: words without the white space around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from converter.source import SourceText

_LINE = re.compile(r"[^\r\n\x85\u2028\u2029]+")
SPACE = " \t\u00a0\u3000\u2002\u2003\u2009\u200b\ufeff"
"""White space around a line: indents, padding, and invisible characters of the same use."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank: its words and where they begin in the text."""

    text: str
    start: int

    @property
    def end(self) -> int:
        """One past the last character."""
        return self.start + len(self.text)


def lines_of(source: SourceText) -> Iterator[Line]:
    """Every line of `source.text` that is not blank, stripped."""
    for match in _LINE.finditer(source.text):
        line = match.group()
        text = line.strip(SPACE)
        if text:
            yield Line(text, match.start() + line.index(text[0]))
