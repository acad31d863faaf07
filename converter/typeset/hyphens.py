"""Where Latin words may be divided (断词), by the patterns of Liang that Pyphen brings, for English."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from converter.errors import ResourceError
from converter.regex import compiled

if TYPE_CHECKING:
    from collections.abc import Callable

HYPHENATED = "3"
"""How `typeset.lines` writes down that a line may end there, with a hyphen."""
SOFT_HYPHEN = "\u00ad"
"""What is set at such an end: it looks like a hyphen and is none of the text."""
_WORD = compiled(r"(?<![!-~])[A-Za-z]{6,}(?=[^!-~]|[,.;:!?)]|$)")
_FIRST, _LAST = 2, 3
"""Letters that stay at least before and after the hyphen."""


def hyphenated(text: str, breaks: str) -> str:
    """`breaks`, which has a digit for the gap behind each character, with the places where words may be divided.

    Raises ResourceError if Pyphen is not installed.
    """
    marks = list(breaks)
    for word in _WORD.finditer(text):
        for position in _positions()(word[0]):
            gap = word.start() + position - 1
            if _FIRST <= position <= len(word[0]) - _LAST and marks[gap] == "0":
                marks[gap] = HYPHENATED
    return "".join(marks)


@functools.cache
def _positions() -> Callable[[str], list[int]]:
    try:
        import pyphen
    except ImportError:
        raise ResourceError(
            "Dividing words needs Pyphen: pip install 'converter-zh[hyphenation]'.",
            "西文断词需要 Pyphen：pip install 'converter-zh[hyphenation]'。",
        ) from None
    positions: Callable[[str], list[int]] = pyphen.Pyphen(lang="en_US").positions
    return positions
