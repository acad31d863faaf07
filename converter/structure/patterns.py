"""What whole lines look like that play a part of their own: patterns that a reader of Chinese can review."""

from __future__ import annotations

import re
from functools import partial

from converter.compile_cache import kept
from converter.regex import compiled
from converter.text.numerals import COUNTING
from converter.text.variants import forms_of, version


def both_scripts(pattern: str) -> re.Pattern[str]:
    """The pattern compiled so that every character written in it matches in its Traditional forms too.

    >>> bool(both_scripts("[发关]于").fullmatch("關於"))
    True
    """
    return compiled(kept((_in_both.__code__, version(), pattern), partial(_in_both, pattern)))


def _in_both(pattern: str) -> str:
    made, inside, escaped = [], False, False
    for char in pattern:
        forms = char if escaped else forms_of(char)
        if not escaped and char in "[]":
            inside = char == "["
        escaped = char == "\\" and not escaped
        made.append(forms if inside or len(forms) == 1 else f"[{forms}]")
    return "".join(made)


SALUTATION = both_scripts(
    r"(?:(?:尊敬的|敬爱的|亲爱的)[^。：:]{1,40}|各位[^，,。：:]{0,20}(?:[、，,]\s?[^。：:]{1,20}){0,5}"
    r"|[^，,。：:]{0,12}(?:同志|代表|委员|领导|朋友|女士|先生|同学|老师|来宾|乡亲|战友|党员|家长|青年)们?们?"
    r"(?:[、，,]\s?[^，,。：:]{1,14}){0,5})[：:]"
)
"""同志们： 各位代表： 尊敬的各位领导、各位来宾："""

_ORGAN = (
    r"(?:政府|部门|机构|单位|委员会|公司|办公[室厅]|厅|局|协会|会员|兵团|部|院|署|学校|大学|中学|支队|大队|总队|支行|党组|党委|党总支|党支部|工委|人事处|处"
    r"|股室|中心|站|所|科|县|市|区|镇|乡|村|街道|企业|院校|高校|机关|集团|银行|医院|报社|出版社|馆)"
)
ADDRESSEE = both_scripts(rf"[^。！？]{{1,200}}{_ORGAN}(?:（[^（）]{{1,10}}）)?[：:]")
"""各省、自治区、直辖市人民政府，国务院各部委、各直属机构： (主送机关)"""

_WISH = r"(?:[顺此即敬谨并]颂|[顺敬谨]祝|[敬即顺此]请|顺候)"
_GOOD = r"[台商近时春夏秋冬编撰教文钧勋道暑旅日][安祺绥]"
CLOSING = both_scripts(
    rf"{_WISH}[：:，,]?|{_WISH}\s?{_GOOD}[！!。]?|{_GOOD}[！!]|"
    r"(?:(?:我的|我)?(?:发言|讲话|汇报|报告|宣讲|课|讲)(?:到此结束|到此为止|就到这里|完了|完毕)[，,。！!]?)?"
    r"(?:(?:谢谢|多谢|感谢)(?:大家|各位|同志们)?[！!。]?|特此(?:通知|报告|公告|通告|批复|函复|函告|函达|证明|说明|公示|通报|请示|声明|致谢)[。！!]?"
    r"|此[复令致][。！!]?|专此(?:函复|函达|报告)[。！!]?|敬礼[！!]?|[妥当可]否[，,]请(?:批示|批复|审批|审议|复示|函复)。?|以上[^。]{2,20}，请[^。]{2,12}。)"
)
"""谢谢大家！ 特此通知。 妥否，请批示。 此复。 顺颂, and below it 商祺！"""

_YEAR = rf"(?:[0-9０-９]{{4}}|[{COUNTING}○ＯO０]{{4}})"
_PART = rf"(?:[0-9０-９]{{1,2}}|[{COUNTING}元]{{1,3}})"
DATE = both_scripts(
    rf"[（(]?{_YEAR}\s?年\s?{_PART}\s?月(?:\s?{_PART}\s?日?)?(?:[（(]?星期[{COUNTING}日天][）)]?)?[）)]?|(?:民国|中华民国)\s?\S{{1,5}}\s?年\s?{_PART}\s?月\s?{_PART}\s?日"
    r"|[0-9]{4}([-./])[0-9]{1,2}\1[0-9]{1,2}|(?:20|二[〇○])?[xXｘ×＊*_]{1,4}\s?年\s?[xXｘ×＊*_]{1,4}\s?月\s?[xXｘ×＊*_]{1,4}\s?日"
)
"""2012年7月11日, 二〇一〇年十一月二日, 2012-7-11, 20xx年xx月xx日"""

