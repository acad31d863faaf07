"""Characters that became one of several: the places where a dictionary may have chosen wrongly (简繁一对多).

A place is listed unless a common word decides it: 发展 is 發展 wherever it stands, 了发 is not a word.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from converter.diagnostics import Diagnostic, Severity
from converter.errors import Message
from converter.records import NamedTuple
from converter.regex import compiled
from converter.source import Span
from converter.text.bigrams import table_cost

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from converter.model import Text

# Simplified → Traditional: the character and what it may become.
_TRADITIONAL = (
    "发發髮 后後后 干乾幹干 里裡裏里 面面麵麪 复復複覆 历歷曆 台台臺颱檯 制製制 系系係繫 表表錶 松松鬆 丑丑醜 斗鬥斗 "
    "谷谷穀 准準准 冲衝沖 钟鐘鍾 尽盡儘 卷卷捲 签簽籤 曲曲麴 舍舍捨 姜姜薑 郁郁鬱 御御禦 云雲云 征征徵 只只隻 致致緻 "
    "周周週 注注註 范范範 佣傭佣 余餘余 游游遊 借借藉 困困睏 弥彌瀰 蒙蒙矇濛 扣扣釦 万萬万 于於于 吁吁籲 吊吊弔 合合閤 "
    "回回迴 汇匯彙 获獲穫 夸誇夸 朴樸朴 仆僕仆 秋秋鞦 千千韆 沈沈瀋 胜勝胜 术術朮 涂塗涂 团團糰 须須鬚 叶葉叶 赞贊讚 "
    "折折摺 占占佔 症症癥 志志誌 筑築筑 恶惡噁 饥飢饑 据據据 腊臘腊 累累纍 帘簾帘 了了瞭 霉霉黴 辟闢辟 苹蘋苹 "
    "凄淒悽 纤纖縴 向向嚮 咸鹹咸 修修脩 旋旋鏇 熏熏燻 岩岩巖 欲欲慾 愿願愿 岳岳嶽 札札劄 扎扎紮 采採采 参參蔘 当當噹 "
    "刮刮颳 伙伙夥 荐薦荐 巨巨鉅 卤鹵滷 蔑蔑衊 宁寧甯 确確确 洒灑洒 闲閒閑 绣繡綉 药藥葯 佑佑祐 着著着"
)
# Traditional → Simplified.
_SIMPLIFIED = "乾干乾 著着著 瞭了瞭 徵征徵 藉借藉 覆复覆 鍾钟锺 夥伙夥 摺折摺 餘余馀 祇只祇 於于於"

_MOST = 100
"""Places that are listed one by one; nobody reads more."""
_WORD = 5.0
"""Nats that a character costs after another inside a common word, at most."""


def _table(rows: str) -> dict[str, str]:
    return {row[0]: row[1:] for row in rows.split()}


_TO_TRADITIONAL, _TO_SIMPLIFIED = _table(_TRADITIONAL), _table(_SIMPLIFIED)
_PIECE = compiled(r"[^\u3400-\u9fff]+")


class _Place(NamedTuple):
    """Where a choice was made for the first time."""

    run: Text
    at: int
    convert: Callable[[str], str]


class Choices:
    """The ambiguous choices made in one document, on the way to Simplified or to Traditional characters."""

    def __init__(self, *, to_simplified: bool) -> None:
        self._forms = _TO_SIMPLIFIED if to_simplified else _TO_TRADITIONAL
        self._ambiguous = compiled(f"[{''.join(self._forms)}]")
        self._count: Counter[tuple[str, str, str, str]] = Counter()
        self._first: dict[tuple[str, str, str, str], _Place] = {}
        self._words: dict[str, str] = {}

    def note(self, run: Text, start: int, stretch: str, converted: str, convert: Callable[[str], str]) -> None:
        """Looks at the stretch of a run, from `start` on, that `convert` made into `converted`."""
        for offset, original, result in _aligned(stretch, converted):
            for match in self._ambiguous.finditer(original):
                at = match.start()
                choice = (original[at - 1 : at], original[at], original[at + 1 : at + 2], result[at])
                if not self._count[choice]:
                    self._first[choice] = _Place(run, start + offset + at, convert)
                self._count[choice] += 1

    def diagnostics(self) -> Iterator[Diagnostic]:
        """`SC201` for each choice in its context, and `SC202` for those that are too many to list."""
        open_choices = [choice for choice in self._count if not self._decided(*choice)]
        for choice in open_choices[:_MOST]:
            others = [form for form in self._forms[choice[1]] if form != choice[3]]
            yield _diagnostic(choice[1], choice[3], others, self._first[choice], self._count[choice])
        more = sum(self._count[choice] for choice in open_choices[_MOST:])
        if more:
            yield Diagnostic(
                code="SC202",
                severity=Severity.INFO,
                message=Message(
                    f"{more} more places have characters with several forms; they are not listed.",
                    f"另有 {more} 处一对多的字，未逐一列出。",
                ),
            )

    def _decided(self, before: str, character: str, after: str, chosen: str) -> bool:
        """Whether a common word that the character stands in says the same, or the choice was none of the known."""
        if chosen not in self._forms[character]:
            return True
        convert = self._first[before, character, after, chosen].convert
        words = (before + character, len(before)), (character + after, 0)
        return any(len(word) == 2 and self._word(word, convert)[at : at + 1] == chosen for word, at in words)

    def _word(self, word: str, convert: Callable[[str], str]) -> str:
        """The word converted by itself; empty if it is not a common one."""
        if word not in self._words:
            self._words[word] = convert(word) if table_cost(*word) < _WORD else ""
        return self._words[word]


def _diagnostic(character: str, chosen: str, others: list[str], place: _Place, count: int) -> Diagnostic:
    context = place.run.text[max(0, place.at - 5) : place.at + 6].replace("\n", " ")
    times, times_zh = (f", {count} times", f"，共 {count} 处") if count > 1 else ("", "")
    return Diagnostic(
        code="SC201",
        severity=Severity.INFO,
        message=Message(
            f"“{context}”: {character} became {chosen}; it could be {' or '.join(others)}{times}.",
            f"“{context}”：{character} 转为 {chosen}，也可能是{'、'.join(others)}{times_zh}。",
        ),
        span=_span(place.run, place.at),
        hints=tuple(others),
        confidence=0.5,
    )


def _span(run: Text, at: int) -> Span | None:
    if run.span is None or run.span.end - run.span.start != len(run.text):
        return run.span
    return Span(run.span.start + at, run.span.start + at + 1)


def _aligned(original: str, converted: str) -> Iterator[tuple[int, str, str]]:
    """Stretches of the original, each with its offset and what it became, as long as it: character stands by character.

    Where a word was exchanged for a longer or shorter one, its stretch, from mark to mark, is left out.
    """
    if len(original) == len(converted):
        yield 0, original, converted
        return
    ours, theirs = _stretches(original), _stretches(converted)
    if len(ours) == len(theirs):
        for (start, end), (first, last) in zip(ours, theirs, strict=True):
            if end - start == last - first:
                yield start, original[start:end], converted[first:last]


def _stretches(text: str) -> list[tuple[int, int]]:
    """Where the runs of ideographs stand."""
    marks = [m.span() for m in _PIECE.finditer(text)]
    bounds = [(0, 0), *marks, (len(text), len(text))]
    return [(end, start) for (_, end), (start, _) in pairwise(bounds)]
