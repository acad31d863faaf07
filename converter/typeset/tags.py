"""Tags: what a piece of a page is, for readers who hear it or reflow it instead of seeing it.

A tag is a structure element of tagged PDF (ISO 32000-1 14.8.4) before it is written; composition knows nothing more of
it than that each piece of a line belongs to one. What has none is an artifact: running heads, page numbers, rules.
"""

from __future__ import annotations

from dataclasses import KW_ONLY, field

from converter.records import dataclass


@dataclass(slots=True, eq=False)
class Tag:
    """One structure element, different from every other one. It comes into being when something of it is shown."""

    kind: str
    """Standard structure type: P, H1, L, Table, Link …"""
    parent: Tag | None = None
    """The element that it is part of; None for the document itself."""
    _: KW_ONLY
    alt: str = ""
    """What a picture shows."""
    ordered: bool = False
    """Of a list: whether its items are numbered."""
    kids: list[Tag] = field(default_factory=list)
    """Parts that are there even if they are empty: the cells of a table."""

    def holding(self, kind: str) -> Tag:
        """A part that is there even if nothing is shown of it."""
        self.kids.append(Tag(kind, self))
        return self.kids[-1]


def heading_tag(level: int) -> Tag:
    """The tag of a heading; the standard types end with H6."""
    return Tag(f"H{min(level, 6)}")
