"""The characters that give damage away, and which of them a text holds: one look at a text for all rules together.

Most texts hold none of them. A rule that is about such characters asks here first: a search for its own class costs as
much as one for all classes at once, and then nothing is left to search for.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from converter.regex import compiled

if TYPE_CHECKING:
    import re

# Each is the inside of a character class of a regular expression.
CONTROLS = "\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\ud800-\udfff\ufeff\ufffe\uffff"
"""Characters that no document can hold (XML 1.0, production 2)."""
ZERO_WIDTH = "\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069"
"""Zero-width spaces, joiners, direction marks."""
INVISIBLE = f"\xa0\xad{ZERO_WIDTH}"
"""These, no-break spaces and soft hyphens."""
# Ranges that hold all of them: few, because each character of a clean text is held against each.
CODED = "\ue5e5\ue78d-\ue864\uf900-\ufad9\U0002f800-\U0002fa1d"
"""Compatibility ideographs, and private-use codes of GB 18030 for characters that Unicode has."""
RADICALS = "⺀-⿕"
FULL_WIDTH = "０-９Ａ-Ｚａ-ｚ"
"""Full-width letters and digits."""
CONFUSED = "丌丏丼丿乀乊亍兇兲冴刜刞刡劢収叏叐叧吅吪呾夗幵弻弽彔忓忚抂挃挄捤掍揑敁斱斲旪枀枅癿秱觃讣诧诨迒迓迕逡"
"""Characters that hardly any Simplified text has, and PDF fonts give for others."""
LOST = "?\ufffd"
"""What programs write for a byte or a character that they could not read."""
SHIFTED = "".join(bytes((0xA0, trail)).decode("gbk") for trail in range(0xA1, 0xFF))
"""Characters that A0, the no-break space of Latin-1, makes in GBK with the first byte of a character of GB 2312."""

_ANY = compiled(f"[{CONTROLS}{INVISIBLE}{CODED}{RADICALS}{FULL_WIDTH}{CONFUSED}{LOST}{SHIFTED}]")


def shows(text: str, sign: re.Pattern[str]) -> bool:
    """Whether a text holds a character that is what `sign` matches: one of the classes above.

    >>> shows("全体职⼯", compiled(f"[{RADICALS}]")), shows("全体职工", compiled(f"[{RADICALS}]"))
    (True, False)
    """
    return sign.search(signs_in(text)) is not None


def contains(text: str, piece: str) -> bool:
    """Whether a piece stands in a text: `piece in text`, and faster where a character of it is not in the text at all.

    >>> contains("目录……1", "……"), contains("目录…1", "……")
    (True, False)
    """
    return all(character in text for character in piece) and piece in text


# The rules look at one text after the other; between two edits it is the same.
@functools.lru_cache(maxsize=1)
def signs_in(text: str) -> str:
    """The characters of all these classes that a text holds, each once."""
    return "".join(sorted(set(_ANY.findall(text))))
