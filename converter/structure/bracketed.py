"""Names of sections in black brackets: 【用法用量】 before its text or above it, as leaflets and readers have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.regex import compiled
from converter.structure.reasons import Rule
from converter.structure.verdicts import Kind, Verdict

if TYPE_CHECKING:
    from converter.structure.reading import Reading

_NAME = compiled(r"【[ \u3000]?([\u4e00-\u9fff][^【】，。：:；！？0-9]{1,9})】[ \u3000]?(?!【)")
_OF_A_PAPER = frozenset({"摘要", "摘 要", "关键词", "关键字", "作者简介", "基金项目", "收稿日期", "中图分类号"})
_FEWEST, _MOST = 3, 60
"""Different names in a text: fewer are the marks of one line each, more the entries of a dictionary."""


def find_bracketed(reading: Reading) -> None:
    """Three or more of them, most of which come once: headings if they stand alone, run in if they do not.

    Not on the first line, whose brackets belong to the title; who speaks or writes comes again and again.
    """
    found = {}
    for index in reading.beginning("【"):
        match = _NAME.match(reading.text(index)) if index and reading.free(index) else None
        if match and match[1] not in _OF_A_PAPER:
            found[index] = match
    names = {match[1] for match in found.values()}
    if not _FEWEST <= len(names) <= _MOST or len(names) * 2 < len(found):
        return
    for index, match in found.items():
        if match.end() < len(reading.text(index)):
            reading.verdicts[index] = Verdict(kind=Kind.RUN_IN, end=match.end(), rule=Rule.BRACKETED)
        elif index + 1 < len(reading) and index + 1 not in found:
            reading.head(index, Rule.BRACKETED)
