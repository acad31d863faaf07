"""All checks in their order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.checking.clauses import check_piece
from converter.checking.ends import check_ends
from converter.checking.page import check_page
from converter.checking.wording import check_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from converter.checking.file import File
    from converter.checking.findings import Finding


def report(file: File) -> Iterator[Finding]:
    """The page first, then the paragraphs in order."""
    yield from check_page(file)
    found = [made for piece in file.pieces for made in check_piece(piece, file)]
    found += [*check_ends(file), *check_words(file)]
    yield from sorted(found, key=lambda made: (made.paragraph or 0, made.code))
