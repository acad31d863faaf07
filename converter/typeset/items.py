"""What flows into pages: paragraphs, tables, pictures and rules with their lines, not yet placed."""

from __future__ import annotations

from dataclasses import KW_ONLY  # noqa: TC003 - `dataclass` looks for it
from typing import TYPE_CHECKING

from converter.records import NamedTuple, dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from converter.model import OutlineEntry
    from converter.typeset.lines import Line
    from converter.typeset.pictures import Picture
    from converter.typeset.tags import Tag
    from converter.typeset.theme import Style

PADDING = 3.0
"""Beside the lines of a cell, and above and below them where there is no grid of lines, in points."""


class Head(NamedTuple):
    """What a heading does to the running heads: 1 names the text, 2 the section."""

    level: int
    title: str


@dataclass(slots=True)
class Item:
    """One paragraph or heading, ready to be placed; its lines may stand on two pages."""

    lines: list[Line]
    style: Style
    _: KW_ONLY
    keep: bool = False
    """Whether it stays on one page with what follows."""
    signs: bool = False
    """Whether it is a signature, or what leads to one: see `signed_on_one_page`."""
    opening: bool = False
    """Whether it opens a page, or stands right below a heading that does."""
    entry: OutlineEntry | None = None
    head: Head | None = None
    marker: Line | None = None
    """What stands beside the first line: the mark or number of a list's item."""
    place: str = ""
    """The name under which links lead here."""

    @property
    def height(self) -> float:
        """All of it, in points."""
        return self.style.before + len(self.lines) * self.style.leading + self.style.after

    @property
    def least(self) -> float:
        """What must stand on one page with the items above it."""
        few = len(self.lines) if len(self.lines) <= 3 else 2
        return self.style.before + few * self.style.leading


class TableItem(NamedTuple):
    """A table, ready to be placed; its rows may stand on different pages."""

    rows: Sequence[Sequence[list[Line]]]
    """By row and cell, the lines; those of a cell stand where they should across the type area."""
    heads: int
    """How many of the first rows are repeated on each page."""
    edges: Sequence[float]
    """The edges of the columns in points."""
    style: Style
    padding: float = PADDING
    """Above and below the lines of a cell, in points."""
    keep: bool = False

    @property
    def height(self) -> float:
        """All of it, in points."""
        return sum(self.row_height(row) for row in self.rows) + self.style.leading

    @property
    def least(self) -> float:
        """The head and one row, and a line above them."""
        return self.style.leading + sum(self.row_height(row) for row in self.rows[: self.heads + 1])

    def row_height(self, row: Sequence[list[Line]]) -> float:
        """The height of a row with its padding."""
        return max(map(len, row), default=1) * self.style.leading + 2 * self.padding


class PictureItem(NamedTuple):
    """A picture, ready to be placed."""

    picture: Picture
    x: float
    width: float
    height: float
    tag: Tag
    keep: bool = False

    @property
    def least(self) -> float:
        """All of it: pictures are not cut."""
        return self.height


class RuleItem(NamedTuple):
    """A rule across the type area."""

    width: float
    thickness: float
    colour: str = ""
    before: float = 0
    after: float = 0
    keep: bool = True

    @property
    def height(self) -> float:
        """All of it, in points."""
        return self.before + self.after

    @property
    def least(self) -> float:
        """All of it."""
        return self.height


class FootItem(NamedTuple):
    """What stands at the foot of its page."""

    items: Sequence[Item | RuleItem]
    keep: bool = False

    @property
    def height(self) -> float:
        """All of it, in points."""
        return sum(item.height for item in self.items)

    @property
    def least(self) -> float:
        """All of it: it is not parted."""
        return self.height


Placeable = Item | TableItem | PictureItem | RuleItem | FootItem


FEW = 4
"""Lines of a paragraph that are rather taken to the next page than parted from the signature below them."""


def signed_on_one_page(items: Iterable[Placeable]) -> Iterator[Placeable]:
    """The items; no signature, date or list of attachments begins a page if the paragraph above it is short: a page
    with nothing else would sign nothing (GB/T 9704-2012 7.3.5.5).
    """
    last: Placeable | None = None
    for item in items:
        if isinstance(last, Item) and isinstance(item, Item) and item.signs and len(last.lines) <= FEW:
            last.keep = True
        if last is not None:
            yield last
        last = item
    if last is not None:
        yield last
