"""The numbers that headings and items begin with: their forms, in one table."""

from __future__ import annotations

import re

from converter.model import HeadingKind
from converter.records import dataclass
from converter.regex import compiled
from converter.text.numerals import COUNTING, number

_C = f"[{COUNTING}]"
FORMAL = "壹贰叁肆伍陆柒捌玖拾貳參陸"
"""The numerals of documents and cheques (大写数字)."""
_N = rf"\s?(?:{_C}{{1,7}}|[{FORMAL}]{{1,3}}|[0-9０-９]{{1,4}})\s?"
_SHORT = "[0-9０-９]{1,3}"
_COLON = r"(?:\s*[：:、.．])?"

# (kind, pattern of the number). Its one group is the numeral; the number takes its own punctuation with it.
_FORMS = (
    # 第三部分 …, 卷之一 …: what follows must be set off, or 第九部队 would be a heading
    (HeadingKind.PART, rf"第({_N})(?:篇|编|編|卷|册|冊|部分|部|集|辑|輯)(?:\s*[：:、.．]|(?=\s)|$)"),
    (HeadingKind.PART, rf"卷[之第]?({_N})(?:[上中下](?:之[上中下])?(?!\S))?(?:\s*[：:、.．]|(?=\s)|$)"),
    # 卷二十七中之上五行志第七中之上: numbered before and behind, so nothing need set it off
    (
        HeadingKind.PART,
        rf"卷({_C}{{1,6}})(?:[上中下](?:之[上中下])?)?(?=\S{{2,8}}第{_C}{{1,3}}[上中下之]{{0,3}}$)",
    ),
    # 正文 第一章: as sites of novels have it
    (HeadingKind.CHAPTER, rf"(?:(?:正文|(?:VIP|vip)(?:卷|章节)?)[\s\u3000]*)?第({_N})\s?[章回折]{_COLON}"),
    # 第一课　春天来了; 第一课堂 and 第二课时 are not set off
    (HeadingKind.CHAPTER, rf"第({_N})[课課](?:\s*[：:]|(?=\s)|$)"),
    (HeadingKind.PART, rf"第({_N})(?:单元|單元)(?:\s*[：:]|(?=\s)|$)"),
    # 第一幕, 第二场 of a play; 第三场比赛 and 第一幕讲述了 are not set off
    (HeadingKind.CHAPTER, rf"第({_N})幕(?:\s*[：:]|(?=\s)|$)"),
    (HeadingKind.SECTION, rf"第({_N})\s?[节節]{_COLON}"),
    (HeadingKind.SECTION, rf"第({_N})[场場]$"),
    # 第一条　…, 第 3 條, 第四十二条之一; 第三条规定… in running prose is not set off
    (HeadingKind.ARTICLE, rf"第({_N})\s?[条條](?:之{_C}{{1,2}})?(?:\s*[：:]|(?=\s)|$)"),
    (HeadingKind.COUNT, rf"([{COUNTING}{FORMAL}]{{1,5}})(?:、|[.．](?!{_C}))"),
    (HeadingKind.PAREN_COUNT, rf"[（(〔]\s?({_C}{{1,5}})\s?[）)〕]、?"),
    # 1.2 3.4.5, set off by a space
    (
        HeadingKind.OUTLINE,
        r"(\d{1,2}(?:[.．]\d{1,2}){1,3})[.．]?(?=\s|[\u4e00-\u9fff《“（])(?!\s?[个人万亿元米吨年月日倍％%])",
    ),
    # 3、 3. 3．; not 3.5 or 3、5
    (HeadingKind.DECIMAL, rf"({_SHORT})[、.．](?![0-9０-９])"),
    (HeadingKind.PAREN_DECIMAL, rf"[（(]\s?({_SHORT})\s?[）)]、?|({_SHORT})[）)]"),
    (HeadingKind.CIRCLED, r"([①-⑳⑴-⒇㈠-㈩❶-❿])、?"),
)
_LABEL = compiled("|".join(f"(?P<f{n}>{pattern})" for n, (_, pattern) in enumerate(_FORMS)))
_OPENING = frozenset("第卷正Vv（(〔" + COUNTING + FORMAL + "0123456789０１２３４５６７８９") | frozenset(
    map(chr, [*range(0x2460, 0x2488), *range(0x3220, 0x322A), *range(0x2776, 0x2780)])
)
"""What a number can begin with: most lines are decided by their first character."""


@dataclass(frozen=True, slots=True)
class Label:
    """A number at the beginning of a line."""

    kind: HeadingKind
    text: str
    """As written, with its punctuation."""
    ordinal: int
    words: int
    """Where in the line the words begin, white space after the number passed over."""
    depth: int = 1
    """Of 1.2.3, how many numbers it has; else 1."""


