"""The lines of a text as a repair sees them, and whether a sentence runs on from one to the next."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from converter.records import NamedTuple
from converter.regex import compiled
from converter.text.line_ends import split_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

SPACE = " \t\u00a0\u3000\u2002\u2003\u2009\u200b\u200c\u200d\u2060\ufeff"
"""White space around a line's words, and invisible characters of the same use."""


class Line(NamedTuple):
    """One line that is not blank."""

    start: int
    """Where its words begin in the text."""
    end: int
    """One past the last character of its words."""
    text: str
    """Its words, without the white space around them."""
    margin: int
    """Where the line begins: `start - margin` characters are its indent."""


# The rules look at one text after the other; between two edits it is the same.
@functools.lru_cache(maxsize=1)
def lines_of(text: str) -> tuple[Line, ...]:
    """Every line of a text that is not blank; a form feed ends a line too."""
    lines = []
    margin = 0
    for raw in split_lines(text, "\r\f\v\x85\u2028\u2029"):
        words = raw.strip(SPACE)
        if words:
            start = margin if words is raw else margin + raw.index(words)
            lines.append(Line(start, start + len(words), words, margin))
        margin += len(raw) + 1
    return tuple(lines)


# 一、 （一） 1. 1、 (1) ① 第一章 • # > | and the like: what begins with these begins anew.
_ANEW = compiled(
    r"第?[一二三四五六七八九十百零〇０-９0-9]{1,4}(?:[、)）]|[.．](?![0-9０-９]))|[（(〔\[【][一二三四五六七八九十0-9０-９]{1,3}[）)〕\]】]"
    r"|第[一二三四五六七八九十百千零〇0-9０-９]{1,6}[篇编編章节節回卷部条條款项項]|[①-⑳㈠-㈩⑴-⒇⒈-⒛]"
    r"|[0-9]+(?:[.．][0-9]+)+[\s、\u3000]|附[件则則录錄表]|[\ue000-\uf8ff•●○■□◆◇★☆▲△※·*#>|+=☐-]|-{2}|─"
    r"|[一二三四五六七八九十]+是|(?:首|其)[先次]|同志们|同志們|各位"
)
_HAN = compiled(r"[㐀-鿿豈-﫿𠀀-𳎯]")
_CLOSERS = "”’」』）)】》〉〕］]\"'"
_STOPS = frozenset("。！？!?…；;：:.．")
_OPEN = frozenset("，,、（(《〈“‘「『【〔—")
CLOSING = frozenset("，,、。；;：:！!？?）)》〉”’」』】〕")
"""Marks that no line begins with."""


def is_chinese(words: str) -> bool:
    """Whether words hold a Chinese character."""
    return bool(_HAN.search(words))


def ends_sentence(words: str) -> bool:
    """Whether words end as a sentence, a clause or a list's head ends; quotation marks and brackets are passed over."""
    bare = words.rstrip(_CLOSERS)
    return not bare or bare[-1] in _STOPS


def begins_anew(line: Line) -> bool:
    """Whether a line begins a paragraph of its own, by its number or by its indent."""
    return line.start - line.margin >= 2 or bool(_ANEW.match(line.text))


def seam_is_open(before: str, after: str) -> bool:
    """Whether the marks at a seam say that the sentence runs on: a comma before it, a closing mark behind it."""
    return before[-1] in _OPEN or after[0] in CLOSING


def runs_on(before: Line, after: Line, *, least: int = 30) -> bool:
    """Whether a sentence that something else interrupted runs on from one line to another.

    Without a mark that says so, the first must be as long as a line of prose (`least` characters): what is shorter is
    a heading, a name, a cell of a table. Both must hold Chinese: program code has commas at its line ends too.
    """
    if ends_sentence(before.text) or begins_anew(after):
        return False
    if not (is_chinese(before.text) and is_chinese(after.text)):
        return False
    return seam_is_open(before.text, after.text) or len(before.text) >= least


def joint(before: str, after: str) -> str:
    """What stands between two joined pieces: nothing, or a space where the words beside it need one.

    >>> joint("人民群", "众"), joint("the best", "of it"), joint("使用 Word,", "Excel")
    ('', ' ', ' ')
    """
    last, first = before[-1], after[0]
    latin = first.isascii() and first.isalnum()
    return " " if latin and last.isascii() and (last.isalnum() or last in ",.;:!?)") else ""


def neighbours(lines: Sequence[Line], first: int, last: int) -> tuple[Line, Line] | None:
    """The lines before `lines[first]` and after `lines[last]`; None at an end of the text."""
    return (lines[first - 1], lines[last + 1]) if first and last + 1 < len(lines) else None
