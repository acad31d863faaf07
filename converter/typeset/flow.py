"""The flow of items, paragraphs, tables and pictures, into the type areas (版心) of pages.

No page begins with the last line of a paragraph or ends with the first one, unless the paragraph has only that line
(clreq, 孤行); no page ends with a heading; a table that goes on has its head again; notes stand at the foot of the page
that calls them.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, assert_never

from converter.records import NamedTuple
from converter.typeset.composed import ASCENT, ComposedPage, Landmark, PlacedLine, PlacedPicture, PlacedRule
from converter.typeset.footnotes import GAP, Foot, height_of
from converter.typeset.items import FootItem, Item, PictureItem, RuleItem, TableItem
from converter.typeset.spreads import Spreads

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from converter.typeset.footnotes import NoteLine
    from converter.typeset.items import Placeable
    from converter.typeset.lines import Line
    from converter.typeset.theme import Style, Theme


class _Place(NamedTuple):
    """Where among the items a page begins."""

    group: int
    item: int
    done: int | None
    """Lines of the item that stand on the pages before; None if it has not been begun."""


_AMIDST = _Place(-1, -1, None)
"""Within something that is not begun again in the middle."""


class _Start(NamedTuple):
    """How things stood when a left-hand page began."""

    at: _Place
    pages: int
    foot: Foot


class _Again(Exception):  # noqa: N818 - no error
    """Two facing pages have to be filled anew."""


def _together(items: Iterable[Placeable]) -> Iterator[list[Placeable]]:
    """The items in groups that stand on one page. With a heading stand two lines of its text: two paragraphs, if
    the first one has a line only.
    """
    group: list[Placeable] = []
    waits = False
    for item in items:
        if waits and item.keep:
            yield group
            group = []
        group.append(item)
        if item.keep:
            waits = False
        elif not waits and len(group) > 1 and isinstance(item, Item) and len(item.lines) == 1:
            waits = True
        else:
            yield group
            group, waits = [], False
    if group:
        yield group


class Flow:
    """Puts items on pages, one after the other."""

    def __init__(self, theme: Theme, title: str, notes: Mapping[str, Sequence[NoteLine]] | None = None) -> None:
        self.depth = theme.page.depth + 0.01
        self.measure = theme.page.measure
        self.pitch = theme.body.leading if theme.line_grid else 0.0
        """Of what multiples each item takes up, in points; 0 for no matter."""
        self.foot = Foot(notes or {}, theme.page.depth)
        self.pages = [ComposedPage(1, text_title=title)]
        self.right_hand = False
        """Whether what opens a page opens a right-hand one (另页右起)."""
        self.y = 0.0
        self.headings_only = True
        """Whether the page has nothing but headings so far."""
        self.empty = True
        """Whether the page has nothing at all so far."""
        self.spreads = Spreads(self.pitch if theme.page.mirrored else 0.0)
        self._place_of = _Place(0, 0, None)
        self._start: _Start | None = None

    def begin(self, number: int) -> None:
        """Begin on the page of this number; the one before it, with nothing on it, stays the first of `pages`."""
        self.pages[0].number = number - 1
        self._begin()

    def run(self, items: Iterable[Placeable]) -> list[ComposedPage]:
        """The pages with all items on them."""
        groups, at = list(_together(items)), _Place(0, 0, None)
        while at.group < len(groups):
            try:
                self._place_together(groups[at.group], at)
                at = _Place(at.group + 1, 0, None)
            except _Again:
                at = self._back()
        self._close()
        while self.foot.here:
            self._begin()
            self._close()
        return self.pages

    @property
    def room(self) -> float:
        """Down to where the page may be filled: the notes that it has so far stand below."""
        return self.depth - self.foot.height - self.spreads.early(self.pages[-1].number)

    def _place_together(self, group: list[Placeable], at: _Place) -> None:
        """Place items that stay together, from `at` on: all but the last, and of the last at least two lines."""
        self._place_of = at
        first, begun = group[0], bool(at.item) or at.done is not None
        if len(group) > 1 and not begun and not self.empty:
            need = sum(self._whole(item.height) for item in group[:-1]) + group[-1].least
            if self.y + need > self.room and need <= self.depth:
                self._turn(ends=isinstance(first, Item) and first.opening)
        if not begun and isinstance(first, Item) and first.entry and first.keep:
            self.spreads.heading(self.pages[-1].number, self.y)
        for number, item in enumerate(group[at.item :], at.item):
            done = at.done if number == at.item else None
            self._place_of = _Place(at.group, number, done)
            match item:
                case Item():
                    self._place(item, done)
                case TableItem():
                    self._place_table(item)
                case PictureItem():
                    self._place_picture(item)
                case RuleItem():
                    self._place_rule(item)
                case FootItem():
                    self._place_at_foot(item)
                case _:
                    assert_never(item)
            self.y = self._whole(self.y)

    def _whole(self, length: float) -> float:
        """As many whole lines as something so long takes, where there is a grid of lines."""
        return ceil(length / self.pitch - 0.001) * self.pitch if self.pitch else length

    def _back(self) -> _Place:
        """Empty the pages of the spread that is to be filled anew; gives back where it begins."""
        if self._start is None:
            raise RuntimeError
        at, count, foot = self._start
        del self.pages[count:]
        self.foot = foot.copy()
        self._new_page()
        self.spreads.headings.clear()
        return at

    def _place_rule(self, item: RuleItem) -> None:
        y = self.y + item.before
        self.pages[-1].rules.append(PlacedRule(0, y, item.width, y, item.thickness, item.colour))
        self.y = y + item.after

    def _place_at_foot(self, foot: FootItem) -> None:
        if self.y + foot.height > self.room and not self.empty:
            self._turn()
        self._place_of = _AMIDST
        self.y = max(self.y, self.room - foot.height)
        for item in foot.items:
            if isinstance(item, Item):
                self._place(item)
            else:
                self._place_rule(item)

    def _place_picture(self, item: PictureItem) -> None:
        if self.y + item.height > self.room and not self.empty:
            self._turn()
        top = self.y + (self._whole(item.height) - item.height) / 2
        self.pages[-1].pictures.append(PlacedPicture(item.picture, item.x, top, item.width, item.height, item.tag))
        self.y += item.height
        self.empty = self.headings_only = False

    def _place_table(self, table: TableItem) -> None:
        """Row by row, half a line below the text above, a whole one on a grid of lines; where it goes on, a page begins
        with its head.
        """
        if self.y > 0:
            self.y += self.pitch or table.style.leading / 2
        for number, row in enumerate(table.rows):
            if number:
                self._place_of = _AMIDST
            if self.y + table.row_height(row) > self._room_with(row) and not self.empty:
                self._turn()
                if number >= table.heads:
                    for head in table.rows[: table.heads]:
                        self._place_row([[line.untagged() for line in cell] for cell in head], table)
            self._place_row(row, table)
        self.y += table.style.leading / 2

    def _room_with(self, row: Sequence[list[Line]]) -> float:
        """Down to where the page may be filled if this row stands on it, whose notes then stand below."""
        return self.room - self.foot.needed(line for cell in row for line in cell)

    def _place_row(self, row: Sequence[list[Line]], table: TableItem) -> None:
        """One row; what is higher than the page goes on on the next one."""
        lines, leading = max(map(len, row), default=1) or 1, table.style.leading
        done = 0
        while done < lines:
            fits = max(1, int((self._room_with(row) - self.y - 2 * table.padding) / leading))
            take = min(fits, lines - done)
            page, top = self.pages[-1], self.y
            for cell in row:
                self.y = top + table.padding
                self._put(cell[done : done + take], table.style)
            self.y = bottom = top + take * leading + 2 * table.padding
            across = [PlacedRule(table.edges[0], y, table.edges[len(row)], y) for y in (top, bottom)]
            page.rules += (*across, *(PlacedRule(x, top, x, bottom) for x in table.edges[: len(row) + 1]))
            self.empty = self.headings_only = False
            done += take
            if done < lines:
                self._place_of = _AMIDST
                self._turn()

    def _place(self, item: Item, done: int | None = None) -> None:
        """An item, or what is left of one when so many of its lines stand on the pages before."""
        if done is None:
            self._open(item)
        else:
            self.headings_only &= item.keep
        done = done or 0
        while done < len(item.lines):
            take = self._fitting(item, done)
            if take and not done:
                self._mark(item)
            self._put(item.lines[done : done + take], item.style)
            done += take
            if done < len(item.lines):
                if self._place_of is not _AMIDST:
                    self._place_of = self._place_of._replace(done=done)
                self._turn()
                self.headings_only &= item.keep
        if not item.lines:
            self._mark(item)
        self.y += item.style.after

    def _open(self, item: Item) -> None:
        """What comes before the lines of an item."""
        if item.opening:
            if not self.empty and not self.headings_only:
                self._turn(ends=True)
            while self.right_hand and self.empty and not self.pages[-1].right_hand:
                self._turn()
            self.pages[-1].opening = True
        self.headings_only &= item.keep
        if self.y > 0 or item.opening:
            self.y += item.style.before

    def _fitting(self, item: Item, done: int) -> int:
        """How many of the item's lines go on this page."""
        left = len(item.lines) - done
        room = self.depth - self.spreads.early(self.pages[-1].number) - self.y
        fits = self.foot.fitting(item.lines[done:], item.style.leading, room)
        if fits >= left:
            return left
        take = fits
        if left - take == 1:
            take -= 1
        if done == 0 and take < 2:
            take = 0
        # A page that is still empty takes what it can.
        return take if take > 0 or not self.empty else max(1, fits)

    def _put(self, lines: list[Line], style: Style) -> None:
        placed, size, leading = self.pages[-1].lines, style.size, style.leading
        baseline = self.y + (leading - size) / 2 + ASCENT * size
        for line in lines:
            if line.pieces:
                placed.append(PlacedLine(line, baseline, size, style.colour))
            baseline += leading
        self.foot.call(lines)
        self.y += len(lines) * leading
        self.empty = self.empty and not lines

    def _mark(self, item: Item) -> None:
        page = self.pages[-1]
        if item.marker:
            size = item.style.size
            baseline = self.y + (item.style.leading - size) / 2 + ASCENT * size
            page.lines.append(PlacedLine(item.marker, baseline, size, item.style.colour))
        if item.place:
            page.places.append((item.place, self.y))
        if item.entry:
            page.landmarks.append(Landmark(item.entry, self.y))
        if item.head:
            page.section_title = item.head.title if item.head.level == 2 else ""
            if item.head.level == 1:
                page.text_title = item.head.title

    def _turn(self, *, ends: bool = False) -> None:
        """Begin a new page; `ends` says whether the old one is as short as its text is."""
        self._close(ends=ends)
        self._begin()

    def _begin(self) -> None:
        """Begin a new page; a left-hand one only when the two before it are settled. Raises _Again if they are not."""
        last = self.pages[-1].number
        if self.spreads.pitch and last % 2:
            if self._start and self.spreads.uneven(last - 1):
                raise _Again
            self.spreads.lower(self.pages[-2:])
            amidst = self._place_of is _AMIDST
            self._start = None if amidst else _Start(self._place_of, len(self.pages), self.foot.copy())
        self._new_page()

    def _new_page(self) -> None:
        last = self.pages[-1]
        self.pages.append(ComposedPage(last.number + 1, text_title=last.text_title, section_title=last.section_title))
        self.y = 0.0
        self.headings_only = self.empty = True

    def _close(self, *, ends: bool = True) -> None:
        """Set the notes at the foot of the page."""
        shown = self.foot.turn(self.depth - self.y)
        number = self.pages[-1].number
        self.spreads.depths.pop(number, None)
        if not ends:
            self.spreads.depths[number] = self.depth if shown else self.y
        if not shown:
            return
        page, y = self.pages[-1], self.depth - height_of(shown)
        page.rules.append(PlacedRule(0, y + GAP / 2, self.measure / 4, y + GAP / 2))
        y += GAP
        for note in shown:
            if note.name:
                page.places.append((note.name, y))
            baseline = y + (note.style.leading - note.style.size) / 2 + ASCENT * note.style.size
            page.lines += (PlacedLine(line, baseline, note.style.size) for line in note.lines)
            y += note.style.leading