LETTERHEAD = both_scripts(
    r"[^，。：:；、]{2,30}(?:政府|委员会|办公[室厅]|局|厅|部|院|公司|协会|党组|党委|工会|团委)文件"
)
DOCUMENT_NUMBER = both_scripts(
    r"[\u4e00-\u9fff（）()A-Za-z]{1,20}[〔﹝\[【（(]\s?\d{4}\s?[〕﹞\]】）)]\s?(?:第\s?)?\d{1,5}\s?号"
    r"|[（(〔]\d{4}[）)〕][\u4e00-\u9fff]{1,4}\d{0,6}[\u4e00-\u9fff]{1,6}(?:第\s?)?\d{1,6}号(?:之[一二三四五])?"
    r"|(?:第\s?\d{1,4}\s?号|主席令第.{1,6}号|国务院令第\s?\d{1,4}\s?号)"
)
"""国办发〔2018〕115号, （2019）京01民终1234号"""

SUBTITLE = both_scripts(
    rf"{_YEAR}年{_PART}月{_PART}日在[^。，：]{{4,50}}(?:会议|大会|座谈会)上(?:[\s\u3000]+\S{{2,12}}[\s\u3000]+\S{{2,6}})?|"
    r"(?:——|--|—|──|―)\s?\S.{2,60}|(?:讲课|讲话|发言|汇报)提纲|[（(](?:征求意见稿|草案|讨论稿|试行|暂行|送审稿|摘要|节选|全文|修订|修订稿|代拟稿|初稿)[）)]"
    r"|[（(][^（）()，。：:]{0,6}(?:话剧|短剧|歌剧|诗剧|戏曲|小品|相声|快板|剧本|小说|散文|散文诗|诗歌|组诗|童话|寓言)[）)]"
)
"""——在全市工作会议上的讲话, 2026年1月27日在某某省第十四届人民代表大会第四次会议上, （征求意见稿）, （独幕话剧）"""

_POST = (
    r"(?:省长|市长|县长|区长|州长|旗长|镇长|乡长|主席|主任|院长|检察长|书记|部长|局长|厅长|处长|校长|会长|董事长|总经理|总裁|行长|社长|司令员|总理"
    r"|秘书长|委员|教授|研究员)"
)
BYLINE = both_scripts(
    r"[（(][^（）()]{2,60}?(?:年|月|日|会议|通过|批准|发布|修订|号|作者)[^（）()]{0,40}[）)]"
    r"|(?:作者|撰文|文|记者|本报记者|编者|讲话人|报告人|发言人|主讲人|宣讲人)\s?[/：:／]\s?\S.{0,30}"
    r"|(?:时间|日期|讲课时间|发言时间)\s?[：:]\s?[^：:，。]{0,4}[0-9〇○一二][^：:，。]{4,20}"
    r"|(?:本报|本刊|本网|新华社)?(?:特约)?(?:记者|通讯员|评论员)(?:[\s\u3000、]+[\u4e00-\u9fff]{2,4}){1,5}"
    r"|[^，。：:；、]{2,20}(?:课题组|调研组|编写组|写作组|评论员|编辑部)"
    r"|\S{2,12}\s?(?:[/／]\s?文|著|撰|编著|整理)"
    r"|[0-9]{4}年[0-9]{1,2}月[0-9]{1,2}日\s?(?:[^。，；《》]|《[^《》]{1,60}》){0,120}(?:通过|批准|发布|公布|修订|修正|修正通过|施行)[）)]?"
    r"|(?:中华)?民国\s?\S{1,5}\s?年[^。]{4,60}(?:修正|订定|发布|公布|施行|生效)[^。]{0,40}"
    r"|[Bb]y\s[A-Z][A-Za-z.'’-]*(?:\s[A-Z][A-Za-z.'’-]*){1,3}"
    rf"|[^，。：:；、《》“”]{{0,24}}{_POST}[\s\u3000]+(?:[\u4e00-\u9fff]{{2,4}}|[\u4e00-\u9fff][\s\u3000]{{1,2}}[\u4e00-\u9fff]"
    r"|[\u4e00-\u9fff]{1,8}(?:[·•・][\u4e00-\u9fff]{1,8}){1,3})"
)
"""（2004年6月16日国务院第54次常务会议通过）, 作者：某某, 某某省人民政府省长　某某某, By Zhu Ziqing"""

