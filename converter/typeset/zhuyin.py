"""Zhuyin (注音, bopomofo) beside its character: to the right of it in horizontal and in vertical lines, its letters one
below the other (clreq, "positioning of zhuyin"). Pinyin, and zhuyin that cannot be shared out among the characters
below it, stands above them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.records import NamedTuple
from converter.regex import compiled

if TYPE_CHECKING:
    from converter.typeset.fonts import FontFace, Typeface

COLUMN = 500
"""What the column of letters takes beside its character in a horizontal line, in thousandths of an em (clreq)."""
SIZE = 0.3
"""Of a letter, in ems of the character (clreq: 3 to 10)."""
_LETTERS = "\u3105-\u312f\u31a0-\u31bf"
_TONES = "ˉˊˇˋ˙˪˫"
_READING = compiled(f"˙?[{_LETTERS}]{{1,4}}[{_TONES}]?")
_SYLLABLE = compiled(f"˙?(?:[ㄅ-ㄙㄪ-ㄬ][ㄧㄨㄩ]?[ㄚ-ㄦ]?|[ㄧㄨㄩ][ㄚ-ㄦ]?|[ㄚ-ㄦㄭ])[{_TONES}]?")
_MIDDLE = 0.38
"""From the baseline up to the middle of an ideograph, in ems."""
_TOP = 0.88
"""From the baseline up to where a glyph hangs in a column, in ems (ISO 32000-1 9.7.4.3)."""
_GAP = 0.04
"""Between the character and its letters, in ems."""
_LIGHT = 0.03
"""By how much letters below a light tone stand lower, in ems; it stands twice as far above them."""


def _is_zhuyin(reading: str) -> bool:
    """Whether a reading is that of one character, in zhuyin."""
    return _READING.fullmatch(reading) is not None


def syllables(base: str, reading: str) -> list[str]:
    """The reading of each character of `base`, if that is how `reading` is written: with spaces between, or such that
    it can be read in one way only. Empty otherwise.
    """
    apart = reading.split()
    if len(apart) == 1 and len(base) > 1:
        apart = _SYLLABLE.findall(reading)
    whole = "".join(apart) == "".join(reading.split()) and len(apart) == len(base)
    return apart if whole and all(map(_is_zhuyin, apart)) else []


class Shown(NamedTuple):
    """Part of a reading at its place."""

    text: str
    right: float
    """From where the character begins to the middle of the upper edge of this, in ems of the character."""
    up: float
    """Up to there from the character's baseline."""


def face_of(reading: str, typeface: Typeface) -> FontFace:
    """The first font that has all of a reading."""
    return next((face for face in typeface.files if all(map(face.glyph, reading))), typeface.files[-1])


def parts(reading: str, face: FontFace) -> list[Shown]:
    """The letters of a reading as a column, and its tone: at the upper right of the last letter; the light tone above
    the first. All is drawn as in columns.
    """
    sounds = reading.strip(_TONES)
    middle = 1 + _GAP + SIZE / 2
    top = _MIDDLE + len(sounds) * SIZE / 2
    light = "˙" in reading
    if light:
        top -= _LIGHT
    shown = [Shown(sounds, middle, top)]
    if tone := reading.replace(sounds, ""):
        at = (middle, top + 2 * _LIGHT) if light else (middle + 0.72 * SIZE, top - (len(sounds) - 0.75) * SIZE)
        glyph = face.shaped_glyph(tone, upright=True)
        left, bottom, right, upper = (edge / 1000 * SIZE for edge in face.box(glyph))
        half = face.advance(glyph) / 2000 * SIZE
        shown.append(Shown(tone, at[0] - (left + right) / 2 + half, at[1] + _TOP * SIZE - (bottom + upper) / 2))
    return shown if reading.startswith(sounds) else shown[::-1]
