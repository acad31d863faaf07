"""Confused glyphs of PDF fonts (字形错配): 丌 for 不, 収 for 发, 返 for 这, 臵 for 置.

A subset font in a PDF maps its glyphs back to Unicode. Where that table is off, each character is read as one that
stands a little before it in Unicode (丌 U+4E0C, 不 U+4E0D), or as a variant with the same glyph (臵, 置), and always as
the same one: the damage is consistent within a file, and differs between files.

Most of the wrong characters are hardly ever used in Simplified text. One of them may be meant (丌 is a surname); two or
three are reported; more of them, many times and close together, are not by chance, and are put right, but for the
words in which they are at home (讣告, 逡巡). Wrong characters that are in daily use (返, 戒) are put right in such a
text where the words around them say so (返种, 戒者), if they say so of nearly all. The brackets of a document's number
are read as quotation marks that Chinese does not have (国办发„2009‟3号). Everything else is left to a reader's eye:
不 for 与 cannot be told.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from converter.diagnostics import Severity
from converter.errors import Message
from converter.regex import compiled
from converter.repair.finding import Finding
from converter.repair.signs import CONFUSED, shows
from converter.text.bigrams import table_cost
from converter.text.script import Script, script_of

if TYPE_CHECKING:
    import re
    from collections.abc import Collection, Iterator, Sequence

CODE = "ZH321"
NAME = Message("confused glyphs", "字形错配")

# Damaged → repaired.
CASES = (
    ("各地要合理設臵站點，優化人員配臵。", "各地要合理設置站點，優化人員配置。"),
    (
        "系统丌能正常启劢，幵丏収生了迕程错误，返种情冴亍夜间出现。",
        "系统不能正常启动，并且发生了进程错误，这种情况于夜间出现。",
    ),
    (
        "叧要刜始化凼数可用，幵丏丌讵问数捤库癿闱隔，弼前接口绊过验证，诠方法戒参数叐影响，逑弻查询兲键字。",
        "只要初始化函数可用，并且不访问数据库的间隔，当前接口经过验证，该方法或参数受影响，递归查询关键字。",
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
        "不且举义之之于先关况初判到动发取受只合启和多并归录录性快把指按据接插效方施时极果的移规认语误返还进逻",
        strict=True,
    )
)
_AT_HOME = compiled(
    "讣[告闻文]|[惊诧]诧|诧异|打诨|诨[名号]|迎迓|逡巡|兇[手器犯殺]|丌[官氏]|彳亍|宫闱|[入秋春]闱|好逑|窀穸|辅弼|弼马|讴歌|凼仔"
    "|返[还回程校]|戒[刀律坛烟酒备]|[警惩破受力]戒|巫[师婆术山]"
)
# The same, where the wrong one is in daily use or stands in many words: the words around it decide.
_DAILY = dict(
    zip(
        "与丽举今仁凼劣发史吏吐坑多尿局屁巫弼戒极穸竟绊耄讴讵诉诠返途逑闱顷",
        "专久么代仅函助变右吐向块大局层居已当或构空竞经而设访话该这通递间项",
        strict=True,
    )
)
_DAILY_SIGN = compiled(f"[{''.join(_DAILY)}]")
# By how many nats the right ones have to be likelier: all of one kind on the average; then each of them; or one alone.
_KIND_LIKELIER, _LIKELIER, _LIKELIER_ALONE = 1.0, 2.0, 6.0
# 臵 is a variant of 置 that nobody writes; the words say so.
_VARIANT = compiled(r"(?<=[設设位配装裝安布佈處处放前后後內内閒闲擱搁购購添倒])臵|臵(?=[換换業业信于於之身若辦办])")
_NUMBER = compiled("(?<=[发發函令办辦字文党黨政组組委议議规規])\\s?(„)[12][0-9]{3}(‟)(?=\\s?第?[0-9])")
# The zhuyin letter ㄧ, which input methods and scanners give for 一, in a text without other such letters.
_STROKE = compiled("(?<=[\u4e00-\u9fff])ㄧ(?=[\u4e00-\u9fff])")
_ZHUYIN = compiled("[ㄅ-ㄦㄨㄩ]")
_RARE_SIGN = compiled(f"[{CONFUSED}]")
_KANA = compiled("[\u3041-\u30fa]")
# Several different ones, many times, not in a library's worth of text: no text has that by chance.
_KINDS = 4
_TIMES = 6
_APART = 5000

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
    damaged = len(kinds) >= _KINDS and len(odd) >= max(_TIMES, len(text) / _APART)
    for match in odd:
        yield _finding(match.start(), _RARE[match[0]], 0.95 if damaged else 0.6)
    if damaged:
        yield from _likelier(text, {match.start() for match in odd}, at_home)


def _likelier(text: str, odd: Collection[int], at_home: Collection[int]) -> Iterator[Finding]:
    """Characters in daily use that stand for others, in a text that its rare characters, at `odd`, show damaged."""
    mended = [_RARE[sign] if at in odd else sign for at, sign in enumerate(text)]
    places: dict[str, list[int]] = {}
    for match in _DAILY_SIGN.finditer(text):
        if match.start() not in at_home:
            places.setdefault(match[0], []).append(match.start())
    for sign, found in places.items():
        right = _DAILY[sign]
        gains = sum(_gain(mended, at, right) for at in found)
        least = _LIKELIER if gains >= _KIND_LIKELIER * len(found) else _LIKELIER_ALONE
        for at in reversed(found):  # of 仁仁, 仅仅, the second one is told by itself, the first one by that
            if _gain(mended, at, right) >= least:
                mended[at] = right
                yield _finding(at, right, 0.93)


def _gain(text: Sequence[str], at: int, right: str) -> float:
    """By how many nats `right` is likelier than what stands at a place."""
    before, behind = "".join(text[max(0, at - 2) : at]), "".join(text[at + 1 : at + 3])
    return _cost(before, text[at], behind) - _cost(before, right, behind)


def _cost(before: str, sign: str, behind: str) -> float:
    """Nats that a character and the two behind it cost in their place."""
    words = f"，{before}{sign}{behind}，，"
    first = len(before) + 1
    return sum(table_cost(words[at - 2 : at], words[at]) for at in range(max(2, first), first + 3))


def _finding(at: int, right: str, confidence: float) -> Finding:
    message = _WRONG if confidence >= 0.9 else _PERHAPS
    return Finding(at, at + 1, right, message, Severity.WARNING, confidence)
