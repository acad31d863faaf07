"""Notices of reading sites (小说站提示): what sites that show novels page by page write between the paragraphs.

A novel that was saved from such a site has them above and below each chapter, in the middle of the text: how to find
the site again, that the chapter goes on on the next page, the buttons there. Only whole lines are taken that no author
writes; a character in a novel may speak of a page that does not load, but not in a line that is nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.errors import Message
from converter.regex import compiled
from converter.repair.chrome_signs import any_of
from converter.repair.finding import Finding
from converter.repair.lines import SPACE

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "ZH304"
NAME = Message("notices of reading sites", "小说站提示")

_STORY = "夜色渐深，远处的灯火一盏盏熄灭，他在桥头站了很久。\n"

# Damaged → repaired.
CASES = (
    (
        f"{_STORY}喜欢清水旧事请大家收藏:(m.example.com),清水小说网更新速度最快。\n第二章 归来\n{_STORY}",
        f"{_STORY}\n第二章 归来\n{_STORY}",
    ),
    (f"{_STORY}　　本章未完，请点击下一页继续阅读！\n{_STORY}", f"{_STORY}　　\n{_STORY}"),
    (f"{_STORY}（本章未完，请翻页）\n{_STORY}", f"{_STORY}\n{_STORY}"),
    (f"{_STORY}上一章　目录　下一章\n第三章 远行\n{_STORY}", f"{_STORY}\n第三章 远行\n{_STORY}"),
    (f"请记住本书首发域名：www.example.com。手机版更新最快网址：m.example.com\n{_STORY}", f"\n{_STORY}"),
    (f"天才一秒记住本站地址：清水小说 www.example.com\n{_STORY}", f"\n{_STORY}"),
    (f"{_STORY}章节内容正在手打中，请稍等片刻，内容更新后，请重新刷新页面。\n", f"{_STORY}\n"),
    (f"李明提示您:看后求收藏(第47章,清水旧事,李明,清水小说网),接着再看更方便。\n\n{_STORY}", f"\n\n{_STORY}"),
    (f"请关闭浏览器的阅读/畅读/小说模式并且关闭广告屏蔽过滤功能,避免出现内容无法显示。\n{_STORY}", f"\n{_STORY}"),
    (f"{_STORY}未加载完,尝试【刷新】or【关闭小说模式】。\n收藏网址:www.example.com\n", f"{_STORY}\n\n"),
    (f"各位书友要是觉得《清水旧事》还不错的话请不要忘记向您QQ群和微博里的朋友推荐哦！\n{_STORY}", f"\n{_STORY}"),
    (f"第(2/3)頁\n{_STORY}喜歡清水舊事請大家收藏：(example.com)清水小說網更新速度最快。\n", f"\n{_STORY}\n"),
    *(
        (kept, kept)
        for kept in (
            f"{_STORY}他说：“本章未完，下一章再见。”\n",
            "各位书友要是觉得这本书还不错，请写信告诉我们。\n",
            "这一章未完的故事，请读者记住它的名字。\n",
            "喜欢这本书的读者，请大家收藏好自己的那一册，留给后人。\n",
            "他点了收藏，又关闭了浏览器的阅读模式，起身去倒水。\n",
            "一秒记住一个人，要用一生去忘记。\n",
            "下一章将讨论这些方法的效率。\n",
            "目录\n第一章 总则\n",
            "新的网址已经启用，请各单位登录填报。\n",
            "比分是三比一（第2页）。\n",
        )
    ),
)

_BUTTON = any_of(
    *("上一[章页頁]", "下一[章页頁]", "(?:返回|章节|章節|回)?目[录錄]", "加入?书[签架]", "加入書[籤架]"),
    *("投?推荐票", "章节报错", "返回书页", "返回書頁"),
)
_BETWEEN = r"[\s|←→/·【\]\[】-]*"
_ADDRESS = r"(?:https?://)?[\w-]+(?:\.[\w-]+)+"
_NOTICE = any_of(
    # How to find the site again.
    r"[^。]{0,20}(?:提示|提醒)[您你][:：]?看后求收藏.{0,80}",
    r"各位[书書]友要是[觉覺]得《[^《》]{1,40}》[还還]不[错錯]的[话話][请請]不要忘[记記]向.{1,40}",
    r"(?:喜欢|喜歡)[^。，,]{1,60}[请請]大家收藏\s*[:：（(].{0,100}",
    rf"[^。]{{0,10}}[请請]?(?:大家)?(?:记住|記住|牢记|收藏)本[书書站](?:首发|首發|最新)?(?:域名|网址|網址|地址)[^。]{{0,20}}{_ADDRESS}.{{0,60}}",
    rf"[^。]{{0,20}}(?:天才)?[一1三3](?:秒|秒钟|秒鐘)(?:就)?(?:能)?[记記]住[^。]{{0,30}}(?:{_ADDRESS}|小说|小說|免费阅读|免費閱讀).{{0,40}}",
    rf"[^。]{{0,12}}(?:最新|永久|备用|備用|收藏|手机版|手機版|电脑版|本站)(?:阅读)?(?:网址|網址|域名|地址)\s*[:：]?\s*{_ADDRESS}.{{0,20}}",
    rf"[^。]{{0,20}}(?:手机用户|手機用戶|手机版|手機版)[^。]{{0,12}}(?:请浏览|請瀏覽|请到|請到|更新最快|最快更新)[^。]{{0,20}}{_ADDRESS}.{{0,40}}",
    # That the page is not all, or not there.
    r"[（(【]?\s*(?:小主，?)?本[章节節][还還]?[有未]?[未完后後][^。]{0,6}[，,、；;！!]\s*(?:请|請|点击|點擊)[^。]{0,20}(?:下一[页頁章]|翻[页頁]|继续|繼續)[^。]{0,16}[。！!]?\s*[）)】]?",
    r"[（(]?(?:章节|章節|本章|正文)?(?:内容|內容)?(?:正在手打中|未加载完|未加載完)[，,].{0,80}",
    r"[请請][关關][闭閉][浏瀏][览覽]器[^。]{0,12}(?:阅读|畅读|小说|閱讀|暢讀|小說)模式.{0,80}",
    r"[^。，,]{0,12}(?:移动流量|移動流量)[^。]{0,12}打不[开開].{0,50}",
    r"[Ll]oading\s*(?:\.{3,6}|…+)|加载中(?:\.{3,6}|…+)",
    r"第?[（(]\s*\d{1,3}\s*[/／]\s*\d{1,3}\s*[）)][页頁]",
    # Its buttons.
    rf"(?:{_BETWEEN}{_BUTTON}){{2,}}{_BETWEEN}",
    r"(?:安装|下载|安裝|下載)(?:客户端|客戶端|[Aa][Pp][Pp]|阅读器)[，,]?(?:阅读|看书|看小说|閱讀)更.{1,10}",
    r"书[友迷]们?(?:正在|都在|还在)(?:阅读|看)[:：].{1,2000}",
)
_WHOLE = compiled(_NOTICE)
# One of these stands in every notice: a text without any is looked through once.
_HINT = compiled(
    "收藏|记住|記住|牢记|网址|網址|域名|地址|手机|手機|[未完后後].{0,6}[，,、；;！!]\\s*(?:请|請|点击|點擊)|正在手打|加载完|加載完|[阅畅]读[模/]|小[说說]模式"
    "|[閱暢]讀模式|打不[开開]|[/／]\\s*\\d{1,3}\\s*[）)][页頁]|上一[章页頁]|下一[章页頁]|更方便|书[友迷]"
    r"|oading\s*[.…]|加载中[.…]"
)
# A character of each of them that few lines have. The class stands in front: a search for one is five times as fast as
# one for what begins in many ways.
_SIGN = compiled(
    "[藏住牢址域机機请請击擊打载載读模/／章页頁便友迷o]"
    "(?:(?<=收藏)|(?<=[记記]住)|(?<=牢)(?=记)|(?<=[网網地]址)|(?<=域)(?=名)|(?<=手[机機])|(?<=[请請])|(?<=[点點][击擊])|(?<=正在手打)"
    "|(?<=加[载載])(?=[完中])|(?<=[阅畅]读)(?=[模/])|(?<=小[说說]模)|(?<=[閱暢]讀模)|(?<=打)(?=不[开開])|(?<=[/／])(?=\\s*\\d)"
    "|(?<=[上下]一[章页頁])|(?<=更方便)|(?<=书[友迷])|(?<=o)(?=ading))"
)
_MESSAGE = Message("notice of a reading site", "小说站提示")
_CONFIDENCE = 0.94


def find(text: str) -> Iterator[Finding]:
    """Every line that is nothing but a notice."""
    end = -1
    for sign in _SIGN.finditer(text):
        if sign.start() <= end:
            continue
        begin, end = text.rfind("\n", 0, sign.start()) + 1, text.find("\n", sign.start()) % (len(text) + 1)
        words = text[begin:end].strip(SPACE + "\r")
        if _HINT.search(words) and _WHOLE.fullmatch(words):
            start = text.index(words, begin)
            yield Finding(start, start + len(words), "", _MESSAGE, confidence=_CONFIDENCE)
