"""Numbers with a full stop (编号后的句号): 1。会认生字 where an input method, or a program, made 。 of the point.

One such line may be a sentence that ends with a number; two that count are a list.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from converter.errors import Message
from converter.regex import compiled
from converter.repair.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "ZH208"
NAME = Message("numbers with a full stop", "编号后的句号")

# Damaged → repaired.
CASES = (
    (
        "目标：\n　　1。会认生字。\n\n　　2。朗读课文。\n3。体会\n",
        "目标：\n　　1.会认生字。\n\n　　2.朗读课文。\n3.体会\n",
    ),
    ("共有\n8。其余\n", "共有\n8。其余\n"),
    ("得分为\n9。后来是\n3。\n", "得分为\n9。后来是\n3。\n"),
    ("他答：2。我答：3。\n", "他答：2。我答：3。\n"),
)

_FIRST = compiled(r"[ \t\u3000]*([0-9]{1,2})。(?=[^\s0-9。])")
_NUMBER = compiled(rf"\n{_FIRST.pattern}")
_MESSAGE = Message("full stop behind the number of an item", "编号后的句号")


def find(text: str) -> Iterator[Finding]:
    """Every full stop behind a number at the beginning of a line, where such numbers count."""
    first = _FIRST.match(text)
    numbers = [*([first] if first else []), *_NUMBER.finditer(text)]
    steps = [int(after[1]) - int(before[1]) == 1 for before, after in pairwise(numbers)]
    for number, before, after in zip(numbers, [False, *steps], [*steps, False], strict=False):
        if before or after:
            yield Finding(number.end() - 1, number.end(), ".", _MESSAGE, confidence=0.94)
