"""What the lines of a text say about it: number, date, authors, issuer, keywords. They stay where they stand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from converter.model import HeadingKind, Role
from converter.regex import compiled
from converter.structure.patterns import unspaced
from converter.structure.verdicts import PLAIN, Kind
from converter.text.numerals import number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from converter.model import Metadata
    from converter.structure.lines import Line
    from converter.structure.verdicts import Verdict

_DATE = compiled(r"[（(]?(.{4})(?:年|[-./])(.{1,3}?)(?:月|[-./])(.{1,3}?)日?[）)]?")
_AUTHOR = compiled(
    r"(?:作者|撰文|文|记者|本报记者)\s?[/：:／]\s?(\S.{0,30})|(\S{2,12})\s?(?:[/／]\s?文|著|撰)|(\S{2,12})\s?(?:编著|整理)"
)
_NAMES = compiled(r"[、，,;；]|\s{2,}|\s(?=\S{2})")
_PERSON = compiled(r"[\u4e00-\u9fff]{2,3}")
_OFFICE = compiled(
    r"(?:政府|委员会|委員會|办公[室厅]|辦公[室廳]|局|厅|廳|部|院|署|公司|协会|協會|党组|党委|中心|大学|学院|会|處|处|国务院)$"
)
_KEYWORDS = compiled(r"(?:关键词|關鍵詞|关键字|主题词|主題詞)\s?[：:]\s?(.{1,100})")
_LIST = compiled(r"[\s、,，;；△]+")
_ROLES = frozenset({Role.DATE, Role.SIGNATURE, Role.BYLINE, Role.LETTERHEAD, Role.DOCUMENT_NUMBER})
_OPENING = 30
"""Keywords stand among so many first or last lines."""


def completed(metadata: Metadata, lines: Sequence[Line], verdicts: Sequence[Verdict]) -> Metadata:
    """`metadata` with what the text itself says: its own date goes before that of a page, its signature does not.

    In a collection of texts, signatures and dates are those of its parts, and say nothing about the whole.
    """
    of: dict[Role, list[str]] = {role: [] for role in _ROLES}
    for role, words in _lines_of(lines, verdicts):
        of[role].append(words)
    parts = sum(v.kind is Kind.HEADING and v.heading is HeadingKind.PART and v.label is not None for v in verdicts)
    if parts > 1:
        of[Role.DATE] = of[Role.SIGNATURE] = []
    signed = [unspaced(name) for name in of[Role.SIGNATURE]]
    authors = list(dict.fromkeys(name for line in of[Role.BYLINE] for name in _authors(line)))
    people = [name for name in signed if _PERSON.fullmatch(name) and not _OFFICE.search(name)]
    offices = [unspaced(line).removesuffix("文件") for line in of[Role.LETTERHEAD]]
    offices += [name for name in signed if _OFFICE.search(name)]
    keywords = next(_keywords(lines), ())
    return replace(
        metadata,
        authors=tuple(authors) or metadata.authors or tuple(people),
        date=next(map(_iso, map(unspaced, of[Role.DATE])), "") or metadata.date,
        publisher=metadata.publisher or next(iter(offices), ""),
        number=next(map(unspaced, of[Role.DOCUMENT_NUMBER]), ""),
        keywords=metadata.keywords or keywords,
    )


def _lines_of(lines: Sequence[Line], verdicts: Sequence[Verdict]) -> Iterator[tuple[Role, str]]:
    """The lines of these roles, up to the first document inside this one."""
    for line, verdict in zip(lines, verdicts, strict=True):
        if verdict is PLAIN:
            continue
        if verdict.kind is Kind.HEADING and verdict.heading is HeadingKind.PART and verdict.label is None:
            return
        if verdict.kind is Kind.PARAGRAPH and verdict.role in _ROLES:
            yield verdict.role, line.text
        elif verdict.kind is Kind.TITLE and verdict.end:
            yield Role.BYLINE, line.text[verdict.end :].strip(" \t\u3000【[（(】])）")


def _authors(line: str) -> Iterator[str]:
    match = _AUTHOR.fullmatch(line)
    if match:
        yield from (name.strip() for name in _NAMES.split(match[match.lastindex or 1]) if name.strip())


def _keywords(lines: Sequence[Line]) -> Iterator[tuple[str, ...]]:
    for line in (*lines[:_OPENING], *lines[_OPENING:][-_OPENING:]):
        if match := _KEYWORDS.fullmatch(line.text):
            yield tuple(word for word in _LIST.split(match[1]) if word)


def _iso(written: str) -> str:
    """A date as ISO 8601, Chinese numerals included; as written where it is not whole.

    >>> _iso("二〇一〇年十一月二日"), _iso("2012-7-11"), _iso("2012年7月")
    ('2010-11-02', '2012-07-11', '2012年7月')
    """
    match = _DATE.fullmatch(written.translate(_ZEROS))
    parts = [number(part) for part in match.groups()] if match else []
    if len(parts) < 3 or None in parts:
        return written.strip("（()）")
    year, month, day = parts
    return f"{year:04}-{month:02}-{day:02}"


_ZEROS = str.maketrans("○ＯO", "〇〇〇") | str.maketrans({"元": "一"})
