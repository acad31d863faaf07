"""Where a text begins: letterhead, title in one line or several, subtitle, byline, addressee or salutation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.model import Role
from converter.regex import compiled
from converter.structure.authors import names_authors, names_offices
from converter.structure.numbering import label_of
from converter.structure.patterns import (
    ADDRESSEE,
    BYLINE,
    CONTENTS_WORD,
    DATE,
    DOCUMENT_NUMBER,
    FRONT_OR_BACK,
    LETTERHEAD,
    OFFICE,
    SALUTATION,
    SUBJECT,
    SUBTITLE,
    both_scripts,
    ends_sentence,
    unspaced,
)
from converter.structure.reading import TITLED, bare
from converter.structure.reasons import Rule
from converter.structure.rows import FAMILY_NAMES, cells_of
from converter.structure.verdicts import Kind, Verdict

if TYPE_CHECKING:
    from converter.structure.reading import Reading

_LONGEST_TITLE = 70
_OPENING_LINES = 16
_WRAPPED = 28
_SHORT, _LONGEST_NAME = 12, 6
# 首页 > 文章中心 > 正文, 时间:2022-11-21, 来源:本级, 阅读次数:4985, a URL
_NOT_A_TITLE = both_scripts(
    r"[>＞»|｜]|^\[(?:图片|表情|文件|语音|视频|动画表情|红包)\]$|，.*[.．]$|^[•·●○◦▪]|^原标题|^请(?:仔细|认真|务必|勿|先|点击)|^[0-9\s]+$|[：:]\s*[0-9][-0-9/.:：年月日次号～~]*(?:$|\s)|^[^：:]{2,9}[：:]\s*\S{0,6}$|https?://|www\.|\S@\S|^[^\w\u4e00-\u9fff]+$"
    r"|[_＿▁]{3}|^[一二三四五六七八九十]{1,3}$|^[IVXⅠ-Ⅻ]{1,5}[.．]?$|^[0-9]{4}年$|^[^\s，。：《]{1,10}(?:小说网|文学网|中文网|读书网|阅读网|书库|贴吧)$|^[0-9]{4}年[0-9]{1,2}月\s?(?:[—–－~～-]|至|到)|^(?:\S{2,8}\s+){4,}\S{2,8}$|^[0-9]{1,2}月[0-9]{1,2}日(?:\s.{0,12})?$"
    r"|^[^\s，。]{2,14}\s+[0-9]{4}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?$|^[“「][^“”「」]*[！？!?…][”」]$|(?:会议|大会|座谈会|报告会|动员会)上$|(?:，.*){3}"
    r"|^(?:信息|文章|稿件)?(?:来源|作者|时间|日期|发布|点击|点击数|浏览|阅读|责任编辑|编辑|字号|字体|索\s*引\s*号|主题分类|发文机关|发文字号"
    r"|标\s*题|主\s*题\s*词|导语|编者按|关键词|摘要|提要|内容提要|受文者|承办人|发文日期|成文日期|开会时间|开会地点|地址|电话|传真|速别|密等|附件|单位|填报单位|编制单位)\S{0,4}\s*[：:]"
)
_IN_BRACKETS = compiled(r"[（(][^（）()]{6,60}[）)]")
_AUTHOR = both_scripts(
    r"(?<=\S)\s*(?:[【\[〔（(]\s*(?:来源|作者|转载自)\s?[：:][^】\]〕）)]{1,30}[】\]〕）)]|作者\s?[：:]\s?\S.{0,20}|\s{2,}\S{2,10}\s?[著撰编])$"
)
_NAME = compiled(
    r"[\u4e00-\u9fff][ \u3000]{0,2}[\u4e00-\u9fff]{1,2}|[\u4e00-\u9fff]{2}[ \u3000]{0,2}[\u4e00-\u9fff]"
    r"|(?:欧阳|歐陽|司马|司馬|上官|诸葛|諸葛|东方|東方|慕容|令狐|皇甫|尉迟|公孙|公孫)[ \u3000]?[\u4e00-\u9fff]{1,2}"
)
_KIND_OF_DOCUMENT = both_scripts(
    r"(?:通知|意见|决定|批复|函|答复|办法|规定|条例|方案|规划|规则|计划|纲要|报告|公告|通告|公报|公示|命令|令"
    r"|讲话|总结|总结报告|建议|请示|议案|纪要|细则|章程|标准|指南|名单|一览表|发言|致辞|倡议书|情况)(?:[（(][^（）()]{1,12}[）)])?$"
)
_BEGINS_DOCUMENT = both_scripts(r"关于|印发|转发|《|.{4}[对在]")


# 2024年第3次局长办公会议纪要, 2023年度工作总结 below the name of an office
_OF_A_YEAR = both_scripts(r"(?:20|19)[0-9]{2}年[^，。：:；、]{2,24}(?:纪要|总结|工作要点|工作计划|工作报告|实施方案)")


_BEGINS = both_scripts(r"关于|印发|转发|批转|公布|发布")
_FORM = both_scripts(
    r"[^，。：:；、]{0,6}(?:通知|公告|通告|通报|公报|命令|令|函|决定|判决书|裁定书|决定书|调解书|起诉书|通知书|建议书)"
)


def find_opening(reading: Reading) -> int:
    """Judges the lines before the text proper and gives the index of the first line of the text proper."""
    end = _end_of_opening(reading)
    while 0 < end < len(reading) and _is_below_title(reading.text(end)):
        end += 1
    candidates: list[int] = []
    _find_joint_letterhead(reading, end)
    for index in range(end):
        text = reading.text(index)
        if reading.verdicts[index] is not None:
            continue
        if LETTERHEAD.fullmatch(unspaced(text)):
            reading.give(index, Role.LETTERHEAD, Rule.LETTERHEAD)
        elif DOCUMENT_NUMBER.fullmatch(unspaced(text)):
            reading.give(index, Role.DOCUMENT_NUMBER, Rule.DOCUMENT_NUMBER)
        elif (candidates or _titled(reading, index)) and _is_subtitle(text):
            reading.give(index, Role.SUBTITLE, Rule.SUBTITLE)
        elif (candidates or _titled(reading, index)) and (_is_byline(text) or DATE.fullmatch(unspaced(text))):
            reading.give(index, Role.BYLINE, Rule.BYLINE)
        elif _could_be_title(text) and not _is_field(reading, index):
            candidates.append(index)
    if not _titled(reading, len(reading)):
        _choose_title(reading, _above_fields(reading, candidates))
    return _greeting(reading, end)


def _find_joint_letterhead(reading: Reading, end: int) -> None:
    """Offices one below the other, and 文件 below them: the letterhead of what they issue together (联合行文)."""
    for index in range(1, end):
        if unspaced(reading.text(index)) != "文件":
            continue
        above = index
        while reading.free(above - 1) and OFFICE.fullmatch(unspaced(reading.text(above - 1))):
            above -= 1
        for line in range(above, index + 1) if above < index else ():
            reading.give(line, Role.LETTERHEAD, Rule.LETTERHEAD)


def _is_below_title(text: str) -> bool:
    return _is_byline(text) or bool(SUBTITLE.fullmatch(text) and not ends_sentence(text))


def _is_subtitle(text: str) -> bool:
    """——在全市工作会议上的讲话; （全卷共三大题，满分120分）"""
    remark = bool(_IN_BRACKETS.fullmatch(text)) and not _is_byline(text)
    return remark or bool(SUBTITLE.fullmatch(text) and not ends_sentence(text))


def _is_byline(text: str) -> bool:
    return bool(BYLINE.fullmatch(text)) or names_authors(text) or names_offices(text)


def _opens_book(reading: Reading, index: int) -> bool:
    """A preface or prologue; on the first line of all it may be the title, where no chapters follow."""
    return bool(FRONT_OR_BACK.fullmatch(reading.text(index))) and (
        index > 0 or any(label is not None and label.kind in TITLED for label in reading.labels)
    )


def _could_be_title(text: str) -> bool:
    solid = unspaced(text)
    return not (
        _NOT_A_TITLE.search(_AUTHOR.sub("", text))
        or not _LETTER.search(text)
        or text[-1] in "：:"
        or len(cells_of(text)) > 2
        or DATE.fullmatch(solid)
        or CONTENTS_WORD.fullmatch(solid)
        or SUBTITLE.fullmatch(text)
    )


def _above_fields(reading: Reading, candidates: list[int]) -> list[int]:
    """The likely lines without short ones below the fields of a form: 个人简历, its fields, and 教育背景 below them.

    Where the first line names a form, without long ones as well that name no document.
    """
    names_form = bool(candidates) and candidates[0] == 0 and bool(_NAMES_FORM.search(reading.text(0)))
    first = next((i for i in range(candidates[0] + 1, candidates[-1]) if _is_field(reading, i)), 0) if candidates else 0
    return [
        i
        for i in candidates
        if not 0 < first < i
        or (len(reading.text(i)) >= _SHORT and not names_form)
        or _KIND_OF_DOCUMENT.search(reading.text(i))
    ]


_NAMES_FORM = both_scripts(r"(?:简历|履历|申请书|履历表|简历表|申请表|登记表|审批表|推荐表|报名表|信息表)$")
_LETTER = compiled(r"[^\W\d_]")
_FIELD = compiled(r"[^，。：:；、《》“”]{1,10}(?:[（(][^（）()]{1,12}[）)])?[：:]")
_FEWEST_FIELDS = 3


def _is_field(reading: Reading, index: int) -> bool:
    """Whether a line is one of several, each a word, a colon and what it says: 会议时间：…, 会议地点：…, 会议议题：…

    Two on end are a title with a colon and its author, where nothing stands above them.
    """
    first = end = index
    while _FIELD.match(reading.text(first)):
        first -= 1
    while _FIELD.match(reading.text(end)):
        end += 1
    fields = end - first - 1
    return fields >= _FEWEST_FIELDS or (fields == _FEWEST_FIELDS - 1 and first >= 0)


def _titled(reading: Reading, index: int) -> bool:
    """Whether a title was marked above this line."""
    return any(v is not None and v.kind is Kind.TITLE for v in reading.verdicts[:index])


def _end_of_opening(reading: Reading) -> int:
    """The first line that belongs to the text proper: a greeting, a heading, or a sentence."""
    short_only = True
    for index in range(min(len(reading), _OPENING_LINES)):
        text, label = reading.text(index), reading.label(index)
        verdict = reading.verdicts[index]
        headed = verdict is not None and verdict.kind in {Kind.HEADING, Kind.RUN_IN}
        if headed or (verdict is None and label is not None and not DOCUMENT_NUMBER.fullmatch(unspaced(text))):
            return index
        if SALUTATION.fullmatch(text) or (index and ADDRESSEE.fullmatch(text)) or _opens_book(reading, index):
            return index
        if len(text) > _LONGEST_TITLE or "。" in text or text[-1] in "；;，,！!" or SUBJECT.match(text):
            return index
        if (text[-1] in "：:.．" and "，" in text) or len(cells_of(text)) > 2:
            return index
        short_only &= len(text) <= _LONGEST_TITLE
    if len(reading) > _OPENING_LINES:
        # Nothing but short lines: a poem, a list, a table. Its first line is its title, if anything is.
        return 1
    return len(reading) if len(reading) > 1 and not short_only else min(1, len(reading) - 1)


def _choose_title(reading: Reading, candidates: list[int]) -> None:
    """The last likely line, with the lines that it is broken over; lines that say it again are repetitions."""
    kept = list(candidates)
    while len(kept) > 1 and _is_appendix(reading, kept[-2], kept[-1]):
        reading.give(kept[-1], Role.BYLINE, Rule.BELOW_TITLE)
        kept.pop()
    if len(kept) > 1 and _is_translated(reading, kept[-2], kept[-1]):
        reading.give(kept.pop(), Role.SUBTITLE, Rule.BELOW_TITLE)
    if len(kept) > 1 and _SECTION.fullmatch(reading.text(kept[-1])):
        kept.pop()
    if not kept:
        return
    if len(kept) > 1 and _is_heading_below(reading.text(kept[-2]), reading.text(kept[-1])):
        # A short line below what is a document's title by its last word: a heading without a number. Or the title
        # again, with the first heading run on.
        kept.pop()
    first, last = _first_line(reading, kept), kept[-1]
    for index in range(first, last + 1):
        author = _AUTHOR.search(reading.text(index))
        end = author.start() if author and first == last else 0
        rule = Rule.TITLE
        reading.verdicts[index] = Verdict(kind=Kind.TITLE, rule=rule, end=end)
    title = bare("".join(reading.text(index) for index in range(first, last + 1)))
    for index in kept:
        if index < first and bare(_YEAR_BEHIND.sub("", reading.text(index))) == title:
            reading.mark(index, Kind.REPEATED, Rule.TITLE_AGAIN)


_SECTION = compiled(r"【[^】]{2,8}】")
"""【药品名称】: below a title the name of a section, alone perhaps the title."""
_YEAR_BEHIND = compiled(r"[（(](?:19|20)\d\d年?(?:修正|修订|修訂|版|文本)?[）)]$")
"""（2002年） behind the title of a law, as sites have it above the law itself."""


def _first_line(reading: Reading, kept: list[int]) -> int:
    """Where a title begins that ends in the last line of `kept`."""
    first = last = kept[-1]
    for above in range(last - 1, max(last - 4, -1), -1):
        if above not in kept:
            break
        if _continues(reading, above, last):
            first = above
    return first


def _is_heading_below(title: str, text: str) -> bool:
    run_on = text.startswith(title) and label_of(text[len(title) :]) is not None
    named = bool(_KIND_OF_DOCUMENT.search(title) or _NAMES_FORM.search(title))
    return run_on or (len(text) < _SHORT and named and bare(text) != bare(title))


def _is_appendix(reading: Reading, above: int, index: int) -> bool:
    """Whether a short line belongs to the title above it instead of being the title: an author's name."""
    if index != above + 1 or not _NAME.fullmatch(reading.text(index)):
        return False
    # 再别康桥, 徐志摩, and a blank line, or a heading
    apart = index + 1 < len(reading) and reading.lines[index + 1].blank and not reading.lines[index].blank
    apart = apart or reading.is_heading(index + 1)
    return len(reading.text(above)) > _LONGEST_NAME or bool(apart and reading.text(index)[0] in FAMILY_NAMES)


