r"""Web chrome (网页外围文字): what a web page says around its text, and copying takes along.

Above the text: site name, navigation, breadcrumb, source, date and clicks, the index table of government sites. Below
it: buttons, share bar, neighbouring and related articles, copyright, record numbers. At either end: disclaimers.

Position decides first: only what stands above the first prose or below the last is ever taken for chrome. Then
evidence adds up. Some lines speak for themselves (浙ICP备05077413号); others count only among those (登录, an address);
between two that speak for themselves, short lines are chrome too (headlines of related articles), except what
documents end with: dates, signatures, notes in brackets, attachments, copies (抄送), printing (印发). Doubt keeps a
line.

What is removed is on the ledger; `converter.structure.metadata` reads from there what the lines said.
"""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from converter.errors import Message
from converter.records import NamedTuple
from converter.regex import compiled
from converter.repair.chrome_signs import CRUMB, LISTS, SEPARATOR
from converter.repair.fields import Kind, fields_of, speaks
from converter.repair.finding import Finding
from converter.repair.index_table import index_table
from converter.repair.lines import lines_of
from converter.repair.recurring_lines import fingerprint, stays
from converter.repair.site_names import PAGE_REST, stamps, suffixes
from converter.repair.text_bounds import FEW, LONGEST_SIGN, ends, is_date, is_kept, sign_of
from converter.repair.weak_signs import WEAK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from converter.repair.lines import Line

CODE = "ZH301"
NAME = Message("web chrome", "网页外围文字")

_BODY = "今年以来，全县各级党组织认真落实会议精神，深入村组走访调研，解决了一批群众关心的实际问题。\n"

_FOOT = "清水县委组织部版权所有 访问量:\n地址:清水县东街8号\n陇ICP备:01234567号\n\n陇公网安备 62052102000001号"
_TABLE = (
    "索 引 号：\t000012345/2010-00012\t主题分类：\t农业\\水利\n发文机关：\t清水县人民政府\t成文日期：\t2010年5月6日\n"
    "标　　题：\t关于做好防汛工作的通知\n发文字号：\t清政发〔2010〕12号\t发布日期：\t2010年5月8日\n主 题 词：\n"
)
_SIGNED = "清水县人民政府\n2010年5月6日\n（此件公开发布）\n"
_NEWS = "走访见闻--清水新闻网\n登录\n首页\n要闻\n首页 > 要闻 > 正文\n走访见闻\n2015-03-02 10:20 来源: 清水新闻网\n"
_RELATED = "分享到：\n相关阅读\n我县召开春耕生产现场会\n东街小学举行运动会\n关于我们 | 联系我们 | 网站地图\n"
_CRUMBED = "清水县政务网\n您现在的位置:首页 >> 工作动态\n走访工作总结\n信息来源:县委办  时间:2015/3/2  阅读次数:128\n"
_DISCLAIMER = "时间:2021-03-02 08:15:00\n导语:走访总结一文来源于网友上传,不代表本站观点,仅供参考。\n"
_BULLETED = (
    "• 索引号:\n    6107/2024-001\n  • 发文机构:\n    县政府网站\n  • 发文字号:\n    清政发〔2024〕7号\n"
    "  • 发布日期:\n    2024年04月06日\n  • 内容概述:\n"
)
_WORD_BY_WORD = "下载\n打印\n【字号：\n大\n中\n小\n】\n走访工作总结\n来源：\n清水日报\n阅读量：128\n"
_VIEWS = "浏览量: 时间:2016-01-17 23:45:19\n"
_ALSO = "【相关新闻】\n·我县召开会议\n·东街小学\n版权所有 清水网\n"
_WECHAT = (
    "点击上方蓝字关注我们\n走访见闻\n原创 办公室 清水小学 2023-03-12 18:30 发表于甘肃\n收录于合集\n#通知公告 12个\n"
)
_NOTICE = "关于召开春耕会议的通知\n时间：2015年3月2日\n地点：县委礼堂\n"
_CONTACT = "联系人：李明\n联系电话：0938-1234567\n扫描二维码报名\n"

