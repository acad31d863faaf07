"""Where a line may break and how wide a mark stands, as tables to be reviewed.

Each character has a class of one letter; each pair of classes has a kind of gap. Sources: clreq (Requirements for
Chinese Text Layout), "prohibition rules for line start and line end", "punctuation width adjustment", "line
adjustment"; GB/T 15834-2011 5.1.
"""

from __future__ import annotations

import unicodedata
from enum import StrEnum
from functools import cache
from itertools import product

from converter.records import NamedTuple

CLASSES = {
    "O": "“‘（《〈「『【〖〔［｛〝",  # opening marks (开始标点): never at the end of a line; blank half on the left
    "C": "”’）》〉」』】〗〕］｝〞",  # closing marks (结束标点): never at the start of a line; blank half on the right
    "P": "，、；：",  # pause marks (点号): never at the start of a line; blank half on the right
    "F": "。．",  # full stops
    "X": "！？‼⁇⁈⁉",  # exclamation and question marks
    "D": "—―⸺",  # dash (破折号): two of them are one mark of two ems
    "E": "…⋯",  # ellipsis (省略号): likewise
    "M": "·・‧",  # interpunct (间隔号): never at the start of a line
    "N": "～〜–々〻ー％‰℃℉°′″",  # other marks that never start a line
    "T": "×÷±＋－＝≈≠≤≥＜＞∶",  # signs of arithmetic: no space beside a digit, none ends a line before one
    "o": "([{<$£¥￥＄￡",  # narrow opening marks, and what stands before a number
    "n": ")]}>,.:;!?",  # narrow closing marks and stops
    "-": "-\u2010\u2011",  # hyphen: never at the start of a line
    "/": "/／",  # solidus (分隔号): neither at the start nor at the end of a line
    "S": " \t\n",
    "I": "\u3000",  # a space of one em
    "G": "\u00a0\u202f",  # a space that binds
}
"""By class. The rest, decided by `classify`: H an ideograph or another character that may stand alone; L a letter or
digit, part of a word; W a full-width letter or digit; Z a mark that combines with the character before it. Some are
made in context: d and e, the second half of a dash or an ellipsis; p, a narrow stop used as a Chinese one; a, an
apostrophe among letters. Q is an
opening mark without a blank half.
"""

_CLASS_OF = {character: kind for kind, characters in CLASSES.items() for character in characters}


def classify(character: str) -> str:  # noqa: PLR0911 - one property after the other
    """The class of one character, by the table or by its properties (UAX #11, general category)."""
    if kind := _CLASS_OF.get(character):
        return kind
    if "\u4e00" <= character <= "\u9fff":  # nearly all that are asked for
        return "H"
    if unicodedata.decomposition(character).startswith(("<super>", "<sub>")):
        return "L"  # m²: part of the word before it
    category = unicodedata.category(character)
    if category[0] == "M":
        return "Z"
    if category[0] == "Z":
        return "S"
    wide = unicodedata.east_asian_width(character)
    if wide == "F" and category[0] in "LN":
        return "W"
    if wide in "WF" or (wide == "A" and category[0] not in "LM"):
        return "H"
    return "L"


def narrowed(kind: str) -> str:
    """The class of a mark whose glyph is no full em wide: it has no blank half."""
    return {"O": "o", "C": "n", "P": "n", "F": "n", "X": "n"}.get(kind, kind)


def centred(kind: str) -> str:
    """The class of a mark whose glyph stands in the middle of its em: no half of it is blank."""
    return "Q" if kind == "O" else "N"


class Gap(NamedTuple):
    """What may happen between two characters. Lengths in thousandths of an em."""

    name: str
    kern: int = 0
    """Space added between the two, as a rule; negative: taken away."""
    room: int = 0
    """How much more may be taken away to make a line fit (clreq, reduction)."""
    step: int = 0
    """In which step of the reduction: the gaps of a lower step are used up first."""
    breaks: bool = True
    """Whether a line may end here."""
    stretches: bool = True
    """Whether a line is spaced out here (clreq, expansion)."""


