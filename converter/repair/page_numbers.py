r"""Page numbers (页码) that PDF extraction leaves inside the text.

Two places: on a line of their own (`- 3 -`, `第3页 共10页`, `3/10`, `3`), and at the end of a line that the page broke
(`…與業主的雇傭關系,2⏎使得黨員…`). A number is taken for a page's only where numbers of one form count up through the
text at the distance of pages, and where they cut sentences or stand beside form feeds: the numbers of chapters, of a
table's rows and of a list count up too, but they stand between paragraphs.

The sentence that a number cuts is joined again, without a space between Chinese characters.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING

from converter.errors import Message
from converter.records import NamedTuple
from converter.regex import compiled
from converter.repair.finding import Finding
from converter.repair.lines import begins_anew, ends_sentence, joint, lines_of, runs_on
from converter.text.numerals import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from converter.repair.lines import Line

CODE = "ZH311"
NAME = Message("page numbers", "页码")

_BODY = "调研组先后走访了十二个乡镇和四十个行政村，召开座谈会二十余场，听取了各方面的意见。" * 5
_HALF = "调查显示，绝大多数受访的群众对这项工作表示满意，认为它方便了办事，"
_REST = "也节省了时间。\n"

# Damaged → repaired.
CASES = (
    (
        "".join(f"{_BODY}{_HALF}{n}\n{_REST}" for n in (1, 2, 3)),
        "".join(f"{_BODY}{_HALF}{_REST}" for n in (1, 2, 3)),
    ),
    (
        "".join(f"{_BODY}各镇(街 {n}\n道)都已参加。\n" for n in (4, 5, 6)),
        "".join(f"{_BODY}各镇(街道)都已参加。\n" for n in (4, 5, 6)),
    ),
    (
        "".join(f"{_BODY}{_HALF}\n\n— {n} —\n\n{_REST}" for n in (1, 2, 3)),
        "".join(f"{_BODY}{_HALF}{_REST}" for n in (1, 2, 3)),
    ),
    (
        "".join(f"{_BODY}{_HALF}\n{n}\n{_REST}{_BODY}\n" for n in range(7, 12)),
        "".join(f"{_BODY}{_HALF}{_REST}{_BODY}\n" for n in range(7, 12)),
    ),
    (f"{_BODY}\n第1页 共2页\n{_BODY}\n第2页 共2页\n", f"{_BODY}\n\n{_BODY}\n\n"),
    (f"{_BODY}\n\n1\n\f{_BODY}\n\n2\n\f{_BODY}\n\n3\n\f", f"{_BODY}\n\n\n\f{_BODY}\n\n\n\f{_BODY}\n\n\n\f"),
    # Numbers of chapters, of a table's rows, of years and amounts at line ends stay.
    ("".join(f"{n}\n{_BODY}\n" for n in range(1, 9)), "".join(f"{n}\n{_BODY}\n" for n in range(1, 9))),
    ("序号\n姓名\n1\n李明\n2\n王芳\n3\n张伟\n4\n刘洋\n", "序号\n姓名\n1\n李明\n2\n王芳\n3\n张伟\n4\n刘洋\n"),
    (f"{_BODY}\n报名人数：21\n{_BODY}\n录取人数：22\n", f"{_BODY}\n报名人数：21\n{_BODY}\n录取人数：22\n"),
    (f"{_BODY}\n完成率 3\n", f"{_BODY}\n完成率 3\n"),
)

_DASH = "-–—－─·•~～"
_N = "[0-9０-９一二三四五六七八九十百零〇]{1,5}"
_OWN = (
    ("of", rf"第\s*(?P<of>{_N})\s*[页頁]\s*[,，/|(（]?\s*共\s*{_N}\s*[页頁][)）]?"),
    ("page", rf"第\s*(?P<page>{_N})\s*[页頁]"),
    ("slash", r"(?P<slash>[0-9]{1,4})\s*[/／]\s*[0-9]{1,4}"),
    ("dash", rf"[{_DASH}]+\s*(?P<dash>[0-9０-９]{{1,4}})\s*[{_DASH}]+"),
    ("bare", r"(?P<bare>[0-9０-９]{1,4})"),
)
_OWN_LINE = compiled("|".join(pattern for _, pattern in _OWN))
_GLUED = compiled(r"(?<=[^\x00-\x7f,;])\s*(?P<n>[0-9]{1,4})$|(?<=[,;，)”’、])\s*(?P<m>[0-9]{1,4})$")
_NO_PAGE = compiled(r"第\s*$|[：:.．%％]\s*$")
# A page of a pocket book has so many characters at least.
_PAGE_LENGTH = 200

_REMOVED = Message("page number removed", "页码已删除")
_JOINED = Message("page number removed, the sentence it cut joined", "页码已删除，被截断的句子已连接")


class _Number(NamedTuple):
    """A number that may be a page's."""

    line: int
    value: int
    start: int
    """Where in the text what is to be removed begins."""