def _is_translated(reading: Reading, above: int, index: int) -> bool:
    """Whether a line says in Latin letters what the Chinese one right above it does: the title of a text in Chinese."""
    text = reading.text(above)
    chinese = bool(_HAN.search(text)) and not OFFICE.fullmatch(text)
    below = (reading.text(i) for i in range(index + 1, len(reading)) if len(reading.text(i)) > _WRAPPED)
    return index == above + 1 and chinese and bool(_LATIN.fullmatch(reading.text(index))) and _is_han(next(below, ""))


_HAN = compiled("[\u4e00-\u9fff]")
_LATIN = compiled(r"[A-Z][A-Za-z0-9 ,:;.'’()?&-]{7,}")


def _is_han(text: str) -> bool:
    return len(_HAN.findall(text)) * 2 > len(text)


def _continues(reading: Reading, above: int, last: int) -> bool:
    """Whether a title that ends in line `last` begins in the line above."""
    text = reading.text(above)
    rest = "".join(unspaced(reading.text(index)) for index in range(above + 1, last + 1))
    if _open_brackets(unspaced(text)) or text.endswith(("——", "、", "和", "及", "与", "的", "暨")):
        return True
    gap = reading.lines[above + 1].start - reading.lines[above].end
    if len(text) >= _WRAPPED and gap <= 2 and above + 1 == last and len(rest) < len(text):
        return True  # broken where the line was full
    if gap <= 1 and above + 1 == last and _HOLDS.fullmatch(text):
        return True  # 机关党委召开, and below it 2018年度述职评议会议
    named = _BEGINS.match(rest) or _FORM.fullmatch(rest) or (gap <= 1 and _OF_A_YEAR.fullmatch(rest))
    if OFFICE.fullmatch(text) and above + 1 == last and named:
        return True  # 某某县人民政府, and below it 关于…的通知 or 公告
    if gap <= 1 and above + 1 == last and text.endswith(_EXAMINATIONS) and _QUESTIONS.fullmatch(rest):
        return True  # 2024年初中学业水平考试, and below it 数 学 试 题
    complete = _KIND_OF_DOCUMENT.search(unspaced(text))
    return bool(_BEGINS_DOCUMENT.search(unspaced(text)) and not complete and _KIND_OF_DOCUMENT.search(rest))