# Damaged → repaired.
CASES = (
    (_CRUMBED + _BODY, f"\n\n走访工作总结\n\n{_BODY}"),
    (f"走访工作总结\n{_BODY}{_FOOT}", f"走访工作总结\n{_BODY}\n\n\n\n"),
    (
        f"{_TABLE}关于做好防汛工作的通知\n{_BODY}{_SIGNED}扫一扫在手机打开当前页\n",
        f"\n\n\n\n\n关于做好防汛工作的通知\n{_BODY}{_SIGNED}\n",
    ),
    (_NEWS + _BODY + _RELATED, f"\n\n\n\n\n走访见闻\n\n{_BODY}\n\n\n\n\n"),
    (f"走访见闻_清水新闻网\n\n{_BODY}", f"走访见闻\n\n{_BODY}"),
    (f"走访总结\n{_DISCLAIMER}{_BODY}", f"走访总结\n\n\n{_BODY}"),
    (f"走访总结\n\n{'=' * 60}\n{'=' * 60}\n{_BODY}", f"走访总结\n\n\n\n{_BODY}"),
    (f"清水河畔春耕走访见闻-清水大学\n\n{'=' * 60}\n{'=' * 60}\n{_BODY}", f"清水河畔春耕走访见闻\n\n\n\n{_BODY}"),
    (f"清水河畔春耕走访见闻-清水大\n学农学院\n{'=' * 60}\n{'=' * 60}\n{_BODY}", f"清水河畔春耕走访见闻\n\n\n\n{_BODY}"),
    (f"走访总结\n\n<!-- INFO END -->\n\n{_BODY}", f"走访总结\n\n\n\n{_BODY}"),
    (f"清水书库 www.example.com\n走访\n{_BODY}清水书库 www.example.com", f"\n走访\n{_BODY}"),
    (f"{_BULLETED}清水县防汛办法\n{_BODY}", f"\n    \n  \n    \n  \n    \n  \n    \n  \n清水县防汛办法\n{_BODY}"),
    (f"清政发〔2014〕20号《关于防汛的意见》\n{_VIEWS}关于防汛的意见\n{_BODY}", f"\n\n关于防汛的意见\n{_BODY}"),
    (_WORD_BY_WORD + _BODY, f"\n\n\n\n\n\n\n走访工作总结\n\n\n\n{_BODY}"),
    (f"{_BODY}收藏\n|\n分享到:\n分享到微信\n相关文档：\n", f"{_BODY}\n\n\n\n\n"),
    (f"清水志\n上一章 第三回 下一章\n第三回\n{_BODY}上一章 目录 下一章 ( → )\n", f"清水志\n\n第三回\n{_BODY}\n"),
    (f"走访见闻\nwww.a.com 2021年2月8日 08:15 来源：清水日报\n{_BODY}{_ALSO}", f"走访见闻\n\n{_BODY}\n\n\n\n"),
    (_WECHAT + _BODY + "END\n往期推荐\n东街小学\n阅读 1234\n", f"\n走访见闻\n\n\n\n{_BODY}\n\n\n\n"),
    (
        f"走访总结\n{_BODY}看了走访总结的人还看了：\n1.春耕总结\n[走访总结]相关文章：\n★ 防汛总结\n",
        f"走访总结\n{_BODY}\n\n\n\n",
    ),
    # An article about copyright, a notice with its time and place, a byline, a contact, an editor's note, a setext
    # heading of Markdown, and what documents end with stay.
    *(
        (kept, kept)
        for kept in (
            f"谈谈版权\n{_BODY}作品的版权所有人享有署名权。\n{_BODY}",
            _NOTICE + _BODY + _CONTACT,
            f"清水志\n作者：李明\n{_BODY}",
            f"电脑桌面\n{_BODY}",
            f"{_BODY}这些经验由小编推荐给大家，希望你喜欢。今年的工作才刚刚开始，还要继续努力，不可松懈。\n{_BODY}",
            f"编者按：本刊今起连载走访见闻，反映基层干部的工作。\n{_BODY}",
            f"走访总结\n========\n{_BODY}",
            f"{_BODY}清水县人民政府办公室\n2010年5月6日\n抄送：县委各部门。\n清水县人民政府办公室 2010年5月6日印发\n",
            f"走访见闻-东街小学\n{_BODY}（来源：县志办）\n",
            f"走访见闻\n作者：\n李明\n大\n{_BODY}",
            f"{_BODY}相关阅读\n清水县志第三章\n",
            "2019-03-12 20:15:33 小明(12345678)\n在吗\n2019-03-12 20:15:50 小红(87654321)\n在的\n",
            f"{_BODY}看了这封信的人还看了什么\n",
            f"清水河畔春耕走访见闻-东街小学\n{_BODY}",
        )
    ),
)


