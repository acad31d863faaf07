"""Bullets before numbers (序号前的项目符号): • 一、…, which a page's lists leave before lines that are numbered anyway.

A browser draws a bullet before each item of a list, and copying takes it along. Where the items have numbers of their
own, the bullet says nothing. Two such lines at least must stand in the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.errors import Message
from converter.regex import compiled
from converter.repair.finding import Finding
from converter.text.numerals import COUNTING

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "ZH310"
NAME = Message("bullets before numbers", "序号前的项目符号")

# Damaged → repaired.
CASES = (
    ("  •  壹、总述\n  • 一、本县文书处理，依本要点办理。\n", "  壹、总述\n  一、本县文书处理，依本要点办理。\n"),
    ("• 第一条 本县\n· （二）文书\n● 3. 公文\n", "第一条 本县\n（二）文书\n3. 公文\n"),
    *(
        (kept, kept)
        for kept in (
            "• 一、本县文书处理，依本要点办理。\n",  # one alone
            "• 涉：渡过。\n• 遽：立刻。\n",
            "- 1. 甲\n- 2. 乙\n",  # a list of Markdown
            "·三八妇女节\n·五四青年节\n• 3.5万人\n• 2.6万户\n",
        )
    ),
)

_FORMAL = "壹贰貳叁參肆伍陆陸柒捌玖拾"
_BULLETS = "•·●▪◆■"
_BULLET = compiled(
    rf"[{_BULLETS}][ \t\u3000]*"
    rf"(?=[{COUNTING}{_FORMAL}]{{1,4}}、|[（(][{COUNTING}]{{1,3}}[）)]|第[{COUNTING}0-9]{{1,4}}[章节節条條][ \t\u3000]"
    r"|[0-9]{1,2}[.．、][ \t\u3000]?(?![0-9]))"
)
_FEWEST = 2
_MESSAGE = Message("bullet before a number", "序号前的项目符号")


def find(text: str) -> Iterator[Finding]:
    """Every such bullet, in a text with two."""
    if not any(bullet in text for bullet in _BULLETS):
        return
    bullets = [match.span() for match in _BULLET.finditer(text) if _begins_line(text, match.start())]
    if len(bullets) >= _FEWEST:
        for start, end in bullets:
            yield Finding(start, end, "", _MESSAGE, confidence=0.95)


def _begins_line(text: str, start: int) -> bool:
    return not text[text.rfind("\n", 0, start) + 1 : start].strip()
