"""Lines of a form of their own: rows of lost tables, lists of names, turns of a dialogue, sections of letters."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from converter.model import HeadingKind, Role
from converter.regex import compiled
from converter.structure.patterns import SUBJECT
from converter.structure.reasons import Rule
from converter.structure.verdicts import Kind, Verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from converter.structure.reading import Reading

_GAP = compiled(r"[ \u3000\u00a0]*\t[ \u3000\u00a0]*|[ \u3000\u00a0]{2,}")
_LONGEST_CELL = 40
_LONGEST_TABBED = 200
_FEWEST_ROWS = 3
_FENCES = ("```", "~~~")
_NUMBER = compiled(r"[-－—+]?[0-9０-９,，.．%％]+")
_SERIAL = frozenset({"序号", "序號", "编号", "編號", "No.", "NO."})
_SERIAL_FIRST = frozenset(name[0] for name in _SERIAL)
_NAMES_A_COLUMN = frozenset(
    {
        "名称",
        "名稱",
        "姓名",
        "项目",
        "項目",
        "单位",
        "單位",
        "类别",
        "類別",
        "时间",
        "時間",
        "日期",
        "年度",
        "年份",
        "指标",
        "节次",
        "節次",
        "科目",
        "课程",
        "課程",
        "品名",
        "部门",
        "部門",
    }
)
_MOST_COLUMNS = 12
_CHAPTERS = frozenset({HeadingKind.PART, HeadingKind.CHAPTER, HeadingKind.SECTION, HeadingKind.ARTICLE})

# The commonest family names of the censuses of 1982–2020 (九成以上人口), both scripts.
FAMILY_NAMES = frozenset(
    "王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧肖程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鍾汪田任"
    "姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段雷钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文庞龐樊兰蘭殷施陶洪翟安颜顏倪严嚴牛温溫芦蘆季俞章鲁魯葛伍韦韋申尤"
    "毕畢聂聶丛叢焦向柳邢路岳齐齊沿梅莫庄莊辛管祝左涂谷祁时時舒耿牟卜詹关關苗凌费費纪紀靳盛童欧歐甄项項曲成游阳陽裴席卫衛查屈鲍鮑位覃霍翁隋植甘景薄单單包司柏宁寧柯阮桂闵閔解强強"
    "柴华華车車冉房边邊辜吉饶饒刁瞿戚丘古米池滕晋晉苑邬鄔臧畅暢宫宮来來嵺苟全褚廉简簡娄婁盖蓋符奚木穆党黨燕郎邸冀谈談姬屠连連郜晏栾欒郁商蒙计計喻揭窦竇迟遲宇敖糜鄢冷卓花仇艾蓝藍都巩鞏稽井练練仲乐樂虞卞封竺冼原官衣楚佟栗匡宗应應台巫鞠僧桑荆荊谌諶银銀扬揚明沙薄伏岑习習胥保和蔺藺"
)
_NAME = compiled(r"[\u4e00-\u9fff](?:[ \u3000]{0,2}[\u4e00-\u9fff]){1,3}")
_NAMES_GAP = compiled(r"[ \u3000\u00a0\t]{2,}|、")
_FEWEST_NAMES = 3
_NO_NAME, _NO_CELL = frozenset("。，；："), frozenset("。；，")
"""What neither a list of names nor a cell ends with."""
_KNOWN = 0.8


RULE = compiled(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?")
"""|---|---| below the first row of a table whose cells stand between bars."""


def cells_of(text: str) -> list[str]:
    """A line cut at its bars, or at its tabs and wide gaps; itself alone where it has none."""
    if "|" in text and ((text[0] == "|" and text[-1] == "|" and text.count("|") > 2) or not _has_gap(text)):
        return [cell.strip() for cell in text.removeprefix("|").removesuffix("|").split("|")]
    return _GAP.split(text) if _has_gap(text) else [text]


def _has_gap(text: str) -> bool:
    return "\t" in text or "  " in text or "\u3000\u3000" in text


def find_rows(reading: Reading) -> None:
    """Names, then tables: rows of three lines or more with as many cells each, or one cell a line under 序号."""
    _find_names(reading)
    rowlike = [
        i
        for i, text in enumerate(reading.texts)
        if ((text[-1] not in _NO_CELL or _is_tabbed(text)) and _has_gap(text))
        or "|" in text
        or text.startswith(_FENCES)
    ]
    index, fenced = 0, False
    for first in rowlike:
        if first < index:
            continue
        fenced ^= reading.text(first).startswith(_FENCES)
        if fenced:  # what a program printed is no table of the text's
            continue
        if end := _barred(reading, first):
            for line in range(first, end):
                columns = len(cells_of(reading.text(first)))
                reading.verdicts[line] = Verdict(kind=Kind.ROW, rule=Rule.TABLE_BARS, end=columns)
            index = end
            continue
        index, columns = first, _columns(reading, first)
        tabs = "\t" in reading.text(first) or reading.text(first)[-1] == "|"
        while columns and (_columns(reading, index) == columns or (tabs and 2 <= _columns(reading, index) < columns)):
            index += 1  # of rows that tabs part, the last cells may be empty
        rows = [cells_of(reading.text(i)) for i in range(first, index)]
        if len(rows) >= _FEWEST_ROWS and _is_table(rows, tabs=tabs):
            for line in range(first, index):
                reading.verdicts[line] = Verdict(kind=Kind.ROW, rule=Rule.TABLE_ROW, end=columns)
    _find_cells(reading)


def _find_names(reading: Reading) -> None:
    for index in [i for i, text in enumerate(reading.texts) if text[-1] not in _NO_NAME]:
        if reading.free(index) and _are_names(reading.text(index)):
            reading.give(index, Role.LIST_ITEM, Rule.NAMES)


def _barred(reading: Reading, index: int) -> int:
    """Where a table ends that begins here with a row between bars and a rule below it; 0 if none does."""
    columns = len(cells_of(reading.text(index)))
    ruled = "|" in reading.text(index) and RULE.fullmatch(reading.text(index + 1))
    if not ruled or columns != len(cells_of(reading.text(index + 1))):
        return 0
    end = index
    while reading.free(end) and "|" in reading.text(end) and 2 <= len(cells_of(reading.text(end))) <= columns:
        end += 1
    return end if end > index + 2 else 0


def _are_names(text: str) -> bool:
    """Whether a line is three or more persons' names."""
    if text[-1] in _NO_NAME or len(text) < 2 * _FEWEST_NAMES:
        return False
    gap = _NAMES_GAP.search(text)
    if gap is None or not _NAME.fullmatch(text, 0, gap.start()):
        return False
    names = _NAMES_GAP.split(text)
    if len(names) < _FEWEST_NAMES or not all(_NAME.fullmatch(name) for name in names):
        return False
    return sum(name[0] in FAMILY_NAMES for name in names) >= _KNOWN * len(names)