_EXAMINATIONS = ("考试", "考試", "测试", "測試", "检测", "竞赛", "競賽", "联考", "模拟", "调研")
_QUESTIONS = both_scripts(r"[\u4e00-\u9fff]{1,8}(?:试题|试卷|卷|题)(?:[（(][^（）()]{1,8}[）)])?")
_HOLDS = compiled(
    "[^，。：；！？、]{3,24}(?:召开|举行|举办|开展|印发|发布|参加|收看|承办|召開|舉行|舉辦|開展|印發|發布|參加)"
)


def _open_brackets(text: str) -> bool:
    return any(text.count(opening) > text.count(closing) for opening, closing in ("《》", "“”", "（）", "「」"))


def _greeting(reading: Reading, index: int) -> int:
    """The addressee or salutation that opens the text, where one does."""
    text = reading.text(index)
    label = reading.label(index)
    if reading.free(index) and label is None and (SALUTATION.fullmatch(text) or ADDRESSEE.fullmatch(text)):
        reading.give(index, Role.SALUTATION, Rule.GREETING)
        for line in range(index + 1, len(reading)):  # 各位代表！ again, in the middle of a speech
            if reading.text(line)[-1] in "：:！!" and bare(reading.text(line)) == bare(text) and reading.free(line):
                reading.give(line, Role.SALUTATION, Rule.GREETING_AGAIN)
    return index
