"""Text that was decoded wrongly as a whole (乱码, mojibake): 涓枃 or ÖÐÎÄ for 中文.

Somebody opened the file in the wrong encoding and saved it so, perhaps twice. The characters still hold the bytes, and
`converter.text.mojibake` finds the way back: UTF-8 read as GBK, any of the Chinese encodings read as Latin-1 or
Windows-1252, Big5 read as GBK and the other way round, and chains of these. The whole text decides, so that a clean one
costs a glance at a sample of it; then each line goes back by itself. A line that did not go the same way stays. Where
bytes were lost, U+FFFD marks the place; what stood there is nowhere in the file.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from converter.diagnostics import Severity
from converter.errors import Message
from converter.regex import compiled
from converter.repair.finding import Finding
from converter.text.mojibake import undone, wrong_way

if TYPE_CHECKING:
    from collections.abc import Iterator

    from converter.text.mojibake import Step

CODE = "ZH010"
NAME = Message("wrong decoding of the whole text", "整篇文字编码误读（乱码）")

# Damaged → repaired.
CASES = (
    ("鏂囦欢鍐呭\ue190娌℃湁涓㈠け", "文件内容没有丢失"),
    ("浠婂ぉ璁ㄨ\ue191浜嗚繖涓\ue048棶棰橈紝鏄庡ぉ鍐欐姤鍛娿��", "今天讨论了这个问题，明天写报告�"),
    ("æ\u0096\u0087ä»¶å\u0086\u0085å®¹æ²¡æ\u009c\u0089ä¸¢å¤±", "文件内容没有丢失"),
    ("½ñÌìÌÖÂÛÁËÕâ¸öÎÊÌâ", "今天讨论了这个问题"),
    ("ÖÐÎÄ×Ö·û", "中文字符"),
    ("и\ue145さぱ\ue5fbと\ue6c8穦某\ue084癚阶拜肈", "我們今天下午在會議室討論問題"),
    ("Ã¦Â\u0096Â\u0087Ã¤Â»Â¶Ã¥Â\u0086Â\u0085Ã¥Â®Â¹Ã¦Â²Â¡Ã¦Â\u009cÂ\u0089Ã¤Â¸Â¢Ã¥Â¤Â±", "文件内容没有丢失"),
    ("今天讨论了这个问题，明天写报告。", "今天讨论了这个问题，明天写报告。"),
    ("Déjà vu, naïveté et café crème à Zürich.", "Déjà vu, naïveté et café crème à Zürich."),
    ("饕餮、貔貅、麒麟、狴犴、睚眦、蒲牢。", "饕餮、貔貅、麒麟、狴犴、睚眦、蒲牢。"),
    ("日本語のテキストと한국어 텍스트", "日本語のテキストと한국어 텍스트"),
)

_LINE = compiled(r"[^\r\n]*[^\x00-\x7f][^\r\n]*")
_SURE, _LOSSY = 0.98, 0.92


def find(text: str) -> Iterator[Finding]:
    """Each line of a text that was decoded wrongly, with the line that was meant."""
    way = wrong_way(text)
    if not way:
        return
    for match in _LINE.finditer(text):
        meant = undone(match[0], way)
        if meant is None:
            yield Finding(*match.span(), match[0], _LEFT, Severity.WARNING, 0.5)
        elif "\ufffd" in meant:
            yield Finding(*match.span(), meant, _message(way), Severity.WARNING, _LOSSY)
        else:
            yield Finding(*match.span(), meant, _message(way), Severity.INFO, _SURE)


_LEFT = Message(
    "left as it is: this line was not decoded wrongly like the others, or is lost",
    "保持原样：此行与其他行的误读方式不同，或已无法恢复",
)
_LABELS = {"utf-8": "UTF-8", "gb18030": "GBK", "cp950": "Big5", "big5hkscs": "Big5-HKSCS"}


@functools.cache
def _message(way: tuple[Step, ...]) -> Message:
    steps = [(_LABELS[step.meant], _LABELS.get(step.read, "Latin-1")) for step in way]
    return Message(
        "decoded again: " + ", before that ".join(f"{meant} had been read as {read}" for meant, read in steps),
        "已重新解码：" + "，此前".join(f"{meant} 曾被误读为 {read}" for meant, read in steps),
    )
