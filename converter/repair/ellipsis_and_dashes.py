"""Ellipses and dashes (省略号、破折号) written with other characters.

The ellipsis is ……, two characters, and the dash is ——, two characters (GB/T 15834-2011, 4.10, 4.11, 5.1.4, 5.1.5). For
the ellipsis texts have three or six full stops of either kind, or a single …; for the dash two hyphens, full-width
hyphens, box-drawing lines (the Big5 habit) or shorter dashes. They are repaired between Chinese characters only.

Left alone: dot leaders of a table of contents (第一章......1), paths (../), rows of any of these characters, ranges
of numbers (2010—2012), the connector of two names (中国—东盟, one —), and the … that cuts off a headline.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from converter.errors import Message
from converter.regex import compiled
from converter.repair.context import CHINESE, prose
from converter.repair.finding import Finding
from converter.repair.signs import contains

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "ZH203"
NAME = Message("ellipses and dashes", "省略号和破折号")

# Damaged → repaired.
CASES = (
    ("他说...我不知道", "他说……我不知道"),
    ("等等......还有", "等等……还有"),
    ("他走了。。。", "他走了……"),
    ("等…都是", "等……都是"),
    ("“我…”他说", "“我……”他说"),
    ("他想：“...不行”", "他想：“……不行”"),
    ("学习--再学习", "学习——再学习"),
    ("如若不然－－」說到", "如若不然——」說到"),
    ("王定六──四个首将――分四路", "王定六——四个首将——分四路"),
    ("今天——我们— —都在", "今天——我们——都在"),
    ("“两学一做”--新部署", "“两学一做”——新部署"),
    ("第一章......1\n第二章...... 2\n第三章......", "第一章......1\n第二章...... 2\n第三章......"),
    ("目录..........5", "目录..........5"),
    ("四部儿童…\n", "四部儿童…\n"),
    ("他走了。。", "他走了。。"),
    ("2010—2012年，1--3个，京—沪，中国—东盟", "2010—2012年，1--3个，京—沪，中国—东盟"),
    ("well-known, wait...", "well-known, wait..."),
    ("运行 git commit --amend，然后", "运行 git commit --amend，然后"),
    ("甲————乙--------丙，……好", "甲————乙--------丙，……好"),
    ("标题\n----\n正文\n--\n", "标题\n----\n正文\n--\n"),
    ("| 甲 | 乙 |\n|--|--|", "| 甲 | 乙 |\n|--|--|"),
)

_CHINESE = CHINESE
# Marks that may stand on one side. Those that other rules put in place of one another count the same.
_MARK = "[“”‘’「」『』\"'，：；？！（）,:;?!()]"
_AFTER = f"(?:(?<={_CHINESE})|(?<={_CHINESE}[“”‘’「」『』\"']))"
_DOTS = r"(?<!\.)\.\.\.(?:\.\.\.)?(?!\.)"
_DASH = "-－─―–—"
_FULL_DASH = f"(?<![{_DASH}])(?:－－|──|――|––|— —)(?![{_DASH}])"


@functools.cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """An ellipsis and a dash written with other characters; compiled for the texts that may have one."""
    ellipsis = compiled(
        "(?<!。)。。。(?:。。。)?(?!。)"
        f"|(?<={_MARK})(?<!…)…(?!…)(?={_CHINESE})|{_AFTER}(?<!…)…(?!…)(?={_CHINESE}|{_MARK})"
        f"|(?:(?<={_MARK})|^){_DOTS}(?={_CHINESE})|{_AFTER}{_DOTS}(?={_CHINESE}|{_MARK}|(?P<end>$))",
        re.MULTILINE,
    )
    dash = compiled(
        f"(?:{_AFTER}|(?<={_MARK})|(?<=\\s)|^){_FULL_DASH}(?={_CHINESE})|{_AFTER}{_FULL_DASH}(?={_MARK})"
        f"|{_AFTER}--(?=[“‘「『\"']?{_CHINESE})",
        re.MULTILINE,
    )
    return ellipsis, dash


# Where either may begin. One pattern each, since a search for one literal is the fastest there is.
_CANDIDATES = {
    "…": compiled("……*"),
    "。。。": compiled("。。。+"),
    "...": compiled(r"\.\.\.+"),
    **{dash * 2: compiled(f"{dash}{dash}+") for dash in "-－─―–"},
    "— —": compiled("— —"),
}
# Dots that lead to a page number.
_LEADERS = compiled(r"\.{7}|\.\.\.\.? *\d+[ \t]*$", re.MULTILINE)
_ELLIPSIS_MESSAGE = Message("ellipsis written as ……", "省略号规范为“……”")
_DASH_MESSAGE = Message("dash written as ——", "破折号规范为“——”")


def find(text: str) -> Iterator[Finding]:
    """Every ellipsis and dash that is written with other characters."""
    begun = (candidate for begin, candidate in _CANDIDATES.items() if contains(text, begin))
    starts = sorted(match.start() for candidate in begun for match in candidate.finditer(text))
    if not starts:
        return
    has_leaders = _LEADERS.search(text) is not None
    text = prose(text)
    ellipsis, dash = _patterns()
    for start in starts:
        if match := ellipsis.match(text, start):
            if match["end"] is None or not has_leaders:
                yield Finding(*match.span(), "……", _ELLIPSIS_MESSAGE)
        elif match := dash.match(text, start):
            yield Finding(*match.span(), "——", _DASH_MESSAGE)
