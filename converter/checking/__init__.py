"""Whether a Word file, ours or anybody's, keeps to GB/T 9704-2012 (党政机关公文格式); and a copy that does.

formatting.py  how paragraphs and runs really look: defaults, styles, theme, numbering and their own formatting together
parts.py       which paragraph is what: title, addressee, the four levels, signature, date …
clauses.py     what the standard wants of each part, as a table
page.py        paper, margins, grid, page numbers
ends.py        red head, attachments, signature and date, imprint
wording.py     forms of numbers and dates
fix.py         the corrected copy; its page in fix_page.py

`check_docx` reports, `fix_docx` corrects (docs/check.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.checking.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Finding", "check_docx", "findings_json", "fix_docx"]


def check_docx(data: bytes) -> tuple[Finding, ...]:
    """What in a Word file departs from GB/T 9704-2012: page and page numbers first, then paragraph by paragraph.

    Raises InputError for what is no Word file, or asks for too much.
    """
    from converter.checking.file import File
    from converter.checking.report import report

    return tuple(report(File(data)))


def fix_docx(data: bytes) -> tuple[bytes, tuple[Finding, ...]]:
    """A copy that looks as the standard wants, and what is left to a person: findings about words.

    No character is changed, added or taken out but those of page numbers; empty paragraphs may go. Raises InputError
    like `check_docx`.
    """
    from converter.checking.file import File
    from converter.checking.fix import fixed

    made = fixed(File(data))
    return made, check_docx(made)


def findings_json(findings: Sequence[Finding]) -> list[dict[str, object]]:
    """The findings as plain data: code, clause, paragraph (null for the page), words, wanted, found, message."""
    return [finding.json() for finding in findings]
