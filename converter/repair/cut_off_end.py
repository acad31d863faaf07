"""Cut-off ends (文末截断): a text that breaks off in the middle of its last sentence.

Crawlers and databases cut a page at a number of bytes, and leave a piece of a tag or of a character behind (统领各<).
The piece is removed; that the end is missing is reported, and nothing is made up. Only in a text whose paragraphs end
with marks does one without say that something is missing; a signature, a date, a row of a table end without any.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.diagnostics import Severity
from converter.errors import Message
from converter.regex import compiled
from converter.repair.finding import Finding
from converter.repair.lines import ends_sentence, is_chinese, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "ZH303"
NAME = Message("cut-off ends", "文末截断")

_PROSE = "会议认为，今年以来全县上下同心协力，各项工作取得了新的进展，群众的获得感明显增强。\n"
_LAST = "今后一个时期，我们要继续解放思想，开拓进取，以改革的精神和扎实的作风统领各"

_SIGNED = "清水县人民政府办公室\n二〇一〇年五月六日\n"

# Damaged → repaired.
CASES = (
    (f"{_PROSE * 3}{_LAST}<", f"{_PROSE * 3}{_LAST}"),
    (f"{_PROSE * 3}{_LAST}&nbs\n", f"{_PROSE * 3}{_LAST}\n"),
    (f"{_PROSE * 3}{_LAST}\n", f"{_PROSE * 3}{_LAST}\n"),
    (
        f"{_PROSE * 3}清水县人民政府办公室\n二〇一〇年五月六日\n",
        f"{_PROSE * 3}清水县人民政府办公室\n二〇一〇年五月六日\n",
    ),
)

_PIECE = compiled(r"\s*(?:</?[a-zA-Z]{0,10}|&[a-z]{0,5}|\ufffd+)$")
# A clause of its own length, in which a sentence could stand.
_LEAST = 30
_LAST_LINES = 1000
_CUT = Message("the text breaks off here in mid-sentence", "文本在此处中断，句子不完整")


def find(text: str) -> Iterator[Finding]:
    """The end of the text, if a sentence breaks off there."""
    lines = lines_of(text)[-_LAST_LINES:]
    if len(lines) < 4:
        return
    last = lines[-1]
    piece = _PIECE.search(last.text)
    words = last.text[: piece.start()] if piece else last.text
    if len(words) < _LEAST or ends_sentence(words) or not is_chinese(words[-1]) or not any(c in words for c in "，,。"):
        return
    prose = [line for line in lines[:-1] if len(line.text) >= _LEAST]
    if len(prose) < 2 or sum(ends_sentence(line.text) for line in prose) * 5 < len(prose) * 4:
        return
    start, end = last.start + len(words), last.end
    if piece:
        yield Finding(start, end, "", _CUT, Severity.WARNING, 0.95)
    else:
        yield Finding(end - 1, end, words[-1], _CUT, Severity.WARNING, 0.8)
