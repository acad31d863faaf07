"""Characters that are lost for good: U+FFFD, and what it becomes when it is decoded wrongly once more (锟斤拷).

A program that met bytes it could not read wrote U+FFFD in their stead; two of these in UTF-8, read as GBK, are 锟斤拷.
烫烫烫 and 屯屯屯 are memory that a program never filled (CC and CD, read as GBK). None of it can be repaired, for the
characters are not in the file; it is reported, so that somebody looks at another copy. Nothing is changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.diagnostics import Severity
from converter.errors import Message
from converter.regex import compiled
from converter.repair.finding import Finding
from converter.repair.signs import contains

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

CODE = "ZH011"
NAME = Message("lost characters", "无法恢复的字符")

# This rule only reports: every text stays.
CASES = (
    ("改革锟斤拷放", "改革锟斤拷放"),
    ("改革�放", "改革�放"),
    ("茶太烫了，烫烫的。", "茶太烫了，烫烫的。"),
)

_LOST = compiled("\ufffd+|(?:锟斤拷|锟斤|斤拷锟)+锟?|烫{4,}|屯{4,}")
_SIGNS = ("\ufffd", "锟斤", "斤拷", "烫烫烫烫", "屯屯屯屯")
_LISTED = 100


def find(text: str) -> Iterator[Finding]:
    """Every run of what stands for lost characters; the last of a hundred speaks for all that follow."""
    if not any(contains(text, sign) for sign in _SIGNS):
        return
    number = 0
    for number, match in enumerate(_LOST.finditer(text), 1):
        if number < _LISTED:
            yield _finding(match, match[0][:6])
        elif number == _LISTED:
            last = match
    if number >= _LISTED:
        yield _finding(last, f"{last[0][:6]} … × {number - _LISTED + 1}")


def _finding(match: re.Match[str], shown: str) -> Finding:
    message = Message(f"“{shown}” stands for characters that are lost", f"“{shown}”处的原字已丢失，无法恢复")
    return Finding(*match.span(), match[0], message, Severity.WARNING, 0.5)