GAPS = {
    "a": Gap("plain"),
    "b": Gap("inside a word, a dash or an ellipsis", breaks=False, stretches=False),
    "c": Gap("bound: a mark that may not start or end a line", breaks=False),
    "d": Gap("outside a bracket", room=500, step=4),
    "f": Gap("after a pause mark", room=500, step=5),
    "g": Gap("after a stop", room=500, step=7),
    "h": Gap("closing mark or stop before an opening mark", kern=-500, room=250, step=4),
    "i": Gap("adjacent marks: one of the two half ems goes", kern=-500, breaks=False),
    "j": Gap("Han beside Latin: a quarter of an em", kern=250, room=125, step=6),
    "k": Gap("after a space"),
    "l": Gap("adjacent marks that a line may end between", kern=-500),
}
"""Steps as in clreq, "procedures for inter-character spacing reduction": 4 brackets, 5 pauses, 6 Han and Latin, 7
stops. The first three are always taken: a mark at the end of a line has half an em, word spaces a quarter, interpuncts
half an em.
"""

EXPANSION = (("k", 250), ("j", 83))
"""What is added first where a line is spaced out, by kind of gap, and how much at most (clreq, "procedures for
inter-character space expansion"): word spaces up to half an em, Han beside Latin up to a third. The rest goes between
all characters alike.
"""


class Level(StrEnum):
    """How strictly the marks are kept from the edges of lines (clreq, "prohibition rules"; 避头尾)."""

    NONE = "none"
    """Not at all, as newspapers in Taiwan and Hong Kong have it; words, dashes and ellipses still hold together."""
    BASIC = "basic"
    """Pauses, stops, closing marks, connectors and interpuncts from the start, opening marks from the end."""
    GB = "gb"
    """The solidus from both as well: GB/T 15834."""
    STRICT = "strict"
    """Dash and ellipsis from the start as well."""


_BOUND = frozenset("-deSGIZ")
_BASIC = _BOUND | frozenset("CPFXMNnp")
START_PROHIBITED = {
    Level.NONE: _BOUND,
    Level.BASIC: _BASIC,
    Level.GB: _BASIC | {"/"},
    Level.STRICT: _BASIC | frozenset("/DE"),
}
"""The classes that no line begins with."""
END_PROHIBITED = {
    Level.NONE: frozenset("G"),
    Level.BASIC: frozenset("OQoG"),
    Level.GB: frozenset("OQo/G"),
    Level.STRICT: frozenset("OQo/G"),
}
"""The classes that no line ends with."""
CENTRED = frozenset("、，。．：；！？")
"""Marks that stand in the middle of their em in Taiwan and Hong Kong (clreq, "glyphs, sizes and positions")."""
HANGING = frozenset("、，。")
"""Marks that may hang in the margin (悬挂), where that is asked for: one of them at most (clreq, "hanging")."""
_TRAILING_BLANK = frozenset("CPFX")
_WORD = frozenset("Lon-/")


def _gap(a: str, b: str, level: Level) -> str:  # noqa: C901, PLR0911 - one rule a line, the first that fits decides
    start, end = START_PROHIBITED[level], END_PROHIBITED[level]
    if a + b in ("Dd", "Ee") or b in "SGZ" or a == "G":
        return "b"
    if a == "S":
        return "c" if b in start else "k"
    if a == "O" and b == "O":
        return "i" if b in start or a in end else "l"
    if a in _TRAILING_BLANK and b in _TRAILING_BLANK:
        adjacent = "C" in a + b or a + b == "XX"
        if b not in start:
            return "l" if adjacent else "a"
        return "i" if adjacent else "c"
    if a in _TRAILING_BLANK and b == "O":
        return "h"
    if b == "O" and a not in end:
        return "d"
    if (a in _WORD and b in _WORD) or (a + b in ("WW", "-L", "-W", "p/")):
        return "b"
    if b in start or a in end:
        return "c"
    if a in _TRAILING_BLANK:
        return {"C": "d", "P": "f"}.get(a, "g")
    if a == "T" and b in "LW":
        return "c"
    if a + b in ("HL", "LH", "WL", "LW"):
        return "j"
    return "a"


_KINDS = "HTOQCPFXDdEeMNonp-/LWSIGZa"
_LIKE = {"a": "L"}


@cache
def pairs(level: Level = Level.GB) -> dict[str, str]:
    """The kind of gap between any two classes, by level."""
    return {a + b: _gap(_LIKE.get(a, a), _LIKE.get(b, b), level) for a, b in product(_KINDS, _KINDS)}
