"""From the characters of a paragraph to the gaps between them: classes in their context, kinds of gaps."""

from __future__ import annotations

import re
from functools import cache
from operator import add
from typing import TYPE_CHECKING

from converter.regex import compiled
from converter.typeset.punctuation import CENTRED as CENTRED_MARKS
from converter.typeset.punctuation import CLASSES, Level, pairs

if TYPE_CHECKING:
    from collections.abc import Iterable

_STRETCH = compiled("H{0,60}[^H]+|H{1,60}")
_SHORT = 100
"""Classes of a stretch that is remembered."""
_MOST = 20_000
"""Stretches that are remembered: texts have some hundreds, and what strangers send must not fill the memory."""


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


class _Gaps(dict[str, str]):
    """The kinds of the gaps after the characters of a stretch that an ideograph follows, by their classes. Texts have
    few such stretches: so many ideographs and a mark.
    """

    def __init__(self, level: Level) -> None:
        super().__init__()
        self._pairs = pairs(level)

    def __missing__(self, classes: str) -> str:
        gaps = "".join(map(self._pairs.__getitem__, map(add, classes, classes[1:] + "H")))
        if len(classes) <= _SHORT and len(self) < _MOST:
            self[classes] = gaps
        return gaps


_gaps = cache(_Gaps)


def gaps_between(classes: str, level: Level) -> str:
    """The kind of the gap after each character, by their classes; the last gap is none."""
    gaps = "".join(map(_gaps(level).__getitem__, _STRETCH.findall(classes)))
    return f"{gaps[:-1]}b" if gaps else ""


def in_context(classes: str) -> str:
    """Classes that depend on their neighbours: two dashes are one mark, a comma after an ideograph is a Chinese one."""
    if "D" in classes:
        classes = re.sub("D(?!d)", "N", classes.replace("DD", "Dd"))
    if "E" in classes:
        classes = re.sub("E(?!e)", "N", classes.replace("EE", "Ee"))
    if "n" in classes:
        classes = re.sub("(?<=[HCN])n", "p", classes)
    return classes
