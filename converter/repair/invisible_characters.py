"""Invisible characters (零宽字符): zero-width spaces, joiners, direction marks, soft hyphens, no-break spaces.

Web pages and messengers leave them in copied text, where they break searches, line breaking and comparison. They are
removed unless the script around them needs them: joiners make emoji and shape Indic and Arabic letters, U+200B ends
words in Thai and Khmer, direction marks order Hebrew and Arabic. A soft hyphen (U+00AD) is removed between
Chinese characters only: elsewhere PDF extraction writes it for a hyphen that was printed. A no-break space (U+00A0)
beside Chinese inside a line becomes an ordinary space: Chinese breaks lines without spaces, and what the space means is
for other rules to say.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.errors import Message
from converter.regex import compiled
from converter.repair.context import HAN
from converter.repair.finding import Finding
from converter.repair.signs import INVISIBLE, ZERO_WIDTH, shows

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "ZH206"
NAME = Message("invisible characters", "零宽字符")

# Damaged → repaired.
CASES = (
    ("学\u200b习\u200d贯\u2060彻", "学习贯彻"),
    ("学\u200e习ABC\u200fDEF", "学习ABCDEF"),
    ("学\xad习", "学习"),
    ("第一条\xa0为了规范", "第一条 为了规范"),
    ("〔电话〕\xa0\xa0010", "〔电话〕  010"),
    ("Garbage\xadFirst，SPARK\xad2661", "Garbage\xadFirst，SPARK\xad2661"),
    ("\xa0\xa0第一条\xa0\n", "\xa0\xa0第一条\xa0\n"),
    ("10\xa0km", "10\xa0km"),
    ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
    ("ไทย\u200bไทย", "ไทย\u200bไทย"),
    ("اب\u200cاب\u200f", "اب\u200cاب\u200f"),
)

_ANY = compiled(f"[{INVISIBLE}]")
# Scripts from Hebrew to Khmer and Mongolian, their presentation forms; symbols that joiners combine.
_NEEDS_THEM = (
    "[\u0590-\u109f\u1780-\u18af\u2190-\u2bff\ua8e0-\uabff\ufb1d-\ufdff\ufe0f\ufe70-\ufefc\U0001f000-\U0001faff]"
)
# Chinese, what other rules make Chinese, and what is removed itself. Marks that have two widths do not count.
_BESIDE = f"(?:{HAN}|[、。《》〔〕【】⺀-⿕\\ue81e-\\ue864{ZERO_WIDTH}])"
_RUN = compiled(
    f"(?P<removed>(?<![{ZERO_WIDTH}])(?<!{_NEEDS_THEM})[{ZERO_WIDTH}]++(?!{_NEEDS_THEM})"
    f"|(?<={_BESIDE})\xad++(?={_BESIDE}))|(?<={_BESIDE})\xa0++(?=\\S)|(?<=\\S)\xa0++(?={_BESIDE})"
)
_REMOVED = Message("invisible characters removed", "已删除零宽字符")
_SPACE = Message("no-break space made an ordinary space", "不间断空格改为普通空格")


def find(text: str) -> Iterator[Finding]:
    """Every run of invisible characters that nothing around it needs, and no-break spaces beside Chinese."""
    if not shows(text, _ANY):
        return
    for match in _RUN.finditer(text):
        start, end = match.span()
        if match["removed"]:
            yield Finding(start, end, "", _REMOVED)
        else:
            yield Finding(start, end, " " * (end - start), _SPACE)