NOTE = both_scripts(
    r"[（(](?:此件|联系人|联系电话|注|备注)[^（）()]{0,60}[）)]|[（(][^（）()]{0,20}(?:公开发布|依申请公开|不予公开)[）)]"
)
"""（此件公开发布）"""

COPIES = both_scripts(r"(?:主送|抄送|抄报|分送|正本|副本)\s?[：:]\s?\S.*")
"""抄送：市委各部门，市人大常委会办公厅。"""

PRINTED = both_scripts(
    r"\S{2,30}[\s\u3000]*(?:[0-9０-９]{4}|[一二三四五六七八九〇○零]{4})\s?年\s?\S{1,2}\s?月\s?\S{1,3}\s?日\s?印[发制](?:[（(]\S{1,12}[）)])?"
)
"""某某市人民政府办公厅　2012年7月2日印发"""

SUBJECT = both_scripts(r"(?:主旨|说明|办法|拟办|公告事项|依据)[：:]")
"""主旨：… 說明：: the sections of a Taiwanese official document (文書處理手冊)."""

OFFICE = both_scripts(
    r"[^，。：:；、《》0-9]{2,30}(?:政府|委员会|办公[室厅]|局|厅|部|院|公司|协会|党组|党委|组织部|宣传部|工会|团委|大学|学校|中心|指挥部|领导小组)"
)
"""某某市人民政府办公室: an office and nothing else."""

_WORK = (
    r"(?:撰稿|供稿|图文|文字|图片|图|摄影|编辑|责编|责任编辑|文字编辑|新媒体编辑|编审|审核人?|审稿|初审|复审|终审|校对|通讯员|本报通讯员|供图|来稿|作者|执笔|统筹|排版|监制"
    r"|资料来源)"
)
CREDIT = both_scripts(
    rf"{_WORK}(?:\s?[：:／/｜丨|]\s?\S.{{0,40}}|\s\S{{2,12}})|本报(?:记者|通讯员)\s?\S.{{0,20}}"
    rf"|[（(【\[]{_WORK}(?:\s?[：:／/]\s?|\s)[^（）()【】\[\]]{{1,40}}[）)】\]]"
    r"|[（(][^（）()]{1,30}(?:供稿|报道|整理|摄影|图文|编辑|会长|教授|研究员|主任|书记)[^（）()]{0,12}[）)]"
    r"|[（(](?:本报|本网|新华社)?(?:记者|通讯员|特约记者)[\s\u3000：:][^（）()。]{2,40}[）)]"
    r"|《\s?[^《》]{2,12}(?:日报|报|网|杂志|周刊)\s?》\s?[（(].{6,30}[）)]"
)
"""撰稿：某某; （责编：某某）; （作者为某某会长）; 《 人民日报 》（ 2019年01月11日 09 版）"""

ATTACHMENT = both_scripts(r"附\s?[件：:]\s?(?:[0-9０-９一二三四五六七八九十]{1,2}\s?)?[：:、.．]?\s?.{0,80}")
"""附件：1.竞聘上岗报名表"""

FRONT_OR_BACK = both_scripts(
    r"(?:楔子|序|[自代原]序|序[章言幕]|[前引导]言|引子|尾声|后记|跋|番外.{0,8}|译者序|再版前言|凡例)(?:[\s\u3000：:].{0,40})?"
)
"""楔子 张天师祈禳瘟疫, 前言, 后记"""

STAGE = both_scripts(r"(?:时间|地点|场景|布景|背景|人物|[登出]场人物|编剧|导演)\s?[：:]")
"""时间：…, 人物：…: what stands below the number of an act, and is not its title."""

CONTENTS_WORD = compiled(r"目\s*[录錄次]|contents", re.IGNORECASE)

_ENDS_SENTENCE = frozenset("。！？；：，、!?;:,…—")


def ends_sentence(text: str) -> bool:
    """Whether a line ends with a mark that a heading or a name does not end with."""
    return text[-1:] in _ENDS_SENTENCE


def unspaced(text: str) -> str:
    """A line without white space: 国 家 预 案 and 国家预案 are the same words."""
    return "".join(text.split())