def find(text: str) -> Iterator[Finding]:
    """Every page number, with the line end beside it where it cuts a sentence."""
    lines = lines_of(text)
    pages: dict[int, _Number] = {}
    for form, numbers in _candidates(text, lines).items():
        chain = _longest_chain(numbers)
        if _are_pages(text, lines, form, chain):
            pages.update({number.line: number for number in chain})
    for index in sorted(pages):
        yield from _finding(lines, pages[index], pages)


def _candidates(text: str, lines: Sequence[Line]) -> dict[str, list[_Number]]:
    """All numbers that stand where a page's number could, by their form, and their edge where form feeds mark pages."""
    found: defaultdict[str, list[_Number]] = defaultdict(list)
    paged = text.count("\f") >= 3
    for index, line in enumerate(lines):
        words = line.text
        if len(words) <= 16 and (match := _OWN_LINE.fullmatch(words)):
            form = match.lastgroup or ""
            value = number(match[form])
            edge = _edge(text, lines, index) if paged else "any"
            if value is not None and edge:
                found[f"{form} {edge}"].append(_Number(index, value, line.start))
        elif words[-1] in "0123456789" and (match := _GLUED.search(words, max(0, len(words) - 8))):
            before = words[: match.start()]
            following = lines[index + 1] if index + 1 < len(lines) else None
            if following and not begins_anew(following) and not _NO_PAGE.search(before[-3:]):
                value = int(match["n"] or match["m"])
                found["glued"].append(_Number(index, value, line.start + match.start()))
    return found


def _edge(text: str, lines: Sequence[Line], index: int) -> str:
    """Whether a line is the last or the first of a page; empty if neither."""
    following = lines[index + 1].start if index + 1 < len(lines) else len(text)
    if "\f" in text[lines[index].end : following] or following == len(text):
        return "last"
    return "first" if not index or "\f" in text[lines[index - 1].end : lines[index].start] else ""


def _longest_chain(numbers: Sequence[_Number]) -> list[_Number]:
    """The longest run of numbers that count up by one, or by two or three where a page has lost its number."""
    best: dict[int, tuple[int, int]] = {}
    back: list[int] = []
    for place, (_, value, _) in enumerate(numbers):
        length, previous = max((best.get(value - step, (0, -1)) for step in (1, 2, 3)), key=lambda b: b[0])
        back.append(previous)
        if length + 1 > best.get(value, (0, -1))[0]:
            best[value] = (length + 1, place)
    place = max(best.values(), default=(0, -1))[1]
    chain = []
    while place >= 0:
        chain.append(numbers[place])
        place = back[place]
    return chain[::-1]


def _are_pages(text: str, lines: Sequence[Line], form: str, chain: Sequence[_Number]) -> bool:
    """Whether numbers that count up stand where pages end."""
    if form.startswith("of "):
        return bool(chain)
    named = form.startswith("page ")
    if len(chain) < (2 if named else 3):
        return False
    near = sum(b.start - a.start < _PAGE_LENGTH for a, b in pairwise(chain))
    if near * 5 > len(chain):
        return False
    if named or not form.endswith((" any", "glued")):
        return True
    cuts = 0
    for page in chain:
        line = lines[page.line]
        if form == "glued":
            cuts += not ends_sentence(text[line.start : page.start].rstrip())
            continue
        beside = _beside(lines, page.line)
        cuts += bool(beside and runs_on(*beside))
    return cuts >= 2 and cuts * 4 >= len(chain)


def _beside(lines: Sequence[Line], index: int) -> tuple[Line, Line] | None:
    return (lines[index - 1], lines[index + 1]) if 0 < index < len(lines) - 1 else None


def _finding(lines: Sequence[Line], page: _Number, pages: dict[int, _Number]) -> Iterator[Finding]:
    """The number's removal; its line end goes too if a sentence runs on behind it."""
    line = lines[page.line]
    if page.start > line.start:  # Glued to the end of a line.
        words = line.text[: page.start - line.start].rstrip()
        before = line._replace(end=line.start + len(words), text=words)
        behind = lines[page.line + 1]
        if ends_sentence(words):
            yield Finding(before.end, line.end, "", _REMOVED, confidence=0.93)
        else:
            yield Finding(before.end, behind.start, joint(words, behind.text), _JOINED, confidence=0.96)
        return
    beside = _beside(lines, page.line)
    if beside and page.line - 1 not in pages and page.line + 1 not in pages and runs_on(*beside):
        before, behind = beside
        yield Finding(before.end, behind.start, joint(before.text, behind.text), _JOINED, confidence=0.96)
    else:
        yield Finding(line.start, line.end, "", _REMOVED, confidence=0.96)
