"""Tags of HTML whose < a byte slip swallowed (被吞掉的标签): 时间?！?/p> for 时间。”.

A program that cuts GBK bytes where a full-width mark seems to stand (see `byte_slips`) cuts 。” in two as well: what is
left of 。 is a question mark, its second byte and the first of ” make ！, and the second byte of ” takes the < of the
tag behind it along. The tag's rest, /p>, stays in the text and shows it. The speech that ends there must have begun
on the same line.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.errors import Message
from converter.regex import compiled
from converter.repair.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "ZH103"
NAME = Message("tags swallowed by byte slips", "被错位吞掉的标签")

# Damaged → repaired.
CASES = (
    ("总理说：“你可以用中文，给你充分的时间?！?/p>\n", "总理说：“你可以用中文，给你充分的时间。”\n"),
    ("总理说：“给你充分的时间?!?/P>", "总理说：“给你充分的时间。”"),
    *((kept, kept) for kept in ("真的吗?！?\n", "给你充分的时间?！?/p>\n", "总理说：“好。”真的?！?/p>\n", "a?!?/p>")),
)

_SWALLOWED = compiled(
    r"(?<=[\u3400-\u9fff])[?\ufffd][!！][?\ufffd]/(?:p|P|span|SPAN|div|DIV|td|TD|strong|STRONG|font|FONT|b|B)>"
)
_MESSAGE = Message("tag swallowed by a byte slip", "被错位吞掉的标签")


def find(text: str) -> Iterator[Finding]:
    """Every such end of a speech."""
    if "/" not in text or ">" not in text:
        return
    for match in _SWALLOWED.finditer(text):
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        if line.rfind("“") > line.rfind("”"):
            yield Finding(match.start(), match.end(), "。”", _MESSAGE, confidence=0.95)
