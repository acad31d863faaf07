"""Confused glyphs of PDF fonts (字形错配): 丌 for 不, 収 for 发, 返 for 这, 臵 for 置.

A subset font in a PDF maps its glyphs back to Unicode. Where that table is off, each character is read as one that
stands a little before it in Unicode (丌 U+4E0C, 不 U+4E0D), or as a variant with the same glyph (臵, 置), and always as
the same one: the damage is consistent within a file, and differs between files.

Most of the wrong characters are hardly ever used in Simplified text. One of them may be meant (丌 is a surname); two or
three are reported; more of them, many times, are not by chance, and are put right, but for the words in which they are
at home (讣告, 逡巡). Wrong characters that are in daily use (返, 戒) are put right in such a text only where the right
one is the only one possible (返种, 戒者). The brackets of a document's number are read as quotation marks that Chinese
does not have (国办发„2009‟3号). Everything else is left to a reader's eye: 不 for 与 cannot be told.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from converter.diagnostics import Severity
from converter.errors import Message
from converter.regex import compiled
from converter.repair.finding import Finding
from converter.repair.signs import CONFUSED, shows
from converter.text.script import Script, script_of

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

CODE = "ZH321"
NAME = Message("confused glyphs", "字形错配")

# Damaged → repaired.
CASES = (
    ("各地要合理設臵站點，優化人員配臵。", "各地要合理設置站點，優化人員配置。"),
    (
        "系统丌能正常启劢，幵丏収生了迕程错误，返种情冴亍夜间出现。",
        "系统不能正常启动，并且发生了进程错误，这种情况于夜间出现。",
    ),
    ("（国办发„2009‟3号）精神", "（国办发〔2009〕3号）精神"),
    ("再ㄧ次謝謝市長。", "再一次謝謝市長。"),
    ("注音是ㄧˊ和ㄅㄧ，寫作ㄧ字。", "注音是ㄧˊ和ㄅㄧ，寫作ㄧ字。"),
    ("„2009‟ und „Haus“", "„2009‟ und „Haus“"),
    ("丌氏在当地是大姓。", "丌氏在当地是大姓。"),
    ("返程的车票，请者戒之，不要返还押金。", "返程的车票，请者戒之，不要返还押金。"),
    ("彼は丌然と動き、収入を得て、冴えた兇器だった。", "彼は丌然と動き、収入を得て、冴えた兇器だった。"),
)

# Wrong and right, in Simplified text. None of the wrong is in daily use; where one is at home in a word, that stands
# below. The right one follows the wrong one in Unicode, never far.
_RARE = dict(
    zip(
        CONFUSED,  # 丌丏丼丿乀 …
        "不且举义之于先况到动发取受和并录指按插效方施时极的移规认语误返还进逻",
        strict=True,
    )
)
_AT_HOME = compiled(r"讣[告闻文]|[惊诧]诧|诧异|打诨|诨[名号]|迎迓|逡巡|兇[手器犯殺]|丌[官氏]")
# Wrong characters in daily use, where the right one is the only one possible.
_ONLY = (
    (compiled(r"返(?=[种个样些里是时次类项])"), "这"),
    (compiled(r"(?<=[什那怎这返多要])举(?![办行例措报])"), "么"),
    (compiled(r"戒(?=者)"), "或"),
    (compiled(r"(?<=持)丽"), "久"),
    (compiled(r"(?<=吞)吏"), "吐"),
    (compiled(r"(?<=[方导倾偏])吐"), "向"),
)
# 臵 is a variant of 置 that nobody writes; the words say so.
_VARIANT = compiled(r"(?<=[設设位配装裝安布佈處处放前后後內内閒闲擱搁购購添倒])臵|臵(?=[換换業业信于於之身若辦办])")
_NUMBER = compiled("(?<=[发發函令办辦字文党黨政组組委议議规規])\\s?(„)[12][0-9]{3}(‟)(?=\\s?第?[0-9])")
# The zhuyin letter ㄧ, which input methods and scanners give for 一, in a text without other such letters.
_STROKE = compiled("(?<=[\u4e00-\u9fff])ㄧ(?=[\u4e00-\u9fff])")
_ZHUYIN = compiled("[ㄅ-ㄦㄨㄩ]")
_RARE_SIGN = compiled(f"[{CONFUSED}]")
_KANA = compiled("[\u3041-\u30fa]")
# Several different ones, many times: no text has that by chance.
_KINDS = 4
_TIMES = 6

_WRONG = Message("glyph confused by a PDF font", "PDF 字体字形错配")
_PERHAPS = Message("perhaps a glyph confused by a PDF font", "可能是 PDF 字体字形错配")


def find(text: str) -> Iterator[Finding]:
    """Every confused glyph that can be told, sorted."""
    found = [_finding(match.start(), "置", 0.97) for match in _VARIANT.finditer(text)] if "臵" in text else []
    if "ㄧ" in text and not _ZHUYIN.search(text):
        found += (_finding(match.start(), "一", 0.95) for match in _STROKE.finditer(text))
    if "„" in text:
        for match in _NUMBER.finditer(text):
            found += (_finding(match.start(1), "〔", 0.97), _finding(match.start(2), "〕", 0.97))
    signs = list(_RARE_SIGN.finditer(text)) if shows(text, _RARE_SIGN) else []
    if signs and not _KANA.search(text) and script_of(text) is Script.HANS:
        found += _told(text, signs)
    yield from sorted(found)


def _told(text: str, signs: list[re.Match[str]]) -> Iterator[Finding]:
    """What the rare characters of a text tell."""
    at_home = {at for match in _AT_HOME.finditer(text) for at in range(match.start(), match.end())}
    odd = [match for match in signs if match.start() not in at_home]
    kinds = Counter(match[0] for match in odd)
    if len(kinds) < 2:
        return
    damaged = len(kinds) >= _KINDS and len(odd) >= _TIMES
    for match in odd:
        yield _finding(match.start(), _RARE[match[0]], 0.95 if damaged else 0.6)
    if damaged:
        for pattern, right in _ONLY:
            yield from (_finding(match.start(), right, 0.93) for match in pattern.finditer(text))


def _finding(at: int, right: str, confidence: float) -> Finding:
    message = _WRONG if confidence >= 0.9 else _PERHAPS
    return Finding(at, at + 1, right, message, Severity.WARNING, confidence)
