"""From the characters of a paragraph to the gaps between them: classes in their context, kinds of gaps."""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from operator import add
from typing import TYPE_CHECKING

from converter.regex import compiled
from converter.typeset.punctuation import CENTRED as CENTRED_MARKS
from converter.typeset.punctuation import CLASSES, Level, pairs

if TYPE_CHECKING:
    from collections.abc import Iterable

_COMMON = "HPFCXOQSILpnoNDd"
"""The sixteen classes that texts are made of, or nearly: two of them fit into a byte."""
_RARE = 255
_NUMBERS = bytes(_COMMON.find(chr(code)) % (_RARE + 1) for code in range(256))


def holds_any(kinds: Iterable[str], classes: str) -> bool:
    """Whether one of these classes is among them: ten times as fast as with a set, which looks at each by itself."""
    for kind in kinds:  # noqa: SIM110 - a generator costs more than all else here
        if kind in classes:
            return True
    return False


def with_centred_marks(text: str, classes: str) -> str:
    """The classes where stops have no blank half."""
    made = classes.translate(_CENTRED)
    for match in _STAYING.finditer(text):
        at = match.start()
        made = made[:at] + classes[at] + made[at + 1 :]
    return made


_CENTRED = str.maketrans("PFX", "NNN")
_STAYING = compiled(f"[{''.join(c for kind in 'PFX' for c in CLASSES[kind] if c not in CENTRED_MARKS)}]")


@cache
def _of_pairs(level: Level) -> bytes:
    """The kind of the gap between two common classes, at the byte that both are written in."""
    return "".join(pairs(level)[before + after] for before, after in product(_COMMON, repeat=2)).encode()


def gaps_between(classes: str, level: Level) -> str:
    """The kind of the gap after each character, by their classes; the last gap is none."""
    numbers = classes.encode().translate(_NUMBERS)
    if _RARE in numbers:
        return "".join(map(pairs(level).__getitem__, map(add, classes, classes[1:]))) + "b"
    # All pairs at once: each number beside the one behind it, as two halves of a byte of one long number.
    row = int.from_bytes(numbers)
    both = (row << 4 | row << 8).to_bytes(len(numbers) + 1)
    return both[1:-1].translate(_of_pairs(level)).decode() + "b" if numbers else ""


def in_context(classes: str) -> str:
    """Classes that depend on their neighbours: two dashes are one mark, a comma after an ideograph is a Chinese one."""
    if "D" in classes:
        classes = re.sub("D(?!d)", "N", classes.replace("DD", "Dd"))
    if "E" in classes:
        classes = re.sub("E(?!e)", "N", classes.replace("EE", "Ee"))
    if "n" in classes:
        classes = re.sub("(?<=[HCN])n", "p", classes)
    return classes
