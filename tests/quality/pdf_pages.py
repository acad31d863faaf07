"""Reads a PDF back, character by character with positions, and counts what a typesetter would mark as wrong.

Independent of the code that wrote it: only the theme's page and PDFium's text positions are used. Use it on any PDF that was
made with a theme: `python tests/quality/pdf_pages.py book.pdf book`.
"""

from __future__ import annotations

import ctypes
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

import pypdfium2
import pypdfium2.raw as pdfium

from converter.model import Paragraph, blocks_of, heading_text, outline, passages_of, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from converter.model import Document
    from converter.typeset.theme import Theme

CLOSING = frozenset("，、；：。．？！”’）》〉」』】〗〕］｝·・～％℃,.;:!?)]}")
OPENING = frozenset("“‘（《〈「『【〖〔［｛([{")
_UNDIVIDED = re.compile(r"[^\u2e80-\u9fff，、；：。（“‘《]{4,}|.？?．{2,}")
"""What a line may begin with that could not have stood on the one before: a long word, a number, a row of stops."""
MARKS = CLOSING | OPENING | frozenset("—…⋯ ")


@dataclass
class PageLine:
    """The characters that stand on one baseline, in points from the page's lower left corner."""

    text: str
    page: int
    baseline: float
    size: float
    left: float
    right: float
    """Where the last character's own width ends."""
    ink_left: float
    ink_right: float
    widest: float
    """The widest space between two ideographs that stand side by side, in ems."""


@dataclass
class Faults:
    """What was found, each as the line's text with its page."""

    starts_with_closing: list[str] = field(default_factory=list)
    ends_with_opening: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    ragged: list[str] = field(default_factory=list)
    lone: list[str] = field(default_factory=list)
    gaping: list[str] = field(default_factory=list)
    heading_at_foot: list[str] = field(default_factory=list)
    off_grid: list[str] = field(default_factory=list)
    unreadable: list[str] = field(default_factory=list)

    def found(self) -> dict[str, list[str]]:
        return {name: lines for name, lines in vars(self).items() if lines}


def lines_of(data: bytes) -> Iterator[PageLine]:
    """All lines of the file, page by page, from top to bottom."""
    file = pypdfium2.PdfDocument(data)
    for number in range(len(file)):
        page = file[number].get_textpage()
        characters = [c for i in range(page.count_chars()) if (c := _character(page, i))]
        characters.sort(key=lambda c: (-round(c[1], 1), c[2]))
        for _, group in groupby(characters, key=lambda c: round(c[1], 1)):
            row = list(group)
            yield PageLine(
                text="".join(c[0] for c in row),
                page=number,
                baseline=row[0][1],
                size=max(c[3] for c in row),
                left=min(c[4] for c in row),
                right=max(c[5] for c in row),
                ink_left=min(c[6] for c in row),
                ink_right=max(c[7] for c in row),
                widest=_widest(row),
            )


_COLUMNS = 0.6
"""Ems: what is further apart stands in two columns of a table; no line is spaced so widely."""


def _widest(row: list[tuple]) -> float:
    """The widest space between two ideographs, in ems. What is marked with ActualText has one origin for all of it and
    is passed over.
    """
    origins = Counter(c[2] for c in row)
    widest = 0.0
    for one, other in pairwise(row):
        ideographs = all("\u4e00" <= c[0] <= "\u9fff" and origins[c[2]] == 1 for c in (one, other))
        if ideographs and abs(one[3] - other[3]) < 0.1:
            space = (other[2] - one[2]) / one[3] - 1
            widest = max(widest, space if space < _COLUMNS else 0)
    return widest


def _character(
    page: pypdfium2.PdfTextPage, index: int
) -> tuple[str, float, float, float, float, float, float, float] | None:
    """Text, baseline, x, size, left, right, ink left, ink right of a character; None for one that PDFium made up."""
    code = pdfium.FPDFText_GetUnicode(page, index)
    if pdfium.FPDFText_IsGenerated(page, index) == 1 or chr(code) in "\r\n":
        return None
    x, y = ctypes.c_double(), ctypes.c_double()
    pdfium.FPDFText_GetCharOrigin(page, index, x, y)
    left, _, right, _ = page.get_charbox(index, loose=True)
    ink_left, _, ink_right, _ = page.get_charbox(index)
    return chr(code), y.value, x.value, pdfium.FPDFText_GetFontSize(page, index), left, right, ink_left, ink_right


