"""The index table (信息公开索引) above a document on a government site: values beside their labels, or below them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.repair.fields import Kind, fields_of
from converter.repair.text_bounds import LONGEST_SIGN

if TYPE_CHECKING:
    from collections.abc import Sequence

    from converter.repair.lines import Line

_TABLE_KINDS = frozenset(
    {
        Kind.INDEX,
        Kind.SUBJECT,
        Kind.SOURCE,
        Kind.ISSUER,
        Kind.ENACTED,
        Kind.NUMBER,
        Kind.TITLE,
        Kind.KEYWORDS,
        Kind.PUBLISHED,
    }
)
_BULLETS = "•·●○■□"
_LONGEST = 40
"""Lines of a table with a label and its value on each."""
_FEWEST = 4
"""Labels of different kinds, without which it is no table."""


def index_table(lines: Sequence[Line]) -> dict[int, float]:
    """The rows of the table among the lines above a text, and how sure each is; none where it has too few labels."""
    rows: dict[int, float] = {}
    kinds: set[Kind] = set()
    for i, line in enumerate(lines[:_LONGEST]):
        fields = fields_of(line.text)
        here = {field.kind for field in fields}
        if here and here <= _TABLE_KINDS:
            rows[i] = 0.97
            kinds |= here
        elif i - 1 in rows and not fields and _is_value(line, lines[i - 1]):
            rows[i] = 0.95
    return rows if len(kinds) >= _FEWEST else {}


def _is_value(line: Line, label: Line) -> bool:
    """Whether a line is the value of the label above it: further in, below an item of a list that ends in a colon."""
    further = line.start - line.margin > label.start - label.margin
    return further and label.text[0] in _BULLETS and label.text[-1] in ":：" and len(line.text) <= LONGEST_SIGN
