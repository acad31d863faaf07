"""Character references of HTML (HTML 实体) that were never read: &nbsp; &ldquo; &#12288; in plain text.

A page's source, or a database behind it, was copied instead of the page. They are read as a browser reads them, once;
those for spaces become a space inside a line, and nothing at its edge. A text with tags, or with
code, means them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.errors import Message
from converter.regex import compiled
from converter.repair.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "ZH309"
NAME = Message("character references of HTML", "HTML 实体")

# Damaged → repaired.
CASES = (
    ("&nbsp;&nbsp;&nbsp;&nbsp;会议认为，&ldquo;两新&rdquo;组织要抓好。&nbsp;", "会议认为，“两新”组织要抓好。"),
    ("关于做好&nbsp;春耕工作的通知&#12288;", "关于做好 春耕工作的通知"),
    ("县志办&middot;李明&nbsp;&nbsp;2019&mdash;2020&hellip;&hellip;", "县志办·李明 2019—2020……"),
    ("AT&amp;T公司&nbsp;Bell&nbsp;Labs", "AT&T公司 Bell Labs"),
    *(
        (kept, kept)
        for kept in (
            "<p>会议认为&nbsp;要抓好</p>",
            "在 HTML 里，`&nbsp;` 是不换行空格，&lt; 是小于号。",
            "见 http://a.cn/?x=1&copy=2&amp;y=3 一文",
            "R&D; 和 Q&A; 都是缩写",
        )
    ),
)

_NAMES = (
    "nbsp|ensp|emsp|thinsp|ldquo|rdquo|lsquo|rsquo|mdash|ndash|hellip|middot|bull|times|divide|deg|plusmn|permil|quot|amp|lt|gt"
    "|laquo|raquo|sect|yen|copy|reg|trade|#[0-9]{2,6}|#[xX][0-9a-fA-F]{2,5}"
)
_REFERENCE = compiled(rf"&(?:{_NAMES});(?:[ \t]*&(?:nbsp|ensp|emsp|thinsp|#160|#12288);)*")
_TAG = compiled(r"</?[A-Za-z][^<>\n]*>")
_CODE = ("`", "~~~", "HTML")
_ADDRESS = compiled(r"(?:https?://|www\.)[^\s\u4e00-\u9fff]*")
_SPACES = "\u00a0\u2002\u2003\u2009\u3000 \t"
_MESSAGE = Message("character reference of HTML", "HTML 实体")


def find(text: str) -> Iterator[Finding]:
    """Every reference, in a text without tags and code."""
    if "&" not in text or not _REFERENCE.search(text) or _TAG.search(text) or any(sign in text for sign in _CODE):
        return
    from html import unescape  # a long table, for few texts

    addresses = [match.span() for match in _ADDRESS.finditer(text)]
    for match in _REFERENCE.finditer(text):
        start, end = match.span()
        if any(begin <= start < stop for begin, stop in addresses):
            continue
        read = unescape(match[0])
        words = read.strip(_SPACES)
        if len(words) < len(read):
            read = words + ("" if _needs_no_space(text, start, end, words) else " ")
        yield Finding(start, end, read, _MESSAGE, confidence=0.95)


def _needs_no_space(text: str, start: int, end: int, words: str) -> bool:
    """Whether a space would stand at the edge of a line, or beside another."""
    before, behind = words[-1:] or text[start - 1 : start], text[end : end + 1]
    return not before or not behind or before.isspace() or behind.isspace()