def _columns(reading: Reading, index: int) -> int:
    """How many cells a line has that could be a table's row; else 0.

    Two tabs make a row of sentences, too (评分标准), and of what looks like a chapter (第一节, in a timetable).
    """
    if not reading.free(index):
        return 0
    cells = cells_of(reading.text(index))
    if not 2 <= len(cells) <= _MOST_COLUMNS:
        return 0
    if _is_tabbed(reading.text(index)):
        return 0 if any(len(cell) > _LONGEST_TABBED for cell in cells) else len(cells)
    label = reading.label(index)
    if label is not None and label.kind in _CHAPTERS:
        return 0
    return 0 if any(len(cell) > _LONGEST_CELL or cell[-1] in _NO_CELL for cell in cells if cell) else len(cells)


def _is_tabbed(text: str) -> bool:
    return text.count("\t") > 1


def _is_table(rows: Sequence[Sequence[str]], *, tabs: bool) -> bool:
    """Two columns parted by spaces may be verses or couplets: one of them must be numbers."""
    if tabs or len(rows[0]) >= _FEWEST_ROWS:
        return True
    return any(sum(bool(_NUMBER.fullmatch(row[i])) for row in rows) * 2 > len(rows) for i in range(2))


def names_columns(first: Sequence[str], rest: Sequence[str]) -> bool:
    """Whether a row names the columns below it: words above numbers, or a first cell that says so. One whose every
    second cell is empty, 姓名, nothing, 性别, nothing, is a row of a form to be filled in.
    """
    if len(first) > _FEWEST_ROWS and not any(first[1::2]):
        return False
    if "".join(first[0].split()) in _SERIAL | _NAMES_A_COLUMN:
        return True
    columns = [rest[i :: len(first)] for i in range(len(first))]
    numbers = [sum(bool(_NUMBER.fullmatch(cell)) for cell in column) * 2 > len(column) for column in columns]
    return any(numbers) and not any(_NUMBER.fullmatch(cell) for cell in first)


