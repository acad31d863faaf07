"""What the engines' dictionaries get wrong, and our better answer; a table that a reader of Chinese can review."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

# From Simplified to Traditional of any kind: word → what it becomes.
_FROM_SIMPLIFIED = {
    # 明了 is 明瞭, but these are verbs with 了.
    "声明了": "聲明了", "发明了": "發明了", "说明了": "說明了", "证明了": "證明了", "表明了": "表明了",
    "阐明了": "闡明了",
    # One word ends, another begins.
    "理发现": "理發現", "别强": "別強", "榴莲干": "榴蓮乾",
}  # fmt: skip

# Hong Kong writes 説 衞 裏 麪 where the engine may not know.
_TO_HONG_KONG = {"说明了": "説明了"}

_WORDS: dict[str, dict[str, str]] = {
    "s2twp": {"互联网络": "網際網路"},
    "tw2sp": {"演算法": "算法", "網際網路": "互联网"},
}

# Surnames that are the commoner form of another word (範 於 餘 鬱 薑), before a title or another name for a person.
_SURNAMES = "范于余郁姜沈岳曲郝万丑卜仆种朴"
_TITLES = (
    "先生|女士|小姐|同志|老师|老師|教授|博士|医生|醫生|律师|律師|书记|書記|主任|主席|部长|部長|局长|局長|处长|處長|科长|科長"
    "|县长|縣長|市长|市長|省长|省長|校长|校長|院长|院長|经理|經理|总经理|總經理|董事长|董事長|某某"
)
SURNAMES = f"(?<![\u3400-\u9fff])[{_SURNAMES}](?=(?:{_TITLES}))"
"""A pattern of the surnames that stay as they are."""


def corrections(configuration: str) -> dict[str, str]:
    """The words that one of OpenCC's configurations gets wrong, and what they become."""
    words: dict[str, str] = {}
    if configuration.startswith("s2"):
        words |= _FROM_SIMPLIFIED
    if configuration.startswith("s2hk"):
        words |= _TO_HONG_KONG
    return words | _WORDS.get(configuration, {})


_HONG_KONG = str.maketrans("裡麵蔘", "裏麪參")
_STANDARD = str.maketrans("裡麵群眾為峰", "裏麪羣衆爲峯")


def forms_of(configuration: str, *, standard: bool) -> Callable[[str, str], str] | None:
    """What sets right the forms that an engine takes from another region: from what it was given and what it made.

    None where there is nothing to do. `standard` asks for the forms of OpenCC's standard where there is no region.
    """
    target = configuration.removesuffix("p").split("2")[1]
    if target == "hk":
        return functools.partial(_with_forms, _HONG_KONG)
    if target == "t" and standard:
        return functools.partial(_with_forms, _STANDARD)
    return None


def _with_forms(table: dict[int, int], original: str, converted: str) -> str:
    """`converted` with the forms of the table, and with 着 and 著 as in the original.

    Simplified 着 and 著 are two letters. Hong Kong and OpenCC's standard keep them apart, Taiwan writes 著 for both,
    and what an engine made so can only be put right by what it was made from.
    """
    converted = converted.translate(table)
    if "着" not in original:
        return converted
    letters = [c for c in original if c in "着著"]
    pieces = converted.replace("着", "著").split("著")
    if len(pieces) != len(letters) + 1:
        return converted
    return "".join(piece + letter for piece, letter in zip(pieces, [*letters, ""], strict=True))
