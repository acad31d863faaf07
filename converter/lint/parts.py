"""Parts that a kind of document wants: date and signature of a notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.lint.passages import passages
from converter.lint.rules import Rule
from converter.model import Role
from converter.regex import compiled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from converter.diagnostics import Diagnostic
    from converter.model import Document

_OFFICIAL = compiled(r"(?:通知|通报|通報|公告|通告|批复|批復|请示|請示|[^信公]函|决定|決定|公示|命令|答复|答復)$")
"""Kinds of documents that take effect by signature and date (党政机关公文处理工作条例, 第八条、第九条)."""
_FORMAL = frozenset({Role.DOCUMENT_NUMBER, Role.SALUTATION, Role.CLOSING})


def find_missing(document: Document) -> Iterator[Diagnostic]:
    """A notice, reply or decision without a date or signature. Reports of news that end in 通知 are left alone:
    a document has an addressee, a number, or a closing formula.
    """
    title = document.metadata.title
    roles = {passage.role for passage in passages(document)}
    if not _OFFICIAL.search(title) or not roles & _FORMAL:
        return
    if not roles & {Role.DATE, Role.BYLINE}:
        yield Rule.NO_DATE.finding(None, f"“{title}” has no date.", f"“{title}”没有成文日期。")
    if Role.SIGNATURE not in roles and Role.LETTERHEAD not in roles:
        yield Rule.NO_SIGNATURE.finding(None, f"“{title}” is not signed.", f"“{title}”没有落款。")