_SOURCE = Message("source, date and clicks", "来源、时间与点击数")
_INDEX = Message("index table", "信息公开索引")
_NAVIGATION = Message("navigation", "导航文字")
_RULE = Message("rule drawn by a crawler", "抓取分隔线")
_PAGE_TITLE = Message("page title with the site's name", "带站名的网页标题")
_STAMP = Message("site's name", "站点名称")
_ENCLOSED = Message("among lines of web chrome", "夹在网页外围文字之间")
_RECURRING = Message("recurs in other files of the batch", "在同批文件中反复出现")

_EQUALS = compiled(r"={20,}")
_CRUMB_PARTS = compiled(rf"{SEPARATOR}|[:：\s]+")
_NAME_PARTS = compiled(r"[-_—|｜\s]+")
_ATTACHED = compiled(r"附[件则則录錄表]")
_STEPS = ">＞›»"
_LISTED = frozenset(sign.name for sign in LISTS)


class _Found(NamedTuple):
    what: Message
    confidence: float


def find(text: str, recurring: AbstractSet[str] = frozenset()) -> Iterator[Finding]:
    """Every line of chrome, above and below the text.

    `recurring` are the fingerprints of lines that recur in other files of the batch: they count as chrome.
    """
    lines = lines_of(text)
    head, tail = ends(lines)
    chrome = _above(lines[:head], recurring)
    chrome |= {tail + i: found for i, found in _below(lines[tail:], recurring).items()}
    rule = next((i for i in range(min(4, head)) if i in chrome and chrome[i].what is _RULE), 0)
    pieces = stamps(lines) | suffixes(lines[:head], chrome, rule)
    for index in sorted({*chrome, *pieces}):
        line = lines[index]
        if index in pieces:
            start, end, confidence = pieces[index]
            what = _STAMP
        else:
            start, end, (what, confidence) = 0, len(line.text), chrome[index]
        message = Message(f"web chrome: {what.en}", f"网页外围文字：{what.zh}")
        yield Finding(line.start + start, line.start + end, "", message, confidence=confidence)


def _above(lines: Sequence[Line], recurring: AbstractSet[str]) -> dict[int, _Found]:
    """The chrome above the text."""
    found: dict[int, _Found] = {}
    crumb = -1
    for i, line in enumerate(lines):
        what = _by_its_words(line, recurring, above=True)
        if _EQUALS.fullmatch(line.text) and _is_crawlers(lines, i):
            what = _Found(_RULE, 0.95)
        if what and what.what is CRUMB.name:
            if line.text[0] in _STEPS and crumb != i - 1:
                continue
            crumb = i
        elif crumb >= 0 and crumb == i - 1 and _continues(line, lines[crumb]):
            what, crumb = _Found(CRUMB.name, 0.95), i
        if what:
            found[i] = what
    found |= {i: _Found(_INDEX, confidence) for i, confidence in index_table(lines).items()}
    found |= _page_title(lines, found)
    if crumb >= 0:
        found |= _navigation(lines, crumb, found)
    if len(found) >= 2 and len(lines) - 1 not in found and _is_source(lines[-1]):
        found[len(lines) - 1] = _Found(_SOURCE, 0.92)
    return found | _among(lines, found)


