"""Quotation marks (引号): straight ones paired, wrong-way ones turned, unpaired ones reported.

Chinese has “ ” outside and ‘ ’ inside, or 「 」 and 『 』 (GB/T 15834-2011, 4.8; clreq, 3.1.1); straight " and ' come
from keyboards and old software, wrong-way ones from programs that guess. Marks are paired line by line, opening and
closing by turns, ' apart from ". What stands beside a mark must not contradict: after ：（《、 or a space it opens,
before ，。；！）》 or a space it closes. A line where it does, or where a mark is left over, is reported and not
changed: after one missing mark, every guess would be wrong. A “ or ” is turned only where its neighbours leave no other
reading, so that speech that goes on over several paragraphs stays as it is.

Left alone: apostrophes, inches and minutes, quotation marks in Latin text and around code (name="…", print("…")).
A text that has mostly 「」 gets those.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from converter.diagnostics import Severity
from converter.errors import Message
from converter.regex import compiled
from converter.repair.context import CHINESE, HAN, prose
from converter.repair.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

CODE = "ZH202"
NAME = Message("quotation marks", "引号")

# Damaged → repaired.
CASES = (
    ('沉浸式观摩"苏地华章""苏作天工"两大主题展厅。', "沉浸式观摩“苏地华章”“苏作天工”两大主题展厅。"),
    ("他说:\"她讲'好',就走了。\"", "他说:“她讲‘好’,就走了。”"),
    ('他說："好"「甲」「乙」', "他說：「好」「甲」「乙」"),
    ("学习”两学一做“，推进", "学习”两学一做“，推进"),
    ("学习：”两学一做“，推进", "学习：“两学一做”，推进"),
    ("讲“两学一做“，推进", "讲“两学一做”，推进"),
    ("“同志们，\n“我宣布。”他说：“好。”", "“同志们，\n“我宣布。”他说：“好。”"),
    ("开头。”他又说：“接着", "开头。”他又说：“接着"),
    ('他说"好，又说："不', '他说"好，又说："不'),
    ('组织"文物见证"主题和"人间天堂', '组织"文物见证"主题和"人间天堂'),
    ('名为"WTO"的组织 said "hello"', '名为“WTO”的组织 said "hello"'),
    ("21\"显示器，5'10\"，it's，'90s", "21\"显示器，5'10\"，it's，'90s"),
    ('设置name="张三"，调用print("你好")', '设置name="张三"，调用print("你好")'),
    ('{"name": "张三"}', '{"name": "张三"}'),
    ("“甲‘乙’丙”", "“甲‘乙’丙”"),
)

_CONFIDENCE = 0.95
_STRAIGHT_MESSAGE = Message("straight quotation mark in Chinese text", "中文里的直引号")
_TURNED = Message("quotation mark the wrong way round", "引号方向有误")
_UNPAIRED = Message("quotation mark without a partner", "引号不成对")

# Each opening or closing by what stands beside it; , and ， count the same, since another rule makes the one the other.
_OPENS = compiled(r"(?:^|(?<=[：:（(《〈【〔、\s]))[\"'“”‘’](?=\S)", re.MULTILINE)
_CLOSES = compiled(r"(?<=\S)[\"'“”‘’](?:$|(?=[，。、；：？！）》〉】〕…,;:?!)\s]))", re.MULTILINE)
_APOSTROPHE = compiled(r"['’](?:(?<=[A-Za-z0-9].)(?=[A-Za-z0-9])|(?<![^\s(].)(?=\d\ds?\b))")
_AFTER_LATIN = compiled(r"(?<=[A-Za-z0-9])'|(?<=\d)\"")
_IN_CODE = compiled(r"(?<=[=\[{<\\])[\"']|(?<=\w[(（])[\"']|[\"'](?=[=\]}>])", re.ASCII)
_HAN = compiled(HAN)
# A space just inside a pair goes with the mark that showed its side.
_SPACE_AFTER = compiled(f". (?={HAN})")
_SPACE_BEFORE = compiled(f"(?<={HAN}) .")
_AFTER_CHINESE = compiled(f"(?<={CHINESE})[\"']")
_BEFORE_HAN = compiled(f'"(?={CHINESE})')
_CURLY = compiled("[“”]")
_DOUBLE = compiled('["“”「」]')
_BEGINS_LINE = compiled(r"(?<![^\s])“")
_BEFORE_CHINESE = compiled(f"[\"'](?={CHINESE}|[，；：？！（）,;:?!()]|$)", re.MULTILINE)


def find(text: str) -> Iterator[Finding]:
    """Every straight or wrong-way quotation mark with what it should be, and every one without a partner."""
    if not any(mark in text for mark in "\"'“”‘’"):
        return
    text = prose(text)
    corners = text.count("「") > text.count("“")
    found = [
        *_paired(text, '"', "“”", "「」" if corners else "“”"),
        *_paired(text, "'", "‘’", "『』" if corners else "‘’"),
    ]
    turned = {finding.start: finding.replacement for finding in found}
    yield from sorted([*found, *(finding for finding in _unpaired(text, turned) if finding.start not in turned)])


def _paired(text: str, straight: str, curly: str, style: str) -> Iterator[Finding]:
    """What the marks of one kind should be, line by line."""
    if not any(mark in text for mark in straight + curly):
        return
    if _regular(text, straight, curly):
        return
    apostrophes = {match.start() for match in _APOSTROPHE.finditer(text)} if straight == "'" else set()
    marks = (match.start() for match in re.finditer(f"[{straight}{curly}]", text))
    for line in _lines(text, (at for at in marks if at not in apostrophes)):
        standing = "".join([text[at] for at in line])
        if standing == curly * (len(line) // 2):
            continue
        pairs, odd = _pairs(text, line)
        if odd is not None:
            if text[odd] == '"' and (_AFTER_CHINESE.match(text, odd) or _BEFORE_HAN.match(text, odd)):
                yield Finding(odd, odd + 1, text[odd], _UNPAIRED, Severity.WARNING, _CONFIDENCE)
            continue
        for opened, closed in pairs:
            wanted = _wanted(text, opened, closed, curly, style)
            for at, mark, space in ((opened, wanted[0], _SPACE_AFTER), (closed, wanted[1], _SPACE_BEFORE)):
                if text[at] != mark:
                    message = _STRAIGHT_MESSAGE if text[at] == straight else _TURNED
                    start = at - 1 if space is _SPACE_BEFORE and space.match(text, at - 1) else at
                    end = at + 2 if space is _SPACE_AFTER and space.match(text, at) else at + 1
                    yield Finding(start, end, mark, message, confidence=_CONFIDENCE)


def _regular(text: str, straight: str, curly: str, *, by_line: bool = True) -> bool:
    """Whether all marks of one kind are pairs as they should be, on each line or in the text as a whole."""
    marks = "".join(compiled(f"[{straight}{curly}\n]" if by_line else f"[{straight}{curly}]").findall(text))
    return not marks.replace(curly, "").strip("\n")


def _wanted(text: str, opened: int, closed: int, curly: str, style: str) -> str:
    """What a pair of marks should be: as it is where it is straight and not Chinese."""
    standing = text[opened] + text[closed]
    if standing[0] in curly or standing[1] in curly:
        return curly if standing.strip("\"'") == standing or _is_chinese(text, opened, closed) else standing
    return style if _is_chinese(text, opened, closed) else standing


def _lines(text: str, marks: Iterable[int]) -> Iterator[list[int]]:
    """The positions, those on one line together."""
    line: list[int] = []
    end = -1
    for at in marks:
        if at > end:
            if line:
                yield line
            line, end = [], text.find("\n", at) % (len(text) + 1)
        line.append(at)
    if line:
        yield line


def _pairs(text: str, line: list[int]) -> tuple[list[tuple[int, int]], int | None]:
    """The marks of a line, opening and closing by turns; and the first that contradicts, or is left over."""
    marks: list[int] = []
    for at in line:
        opening = len(marks) % 2 == 0
        if opening and _AFTER_LATIN.match(text, at):
            continue
        opens, closes = _OPENS.match(text, at) is not None, _CLOSES.match(text, at) is not None
        against, support = (closes, opens) if opening else (opens, closes)
        wrong_way = text[at] in ("”’" if opening else "“‘")
        if (against and not support) or (wrong_way and (against or not support)):
            return [], at
        marks.append(at)
    if len(marks) % 2:
        return [], marks[-1]
    return list(zip(marks[::2], marks[1::2], strict=True)), None


def _is_chinese(text: str, opened: int, closed: int) -> bool:
    """Whether a pair of straight marks belongs to Chinese text."""
    if _IN_CODE.match(text, opened) or _IN_CODE.match(text, closed):
        return False
    if text[opened] == "'" and len(_DOUBLE.findall(text, opened, closed)) % 2:
        return False
    if _HAN.search(text, opened + 1, closed):
        return True
    return bool(_AFTER_CHINESE.match(text, opened) and _BEFORE_CHINESE.match(text, closed))


def _unpaired(text: str, turned: dict[int, str]) -> Iterator[Finding]:
    """The marks “ and ” that have no partner in the whole text. One at a line's beginning may continue a quotation."""
    if not turned and _regular(text, "", "“”", by_line=False):
        return
    opened: int | None = None
    for match in _CURLY.finditer(text):
        at = match.start()
        if turned.get(at, match[0]) == "“":
            if opened is not None and not _BEGINS_LINE.match(text, at):
                yield Finding(opened, opened + 1, "“", _UNPAIRED, Severity.WARNING, _CONFIDENCE)
            opened = at
        elif opened is None:
            yield Finding(at, at + 1, "”", _UNPAIRED, Severity.WARNING, _CONFIDENCE)
        else:
            opened = None
    if opened is not None:
        yield Finding(opened, opened + 1, "“", _UNPAIRED, Severity.WARNING, _CONFIDENCE)
