"""Lines that recur around the texts of a batch, which so are the site's."""

from __future__ import annotations

import unicodedata
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from converter.regex import compiled
from converter.repair.lines import begins_anew, lines_of
from converter.repair.text_bounds import ends, is_date, is_kept

if TYPE_CHECKING:
    from collections.abc import Iterable

    from converter.repair.lines import Line


def fingerprint(line: str) -> str:
    """What makes two lines the same across files: width and white space do not count."""
    return "".join(unicodedata.normalize("NFKC", line).split())


def recurring_lines(texts: Iterable[str]) -> set[str]:
    """The fingerprints of lines that stand around the text in at least three files, and in half of all."""
    return recurring(map(lines_around, texts))


def lines_around(text: str) -> set[str]:
    """The fingerprints of the lines around a text that may be the site's.

    What documents of one office or one series share is none: letterheads, names of series, headings, addressees,
    signatures, dates.
    """
    lines = lines_of(text)
    head, tail = ends(lines)
    around = [*lines[:head], *lines[tail:]]
    kept = {i for i, (a, b) in enumerate(pairwise(around)) if is_date(b.text) or is_kept(a.text)}
    return {fingerprint(x.text) for i, x in enumerate(around) if i not in kept and not stays(x)}


def recurring(around: Iterable[Iterable[str]]) -> set[str]:
    """Those of the lines around several texts that stand around at least three, and around half of all."""
    counts: Counter[str] = Counter()
    number = 0
    for lines in around:
        number += 1
        counts.update(lines)
    least = max(3, -(-number // 2))
    return {words for words, count in counts.items() if count >= least}


_SHARED = compiled(
    r".*(?:文件|公报|简报|簡報|快报|专报|通报|通訊|通讯|纪要|紀要|月刊|周刊|期刊|动态|参考|摘编|选编|汇编|文集|[期号號卷册]"
    r"|通知|通告|公告|公示|决定|意见|办法|规定|条例|报告|总结|计划|方案|讲话|致辞|演讲|说明|函|令"
    r"|委员会|政府|办公[室厅]|[局厅部处科院校会社团组])",
)
"""How a line ends that documents of one office or one series may share."""


def stays(line: Line) -> bool:
    """Whether a line may recur because documents are alike: a heading, an addressee, a letterhead, a date."""
    words = line.text
    alike = begins_anew(line) or words[-1] in "：:！!。" or bool(_SHARED.fullmatch("".join(words.split())))
    return alike or is_date(words) or is_kept(words)