def _continues(line: Line, crumb: Line) -> bool:
    """Whether a line continues a breadcrumb that was broken at its separators: > below 首页, 正文 below >."""
    alone = {*_STEPS, ">>"}
    return line.text in alone or crumb.text in alone or (line.text in {"首页", "首頁"} and crumb.text[-1] in ":：")


def _by_its_words(line: Line, recurring: AbstractSet[str], *, above: bool) -> _Found | None:
    """What a line speaks for itself to be."""
    if sign := sign_of(line.text, above=above):
        return _Found(sign.name, 0.96)
    if speaks(fields_of(line.text)):
        return _Found(_SOURCE, 0.96)
    if recurring and fingerprint(line.text) in recurring and not stays(line):
        return _Found(_RECURRING, 0.92)
    return None


def _is_source(line: Line) -> bool:
    return {field.kind for field in fields_of(line.text)} == {Kind.SOURCE}


def _is_crawlers(lines: Sequence[Line], index: int) -> bool:
    """Whether a row of equals signs is no underline of a Markdown heading: doubled, or set apart, or too long."""
    above = lines[index - 1] if index else None
    below = lines[index + 1] if index + 1 < len(lines) else None
    doubled = any(other and _EQUALS.fullmatch(other.text) for other in (above, below))
    return doubled or above is None or len(lines[index].text) > 3 * len(above.text)


def _page_title(lines: Sequence[Line], found: dict[int, _Found]) -> dict[int, _Found]:
    """The page's title, where the text's own follows without the site's name; and what repeats that name."""
    if len(lines) < 2 or 0 in found or len(lines[0].text) > LONGEST_SIGN:
        return {}
    page = lines[0].text
    named = _NAMED.fullmatch(page)
    for i, line in enumerate(lines[1:], 1):
        if named and line.text == named[1]:
            return {0: _Found(_PAGE_TITLE, 0.95)}
        if len(line.text) >= 4 and page.startswith(line.text) and PAGE_REST.fullmatch(page[len(line.text) :]):
            rest = {part for part in _NAME_PARTS.split(page[len(line.text) :]) if part}
            names = {n: _Found(_NAVIGATION, 0.93) for n in range(1, i) if lines[n].text in rest}
            return {0: _Found(_PAGE_TITLE, 0.95)} | names
    return {}


_NAMED = compiled("[^《》]{0,24}[号號]?《([^《》]{6,80})》")
"""鲁政发〔2014〕20号《…的实施意见》: what sites of laws put above a document."""


def _navigation(lines: Sequence[Line], crumb: int, found: dict[int, _Found]) -> dict[int, _Found]:
    """What stands above a breadcrumb, and what repeats a part of it, where a title follows below."""
    parts = set(_CRUMB_PARTS.split(lines[crumb].text))
    below = [
        i
        for i in range(crumb + 1, len(lines))
        if i not in found and lines[i].text not in parts and _may_be_title(lines[i].text, lines[0].text)
    ]
    title = next((i for i in below if not WEAK.fullmatch(lines[i].text)), None)
    if title is None:
        return {i: _Found(_NAVIGATION, 0.92) for i in range(crumb) if i not in found and WEAK.fullmatch(lines[i].text)}
    names = [i for i in range(crumb + 1, title) if lines[i].text in parts]
    return {i: _Found(_NAVIGATION, 0.93) for i in (*range(crumb), *names) if i not in found}


def _may_be_title(words: str, page: str) -> bool:
    """Whether words are as long as titles are, or begin the page's title."""
    return 6 <= len(words) <= 80 or (len(words) >= 4 and page.startswith(words))


