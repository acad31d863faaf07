"""Marks in an EPUB where the pages of the printed book begin (EPUB 3.3 §7.4.2.3, EPUB Accessibility 1.1 §3).

Print knows its pages by their first lines; each is looked for in the words of the files, in order, near the place where
the length of the page before lets it be expected.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from converter.records import NamedTuple
from converter.regex import compiled
from converter.typeset.printed import bare
from converter.writers.characters import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from converter.typeset.printed import PrintedPage

_TOKEN = compiled(r"<[^>]*>|&[^;]*;|[^<&]")
_KEY = 16
"""Characters of a first line that are looked for; the end of a line may have a hyphen that the text has not."""
_NEAR = 400
"""Characters by which a page may begin before or after where it is expected."""
_SILENT = frozenset({"rt", "sup"})
"""Elements whose words are not in the lines of print: readings, marks of notes."""


class Break(NamedTuple):
    """Where a page begins."""

    label: str
    href: str


def name_of(label: str) -> str:
    """The name of a page's mark."""
    return f"p{label}"


def mark(label: str) -> str:
    """The mark itself."""
    said = escape(label)
    return f'<span role="doc-pagebreak" epub:type="pagebreak" aria-label="{said}" id="{name_of(said)}"/>'


def marked(texts: Sequence[str], pages: Iterable[PrintedPage]) -> tuple[list[str], list[tuple[str, int]]]:
    """The same pieces of XHTML with a mark where each page begins; and of each mark its label and its piece."""
    words = [bare(_words(text)) for text in texts]
    begins = list(accumulate(map(len, words), initial=0))
    linear = "".join(words)
    wanted: dict[int, list[tuple[int, str]]] = {}
    found: list[tuple[str, int]] = []
    for label, at in _places(linear, pages):
        piece = min(bisect_right(begins, at) - 1, len(texts) - 1)
        wanted.setdefault(piece, []).append((at - begins[piece], label))
        found.append((label, piece))
    made = list(texts)
    for piece, marks in wanted.items():
        made[piece] = _with_marks(texts[piece], marks)
    return made, found


def _places(linear: str, pages: Iterable[PrintedPage]) -> Iterator[tuple[str, int]]:
    """The label of each page, and which character of the text it begins with; pages that show none have no place."""
    least = expected = 0
    for page in pages:
        if not page.begins or least >= len(linear):
            continue
        at = _nearest(linear, page.begins[:_KEY], least, expected)
        yield page.label, at
        least, expected = at + 1, at + page.length


def _nearest(linear: str, key: str, least: int, expected: int) -> int:
    """The place of the words that is nearest to where they are expected, not before `least`."""
    best, at = -1, linear.find(key, max(least, expected - _NEAR))
    while 0 <= at <= expected + _NEAR:
        if best < 0 or abs(at - expected) < abs(best - expected):
            best = at
        at = linear.find(key, at + 1)
    if best < 0:
        best = at if at >= 0 else linear.find(key, least)
    return best if best >= 0 else min(max(least, expected), len(linear) - 1)


def _shown(text: str) -> Iterator[tuple[int, str]]:
    """The characters that a piece of XHTML shows in lines, each with its place in the piece."""
    from html import unescape  # a long table, where pages of print are marked

    silent = 0
    for token in _TOKEN.finditer(text):
        said = token[0]
        if said[0] == "<":
            name = said.strip("</>").split(" ")[0]
            if name in _SILENT:
                silent += -1 if said[1] == "/" else 1
        elif not silent:
            yield token.start(), unescape(said)


def _words(text: str) -> str:
    return "".join(character for _, character in _shown(text))


def _with_marks(text: str, marks: Sequence[tuple[int, str]]) -> str:
    """A piece with marks before some of its characters, which are counted without white space."""
    todo, count, made, done = list(reversed(marks)), 0, "", 0
    for place, character in _shown(text):
        if not bare(character):
            continue
        while todo and todo[-1][0] <= count:
            made += text[done:place] + mark(todo.pop()[1])
            done = place
        count += 1
    return made + text[done:]
