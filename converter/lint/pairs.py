"""Brackets and quotation marks without a partner in their paragraph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.lint.passages import passages
from converter.lint.rules import Rule
from converter.regex import compiled
from converter.structure.numbering import label_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from converter.diagnostics import Diagnostic
    from converter.lint.passages import Passage
    from converter.model import Document

_PAIRS = {"“": "”", "《": "》", "（": "）", "【": "】", "「": "」", "『": "』", "〔": "〕", "〈": "〉"}
_OPENING = {closing: opening for opening, closing in _PAIRS.items()}
_MARKS = compiled(f"[{''.join(_PAIRS)}{''.join(_OPENING)}()]")
_NUMBER = compiled(r"(?<![0-9A-Za-z])[0-9A-Za-z一二三四五六七八九十]{1,2}$")
"""1) a): a bracket that closes a number needs no other."""
_PARAGRAPHS = 4
"""So many paragraphs further down a mark may be closed."""
_SPEECH = "“「『"
_WIDE = str.maketrans("()", "（）")
_FEW, _MANY, _MOST = 10, 100, 0.3
"""Where more of the paragraphs with marks are wrong than this, a machine did it: said once."""


def find_unpaired(document: Document) -> Iterator[Diagnostic]:
    """The first mark without a partner in each paragraph. What is opened in one may be closed in the next ones, and
    speech of several paragraphs may open each of them anew.
    """
    found: list[tuple[Passage, int]] = []
    marked, reach = 0, -1
    all_passages = list(passages(document))
    for number, passage in enumerate(all_passages):
        marked += bool(_MARKS.search(passage.text))
        opened, closed = _unpaired(passage.text)
        if closed is not None and number > reach:
            found.append((passage, closed))
        elif opened is not None:
            end = _closed_in(passage.text[opened], all_passages[number + 1 : number + 1 + _PARAGRAPHS])
            if end:
                reach = number + end
            else:
                found.append((passage, opened))
    if len(found) > _FEW and (len(found) > marked * _MOST or len(found) > _MANY):
        yield Rule.UNPAIRED.finding(
            None,
            f"{len(found)} paragraphs have brackets or quotation marks without partners.",
            f"有 {len(found)} 个段落的括号或引号不成对。",
        )
        return
    for passage, at in found:
        near = passage.text[max(0, at - 6) : at + 8]
        yield Rule.UNPAIRED.finding(
            passage.place(at, at + 1),
            f"{passage.text[at]} has no partner in its paragraph: …{near}…",
            f"{passage.text[at]} 在本段中不成对：…{near}…",
        )


def _closed_in(opening: str, following: Sequence[Passage]) -> int:
    """How many paragraphs further down a mark is closed; 0 where it is not."""
    for number, passage in enumerate(following, 1):
        opened, closed = _unpaired(passage.text)
        if closed is not None:
            return number if _OPENING[passage.text[closed].translate(_WIDE)] == opening.translate(_WIDE) else 0
        if opened is not None and passage.text[opened] != opening:
            return 0
        if opening in _SPEECH and passage.text.startswith(opening) and opened is None:
            return number  # opened anew, and closed there
    return 0


def _unpaired(text: str) -> tuple[int | None, int | None]:
    """The places of the first opening mark and of the first closing mark without a partner."""
    label = label_of(text)
    waiting: list[int] = []
    for match in _MARKS.finditer(text, label.words if label else 0):
        mark = match[0].translate(_WIDE)
        if mark in _PAIRS:
            waiting.append(match.start())
        elif waiting and text[waiting[-1]].translate(_WIDE) == _OPENING[mark]:
            waiting.pop()
        elif mark != "）" or not _NUMBER.search(text, max(0, match.start() - 3), match.start()):
            return None, match.start()
    return (waiting[0] if waiting else None), None