def _among(lines: Sequence[Line], found: dict[int, _Found]) -> dict[int, _Found]:
    """Lines that count as chrome because they stand beside it."""
    more: dict[int, _Found] = {}
    for order in (range(len(lines)), range(len(lines) - 1, -1, -1)):
        step = 1 if order.step > 0 else -1
        for i in order:
            if i in found or not (i - step in found or i - step in more):
                continue
            words = lines[i].text
            kinds = {field.kind for field in fields_of(words)}
            if WEAK.fullmatch(words) or (kinds and kinds <= _BESIDE):
                more[i] = _Found(_SOURCE if kinds else _NAVIGATION, 0.92)
            elif _is_value(lines, i, found.keys() | more.keys()):
                more[i] = _Found(_SOURCE, 0.92)
    return more


_BESIDE = {Kind.SOURCE, Kind.DATE, Kind.PUBLISHED, Kind.VIEWS, Kind.SUBJECT, Kind.KEYWORDS}
"""Fields that sites write, and authors too."""
_LONGEST_VALUE = 16
_PARTED = compiled("[，。！？；：:、《》]")


def _is_value(lines: Sequence[Line], index: int, chrome: AbstractSet[int]) -> bool:
    """Whether a short line is what the label above it says (来源： and below it 清水日报), with chrome below."""
    if not 0 < index < len(lines) - 1 or _PARTED.search(words := lines[index].text) or len(words) > _LONGEST_VALUE:
        return False
    fields = fields_of(lines[index - 1].text)
    below = lines[index + 1].text
    ends = index + 1 in chrome or WEAK.fullmatch(below) or fields_of(below)
    return bool(len(fields) == 1 and fields[0].kind in _BESIDE and not fields[0].value and ends)


def _below(lines: Sequence[Line], recurring: AbstractSet[str]) -> dict[int, _Found]:
    """The chrome below the text."""
    found: dict[int, _Found] = {}
    for i, line in enumerate(lines):
        what = _by_its_words(line, recurring, above=False)
        if what and not (what.what is CRUMB.name and line.text[0] in _STEPS):
            found[i] = what
    lists = any(one.what in _LISTED for one in found.values())
    # 相关阅读 alone may be an author's heading, unless nothing stands below it.
    alone = [one.what for one in found.values()] == [LISTS[1].name] and len(lines) - 1 not in found
    if not found or alone:
        return {}
    first, last = min(found), max(found)
    between = [i for i in range(first + 1, last) if i not in found]
    kept = next((i for i in between if _ATTACHED.match(lines[i].text)), last)
    enclosed = [i for i in between if i < kept and not _is_documents(lines, i)]
    # Many lines are a list of other articles, or else an attachment that has no name.
    confidence = 0.92 if lists or len(enclosed) <= 6 else 0.6
    found |= {i: _Found(_ENCLOSED, confidence) for i in enclosed}
    return found | _after(lines, last, found)


def _after(lines: Sequence[Line], last: int, found: dict[int, _Found]) -> dict[int, _Found]:
    """What stands below the last line that speaks for itself: a list of articles that it heads, or small matter.

    The like of it above the first one too.
    """
    rest = range(last + 1, len(lines))
    above = takewhile(lambda i: WEAK.fullmatch(lines[i].text), range(min(found) - 1, -1, -1))
    small = dict.fromkeys(above, _Found(_NAVIGATION, 0.92))
    heads = found[last].what == LISTS[1].name and len(found) > 1
    if heads and len(rest) <= FEW and not any(_is_documents(lines, i) for i in rest):
        return small | dict.fromkeys(rest, _Found(_ENCLOSED, 0.92))
    below = takewhile(lambda i: WEAK.fullmatch(lines[i].text), rest)
    return small | dict.fromkeys(below, _Found(_NAVIGATION, 0.92))


def _is_documents(lines: Sequence[Line], index: int) -> bool:
    """Whether a line is of the kind that documents end with: a date, a note, the office above a date."""
    words = lines[index].text
    followed = index + 1 < len(lines) and is_date(lines[index + 1].text)
    return is_kept(words) or is_date(words) or (followed and len(words) <= 30)