def _find_cells(reading: Reading) -> None:
    """序号, the names of the other columns, 1, its cells, 2, its cells …: one cell a line."""
    end = 0
    for index in [i for i, text in enumerate(reading.texts) if text[0] in _SERIAL_FIRST or text[0].isspace()]:
        columns = _serial_columns(reading, index) if index >= end else 0
        rows = 0
        while columns and _is_row(reading, index + columns * (rows + 1), columns, rows + 1):
            rows += 1
        if rows >= _FEWEST_ROWS:
            end = index + columns * (rows + 1)
            for line in range(index, end):
                reading.verdicts[line] = Verdict(kind=Kind.CELL, rule=Rule.TABLE_CELL, end=columns)


def _serial_columns(reading: Reading, index: int) -> int:
    if not reading.free(index) or "".join(reading.text(index).split()) not in _SERIAL:
        return 0
    return next((n for n in range(2, _MOST_COLUMNS + 1) if reading.text(index + n) == "1"), 0)


def _is_row(reading: Reading, first: int, columns: int, serial: int) -> bool:
    lines = range(first, first + columns)
    return reading.text(first) == str(serial) and all(
        reading.free(line) and len(reading.text(line)) <= 2 * _LONGEST_CELL for line in lines
    )


_TURN = compiled(r"([\u4e00-\u9fffA-Za-z·]{1,10}(?<![说說道曰云叫喊]))[：:]\s*(?=[^\s“「『])")
_FEWEST_TURNS = 4
_SPEECH = 8


def find_turns(reading: Reading) -> None:
    """记者：… 张支书：…: two speakers or more who take turns, each twice at least. Their lines are no headings."""
    found = {
        index: match[1]
        for index in reading.headed
        if reading.free(index)
        and (match := _TURN.match(reading.text(index)))
        and len(reading.text(index)) - match.end() >= 1
    }
    counts = Counter(found.values())
    turns = [index for index, name in found.items() if counts[name] > 1]
    speakers = {found[index] for index in turns}
    spoken = sum(reading.text(i)[-1] in "。！？…!?”" and len(reading.text(i)) > _SPEECH for i in turns)
    changes = sum(found[a] != found[b] for a, b in pairwise(turns))
    if len(turns) >= _FEWEST_TURNS and len(speakers) > 1 and spoken * 3 >= len(turns) * 2 and changes * 2 >= len(turns):
        for index in turns:
            reading.give(index, Role.BODY, Rule.TURN)


def find_subject(reading: Reading) -> None:
    """主旨：… 說明：…: what begins the sections of a Taiwanese official document is a heading, most of them run in."""
    found = [(i, match) for i in reading.headed if reading.free(i) and (match := SUBJECT.match(reading.text(i)))]
    if not any(match[0].startswith("主旨") for _, match in found):
        return
    for index in range(found[0][0], len(reading)):  # their numbers count statements, not sections
        label = reading.label(index)
        if label is not None and label.kind is HeadingKind.COUNT and reading.free(index):
            reading.give(index, Role.LIST_ITEM, Rule.STATEMENT)
    for index, match in found:
        if match.end() < len(reading.text(index)):
            reading.verdicts[index] = Verdict(kind=Kind.RUN_IN, end=match.end(), rule=Rule.SUBJECT)
        else:
            reading.head(index, Rule.SUBJECT)


# 组　长：某某某, 联系人：某某; what a paper has below its abstract is none
_NAME_LINE = compiled(
    r"(?!关\s?键\s?[词字]|關\s?鍵\s?[詞字]|摘\s?要|中图分类号|文献标[识志]码|基金项目|作者简介)"
    r"[\u4e00-\u9fffA-Za-z \u3000\u00a0（）()]{2,10}(?<![说說道曰问問答云叫喊])[：:]\s*[^\s“「『].{0,60}"
)


def find_name_lists(reading: Reading) -> None:
    """组长：… 副组长：… 成员：…: two or more lines one below the other, each a word, a colon and names."""
    index = 0
    for first in reading.headed:
        if first < index:
            continue
        index, group = first, []
        while (
            reading.free(index)
            and _NAME_LINE.fullmatch(reading.text(index))
            and reading.text(index)[-1] not in "。！？；"
        ):
            group.append(index)
            index += 1
        if len(group) >= 2:
            for line in group:
                reading.give(line, Role.LIST_ITEM, Rule.NAME_LIST)
