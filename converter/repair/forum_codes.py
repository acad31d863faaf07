"""Codes of forums against copying (论坛干扰码): 落在8 C$ n& g! X) I/ u6, which Discuz! hides in the lines of a post.

They stand at the edge of a line, beside Chinese, or alone on one: tokens of one or two letters, digits and signs in no
order, set apart by spaces. A formula or a line of code has no letters that signs stick to so (C$ n& g!); still, three
lines at least have to show them, two of them beside Chinese, before any is taken for one.
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
_SPACED = (
    "——怎样写主持词 $ G! l0 B& {7 H\n- K# p( b2 D! h' i7 T\n9 s: O! b+ h* Z g7 ^\n主持词是讲话稿。\n"
    '2 O; C) B# m) l8 m3 Y" \\9 N: o在各级机关,主持词常写常用。\n一、主要特点 1 X7 X3 f" k6 k- e\n'
    "要求是:# c/ F; K+ d A$ j\n2 Q' w4 C2 L2 H( d- D' I$ ^2.主送机关\n报告格式+ O2 W- O: E/ I5 L9 Z\n"
)
_PROGRAM = "循环写作 for ( i = 0 ; i < n ; i + + ) {\n打印 int x [ 3 ] = { 1 , 2 } ;\n结束 if ( a & b ) { c = ! d ; }\n"

# Damaged → repaired.
CASES = (
    (_POST, "雪落在老人身上,落在\n打雪仗的孩子身上,落在\n土坯墙上,落在\n\n雪落在故乡。 (李红军\n"),
    (
        _SPACED,
        "——怎样写主持词\n\n\n主持词是讲话稿。\n在各级机关,主持词常写常用。\n一、主要特点\n要求是:\n2.主送机关\n报告格式\n",
    ),
    *(
        (kept, kept)
        for kept in (
            "走法 1. e4 e5 2. d4 d5 3. c4 c6!?\n走法 1. d4 d5 2. c4 c6?! 3. e3 g6\n走法 1. c4 c5!! 2. g3 g6? 3. b3\n",
            "命令 ls -l | wc -l > /t & cd ~\n命令 ps -e | wc -l >> a ; rm a\n命令 cd ~ && ls -a | wc -l\n",
            "落在8 C$ n& g! X) I/ u6 Y2 I; P\n老人身上。\n",
            _PROGRAM,
            "公式 a + b - c = d\n公式 x * ( y + z ) > 0\n公式 p / q < r\n比例 1 : 2 : 3 : 4\n",
            "选 A B C D E F\n选 B C D E F G\n选 C D E F G H\n",
        )
    ),
)

_TOKENS = r"[!-~]{1,2}(?: [!-~]{1,2}){3,}"
_LABEL = "(?:[0-9]{1,2}[.．、])?"
# A stop that a sign sticks to is the text's own.
_BEHIND = rf"(?:(?<={CHINESE}[,.:;!?])(?=[!-~] )|(?<={CHINESE})(?![,.:;!?][!-~] ))"
_EDGE = compiled(rf"{_BEHIND} ?{_TOKENS} ?(?=\r?\n|$)|(?:^|(?<=\n)) ?{_TOKENS}(?={_LABEL}{CHINESE})")
_ALONE = compiled(rf"(?:^|(?<=\n))[ \t]*{_TOKENS} ?(?=\r?\n|$)")
_STUCK = compiled(
    r"(?<![!-~])(?:[A-Za-z][^\sA-Za-z]|[^\sA-Za-z.\-][A-Za-z]|[0-9][^\s\w.]|[^\s\w][0-9]|[^\s\w]{2})(?![!-~])"
)
"""A letter or a digit with a sign that nobody sets beside it, or two signs."""
_OPERATORS = frozenset(
    {
        "&&",
        "||",
        "==",
        "!=",
        "<=",
        ">=",
        "++",
        "--",
        "+=",
        "-=",
        "->",
        "=>",
        "//",
        "<<",
        ">>",
        "()",
        "[]",
        "{}",
        "!?",
        "?!",
    }
)
_HINTS = "#$&@^{}|~\\"
_RARE = frozenset("#$%&@^_{}|~\\;!?<>[]`\"'")
_FEWEST_STUCK = 3
_MANY_STUCK = 5
_FEWEST_RARE = 2
_FEWEST_LINES, _FEWEST_EDGES = 3, 2
_MESSAGE = Message("code of a forum against copying", "论坛干扰码")


def find(text: str) -> Iterator[Finding]:
    """Every code, in a text that shows three or more, two of them beside Chinese."""
    if not any(sign in text for sign in _HINTS):
        return
    edges = list(_EDGE.finditer(text))
    shown = sum(_is_code(edge[0], _FEWEST_RARE) for edge in edges)
    if shown < _FEWEST_EDGES:
        return
    alone = list(_ALONE.finditer(text))
    if shown < _FEWEST_LINES and shown + sum(_is_code(line[0], _FEWEST_RARE) for line in alone) < _FEWEST_LINES:
        return
    for match in sorted((*edges, *alone), key=lambda match: match.start()):
        if _is_code(match[0], 1):
            yield Finding(match.start(), match.end(), "", _MESSAGE, confidence=0.95)


def _is_code(signs: str, rare: int) -> bool:
    """Whether signs are in no order: three stuck to others, and so many kinds of rare ones at least, or many stuck."""
    stuck = sum(two not in _OPERATORS for two in _STUCK.findall(signs))
    return stuck >= _FEWEST_STUCK and (len(_RARE.intersection(signs)) >= rare or stuck >= rare * _MANY_STUCK)
