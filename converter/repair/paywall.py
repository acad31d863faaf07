"""Paywall holes (付费墙缺文): a site's notice that stands where text is missing.

Copied from a site that shows a part only, a text holds the notice and not the text: 此处内容需要权限查看, or
会员免费查看 glued to the front of the next paragraph. The notice is removed; that words are missing there is a warning.
Only the whole line, or the beginning of one, is taken for a notice; a sentence about members stays. Where a site says
in the middle of a line how much it hides (此处隐藏6754个字), an ellipsis stands for it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from converter.diagnostics import Severity
from converter.errors import Message
from converter.regex import compiled
from converter.repair.finding import Finding
from converter.repair.lines import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "ZH302"
NAME = Message("paywall holes", "付费墙缺文")

# Damaged → repaired.
CASES = (
    (
        "（一）加强学习\n此处内容需要权限查看\n会员免费查看二要深入基层，了解情况。\n",
        "（一）加强学习\n\n二要深入基层，了解情况。\n",
    ),
    ("正文第一段。\n登录后查看全文\n", "正文第一段。\n\n"),
    ("正文第一段。\n剩余60%未读，开通会员继续阅读\n", "正文第一段。\n\n"),
    ("下面，我讲几点意见。\n(未完,全文共2010字,当前显示249字)\n", "下面，我讲几点意见。\n\n"),
    ("读准字音。……此处隐藏6754个字……个事例。\n", "读准字音。……个事例。\n"),
    ("会员免费查看资料是协会的一项服务。\n", "会员免费查看资料是协会的一项服务。\n"),
    ("本馆规定，登录后查看全文。\n", "本馆规定，登录后查看全文。\n"),
)

_SHOWN = "(?:查看|阅读|可见|浏览|專享|专享)"
_ACT = "(?:登录|登陆|注册|关注|付费|购买|充值|开通(?:会员|VIP))"
_NOTICE = "|".join(
    (
        rf"此处内容(?:需要|须).{{0,8}}{_SHOWN}",
        rf"(?:以下|隐藏|本文|剩余|更多)?内容(?:仅限?|需要?).{{0,6}}(?:会员|VIP|登录|付费|权限).{{0,6}}{_SHOWN}",
        rf"(?:会员|VIP|付费)(?:用户)?(?:可|后)?(?:免费)?{_SHOWN}(?:全文)?",
        rf"(?:请)?(?:先)?{_ACT}后?(?:即?可|才能|方可)?(?:继续)?{_SHOWN}(?:全文|更多|剩余内容|完整内容)?",
        r"(?:剩余|还有)\s*\d{1,3}\s*[%％](?:内容)?未读.{0,20}",
        r"[您你]没有权限.{0,12}",
        r"(?:点击|展开)(?:展开|查看|阅读)?全文",
        r"试读(?:已)?结束.{0,16}",
        r"本文为(?:付费|会员)(?:内容|文章).{0,20}",
        r"未完[，,](?:全文|本文)?共\d+字[，,](?:当前|只)?显示\d+字",
    )
)
_WHOLE = compiled(rf"[\s\[【（(.…]*(?:{_NOTICE})[\s\]】）)。.…!！>»↓]*", re.IGNORECASE)
# Glued to text: what follows must begin like a paragraph, or 会员免费查看资料是… would lose its subject.
_GLUED = compiled(
    r"(?:此处内容需要权限查看|会员免费查看(?:全文)?)+"
    r"(?=[一二三四五六七八九十]{1,2}[、是要]|[（(][一二三四五六七八九十\d]{1,2}[）)]|\d{1,2}[、.．]|第[一二三四五六七八九十]"
    r"|首先|其次|再次|最后|同时|此外|另外|总之)"
)
_HIDDEN = compiled(r"[…\s]*此处隐藏\s?\d+\s?个字[…\s]*")
_GLUED_FIRST = "此会"
_HOLE = Message("text is missing here: the site shows it to members only", "此处缺文：网站仅对会员显示")


def find(text: str) -> Iterator[Finding]:
    """Every notice of a paywall."""
    for line in lines_of(text):
        if len(line.text) <= 50 and _WHOLE.fullmatch(line.text):
            yield Finding(line.start, line.end, "", _HOLE, Severity.WARNING, 0.95)
        elif "此处隐藏" in line.text:
            for hidden in _HIDDEN.finditer(line.text):
                start, end = line.start + hidden.start(), line.start + hidden.end()
                yield Finding(start, end, "……", _HOLE, Severity.WARNING, 0.96)
        elif line.text[0] in _GLUED_FIRST and (match := _GLUED.match(line.text)):
            yield Finding(line.start, line.start + match.end(), "", _HOLE, Severity.WARNING, 0.95)
