r"""Running heads (页眉, 页脚) and page breaks that PDF extraction leaves inside the text.

A line that stands at the edge of at least half of the pages is a running head; digits count as equal, since heads hold
page numbers and dates. Form feeds tell where pages end. Where extraction has dropped them, a line of equal words that
comes back at the distance of pages is one if it cuts sentences in two, the number of the page beside it not counting,
or if it always stands beside such a number: a refrain, a caption, a table's cell does not.

The sentence that a page break cuts is joined again, without a space between Chinese characters.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from converter.errors import Message
from converter.regex import compiled
from converter.repair.finding import Finding
from converter.repair.lines import ends_sentence, joint, lines_of, neighbours, runs_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from converter.repair.lines import Line

CODE = "ZH312"
NAME = Message("running heads", "页眉页脚")

_PAGE = "会议认为，今年以来全县上下同心协力，各项工作取得了新的进展，群众的获得感明显增强，"
_REST = "这为明年的工作打下了良好的基础。\n"

# Damaged → repaired.
CASES = (
    (f"{_PAGE}\n\f{_REST}", f"{_PAGE}{_REST}"),
    (f"{_PAGE}\n\n\f\n{_REST}", f"{_PAGE}{_REST}"),
    (
        "县志稿 上册\n一九八五年修志工作总结\n\f县志稿 上册\n修志人员名单\n\f县志稿 上册\n后记\n",
        "县志稿 上册\n一九八五年修志工作总结\n\f\n修志人员名单\n\f\n后记\n",
    ),
    (
        f"{_PAGE}\n\f工作简报第3期\n{_REST}{_PAGE}\n\f工作简报第4期\n{_REST}{_PAGE}\n\f工作简报第5期\n{_REST}",
        f"{_PAGE}{_REST}{_PAGE}{_REST}{_PAGE}{_REST}",
    ),
    # No form feed: equal lines far apart that cut sentences.
    (
        "\n".join([f"{_PAGE * 6}\n工作简报\n{_REST}"] * 3),
        "\n".join([f"{_PAGE * 6}{_REST}"] * 3),
    ),
    # The same with the numbers of pages, which cut the sentences or stand between them.
    (
        "\n".join(f"{_PAGE * 6}\n- {n} -\n工作简报\n{_REST}" for n in (1, 2, 3)),
        "\n".join(f"{_PAGE * 6}\n- {n} -\n\n{_REST}" for n in (1, 2, 3)),
    ),
    (
        "\n".join(f"{_REST * 12}- {n} -\n工作简报\n{_REST}" for n in (1, 2, 3)),
        "\n".join(f"{_REST * 12}- {n} -\n\n{_REST}" for n in (1, 2, 3)),
    ),
    # A refrain, and headings at the top of pages, stay.
    (f"{_REST * 12}团结就是力量\n" * 4, f"{_REST * 12}团结就是力量\n" * 4),
    ("第一章 总则\n\f第二章 分则\n\f第三章 附则\n", "第一章 总则\n\f第二章 分则\n\f第三章 附则\n"),
    ("上半年工作总结\n\f下半年工作安排\n", "上半年工作总结\n\f下半年工作安排\n"),
)

_LONGEST = 60
_DIGITS = compiled(r"[0-9０-９]+")
# What a page's number is not written with.
_WORDS = compiled(r"[^\s#第页頁共/·•.\-–—－~ivxlcIVXLC,，]")
# Least distance of pages, in characters: a page of a pocket book.
_PAGE_LENGTH = 200
_EDGE = 3

_REMOVED = Message("running head removed", "页眉或页脚已删除")
_JOINED = Message(
    "a page break cut this sentence; joined, running head removed", "句子被分页截断，已连接，页眉页脚已删除"
)


def find(text: str) -> Iterator[Finding]:
    """Every running head, and every sentence that a page break cuts."""
    lines = lines_of(text)
    breaks = _page_breaks(text, lines)
    heads = _at_edges(lines, breaks) if len(breaks) >= 2 else _recurring(lines)
    heads.discard(0)  # It may be the title, which heads like to repeat.
    gaps = sorted({*((i, i) for i in breaks if i not in heads and i - 1 not in heads), *_runs(heads)})
    for first, after in gaps:
        beside = neighbours(lines, first, after - 1)
        numbered = beside and any(_is_number(line.text) for line in beside)
        if beside and not numbered and runs_on(*beside):
            before, behind = beside
            yield Finding(before.end, behind.start, joint(before.text, behind.text), _JOINED, confidence=0.95)
        else:
            for line in lines[first:after]:
                yield Finding(line.start, line.end, "", _REMOVED, confidence=0.95)


def _is_number(words: str) -> bool:
    form = _print(words)
    return form.count("#") <= 2 and not _WORDS.search(form)


def _print(words: str) -> str:
    return _DIGITS.sub("#", words)


def _page_breaks(text: str, lines: Sequence[Line]) -> list[int]:
    """The indices of the lines that begin a page: a form feed stands before them."""
    if "\f" not in text:
        return []
    return [
        index for index, line in enumerate(lines) if index and text.find("\f", lines[index - 1].end, line.start) >= 0
    ]


def _at_edges(lines: Sequence[Line], breaks: Sequence[int]) -> set[int]:
    """The lines whose words stand at the same edge of at least half of the pages."""
    starts = (0, *breaks)
    ends = (*breaks, len(lines))
    heads: set[int] = set()
    for edge in (
        [range(s, min(s + _EDGE, e)) for s, e in zip(starts, ends, strict=True)],
        [range(e - 1, max(e - 1 - _EDGE, s - 1), -1) for s, e in zip(starts, ends, strict=True)],
    ):
        counts = Counter(p for page in edge for p in {_print(lines[i].text) for i in page})
        least = max(3, len(starts) // 2)
        for page in edge:
            # From the edge inwards, as far as lines come back.
            for i in page:
                words = lines[i].text
                if counts[_print(words)] < least or not _may_be_head(words):
                    break
                if not _is_number(words):
                    heads.add(i)
    return heads


_NO_HEAD = compiled(r".*[。，,；;！？]|第?[0-9０-９]+[^0-9/.-]{1,6}|.{61}.*", re.DOTALL)


def _may_be_head(words: str) -> bool:
    """Whether words are neither prose nor a heading that comes back with another number (第3章)."""
    return _is_number(words) or not _NO_HEAD.fullmatch(words)


def _recurring(lines: Sequence[Line]) -> set[int]:
    """The lines of equal words at page distance that cut sentences in two."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(lines):
        if len(line.text) <= _LONGEST and not ends_sentence(line.text):
            places[_print(line.text)].append(index)
    heads: set[int] = set()
    for words, found in places.items():
        if len(found) < 3 or _is_number(words):
            continue
        if _middle(lines[b].start - lines[a].start for a, b in pairwise(found)) < _PAGE_LENGTH:
            continue
        cuts = sum(bool((beside := _around(lines, i)) and runs_on(*beside)) for i in found)
        paged = all(_is_beside_number(lines, i) for i in found)
        if (cuts >= 2 and cuts * 3 >= len(found)) or paged:
            heads.update(found)
    return heads


def _is_beside_number(lines: Sequence[Line], index: int) -> bool:
    beside = (*lines[max(0, index - 1) : index], *lines[index + 1 : index + 2])
    return any(_is_number(line.text) and _DIGITS.search(line.text) for line in beside)


def _around(lines: Sequence[Line], index: int) -> tuple[Line, Line] | None:
    """The lines above and below one, beyond the numbers of pages that stand beside it."""
    first = last = index
    while first and _is_number(lines[first - 1].text):
        first -= 1
    while last + 1 < len(lines) and _is_number(lines[last + 1].text):
        last += 1
    return neighbours(lines, first, last)


def _middle(distances: Iterable[int]) -> int:
    ordered = sorted(distances)
    return ordered[len(ordered) // 2]


def _runs(indices: set[int]) -> Iterator[tuple[int, int]]:
    """Neighbouring indices as half-open ranges."""
    for first in sorted(indices):
        if first - 1 not in indices:
            last = first
            while last + 1 in indices:
                last += 1
            yield first, last + 1
