"""What is never seen of a text: it is taken out before the text is set."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unicodedata import normalize

from converter.regex import compiled

if TYPE_CHECKING:
    from re import Match

    from converter.typeset.runs import Run

# Default_Ignorable_Code_Point (UAX #44) and controls: nothing to see, nothing to set.
IGNORED = compiled(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_MARKS = "\u0300-\u036f\u3099\u309a"
_ACCENTED = compiled(f"[^{_MARKS}\\s][{_MARKS}]+")
UNUSUAL = compiled(f"{IGNORED.pattern[:-1]}{_MARKS}]")
"""What is never seen, and accents that may be one with their letter."""


def visible(run: Run) -> Run:
    """The run without what is never seen. A letter and its accent are one where a font has them as one: by itself the
    accent would stand above what follows.
    """
    if not UNUSUAL.search(run.text):
        return run

    def accented(match: Match[str]) -> str:
        one = normalize("NFC", match.group())
        return one if all(any(face.glyph(c) for face in run.typeface.files) for c in one) else match.group()

    return run._replace(text=IGNORED.sub("", _ACCENTED.sub(accented, run.text)))
