"""Codes of forums against copying (论坛干扰码): 落在8 C$ n& g! X) I/ u6, which Discuz! hides in the lines of a post.

They stand at the edge of a line, beside Chinese, or alone on one: short tokens of letters, digits and signs in no
order, set apart by spaces. A formula or a line of code is never so full of rare signs without a word of three letters;
still, three lines at least have to show them beside Chinese before any is taken for one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.errors import Message
from converter.regex import compiled
from converter.repair.context import CHINESE
from converter.repair.finding import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator

CODE = "ZH307"
NAME = Message("codes of forums against copying", "论坛干扰码")

_POST = (
    "雪落在老人身上,落在8 C$ n& g! X) I/ u6 Y2 I; P\n打雪仗的孩子身上,落在\n0 W3 O! G V! e6 x5 k# b土坯墙上,落在"
    "0 |+ f9 ?* \\: t& _\n# k4 ?0 r) ]8 V1 h7 H\n雪落在故乡。 (李红军6 }$ P; y) T7 i9 }: b\n"
)
_PROGRAM = "循环写作 for ( i = 0 ; i < n ; i + + ) {\n打印 int x [ 3 ] = { 1 , 2 } ;\n结束 if ( a & b ) { c = ! d ; }\n"

# Damaged → repaired.
CASES = (
    (_POST, "雪落在老人身上,落在\n打雪仗的孩子身上,落在\n土坯墙上,落在\n\n雪落在故乡。 (李红军\n"),
    *(
        (kept, kept)
        for kept in (
            "落在8 C$ n& g! X) I/ u6 Y2 I; P\n老人身上。\n",
            _PROGRAM,
            "公式 a + b - c = d\n公式 x * ( y + z ) > 0\n公式 p / q < r\n比例 1 : 2 : 3 : 4\n",
            "选 A B C D E F\n选 B C D E F G\n选 C D E F G H\n",
        )
    ),
)

_TOKENS = r"[!-~]{1,4}(?: [!-~]{1,4}){3,}"
_EDGE = compiled(rf"(?<={CHINESE}){_TOKENS} ?(?=\r?\n|$)|(?:^|(?<=\n)) ?{_TOKENS}(?={CHINESE})")
_ALONE = compiled(rf"(?:^|(?<=\n))[ \t]*{_TOKENS} ?(?=\r?\n|$)")
_WORD = compiled("[A-Za-z]{3}|[0-9]{3}")
_HINTS = "#$&@^{}|~\\"
_RARE = frozenset("#$%&@^_{}|~\\;!?<>[]`\"'")
_FEWEST_RARE = 3
_FEWEST_LINES = 3
_MESSAGE = Message("code of a forum against copying", "论坛干扰码")


def find(text: str) -> Iterator[Finding]:
    """Every code, in a text that shows three or more beside Chinese."""
    if not any(sign in text for sign in _HINTS):
        return
    edges = list(_EDGE.finditer(text))
    if sum(_is_code(edge[0], _FEWEST_RARE) for edge in edges) < _FEWEST_LINES:
        return
    for match in sorted((*edges, *_ALONE.finditer(text)), key=lambda match: match.start()):
        if _is_code(match[0], 1):
            yield Finding(match.start(), match.end(), "", _MESSAGE, confidence=0.95)


def _is_code(signs: str, rare: int) -> bool:
    """Whether signs are in no order: so many kinds of rare ones at least, letters among them, and no word."""
    mixed = len(_RARE.intersection(signs)) >= rare and any(sign.isalpha() for sign in signs)
    return mixed and not _WORD.search(signs)
