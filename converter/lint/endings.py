"""A text that breaks off in mid-sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.lint.passages import passages
from converter.lint.rules import Rule
from converter.model import Role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from converter.diagnostics import Diagnostic
    from converter.model import Document

_CLOSING = frozenset('。！？；”’」』）》】〉〕…—!?.;")]｡')
_SHORTEST = 25
"""A shorter last line may be a name, a place, a date."""


def find_cut_off(document: Document) -> Iterator[Diagnostic]:
    """The last paragraph, if it is a long one without a mark at its end. What is below a signature is not asked."""
    last = None
    for passage in passages(document):
        last = passage
    if last is None or last.role is not Role.BODY or "|" in last.text or len(last.text) < _SHORTEST:
        return
    text = last.text.rstrip()
    if text[-1] not in _CLOSING:
        yield Rule.CUT_OFF.finding(
            last.place(len(text) - 1, len(text)),
            f"The text ends without a closing mark: …{text[-12:]}",
            f"全文结尾没有句末标点：…{text[-12:]}",
        )
