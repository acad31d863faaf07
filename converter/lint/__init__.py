"""What an editor would ask about a text: numbers, headings, parts, pairs, endings, typos. Nothing is changed.

Every rule is one line of the table in `rules.py`; each family of rules is one file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.lint.endings import find_cut_off
from converter.lint.headings import find_doubled, find_doubled_title, find_empty, find_jumps
from converter.lint.numbers import find_mixed, find_wrong_numbers
from converter.lint.pairs import find_unpaired
from converter.lint.parts import find_missing
from converter.lint.typos import find_typos

if TYPE_CHECKING:
    from converter.diagnostics import Diagnostic
    from converter.model import Document

_CHECKS = (
    find_wrong_numbers,
    find_mixed,
    find_jumps,
    find_empty,
    find_doubled,
    find_doubled_title,
    find_missing,
    find_unpaired,
    find_cut_off,
    find_typos,
)


def lint(document: Document) -> tuple[Diagnostic, ...]:
    """All findings about a document, in the order of the text; those about the whole of it come first."""
    found = [finding for check in _CHECKS for finding in check(document)]
    return tuple(sorted(found, key=lambda finding: finding.span or (-1, -1)))
