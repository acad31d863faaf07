"""Numbered lines (一、 （一） 1. （1） ①): headings that stand alone or are run in, items of lists, paragraphs."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from converter.model import HeadingKind, Role
from converter.regex import compiled
from converter.structure.numbering import SPOKEN_OPENING, spoken_ordinal
from converter.structure.reading import RANK, TITLED
from converter.structure.reasons import Rule
from converter.structure.unnumbered import NARRATES
from converter.structure.verdicts import Kind, Verdict

if TYPE_CHECKING:
    from converter.structure.numbering import Label
    from converter.structure.reading import Reading

# The longest heading of the seeds that stands alone has 41 characters, the longest run-in one 36, numbers included.
_LONGEST = 50
_LONGEST_RUN_IN = 36
_LONGEST_AMONG_SISTERS = 45
_LONGEST_ALONE = 20
_FAMILY = 4
_LONGEST_COLON = 14
_LONGEST_ITEM = 90
_LONGEST_SPOKEN = 22
_LATEST_FIRST = 4
"""A text that begins with 四十、 quotes: its first numbers are small, even where the beginning was cut off."""
_NOT_HERE = TITLED | {HeadingKind.ARTICLE}
_ITEMS = frozenset({HeadingKind.CIRCLED})
_INNER_STOP = compiled(r"[。！？!?](?=[”’」』）)]?.)")
_SENTENCE = compiled(r"[^。！？!?：:；;]{2,}?[。！？!?](?![”’」』])")
_COLON = compiled(rf"[^。！？!?：:；;，,]{{1,{_LONGEST_COLON}}}[：:](?=.{{4}})")
# What lays down a rule is a sentence of the text, not its heading: …的人员，实行…
_NORM = compiled(r"(?:的|者|之一)[，,]|应当|應當|不得|可以|是指|如下|[,，](?:实行|實行|由|应|應|须|須)")


# （一）会议强调，…: what minutes report
_REPORTS = compiled(
    r"会[议議](?:强调|強調|指出|认为|認為|要求|决定|決定|同意|原则同意|听取|審議|审议|明确|明確|议定|議定)"
)


_ASKS = compiled(r"[（(]\s?[0-9]{1,2}\s?分\s?[）)]$|[（(][ \u3000]{1,8}[）)][。.]?$")
"""2. 下列说法正确的一项是（　　）（3分）: a question of an examination."""


def find_numbered(reading: Reading) -> None:
    """Judges every line that begins with a number of 一、 to ①."""
    verses, through = _verses(reading), _run_through_chapters(reading)
    counted = {label.ordinal for label in reading.labels if label is not None and label.kind is HeadingKind.COUNT}
    smallest: dict[HeadingKind, int] = {}
    in_article = False
    for index, (verdict, label) in enumerate(zip(reading.verdicts, reading.labels, strict=True)):
        if verdict is not None:
            in_article = verdict.heading is HeadingKind.ARTICLE or (
                in_article and not (verdict.kind is Kind.HEADING and verdict.heading in TITLED)
            )
        if label is None:
            continue
        smallest[label.kind] = min(label.ordinal, smallest.get(label.kind, label.ordinal))
        if verdict is not None or label.kind in _NOT_HERE:
            continue
        if label.words >= len(reading.text(index)):
            if label.kind is HeadingKind.COUNT and label.ordinal + 1 in counted and reading.free(index + 1):
                reading.head(index, Rule.NUMBERED, label=label)  # 一、 that lost its words, with 二、 below
            continue
        if label.kind is HeadingKind.COUNT and smallest[label.kind] > _LATEST_FIRST:
            reading.give(index, Role.BODY, Rule.OUT_OF_ORDER)
        elif in_article:
            reading.give(index, Role.LIST_ITEM, Rule.IN_ARTICLE)
        elif label.kind in {verses, through}:
            reading.give(index, Role.BODY, Rule.VERSES if label.kind is verses else Rule.THROUGH_CHAPTERS)
        else:
            _judge(reading, index, label)
    _agree_with_sisters(reading)


def _verses(reading: Reading) -> HeadingKind | None:
    """The kind of number that more than half of all lines begin with, and no other kind does: 道德经 by chapters."""
    kinds = [label.kind for label in reading.labels if label is not None]
    if len(kinds) > max(20, len(reading) * 0.5) and len(set(kinds)) == 1 and kinds[0] is HeadingKind.DECIMAL:
        return kinds[0]
    return None


def _run_through_chapters(reading: Reading) -> HeadingKind | None:
    """The kind of number that counts on from chapter to chapter: what stands for 第X条 in some regulations."""
    for kind in (HeadingKind.COUNT, HeadingKind.DECIMAL):
        chapters, ordinals, crossed = 0, [0], 0
        for verdict, label in zip(reading.verdicts, reading.labels, strict=True):
            if verdict is not None and verdict.kind is Kind.HEADING and verdict.heading is HeadingKind.CHAPTER:
                chapters += 1
                crossed += ordinals[-1] > 0
            elif label is not None and label.kind is kind:
                ordinals.append(label.ordinal)
        if crossed >= 2 and len(ordinals) > chapters and _counts_up(ordinals):
            return kind
    return None


def _judge(reading: Reading, index: int, label: Label) -> None:
    text = reading.text(index)
    if _ASKS.search(text):
        reading.give(index, Role.BODY, Rule.QUESTION)
        return
    last, single = text[-1], not _INNER_STOP.search(text)
    item = _is_item(reading, index, label)
    colon = _COLON.match(text, label.words)
    if single and len(text) <= _LONGEST and last not in "；;，,、" and not item and label.kind not in _ITEMS:
        if (last in "：:" and len(text) > _LONGEST_RUN_IN) or (last == "。" and _states(text, label)):
            return
        reading.head(index, Rule.NUMBERED, label=label)
    elif colon and last in "。；;！!" and label.kind not in _ITEMS:
        role = Role.LIST_ITEM if item or single else Role.BODY
        _run_in(reading, index, label, colon.end(), Rule.NUMBERED_COLON, role=role)
    elif single and (item or last in "；;" or _goes_on(reading, index, label)) and len(text) <= _LONGEST_ITEM:
        reading.give(index, Role.LIST_ITEM, Rule.NUMBERED_ITEM)
    elif not single and (label.kind not in _ITEMS or _has_sister(reading, index, label)):
        sentence = _SENTENCE.match(text, label.words)
        if sentence and sentence.end() <= _LONGEST_RUN_IN and not _states(sentence.group(), label):
            _run_in(reading, index, label, sentence.end(), Rule.NUMBERED_RUN_IN)


def _states(sentence: str, label: Label) -> bool:
    """Whether a sentence belongs to the text: it lays down a rule, tells, or is a statement that is numbered 9.1."""
    match label.kind:
        case HeadingKind.OUTLINE:
            return bool(_NORM.search(sentence) or "，" in sentence)
        case HeadingKind.CIRCLED:
            return bool(_NORM.search(sentence) or NARRATES.search(sentence))
        case _:
            return bool(_NORM.search(sentence) or _REPORTS.search(sentence))


def _goes_on(reading: Reading, index: int, label: Label) -> bool:
    """Whether a circled number follows an item or a line that holds the one before it: 所需材料：①申请报告"""
    above = reading.text(index - 1)
    return (
        label.kind in _ITEMS
        and label.ordinal > 1
        and (chr(ord(label.text[0]) - 1) in above or reading.role(index - 1) is Role.LIST_ITEM)
    )


def _has_sister(reading: Reading, index: int, label: Label) -> bool:
    """Whether the line above or below has the number before or after this one; else ① may be the mark of a note."""
    beside = (reading.label(index - 1), reading.label(index + 1))
    return any(b is not None and b.kind is label.kind and abs(b.ordinal - label.ordinal) == 1 for b in beside)


def _run_in(reading: Reading, index: int, label: Label | None, end: int, rule: Rule, *, role: Role = Role.BODY) -> None:
    kind = label.kind if label else HeadingKind.PLAIN
    reading.verdicts[index] = Verdict(kind=Kind.RUN_IN, heading=kind, label=label, end=end, rule=rule, role=role)


def _is_item(reading: Reading, index: int, label: Label) -> bool:
    """Whether a numbered line has no text of its own: a sister stands next to it, or nothing below belongs to it."""
    above, below = reading.label(index - 1), reading.label(index + 1)
    if (
        below is not None
        and below.kind is label.kind
        and below.depth == label.depth
        and not reading.is_heading(index + 1)
    ):
        return True
    if above is not None and _closes_list(reading, index, above, label):
        return True
    items_above = reading.role(index - 1) is Role.LIST_ITEM and reading.role(index - 2) is Role.LIST_ITEM
    if (
        above is not None
        and (above.kind, above.depth, above.ordinal + 1) == (label.kind, label.depth, label.ordinal)
        and (items_above or (reading.role(index - 1) is Role.LIST_ITEM and reading.text(index - 1)[-1] in "；;"))
    ):
        return True
    if index + 1 >= len(reading):
        return True
    if below is not None:
        return (RANK[below.kind], below.depth) < (RANK[label.kind], label.depth)
    return reading.role(index + 1) in {Role.SIGNATURE, Role.DATE, Role.ATTACHMENT, Role.CREDIT, Role.IMPRINT} or (
        reading.is_heading(index + 1)
    )


def _closes_list(reading: Reading, index: int, above: Label, label: Label) -> bool:
    """Whether a sentence is the second of two below a line that announces them: 教学目标：, 1、…。, 2、…。"""
    announced, first = reading.text(index - 2), reading.text(index - 1)
    return (
        (above.kind, above.ordinal, label.ordinal) == (label.kind, 1, 2)
        and reading.role(index - 1) is Role.LIST_ITEM
        and announced[-1:] in {"：", ":"}
        and first[-1] == reading.text(index)[-1] == "。"
    )


def _agree_with_sisters(reading: Reading) -> None:
    """Where most sisters are run in, one with a somewhat longer first sentence is run in too."""
    families: dict[tuple[object, ...], list[int]] = {}
    path: list[tuple[int, int]] = []
    for index, label in enumerate(reading.labels):
        if label is None:
            continue
        rank = RANK[label.kind]
        while path and path[-1][0] >= rank:
            path.pop()
        families.setdefault((*path, label.kind), []).append(index)
        path.append((rank, index))
    for family in families.values():
        run_in = [i for i in family if (v := reading.verdicts[i]) is not None and v.kind is Kind.RUN_IN]
        _agree_on_items(reading, family)
        if len(run_in) == 1 and len(family) >= _FAMILY and _judged_alone(reading, family, run_in[0]):
            reading.verdicts[run_in[0]] = None
        if len(run_in) * 2 <= len(family) or len(run_in) < 2:
            continue
        for index in family:
            label = reading.label(index)
            sentence = _SENTENCE.match(reading.text(index), label.words) if label and reading.free(index) else None
            fits = sentence and sentence.end() <= _LONGEST_AMONG_SISTERS and sentence.end() < len(reading.text(index))
            if sentence and fits and not _NORM.search(sentence.group()):
                _run_in(reading, index, label, sentence.end(), Rule.SISTERS)


def _agree_on_items(reading: Reading, family: list[int]) -> None:
    """Where most sisters are items of a list, a longer one that is a single sentence is an item too."""
    if sum(reading.role(index) is Role.LIST_ITEM for index in family) * 2 > len(family):
        for index in family:
            if reading.free(index) and not _INNER_STOP.search(reading.text(index)):
                reading.give(index, Role.LIST_ITEM, Rule.NUMBERED_ITEM)
    _agree_on_colons(reading, family)


def _agree_on_colons(reading: Reading, family: list[int]) -> None:
    """Where all sisters are items with a colon, the only one that ends like a sentence is an item: 一、造句：一边……"""
    run_in = [i for i in family if (v := reading.verdicts[i]) is not None and v.rule is Rule.NUMBERED_COLON]
    if len(run_in) != 1 or len(family) <= 2 or _INNER_STOP.search(reading.text(run_in[0])):
        return
    labels = {index: reading.label(index) for index in family if index != run_in[0]}
    if all(
        label and _COLON.match(reading.text(i), label.words) and reading.role(i) is Role.LIST_ITEM
        for i, label in labels.items()
    ):
        reading.give(run_in[0], Role.LIST_ITEM, Rule.NUMBERED_ITEM)


def _judged_alone(reading: Reading, family: list[int], index: int) -> bool:
    """Whether the only run-in heading of a large family is a long sentence among paragraphs: none of them is one."""
    verdict = reading.verdicts[index]
    headed = any(reading.is_heading(i) for i in family if i != index)
    return verdict is not None and not headed and verdict.rule is Rule.NUMBERED_RUN_IN and verdict.end > _LONGEST_ALONE


def find_spoken(reading: Reading) -> None:
    """一是… 二是… 第一，… on lines of their own, two at least: items, or run-in headings that the rest explains."""
    index = 0
    for first in reading.beginning(SPOKEN_OPENING):
        if first < index:
            continue
        index, group = first, []
        while reading.free(index) and reading.label(index) is None and spoken_ordinal(reading.text(index)):
            group.append(index)
            index += 1
        if len(group) >= 2 and _counts_up([spoken_ordinal(reading.text(i)) or 0 for i in group]):
            single = sum(not _INNER_STOP.search(reading.text(line)) for line in group)
            longest = _longest_spoken([reading.text(line) for line in group])
            for line in group:
                _judge_spoken(reading, line, longest, items=single * 2 >= len(group))


def _longest_spoken(group: list[str]) -> int:
    """How long a first sentence can be and still be a heading: longer where nearly all of three or more have one."""
    ends = [sentence.end() for text in group if (sentence := _SENTENCE.match(text)) and sentence.end() < len(text)]
    fitting = [end for end in ends if end <= _LONGEST_RUN_IN]
    return _LONGEST_RUN_IN if len(group) >= 3 and len(fitting) * 4 >= len(group) * 3 else _LONGEST_SPOKEN


def _counts_up(ordinals: list[int]) -> bool:
    return all(after == before + 1 for before, after in pairwise(ordinals))


def _judge_spoken(reading: Reading, index: int, longest: int, *, items: bool) -> None:
    text = reading.text(index)
    sentence = _SENTENCE.match(text)
    if not _INNER_STOP.search(text):
        if items:
            reading.give(index, Role.LIST_ITEM, Rule.SPOKEN_ITEM)
    elif sentence and sentence.end() <= longest:
        _run_in(reading, index, None, sentence.end(), Rule.SPOKEN_RUN_IN)
