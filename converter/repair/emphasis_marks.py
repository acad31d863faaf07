"""Emphasis of Markdown in plain text (加粗标记): **标题**： where a text was copied from where that is set bold.

Asterisks in Chinese text also hide what must not be said (**县**局, 张**), and two of those look like a pair. So the
text itself has to show that it is Markdown: two lines at least begin, after their number or bullet, with words between
such marks that a colon follows, or that are the whole line; every line has as many openings as closings; and nowhere do
more than two asterisks stand together. Else all stay.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.errors import Message
from converter.regex import compiled
from converter.repair.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "ZH305"
NAME = Message("emphasis marks of Markdown", "Markdown 加粗标记")

# Damaged → repaired.
CASES = (
    (
        "1.**标题**：写明会议名称\n- **时间：**三月二日\n其他**重点**照写。\n",
        "1.标题：写明会议名称\n- 时间：三月二日\n其他重点照写。\n",
    ),
    ("**一、总体要求**\n正文。\n**二、主要任务**\n正文。\n", "一、总体要求\n正文。\n二、主要任务\n正文。\n"),
    # One line is no evidence; masks; a line that does not come out even.
    *(
        (kept, kept)
        for kept in (
            "1.**标题**：写明会议名称\n2.时间：三月二日\n",
            "**县**局\n**市**局：\n在**县教育局**会议上的讲话\n",
            "**年**月**日\n**县人民政府**：\n**市人民政府**：\n",
            "**标题**：会议\n**时间**：三月\n张**说明\n",
            "**标题**：会议\n**时间**：三月\n证号3201***********12\n",
            "2**3 与 x**y：\n2**4 与 x**z：\n",
        )
    ),
)

_PAIR = compiled(r"\*\*(?=[^\s*])([^*\n]{0,200}[^\s*])\*\*")
_MARKER = r"(?:[-+*•·]\s+|#{1,6}\s+|\d{1,2}[.、．)）]\s*|[（(]?[一二三四五六七八九十]{1,3}[）)、]\s*)?"
_LEADS = compiled(
    rf"(?:^|(?<=\n))[ \t\u3000]*{_MARKER}\*\*(?=[^\s*])"
    r"(?:[^*\n]{1,59}[^\s*]\*\*[ \t]*(?:[:：]|(?=\r?\n|$))|[^*\n]{1,40}[:：]\*\*)"
)
_MANY = compiled(r"\*{3}")
_FEWEST = 2
_MESSAGE = Message("mark of emphasis in Markdown", "Markdown 加粗标记")


def find(text: str) -> Iterator[Finding]:
    """Every pair of marks, in a text that shows that it is Markdown."""
    if "**" not in text or _MANY.search(text):
        return
    pairs = list(_PAIR.finditer(text))
    if 2 * len(pairs) != text.count("**") or sum(1 for _ in _LEADS.finditer(text)) < _FEWEST:
        return
    for pair in pairs:
        for at in (pair.start(), pair.end() - 2):
            yield Finding(at, at + 2, "", _MESSAGE, confidence=0.94)
