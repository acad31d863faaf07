"""Points against copying (防抄袭句点): 自己的.字, where a site with model texts put one behind some of its 的.

They are told by what else a text does: it ends its sentences with 。, and no other two ideographs have a point between
them. Where they have, points are how that text is punctuated, or what is left of other marks.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.errors import Message
from converter.regex import compiled
from converter.repair.context import HAN
from converter.repair.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "ZH306"
NAME = Message("points against copying", "防抄袭句点")

_TEXT = "他站了很久。天亮了。人们都来了。\n"

# Damaged → repaired.
CASES = (
    (f"{_TEXT}交流自己已认识的.字，看银杏树的.叶子。\n", f"{_TEXT}交流自己已认识的字，看银杏树的叶子。\n"),
    *(
        (kept, kept)
        for kept in (
            "这是我的.他走了.天亮了.\n",
            f"{_TEXT}一.目的.意义\n",
            f"{_TEXT}我的.你的.他说.大家的\n",
            f"{_TEXT}文件名是目的.txt。\n",
        )
    ),
)

_POINT = compiled(rf"(?<={HAN})\.(?={HAN})")
_INSERTED = compiled(rf"(?<=的)(?<!目的)\.(?={HAN})")
_FEWEST_STOPS = 3
_MESSAGE = Message("point put in against copying", "防抄袭的句点")


def find(text: str) -> Iterator[Finding]:
    """Every point behind 的, in a text whose other ideographs have none between them."""
    inserted = {match.start() for match in _INSERTED.finditer(text)} if "的." in text else set()
    if not inserted or text.count("。") < _FEWEST_STOPS:
        return
    if all(match.start() in inserted for match in _POINT.finditer(text)):
        for at in sorted(inserted):
            yield Finding(at, at + 1, "", _MESSAGE, confidence=0.93)
