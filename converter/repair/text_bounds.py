"""Where a text begins and ends among the lines of its web page: by its first and last prose.

What stands above and below may be chrome; what stands between never is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from converter.regex import compiled
from converter.repair.chrome_signs import FOOTERS, LISTS, NOTES, SIGNS
from converter.repair.fields import DATE_TIME, fields_of
from converter.repair.weak_signs import KEPT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from converter.repair.chrome_signs import Sign
    from converter.repair.lines import Line

_BODY_BEGINS = compiled(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十百零〇\d]{1,5}[章节節条條回篇部卷]"
    r"|1[、.．]\D|(?:同志们|同志們|各位|尊敬的)"
)
URL = compiled(r"(?:www\.|https?://)[\w./-]+|[\w-]+\.(?:com|cn|net|org)\b", re.ASCII)
"""An address on the web, or the name of a site."""
LONGEST_SIGN = 300
"""Characters of a line that is chrome by its own words; only an editor's note or a lead can be longer."""
_CHINESE_DATE = compiled(
    r"[〇○零一二三四五六七八九十ＯO]{4}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
)
_LONGEST_NOTE = 2500
_LONGEST_HEAD = 120
_LONGEST_TAIL = 600
FEW = 12
"""Lines at each end of a text without any prose that are looked at."""


def is_kept(words: str) -> bool:
    """Whether a line is of the kind that documents end with: a note in brackets, attachments, copies, printing."""
    return bool(KEPT.fullmatch(words))


def is_date(words: str) -> bool:
    """Whether a line is a date and nothing else."""
    bare = "".join(words.split())
    return bool(DATE_TIME.fullmatch(bare) or _CHINESE_DATE.fullmatch(bare))


def sign_of(words: str, *, above: bool) -> Sign | None:
    """The sign that a line is by its own words."""
    if len(words) > LONGEST_SIGN and (len(words) > _LONGEST_NOTE or not words.startswith(NOTES)):
        return None
    for sign in SIGNS:
        if (sign.above if above else sign.below) and sign.pattern.fullmatch(words):
            return sign
    return None


def is_prose(words: str) -> bool:
    """Whether a line is a sentence or a paragraph of a text, and none of those that web pages say."""
    if len(words) < 20 or not ("。" in words or words[-1] in "。；;：:！？" or _runs(words)):
        return False
    return not (sign_of(words, above=True) or sign_of(words, above=False) or fields_of(words))


def _runs(words: str) -> bool:
    """Whether words without a final mark are long enough to be a paragraph's."""
    return len(words) >= 60 and ("，" in words or "," in words) and not URL.search(words, 0, 300)


def ends(lines: Sequence[Line]) -> tuple[int, int]:
    """Where what stands above the text ends, and where what stands below it begins."""
    first = next(
        (i for i, line in enumerate(lines[:_LONGEST_HEAD]) if is_prose(line.text) or _begins_body(line)),
        min(len(lines), FEW),
    )
    bottom = max(first, len(lines) - _LONGEST_TAIL)
    last = next((i + 1 for i in range(len(lines) - 1, bottom - 1, -1) if is_prose(lines[i].text)), None)
    if last is None:
        last = max(first, len(lines) - FEW)
    return first, _earlier(lines, bottom, last)


def _begins_body(line: Line) -> bool:
    """Whether a line can only be the text's: a numbered heading, a salutation."""
    return bool(_BODY_BEGINS.match(line.text))


def _earlier(lines: Sequence[Line], bottom: int, last: int) -> int:
    """Where the tail begins, if a list of other articles that stands in it has lines like prose itself."""
    footed = any(sign_of(line.text, above=False) in FOOTERS for line in lines[max(last, len(lines) - 5) :])
    if not footed:
        return last
    prose = [is_prose(line.text) for line in lines[bottom:]]
    behind = sum(prose)
    for index in range(bottom, last):
        behind -= prose[index - bottom]
        if behind * 10 <= len(lines) - index and sign_of(lines[index].text, above=False) in LISTS:
            while index > bottom and sign_of(lines[index - 1].text, above=False):
                index -= 1  # noqa: PLW2901
            return index
    return last
