"""Lines of a vertical page, in the text objects that PDFium copies in the order in which they are read.

PDFium takes objects that begin at nearly one height of the page, one after the other, for one line and sorts them from
left to right (`CPDF_TextPage::ProcessTextObject`), which puts a column before the one to its right. It tells the
direction of a page by its first object, and breaks lines and words by where an object begins. So a column is cut, and
its single characters are shown from above or from their baseline, such that no column begins where the object before
it does; Poppler and pypdf do not mind.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from converter.records import NamedTuple
from converter.typeset.composed import ASCENT
from converter.typeset.lines import Way
from converter.writers.pdf.shown import MIDDLE, gaping_end

if TYPE_CHECKING:
    from collections.abc import Sequence

    from converter.typeset.lines import Line, Piece

_ROOM = 125
"""What a Latin word in a column has behind its last letter as part of the glyph is a multiple of this, in thousandths
of an em: PDFium takes a gap before Han for a space."""
_DIGIT = 0.36
"""Half the height of a digit, in ems."""
_NUDGE = 0.002
"""How far to the left of the middle of a column the second of two digits begins at least, in ems."""
_UNSEEN = 0.03
"""How far it may be moved for that, in ems."""
_CLEAR = 0.1
"""Points beyond half the width of a character, within which PDFium takes objects to begin at one height."""


class Part(NamedTuple):
    """What one operator shows of a column."""

    piece: Piece
    size: float
    x: float
    """Where it begins, down the column, in points."""
    based: bool = False
    """Whether a character that does not lie is shown from where its baseline begins, in the font of horizontal lines,
    and not from the middle of its upper edge."""
    aside: float = 0
    """How far to the right of the middle of the column it stands, in ems: one of two digits."""
    narrowed: float = 1
    """As a part of its width."""

    @property
    def begins(self) -> float:
        """Where the object begins for PDFium, down the column."""
        match self.piece.way:
            case Way.UPRIGHT:
                return self.x + ASCENT * self.size * self.based
            case Way.ACROSS:
                return self.x + (0.5 + _DIGIT - ASCENT * (not self.based)) * self.size
            case Way.ALONG | Way.BESIDE:
                return self.x

    @property
    def turned(self) -> Part:
        """The same shown the other way, as far as there is one."""
        return self._replace(based=not self.based) if self.piece.way is not Way.ALONG else self

    def width(self, index: int) -> float:
        """Of a character, in points."""
        return _width(self.piece, self.piece.text[index]) * self.size / 1000

    def matrix(self, y: float) -> str:
        """The text matrix on the page that lies on its side, for a column whose baseline is at `y`."""
        match self.piece.way:
            case Way.UPRIGHT:
                return f"0 1 -1 0 {self.begins:.2f} {y + self._right():.2f} Tm"
            case Way.ACROSS:
                return f"0 {self.narrowed:.3f} -1 0 {self.begins:.2f} {y + self._right():.2f} Tm"
            case Way.ALONG:
                return f"1 0 0 1 {self.x:.2f} {y:.2f} Tm"
            case Way.BESIDE:
                return ""

    def _right(self) -> float:
        """From the baseline of the column to where it begins."""
        middle = MIDDLE + self.aside
        return (middle - _width(self.piece) * self.narrowed / 2000 if self.based else middle) * self.size


class Begin(NamedTuple):
    """Where a column begins for PDFium, down the column, and where it would if shown the other way; and how wide its
    first character is, all in points.
    """

    x: float
    other: float
    width: float


def begin(line: Line, size: float, x: float) -> Begin | None:
    """Where the first object of a column begins that is drawn at `x`; None for an empty one."""
    if not line.pieces:
        return None
    part = _across(line.pieces, 0, size, x + line.x * size / 1000)[0]
    return Begin(part.begins, part.turned.begins, part.width(0))


def _across(pieces: Sequence[Piece], number: int, size: float, x: float) -> list[Part]:
    """The parts of a piece before any is cut: one, or two digits that stand beside one another in a column.

    The second of these is shown from its baseline, which joins it to the first. At the head of a column the two are one
    object, since there PDFium takes what stands beside the first for another line; and before what lies, which begins
    too near the second.
    """
    piece = pieces[number]
    if piece.way is not Way.ACROSS:
        return [Part(piece, size, x)]
    width = _width(piece)
    narrowed = min(1.0, 1000 / width)
    if len(piece.text) == 1:
        return [Part(piece, size, x, narrowed=narrowed)]
    one, other = (piece._replace(text=character, kerns=()) for character in piece.text)
    beyond = (_width(one) - _width(other)) * narrowed / 2000 + _NUDGE
    lies = number + 1 < len(pieces) and pieces[number + 1].way is Way.ALONG
    if not number or lies or beyond > _UNSEEN:
        return [Part(piece, size, x, based=True, narrowed=narrowed)]
    first = Part(one, size, x, aside=-_width(other) * narrowed / 2000, narrowed=narrowed)
    aside = _width(one) * narrowed / 2000 - max(0, beyond)
    return [first, Part(other, size, x, based=True, aside=aside, narrowed=narrowed)]


def with_room(line: Line) -> Line:
    """The line with room that is part of the last letter of each Latin word before Han."""
    pieces = line.pieces
    if len(pieces) < 2 or not any(piece.way is Way.ALONG and gaping_end(piece) for piece in pieces[:-1]):
        return line
    roomy = (
        piece._replace(room=round((piece.kerns[-1][1] + piece.spread) / _ROOM) * _ROOM)
        if piece.way is Way.ALONG and not piece.room and gaping_end(piece) and after.way is Way.UPRIGHT
        else piece
        for piece, after in pairwise(pieces)
    )
    return line._replace(pieces=(*roomy, pieces[-1]))


class Columns:
    """The parts of one page's columns, one column after the other."""

    def __init__(self) -> None:
        self._before: Part | None = None
        """The last part of the column before."""

    def parts(self, line: Line, size: float, x: float, following: Begin | None) -> list[Part]:
        """The parts of a column that begins at `x`; `following` is where the next one begins."""
        parts: list[Part] = []
        for number, piece in enumerate(line.pieces):
            parts += _across(line.pieces, number, size, x)
            x += piece.advance * size / 1000
        if not parts:
            return parts
        if self._before is None:
            parts[:1] = _cut(parts[0], 1)
        elif self._follows(parts[0]):
            head, *rest = _cut(parts[0], 1)
            if not self._follows(head.turned):
                parts[:1] = [head.turned, *rest]
        if following:
            ways = _ways(parts[-1])
            if len(parts) == 1:
                ways = [way for way in ways if not self._follows(way[0])] or ways[:1]
            at = (following.x, following.other)
            parts[-1:] = next((way for x in at for way in ways if not _near(way[-1], x, following.width)), ways[0])
        self._before = parts[-1]
        return parts

    def _follows(self, part: Part) -> bool:
        """Whether a part begins where the last one of the column before does."""
        return self._before is not None and _near(self._before, part.begins, part.width(0))


