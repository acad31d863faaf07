"""What file names say about texts: their order, and titles where texts have none."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeVar

from converter.regex import compiled
from converter.text.numerals import COUNTING, number

if TYPE_CHECKING:
    from collections.abc import Sequence

_POSITIONS = {"上": 1, "中": 2, "下": 3}
_NUMERAL = f"[{COUNTING}]+"
_NUMBERS = compiled(
    rf"""
      (?P<digits>\d+)
    | (?P<counted>(?<=第){_NUMERAL}(?=\w))                          # 第十篇, not 第一
    | (?P<dated>{_NUMERAL}(?=[年月日号號期届屆]))                    # 二〇一〇年三月
    | (?P<listed>(?:^|(?<=[\s_（(【\[-])){_NUMERAL}(?=[、.．,，）)】\]\s_-]|$))   # 十、 （二） 三_
    | (?P<position>(?<=[（(\s_-])[上中下](?=[）)\s_-]|$)|[上中下](?=[篇册冊卷集部]))   # （上） 下篇
    """,
    re.VERBOSE,
)

Key = tuple[tuple[int, int, str], ...]


def natural_key(name: str) -> Key:
    """A key that sorts names as people count: 2 before 10, 第二篇 before 第十篇, 一、 before 十、, 上 before 下.

    Numerals that are part of a word (一切, 三农, 统一) are letters like others.
    """
    key: list[tuple[int, int, str]] = []
    at = 0
    for found in _NUMBERS.finditer(name):
        value = _POSITIONS.get(found[0]) if found["position"] else number(found[0])
        if value is None:
            continue
        if found.start() > at:
            key.append((1, 0, name[at : found.start()].casefold()))
        key.append((0, value, ""))
        at = found.end()
    key.append((1, 0, name[at:].casefold()))
    return tuple(key)


def natural_path_key(path: PurePath | str) -> tuple[Key, ...]:
    """The same for paths, folder by folder; the ending of a name does not count."""
    path = PurePath(path)
    return tuple(natural_key(part) for part in path.with_suffix("").parts)


def is_counted(name: str) -> bool:
    """Whether a name holds a number that orders it."""
    return any(kind == 0 for kind, _, _ in natural_key(name))


T = TypeVar("T")


def by_titles(items: Sequence[T], titles: Sequence[str]) -> list[T]:
    """The items in the order of the numbers that begin their titles (第一篇 …, 十、 …), if each has one of its own;
    else as they are.
    """
    heads = [_head_number(title) for title in titles]
    if None in heads or len(set(heads)) < len(heads):
        return list(items)
    return [items[at] for at in sorted(range(len(items)), key=lambda at: natural_key(titles[at]))]


def _head_number(title: str) -> int | None:
    """The number that a title begins with."""
    first, *rest = natural_key(title)
    if first[0] and first[2] in {"第", "（", "("} and rest:
        first = rest[0]
    return None if first[0] else first[1]


_COUNT = compiled(rf"^[\s（(【\[]*(?:0\d+|(?:\d+|{_NUMERAL})(?=[、.．）)】\]_\s-]))[\s、.．）)】\]_-]*")
_MEANINGLESS = compiled(r"新建\s*(?:文本)?文档|未命名|文本文档|副本|untitled|document|[0-9a-f_-]{8,}", re.IGNORECASE)


def title_from_name(name: str) -> str:
    """The title that a file's name gives: 03_关于做好工作的通知.txt gives 关于做好工作的通知; a name that says nothing
    (新建文本文档, 000_29649a26, 12) gives an empty string.
    """
    stem = PurePath(name).stem.strip()
    title = _COUNT.sub("", stem).replace("_", " ").strip()
    if _MEANINGLESS.match(title) or _MEANINGLESS.match(stem):
        return ""
    letters = sum(character.isalpha() for character in title)
    return title if letters >= 2 else ""
