r"""Control characters (控制字符) and other characters that no document can hold.

XML 1.0 (§2.2, production 2) forbids the C0 controls except tab, line feed and carriage return, the surrogates, U+FFFE
and U+FFFF; DOCX and EPUB are XML. Three kinds, three answers:

- What Unicode calls a paragraph separator (UAX #9, class B: form feed, vertical tab and U+001C to U+001E have been used
  so) parts two lines: it becomes a line feed, or nothing where the line ends there anyway. PDF extraction leaves a form
  feed at every page's end.
- A surrogate stands for a character that was lost: U+FFFD keeps its place visible.
- The others have neither a glyph nor a meaning in text (NUL, U+001A as the end of a DOS file, a byte order mark U+FEFF
  inside): they are removed. A replacement mark in their stead would print what the author never wrote.

All are on the ledger and can be undone.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from converter.diagnostics import Severity
from converter.errors import Message
from converter.regex import compiled
from converter.repair.finding import Finding
from converter.repair.signs import CONTROLS, shows

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "ZH001"
NAME = Message("control characters", "控制字符")

# Damaged → repaired.
CASES = (
    ("第一页\f第二页", "第一页\n第二页"),
    ("第一页\n\f第二页", "第一页\n第二页"),
    ("第一页\f\r\n第二页\f", "第一页\r\n第二页"),
    ("上行\v下行", "上行\n下行"),
    ("\ufeff标\0题\x1a", "标题"),
    ("学\0\0\f\0习", "学\n习"),
    ("学\ud800习\udfff", "学�习�"),
    ("学\ud800\f\f习", "学�\n习"),
    ("正常\t文字\r\n不动。", "正常\t文字\r\n不动。"),
)

_SEPARATORS = "\v\f\x1c\x1d\x1e"
# The class is written out twice for speed: a repeated class as a whole pattern is searched seven times slower.
_RUN = compiled(f"[{CONTROLS}][{CONTROLS}]*")
_REPLACEMENTS: dict[int, str | None] = {
    **dict.fromkeys((*range(0x20), 0xFEFF, 0xFFFE, 0xFFFF)),
    **dict.fromkeys(map(ord, _SEPARATORS), "\n"),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}
_HARMLESS = frozenset("\v\f\x1a\ufeff")


def find(text: str) -> Iterator[Finding]:
    """Every run of characters that must not stand in a document, with what replaces it."""
    if not shows(text, _RUN):
        return
    for match in _RUN.finditer(text):
        (start, end), run = match.span(), match[0]
        replacement = re.sub("\n+", "\n", run.translate(_REPLACEMENTS))
        if start == 0 or text[start - 1] in "\r\n":
            replacement = replacement.lstrip("\n")
        if end == len(text) or text[end] in "\r\n":
            replacement = replacement.rstrip("\n")
        severity = Severity.INFO if _HARMLESS.issuperset(run) else Severity.WARNING
        yield Finding(start, end, replacement, _message(run[0], len(run), replacement[:1]), severity)


_NAMES = {
    "\0": Message("NUL", "空字符 NUL"),
    "\v": Message("vertical tab", "垂直制表符"),
    "\f": Message("form feed", "换页符"),
    "\x1a": Message("end-of-file mark", "文件结束符"),
    "\ufeff": Message("byte order mark", "字节顺序标记"),
}
_CONTROL = Message("control character", "控制字符")
_SURROGATE = Message("surrogate", "代理码位")
_DONE = {
    "": Message("removed", "已删除"),
    "\n": Message("replaced by a line end", "已替换为换行"),
    "\ufffd": Message("replaced by U+FFFD", "已替换为 U+FFFD"),
}


@functools.cache
def _message(first: str, count: int, replacement: str) -> Message:
    if "\udc80" <= first <= "\udcff":  # how the decoder passes on a byte that it cannot read
        name = Message(f"unreadable byte {ord(first) - 0xDC00:02X}", f"无法解码的字节 {ord(first) - 0xDC00:02X}")
    else:
        name = _SURROGATE if "\ud800" <= first <= "\udfff" else _NAMES.get(first, _CONTROL)
    code, done = f"U+{ord(first):04X}", _DONE[replacement]
    if count == 1:
        return Message(f"{name.en} ({code}) {done.en}", f"{name.zh}（{code}）{done.zh}")
    return Message(
        f"{count} characters, {name.en} ({code}) first, {done.en}",
        f"{count} 个字符（首个为{name.zh} {code}）{done.zh}",
    )
