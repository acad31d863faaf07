"""Full-width letters and digits (全角字母、数字) in a text that otherwise writes them half-width.

Input methods left in full-width mode write ＰＣＭＡ and ２０１９; Chinese running text has them half-width (GB/T 15835
for digits). Repaired are words of two or more such characters in a text most of whose letters and digits are
half-width, and words that mix both widths (２0１9), which nobody means. A single one is left alone: as a list number
(１．), as a mark (Ａ股), or in damaged text it is not certain to be noise. So is a text whose convention they are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.errors import Message
from converter.regex import compiled
from converter.repair.context import prose
from converter.repair.finding import Finding
from converter.repair.signs import FULL_WIDTH, shows

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "ZH205"
NAME = Message("full-width letters and digits", "全角字母和数字")

# Damaged → repaired.
CASES = (
    ("2006年，美国医药保健管理协会（ＰＣＭＡ）指出", "2006年，美国医药保健管理协会（PCMA）指出"),
    ("２0１9年", "2019年"),
    ("2010年Ａ股、Ｖ８", "2010年Ａ股、Ｖ８"),
    ("１．拓展市场\n２．优化管理", "１．拓展市场\n２．优化管理"),
    ("２０１９年１２月５日", "２０１９年１２月５日"),
    ("2011年和二Ｏ一一年", "2011年和二Ｏ一一年"),
    ("碼是０七０二，共2000字", "碼是０七０二，共2000字"),
    ("> 只卖 １０００ 元，不是 1000 元、10000 元", "> 只卖 １０００ 元，不是 1000 元、10000 元"),
)

# Two of a kind together; a letter and a digit alone may be what wrong decoding leaves.
_WORD = compiled(
    f"[{FULL_WIDTH}]*(?:[０-９][０-９]|[Ａ-Ｚａ-ｚ][Ａ-Ｚａ-ｚ])[{FULL_WIDTH}0-9A-Za-z]*|[{FULL_WIDTH}]+[0-9A-Za-z]+[{FULL_WIDTH}0-9A-Za-z]*"
    f"|(?<=[0-9A-Za-z])[{FULL_WIDTH}][{FULL_WIDTH}0-9A-Za-z]*"
)
_ANY = compiled(f"[{FULL_WIDTH}]")
_ASCII = compiled("[0-9A-Za-z]")
_HALF_WIDTH = str.maketrans({chr(c): chr(c - 0xFEE0) for c in range(0xFF10, 0xFF5B) if chr(c).isalnum()})
_MESSAGE = Message("full-width letters or digits", "全角字母或数字")


def find(text: str) -> Iterator[Finding]:
    """Every word of full-width letters or digits that its text would write half-width."""
    if not shows(text, _ANY):
        return
    text = prose(text)
    words = [match.span() for match in _WORD.finditer(text)]
    mixed = [(start, end) for start, end in words if _ASCII.search(text, max(0, start - 1), end)]
    # The convention is counted as it is once the mixed words are repaired, so that a second run finds the same.
    full_width = len(_ANY.findall(text)) - sum(len(_ANY.findall(text, *span)) for span in mixed)
    half_width = len(_ASCII.findall(text)) + sum(len(_ANY.findall(text, *span)) for span in mixed)
    for start, end in words if half_width >= full_width else mixed:
        yield Finding(start, end, text[start:end].translate(_HALF_WIDTH), _MESSAGE)
