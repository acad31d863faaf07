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

import re
from typing import TYPE_CHECKING

from converter.diagnostics import Severity
from converter.errors import Message
from converter.repair.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "ZH001"

# Damaged → repaired.
CASES = (
    ("第一页\f第二页", "第一页\n第二页"),
    ("第一页\n\f第二页", "第一页\n第二页"),
    ("第一页\f\r\n第二页\f", "第一页\r\n第二页"),
    ("上行\v下行", "上行\n下行"),
    ("\ufeff标\0题\x1a", "标题"),
    ("学\0\0\f\0习", "学\n习"),
    ("学\ud800习\udfff", "学�习�"),
    ("正常\t文字\r\n不动。", "正常\t文字\r\n不动。"),
)

_LINE_ENDS = "\r\n"
_SEPARATOR = re.compile("[\v\f\x1c-\x1e]")
_FORBIDDEN = re.compile("([\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\ufeff\ufffe\uffff]+)|[\ud800-\udfff]+")
_NAMES = {
    "\0": Message("NUL", "空字符 NUL"),
    "\v": Message("vertical tab", "垂直制表符"),
    "\f": Message("form feed", "换页符"),
    "\x1a": Message("end-of-file mark", "文件结束符"),
    "\ufeff": Message("byte order mark", "字节顺序标记"),
}
_OTHER = Message("control character", "控制字符")
_SURROGATE = Message("surrogate", "代理码位")
_HARMLESS = frozenset("\v\f\x1a\ufeff")


def find(text: str) -> Iterator[Finding]:
    """Every run of characters that must not stand in a document, with what replaces it."""
    for match in _FORBIDDEN.finditer(text):
        start, end = match.span()
        run = match[0]
        if match[1] is None:
            replacement, how = "\ufffd" * len(run), Message("replaced by U+FFFD", "已替换为 U+FFFD")
            name = _SURROGATE
        else:
            at_line_end = start == 0 or end == len(text) or text[start - 1] in _LINE_ENDS or text[end] in _LINE_ENDS
            if _SEPARATOR.search(run) and not at_line_end:
                replacement, how = "\n", Message("replaced by a line end", "已替换为换行")
            else:
                replacement, how = "", Message("removed", "已删除")
            name = _NAMES.get(run[0], _OTHER)
        count = len(run)
        code = f"U+{ord(run[0]):04X}"
        yield Finding(
            start,
            end,
            replacement,
            Message(
                f"{name.en} ({code}) {how.en}"
                if count == 1
                else f"{count} characters, {name.en} ({code}) first, {how.en}",
                f"{name.zh}（{code}）{how.zh}" if count == 1 else f"{count} 个字符（首个为{name.zh} {code}）{how.zh}",
            ),
            Severity.INFO if _HARMLESS.issuperset(run) else Severity.WARNING,
        )