_SPACES = compiled(r"\s*")


def label_of(line: str) -> Label | None:
    """The number that a line begins with, None where it begins with none.

    >>> label_of("（二）抓好落实")
    Label(kind=<HeadingKind.PAREN_COUNT: 'paren_count'>, text='（二）', ordinal=2, words=3, depth=1)
    >>> label_of("第九部队到达"), label_of("3.5亿元"), label_of("一是认识不够")
    (None, None, None)
    """
    if line[:1] not in _OPENING:
        return None
    match = _LABEL.match(line)
    if not match or not match.lastgroup:
        return None
    numeral = next(group for group in match.groups()[match.lastindex or 0 :] if group).strip()
    kind = _FORMS[int(match.lastgroup[1:])][0]
    ordinal = _ordinal(kind, numeral)
    if ordinal is None:
        return None
    spaces = _SPACES.match(line, match.end())
    words = spaces.end() if spaces else match.end()
    depth = 1 + numeral.count(".") + numeral.count("．") if kind is HeadingKind.OUTLINE else 1
    return Label(kind, match.group(), ordinal, words, depth)


def _ordinal(kind: HeadingKind, numeral: str) -> int | None:
    match kind:
        case HeadingKind.OUTLINE:
            return int(re.split(r"[.．]", numeral)[-1])
        case HeadingKind.CIRCLED:
            for first, base in (("①", 1), ("⑴", 1), ("㈠", 1), ("❶", 1)):
                if 0 <= ord(numeral) - ord(first) < 20:
                    return ord(numeral) - ord(first) + base
            return None
        case _:
            return number(numeral)


_UNSET = compiled(
    rf"卷[之第]?({_C}{{1,6}})(?:[上中下](?:之[上中下])?)?|第({_C}{{1,6}}|[0-9]{{1,4}})(?:卷|册|冊|部|集|辑|輯|篇|编|編)"
)


def unset_part(line: str) -> Label | None:
    """The number of a part with its words right behind it, which only its sisters can show to be a heading.

    >>> unset_part("卷二十九沟洫志"), unset_part("第九部队到达").ordinal
    (Label(kind=<HeadingKind.PART: 'part'>, text='卷二十九', ordinal=29, words=4, depth=1), 9)
    """
    match = _UNSET.match(line)
    ordinal = number(match[1] or match[2]) if match else None
    return Label(HeadingKind.PART, match[0], ordinal, match.end()) if match and ordinal is not None else None


_UNSET_ARTICLE = compiled(
    rf"第({_C}{{1,6}}|[0-9]{{1,4}})[条條](?:之{_C}{{1,2}}(?=\S))?(?![例件约約款目码碼纹紋，。、])"
)


def unset_article(line: str) -> Label | None:
    """The number of an article with its words right behind it, which only its sisters can show to be one.

    >>> unset_article("第二条凡在本市施工的单位，均应遵守本规定。").words, unset_article("第二条例外")
    (3, None)
    """
    match = _UNSET_ARTICLE.match(line)
    ordinal = number(match[1]) if match else None
    return Label(HeadingKind.ARTICLE, match[0], ordinal, match.end()) if match and ordinal is not None else None


LONGEST_NUMBERED_BEHIND = 13
_BEHIND = compiled(rf"[\u4e00-\u9fff]{{1,8}}第({_C}{{1,3}})")


def numbered_behind(line: str) -> int | None:
    """The ordinal that a short line ends with.

    >>> numbered_behind("学而第一"), numbered_behind("质量第一，用户至上")
    (1, None)
    """
    match = _BEHIND.fullmatch(line) if len(line) <= LONGEST_NUMBERED_BEHIND else None
    return number(match[1]) if match else None


# 一是… 二要… 首先… 第一个…: they count, but they are words, not numbers.
_SPOKEN = compiled(
    rf"({_C}{{1,2}})(?:是|要|则|須|须|能|靠|抓|在)|第({_C}{{1,2}})(?:[，,、个個]|是|类|類|种|種)|其({_C})[，,、：:是]"
)
_FIRST = compiled(r"首先[，,、：:]?|最后[，,、]|最後[，,、]")
SPOKEN_OPENING = frozenset("第其首最" + COUNTING)
"""What a line that counts in words begins with."""


def spoken_ordinal(line: str) -> int | None:
    """The ordinal of a line that counts in words: 一是… 二要… 第一个… 其三，…; 1 for 首先; None for others.

    >>> spoken_ordinal("二要加强督查"), spoken_ordinal("第三个是挑战"), spoken_ordinal("一带一路")
    (2, 3, None)
    """
    match = _SPOKEN.match(line)
    if match:
        return number(next(group for group in match.groups() if group))
    return 1 if _FIRST.match(line) else None
