"""Spaces inside Chinese text (中文里的空格) that PDF extraction and web forms leave behind.

Chinese writes no spaces between words, but authors use them on purpose: between the clauses of a title, between names,
inside a name of two characters (李 明), in verse, tables, between Chinese and Latin. A single ordinary space is noise:

- inside brackets and quotation marks (“ 我为企业”, 《 人民日报 》) and after ， 、 ； before Chinese;
- before an opening or after a closing quotation mark in running text (心存 “怕添乱”), both inside a sentence;
- inside a word that the same text writes elsewhere without it (街 道), in running text;
- between single characters set apart (国 务 院 工 作 规 则), where at least half of the pairs stand together elsewhere.

Where spaces stand before many ， and 。, they stand for lost characters (其爱 ，遂诛), and nothing is changed. Longer
spaces, U+3000 and tabs are layout and stay.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from converter.errors import Message
from converter.regex import compiled
from converter.repair.context import HAN, prose
from converter.repair.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

CODE = "ZH204"
NAME = Message("spaces inside Chinese text", "中文里的空格")

# Damaged → repaired.
CASES = (
    ("“ 我为企业添光彩”，《 人民日报 》", "“我为企业添光彩”，《人民日报》"),
    ("面对黄金周， 高铁二队将担当任务。", "面对黄金周，高铁二队将担当任务。"),
    ("他们不理解，心存 “怕添乱”的思想。", "他们不理解，心存“怕添乱”的思想。"),
    ("以“理论与实践结合” 为主线，开展活动。", "以“理论与实践结合”为主线，开展活动。"),
    ("街道、街道和街道办，乡镇(街 道)都要组织。", "街道、街道和街道办，乡镇(街道)都要组织。"),
    ("国 务 院 工 作 规 则\n国务院的工作，按规则办。", "国务院工作规则\n国务院的工作，按规则办。"),
    ("把握时代特点 增强党建活力", "把握时代特点 增强党建活力"),
    ("开展“不忘初心” 争做先锋活动", "开展“不忘初心” 争做先锋活动"),
    ("张三 李四 王 五，李　明", "张三 李四 王 五，李　明"),
    ("甲 乙 丙 丁 戊\n春 夏 秋 冬", "甲 乙 丙 丁 戊\n春 夏 秋 冬"),
    ("组 长：余树东\n组长负责，组长主持，由组长安排。", "组 长：余树东\n组长负责，组长主持，由组长安排。"),
    ("第一条 为了规范，制定本办法。", "第一条 为了规范，制定本办法。"),
    ("使用 Java 开发，共 3 个。 三月，有司请立", "使用 Java 开发，共 3 个。 三月，有司请立"),
    ("今年的工作 ，重点", "今年的工作，重点"),
    (4 * "及其所爱 ，遂诛延年。“ 我”\n", 4 * "及其所爱 ，遂诛延年。“ 我”\n"),
)

_CONFIDENCE = 0.95
_MESSAGE = Message("space inside Chinese text", "中文里的多余空格")

# A space that may be noise, by what follows it; what precedes it is looked at in its place.
_SPACE = compiled(r" (?=[^\x00-\x7f\s]|[,;)\"'])")
# Marks count in both widths and quotation marks in all forms, since later rules put one in place of the other.
_QUOTE = "[“”‘’「」『』\"']"
_BEFORE_MARK = compiled(f"(?<={HAN}) (?=[，、；,;]|。(?!。))")
# Where the other side of a mark may have a space too, it is taken in: one run finds both.
_INSIDE = compiled(
    f"(?<=[“‘「『《〈（(]) (?={HAN})|(?<={HAN}) (?=[”’」』》〉）)](?!{HAN}))"
    f"|(?:(?<={HAN}[，、；,;])|(?<={HAN} [，、；,;])) (?={HAN})"
)
_BEFORE_QUOTATION = compiled(f"(?<={HAN}) (?={_QUOTE} ?{HAN})")
_AFTER_QUOTATION = compiled(f"(?:(?<={HAN}{_QUOTE})|(?<={HAN} {_QUOTE})) (?={HAN})")
_BETWEEN = compiled(f"(?<={HAN}) (?={HAN})")
# The halves of a name or label padded to the width of longer ones (nobody pads in brackets); 第一条 and what follows.
_DELIBERATE = compiled(f"(?<!{HAN}).(?<![(（].) .(?!{HAN})|[条條章节節款篇部回]")
_RUNNING_TEXT = compiled("[，。；,;]")
_LABELLED = compiled(r"\s*(?:[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]|\d+[.．、])")
_SERIES = frozenset("一二三四五六七八九十甲乙丙丁戊己庚辛壬癸日")
_HAN = compiled(HAN)
_MANY = 3
"""As many occurrences of a pair without a space make it a word of this text."""


def find(text: str) -> Iterator[Finding]:
    """Every single space that Chinese text would not have."""
    if not _SPACE.search(text):
        return
    text = prose(text)
    spaces = [match.start() for match in _SPACE.finditer(text)]
    before_marks = [at for at in spaces if _BEFORE_MARK.match(text, at)]
    if len(before_marks) > _MANY:
        return
    certain, perhaps = _by_line(text, spaces)
    runs = list(_set_apart(text, [at for at in spaces if _BETWEEN.match(text, at)]))
    together = _counts(text, {text[at - 1] + text[at + 1] for at in chain(perhaps, *runs)})
    noise = {*before_marks, *certain}
    noise.update(at for at in perhaps if together[text[at - 1] + text[at + 1]] >= _MANY)
    for run in runs:
        if 2 * sum(together[text[at - 1] + text[at + 1]] > 0 for at in run) >= len(run):
            noise.update(run)
    for at in sorted(noise):
        yield Finding(at, at + 1, "", _MESSAGE, confidence=_CONFIDENCE)


def _by_line(text: str, spaces: list[int]) -> tuple[list[int], list[int]]:
    """The spaces that are noise where they stand, and those in running text that are if they part a word."""
    certain: list[int] = []
    perhaps: list[int] = []
    line_end, running_text, labelled = -1, False, False
    for at in spaces:
        if at > line_end:
            start, line_end = text.rfind("\n", line_end + 1, at) + 1, text.find("\n", at) % (len(text) + 1)
            running_text = _RUNNING_TEXT.search(text, start, line_end) is not None
            labelled = _LABELLED.match(text, start) is not None
        if (
            _INSIDE.match(text, at)
            or (_BEFORE_QUOTATION.match(text, at) and (running_text or labelled))
            or (_AFTER_QUOTATION.match(text, at) and running_text)
        ):
            certain.append(at)
        elif running_text and _BETWEEN.match(text, at) and not _DELIBERATE.match(text, at - 1):
            perhaps.append(at)
    return certain, perhaps


def _set_apart(text: str, between: list[int]) -> Iterator[list[int]]:
    """The spaces of each run of four or more single characters, except of characters that count."""
    runs: list[list[int]] = []
    for at in between:
        if runs and runs[-1][-1] == at - 2:
            runs[-1].append(at)
        else:
            runs.append([at])
    for run in runs:
        first, last = run[0] - 1, run[-1] + 1
        alone = not (_HAN.match(text, last + 1) or (first and _HAN.match(text, first - 1)))
        if len(run) > 2 and alone and not _SERIES.issuperset(text[first : last + 1 : 2]):
            yield run


def _counts(text: str, pairs: set[str]) -> Mapping[str, int]:
    """How often the text writes each pair of characters."""
    if len(pairs) < 100:  # as many searches cost less than one count of all pairs
        return {pair: text.count(pair) for pair in pairs}
    return Counter(map("".join, pairwise(text)))
