"""Bars of a layout table (排版表格的竖线): | alone on lines, and behind a line's words.

A program that makes text of a web page writes the tables that pages were once laid out with as rows between bars: an
empty cell becomes a line of | and nothing else, a paragraph in a cell of its own ends in |. Two such empty rows at
least must stand in the text. A row with bars inside is a real table's, and stays whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.errors import Message
from converter.regex import compiled
from converter.repair.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "ZH308"
NAME = Message("bars of a layout table", "排版表格的竖线")

_PAGE = "我县召开春耕会议 |\n清水新闻网 2011-4-28 |\n|\n| |\n会议要求抓好春耕生产。\n|\n"

# Damaged → repaired.
CASES = (
    (_PAGE, "我县召开春耕会议\n清水新闻网 2011-4-28\n\n\n会议要求抓好春耕生产。\n\n"),
    ("|\n|\n| 会议要求抓好春耕生产。 |\n", "\n\n会议要求抓好春耕生产。\n"),
    *(
        (kept, kept)
        for kept in (
            "会议要求抓好春耕生产。\n|\n今年的工作才刚刚开始。\n",  # one alone
            "姓名 | 年龄 |\n李明 | 12 |\n王芳 | |\n|---|---|\n| | |\n| | |\n",
            "目录 data\n|-- config\n|   `-- 0\n|\n|-- log\n|\n",
            "登录 |\n注册 |\n首页 |\n",
        )
    ),
)

_EMPTY = compiled(r"(?<![^\n\r])[ \t\u3000]*\|[| \t\u3000]*(?![^\n\r])")
_EDGES = compiled(
    r"(?<![^\n\r])(?P<before>[ \t\u3000]*\|[ \t\u3000]*)?[^|\n\r]*[^|\s]"
    r"(?P<behind>[ \t\u3000]*\|[ \t\u3000]*)?(?![^\n\r])"
)
_DRAWN = compiled(r"-{3,}[ \t]*\||\|[ \t]*[-`+]|[-+]\+")
"""The rule of a table, the branches of a tree of folders."""
_FEWEST = 2
_MESSAGE = Message("bar of a layout table", "排版表格的竖线")


def find(text: str) -> Iterator[Finding]:
    """Every bar of an empty row or at a line's edge, in a text with two empty rows and nothing drawn with bars."""
    if text.count("|") < _FEWEST or _DRAWN.search(text):
        return
    empty = [(match.start(), match.end()) for match in _EMPTY.finditer(text)]
    if len(empty) < _FEWEST:
        return
    edges = [match.span(name) for match in _EDGES.finditer(text) for name in ("before", "behind") if match[name]]
    for start, end in sorted((*empty, *edges)):
        yield Finding(start, end, "", _MESSAGE, confidence=0.95)