def faults(data: bytes, theme: Theme, *, front: int = 0, document: Document | None = None) -> Faults:  # noqa: C901 - one question after the other
    """The faults in a file whose body begins after `front` pages.

    With the `document` that it shows, what its author wrote is no fault: a paragraph that begins with an exclamation
    mark; and headings are looked for at the foot of pages.
    """
    found, page = Faults(), theme.page
    lines = [line for line in lines_of(data) if line.page >= front]
    inside = [line for line in lines if page.bottom - 1 < line.baseline < page.height - page.top + 1]
    begins, ends = _edges(document) if document else (frozenset(), frozenset())
    found.off_grid += _off_grid(inside, theme)
    for line, following in zip(inside, [*inside[1:], None], strict=True):
        verso = page.mirrored and (line.page - front) % 2 == 1
        edge = page.outer if verso else page.inner
        end, em, text = edge + page.measure, line.size, line.text.strip()
        where = f"{line.page + 1}: {line.text}"
        if any(c in "\0\ufffd\ufffe" for c in text):
            found.unreadable.append(where)
        leaders = text[:1] == "."  # dots that led to a page number
        if text[:1] in CLOSING and _squeezed(text)[:4] not in begins and not leaders:
            found.starts_with_closing.append(where)
        if text[-1:] in OPENING and _squeezed(text)[-4:] not in ends:
            found.ends_with_opening.append(where)
        if line.ink_left < edge - 0.1 * em or line.ink_right > end + (0.05 if text[-1:] > "~" else 0.1) * em:
            found.outside.append(where)
        if abs(em - theme.body.size) > 0.1 or theme.page.measure - (line.left - edge) < 0:
            continue
        if line.widest > 0.155 and not (following and _UNDIVIDED.match(following.text)) and "\u3000" not in line.text:
            found.gaping.append(where)
        begins_flush = abs(line.left - edge) < 0.6 * em and line.left < edge + 0.1 * em
        anew = following is not None and _squeezed(following.text)[:4] in begins  # a salutation is not indented
        if following is not None and not anew and _continues(line, following, theme, front):
            hanging = 0.5 * em if text[-1:] in CLOSING else 0
            off = min(abs(line.right - end), abs(line.right - hanging - end))
            if line.right - line.ink_right < 0.01 and -0.35 * em < line.ink_right - end < 0.1 * em:
                off = 0  # PDFium knows only the ink of what is marked with ActualText
            if off > 0.05 * em:
                found.ragged.append(where)
        elif (
            begins_flush
            and _squeezed(text)[:4] not in begins
            and len([c for c in text if c not in MARKS]) == 1
            and not leaders
        ):
            found.lone.append(where)
    if document:
        found.heading_at_foot += _headings_at_foot(data, document, inside)
    return found


def _off_grid(lines: list[PageLine], theme: Theme) -> Iterator[str]:
    """Lines of the body's size that do not stand in the rows of the page, where the theme has a grid of lines."""
    body, page = theme.body, theme.page
    first = page.height - page.top - (body.leading - body.size) / 2 - 0.88 * body.size
    for line in lines if theme.line_grid else ():
        rows = (first - line.baseline) / body.leading
        if abs(line.size - body.size) < 0.1 and abs(rows - round(rows)) > 0.05:
            yield f"{line.page + 1}: {line.text}"


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _edges(document: Document) -> tuple[frozenset[str], frozenset[str]]:
    """The first and the last characters of every line that the author wrote."""
    passages = [heading_text(entry.section.heading) for entry in outline(document)]
    passages += [plain(passage) for block in blocks_of(document) for passage in passages_of(block)]
    written = [_squeezed(line) for passage in passages for line in passage.split("\n")]
    return frozenset(line[:4] for line in written), frozenset(line[-4:] for line in written)


def _headings_at_foot(data: bytes, document: Document, inside: list[PageLine]) -> Iterator[str]:
    """Headings that stand alone, have text of their own, and nothing below them on their page."""
    below: dict[int, list[float]] = {}
    for line in inside:
        below.setdefault(line.page, []).append(line.baseline)
    file = pypdfium2.PdfDocument(data)
    for mark, entry in zip(file.get_toc(max_depth=30), outline(document), strict=True):
        section, place = entry.section, mark.get_dest()
        follows = any(isinstance(block, Paragraph) and block.inlines for block in section.blocks)
        if section.heading.run_in or not (follows or section.sections):
            continue
        top = place.get_view()[1][1]
        if sum(baseline < top for baseline in below.get(place.get_index(), ())) < 2:
            yield f"{place.get_index() + 1}: {heading_text(section.heading)}"


def _continues(line: PageLine, following: PageLine, theme: Theme, front: int) -> bool:
    """Whether `following` is the next line of the same paragraph: of the body's size, and not indented.

    A salutation is not indented either: after a line that ends far from the margin it is taken for a paragraph.
    """
    page = theme.page
    edge = page.outer if page.mirrored and (following.page - front) % 2 == 1 else page.inner
    own = page.outer if page.mirrored and (line.page - front) % 2 == 1 else page.inner
    if line.right < own + page.measure - 2 * line.size:
        return False
    if abs(following.size - line.size) > 0.1 or following.left > edge + 0.1 * line.size:
        return False
    if following.page == line.page:
        return abs(line.baseline - following.baseline - theme.body.leading) < 0.1
    return following.page == line.page + 1


if __name__ == "__main__":
    from pathlib import Path

    from converter.typeset.themes import find_theme

    for name, where in faults(Path(sys.argv[1]).read_bytes(), find_theme(sys.argv[2])).found().items():
        print(name, *where, sep="\n  ")  # noqa: T201
