"""The texts of a collection that are numbered behind the name of the collection: 演讲稿 篇1, 演讲稿 篇2 …

Sites with model texts put ten or twenty on a page so, often without a break before the text itself (演讲稿 篇1尊敬的
各位领导：). What shows them is that one name comes again and again at the beginning of a line, and counts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.model import HeadingKind, Role
from converter.regex import compiled
from converter.structure.patterns import SALUTATION
from converter.structure.reading import bare
from converter.structure.reasons import Rule
from converter.structure.verdicts import Kind, Verdict
from converter.text.numerals import COUNTING, number

if TYPE_CHECKING:
    from converter.structure.reading import Reading

_N = rf"([0-9０-９]{{1,3}}|[{COUNTING}]{{1,4}})"
_NUMBERED = compiled(
    rf"([^。！？；]{{2,50}}?)[\s\u3000]*[（(【\[]?(?:篇\s?{_N}|第\s?{_N}\s?篇|(?:范文|例文|模板|範文)\s?{_N})"
    r"(?![年月日、.．页頁章节節份篇个個项項件次万萬])[）)】\]]?[:：]?"
)
_LONGEST = 60
_HINT = compiled("[篇文板](?:(?<=篇)|(?<=[范例範]文)|(?<=模板))")


# 租赁合同1, 租赁合同2, where 租赁合同 stands on a line of its own above; 篇1：…, 篇2：…
_BEHIND = compiled(rf"(?P<name>[^。！？；，：:]{{4,40}}?)\s?{_N}[:：]?")
_BEFORE = compiled(rf"(?P<name>篇)\s?{_N}\s?[:：].{{2,50}}")
_TITLES = 12
"""The name of a collection stands among so many first lines."""


def _find_titled(reading: Reading, found: dict[str, list[tuple[int, int, int]]]) -> None:
    """Whole lines that are the name of the collection with a number, or begin with 篇 and one."""
    names = {bare(text) for text in reading.texts[:_TITLES]} | {"篇"}
    for index in reading.short(_LONGEST):
        if not reading.free(index):
            continue
        text = reading.text(index)
        match = _BEFORE.fullmatch(text) if text[0] == "篇" else _BEHIND.fullmatch(text)
        if match and bare(match["name"]) in names and (ordinal := number(match[2])) is not None:
            found.setdefault(bare(match["name"]), []).append((index, ordinal, len(text)))


def find_series(reading: Reading) -> None:
    """Each line that begins with a name and a number, where that name counts from one on; two at least."""
    found: dict[str, list[tuple[int, int, int]]] = {}
    for index, text in enumerate(reading.texts):
        hinted = _HINT.search(text, 0, _LONGEST) and reading.free(index)
        match = _NUMBERED.match(text, 0, _LONGEST) if hinted else None
        ordinal = number(next(group for group in match.groups()[1:] if group)) if match else None
        if match and ordinal is not None:
            found.setdefault(bare(match[1]), []).append((index, ordinal, match.end()))
    _find_titled(reading, found)
    for lines in found.values():
        if [ordinal for _, ordinal, _ in lines] != list(range(1, len(lines) + 1)) or len(lines) < 2:
            continue
        for index, _, end in lines:
            rest = reading.text(index)[end:].strip()
            role = Role.SALUTATION if SALUTATION.fullmatch(rest) else Role.BODY
            reading.verdicts[index] = Verdict(
                kind=Kind.HEADING, heading=HeadingKind.PART, end=end if rest else 0, role=role, rule=Rule.SERIES
            )
