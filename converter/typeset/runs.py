"""What composition takes and gives: runs of characters, the room for them, lines of pieces. Lengths in lines are
thousandths of an em of the paragraph's size.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from converter.records import NamedTuple
from converter.typeset.punctuation import Level
from converter.typeset.theme import Align

if TYPE_CHECKING:
    from converter.typeset.fonts import FontFace, Typeface
    from converter.typeset.tags import Tag


class Run(NamedTuple):
    """Characters set in one typeface."""

    text: str
    typeface: Typeface
    dotted: bool = False
    """Whether emphasis dots (着重号) stand below the characters."""
    link: str = ""
    """Where the characters lead: an address, or `#` and the name of a place in the document."""
    ruby: str = ""
    """What stands above the characters."""
    tag: Tag | None = None
    """What they are part of; an artifact if None."""
    beside: str = ""
    """What runs beside them: "line" (专名号), "wave" (书名号甲式)."""
    zhuyin: bool = False
    """Whether `ruby` stands beside them: of one character."""


class Way(Enum):
    """How the characters of a piece stand in their line."""

    ALONG = "along"
    """As the line goes: all of a horizontal line, and Latin words in a column."""
    UPRIGHT = "upright"
    """One below the other, in a column."""
    ACROSS = "across"
    """Beside one another in the width of one em, across a column."""
    BESIDE = "beside"
    """In a small column of their own beside the character that they tell the sound of: `typeset.zhuyin`."""


class Piece(NamedTuple):
    """Part of a line: characters of one font."""

    text: str
    face: FontFace
    spread: float
    """Space after every character, beside what `kerns` says."""
    kerns: tuple[tuple[int, float], ...]
    """(index, space) for the characters with more or less space after them; indices rise."""
    dotted: bool
    link: str = ""
    ruby: str = ""
    tag: Tag | None = None
    way: Way = Way.ALONG
    beside: str = ""
    zhuyin: bool = False
    room: int = 0
    """How much of the space behind its last character belongs to that, as room for readings."""

    @property
    def advance(self) -> float:
        """What it takes of its line."""
        match self.way:
            case Way.ALONG:
                width = sum(self.face.advance(self.face.glyph(character)) for character in self.text)
            case Way.UPRIGHT:
                width = 1000 * len(self.text)
            case Way.ACROSS:
                width = 1000
            case Way.BESIDE:
                width = 0
        return width + self.spread * len(self.text) + sum(kern for _, kern in self.kerns)


class Line(NamedTuple):
    """One line; its text is the paragraph's, without the spaces at its end."""

    x: float
    """Where the first character stands, from the left edge of the measure; negative where the blank half of an opening
    mark is cut off."""
    width: float
    """From `x` to the end of the last character's ink box; a mark at the end counts half an em."""
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The line's characters."""
        return "".join(piece.text for piece in self.pieces)

    def untagged(self) -> Line:
        """The line as an artifact: what has been said once already."""
        return self._replace(pieces=tuple(piece._replace(tag=None) for piece in self.pieces))


class Manner(NamedTuple):
    """The rules that a text's lines are composed by, as far as they are a matter of choice."""

    level: Level = Level.GB
    hanging: bool = False
    """Whether one 、，。 at the end of a line may hang in the margin."""
    vertical: bool = False
    """Whether the lines are columns: `typeset.vertical`."""
    hyphenate: bool = False
    """Whether Latin words may be divided where a line would gape."""
    centred: bool = False
    """Whether stops stand in the middle of their em and keep all of it, as in Taiwan and Hong Kong."""


class Shape(NamedTuple):
    """The room that a paragraph's lines have, and the rules for them."""

    measure: float
    align: Align = Align.JUSTIFY
    first_indent: float = 0
    right_indent: float = 0
    manner: Manner = Manner()
    balanced: bool = False
    """Whether the lines are made as equal as the words allow, as those of centred paragraphs are."""