def _ways(part: Part) -> list[list[Part]]:
    """In what parts the end of a column can be shown, whole first."""
    length = len(part.piece.text)
    cut = [_cut(part, index) for index in range(length - 1, max(0, length - 3), -1)]
    return [[part], *cut] if length > 1 else [[part], [part.turned]]


def _near(part: Part, x: float, width: float) -> bool:
    """Whether what begins at `x` with a character so wide begins where the part before it does, for PDFium."""
    return abs(part.begins - x) <= max(part.width(-1), width) / 2 + _CLEAR


def _cut(part: Part, index: int) -> list[Part]:
    """The part in two, or whole where it is one thing."""
    piece = part.piece
    if len(piece.text) <= index or piece.way in (Way.ACROSS, Way.BESIDE):
        return [part]
    before = tuple(kern for kern in piece.kerns if kern[0] < index)
    after = tuple((at - index, kern) for at, kern in piece.kerns if at >= index)
    head = piece._replace(text=piece.text[:index], kerns=before, room=0)
    tail = piece._replace(text=piece.text[index:], kerns=after, ruby="")
    return [part._replace(piece=head), Part(tail, part.size, part.x + head.advance * part.size / 1000)]


def _width(piece: Piece, characters: str = "") -> float:
    """Of all characters of a piece, or of these, in thousandths of an em; what stands upright has glyphs of its own."""
    face, upright = piece.face, piece.way is Way.UPRIGHT
    glyphs = ((upright and face.shaped_glyph(c, upright=True)) or face.glyph(c) for c in characters or piece.text)
    return sum(map(face.advance, glyphs)) or 1.0
