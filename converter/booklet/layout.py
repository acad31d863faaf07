"""Where pages and marks lie on a sheet: lengths, without files.

Points from the lower left corner of a side, as PDF counts them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from converter.booklet import signatures
from converter.booklet.impose_options import Align, Binding, Flip, ImposeOptions, Mode, check, marks_of
from converter.booklet.paper import caliper, find_size
from converter.errors import UsageError
from converter.records import NamedTuple, dataclass
from converter.units import mm

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from converter.booklet.signatures import Cell, Sheet


_MARK_OFFSET, _MARK_LENGTH = mm(2), mm(4)
_GUTTERS = ((150, 0.0), (300, 3.2), (500, 6.3), (700, 9.5))
"""Inner margin in mm that a glued book needs beyond that of a thin one, up to so many pages: the steps of the table of
Kindle Direct Publishing, "Set trim size, bleed and margins" (9.6, 12.7, 15.9, 19.1, 22.3 mm)."""
_THICKEST = 12.7
_SMALLEST = 0.05
"""No page is made smaller."""


class Rect(NamedTuple):
    """A rectangle: lower left corner, width and height."""

    x: float
    y: float
    width: float
    height: float


class Placed(NamedTuple):
    """A page on a side of a sheet."""

    page: int | None
    trim: Rect
    """Where the book's page is cut."""
    clip: Rect
    """What of it may be inked."""
    turned: bool


class Stroke(NamedTuple):
    """A line to draw: hair-thin and in all colours for marks, a bar for the order of signatures."""

    x: float
    y: float
    end_x: float
    end_y: float
    width: float = 0.25
    dashed: bool = False


class Edges(NamedTuple):
    """What of a sheet is no room for pages."""

    columns: int
    rows: int
    outer: float
    head: float
    """Between page and middle of the sheet, where two pages meet head to head; `outer` where they don't."""
    spine: float

    def room(self, sheet: tuple[float, float]) -> tuple[float, float]:
        """The largest page."""
        return sheet[0] / self.columns - self.outer - self.spine, sheet[1] / self.rows - self.outer - self.head

    def scale(self, page: tuple[float, float], sheet: tuple[float, float]) -> float:
        """How much larger or smaller a page becomes to fill its room."""
        width, height = self.room(sheet)
        return min(width / page[0], height / page[1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The plan of a book: its sheets, and where things lie on them."""

    options: ImposeOptions
    sheets: tuple[Sheet, ...]
    pages: int
    """Pages of the file, without the blanks."""
    width: float
    height: float
    """Of a sheet."""
    trim: tuple[float, float]
    """Of a page of the book."""
    fixed_scale: float | None
    edges: Edges
    caliper: float
    """Of the paper."""
    marks: frozenset[str] = frozenset()
    turn_back: bool = False
    """Whether backs are printed upside down, for the printer turns sheets over the other edge."""

    @property
    def flip(self) -> Flip:
        """The edge that the printer has to turn the sheets over."""
        return Flip.LONG if (self.height >= self.width) != self.turn_back else Flip.SHORT

    @property
    def thickness(self) -> float:
        """Of the book, in points."""
        return sum(len(sheet.front) for sheet in self.sheets) * self.caliper

    @property
    def creep(self) -> float:
        """How far the innermost pages are moved, in points."""
        layers = max((cell.layer for sheet in self.sheets for cell in sheet.front), default=0)
        return layers * self.caliper if self.options.creep else 0

    def side(self, sheet: Sheet, *, back: bool) -> list[Placed]:
        """The pages on a side of a sheet, as it comes out of the printer."""
        placed = [self._placed(cell) for cell in (sheet.back if back else sheet.front)]
        return [self._turned(one) for one in placed] if back and self.turn_back else placed

    def strokes(self, sheet: Sheet, *, back: bool) -> Iterator[Stroke]:
        """The marks on that side."""
        if "crop" in self.marks:
            for placed in self.side(sheet, back=back):
                yield from _crop_marks(placed.trim, self._cell_of(placed), max(_MARK_OFFSET, mm(self.options.bleed)))
        if "fold" in self.marks and self.edges.columns == 2:
            yield from self._fold_marks()
        if "spine" in self.marks and sheet.outermost and not back and self._signatures > 1 and self.edges.columns == 2:
            yield self._spine_mark(sheet)

    @property
    def _signatures(self) -> int:
        return self.sheets[-1].signature + 1

    def _placed(self, cell: Cell) -> Placed:
        edges, (width, height) = self.edges, self.trim
        wide, high = self.width / edges.columns, self.height / edges.rows
        left, low = cell.column * wide, cell.row * high
        room_x, room_y = edges.room((self.width, self.height))
        from_spine = edges.spine + ((room_x - width) / 2 if self.options.align is Align.CENTRE else 0)
        if self.options.creep:
            from_spine -= cell.layer * self.caliper
        x = left + from_spine if cell.spine_left else left + wide - from_spine - width
        trim = Rect(x, low + (edges.head if cell.row else edges.outer) + (room_y - height) / 2, width, height)
        bleed = mm(self.options.bleed)
        begin, end = max(trim.x - bleed, left), min(trim.x + width + bleed, left + wide)
        bottom, top = max(trim.y - bleed, low), min(trim.y + height + bleed, low + high)
        return Placed(cell.page, trim, Rect(begin, bottom, end - begin, top - bottom), cell.turned)

    def _turned(self, placed: Placed) -> Placed:
        def around(rect: Rect) -> Rect:
            return rect._replace(x=self.width - rect.x - rect.width, y=self.height - rect.y - rect.height)

        return Placed(placed.page, around(placed.trim), around(placed.clip), not placed.turned)

    def _cell_of(self, placed: Placed) -> Rect:
        wide, high = self.width / self.edges.columns, self.height / self.edges.rows
        middle_x, middle_y = placed.trim.x + placed.trim.width / 2, placed.trim.y + placed.trim.height / 2
        return Rect(middle_x // wide * wide, middle_y // high * high, wide, high)

    def _fold_marks(self) -> Iterator[Stroke]:
        x, y, long = self.width / 2, self.height / 2, mm(3)
        yield Stroke(x, 0, x, long, dashed=True)
        yield Stroke(x, self.height - long, x, self.height, dashed=True)
        if self.edges.rows == 2:
            yield Stroke(0, y, long, y, dashed=True)
            yield Stroke(self.width - long, y, self.width, y, dashed=True)

    def _spine_mark(self, sheet: Sheet) -> Stroke:
        """A bar (折标) on the back of a signature: bars of signatures in order form a stair."""
        x, (_, height), placed = self.width / 2, self.trim, self._placed(sheet.front[0])
        step = min(mm(5), height * 0.8 / self._signatures)
        top = placed.trim.y + height * 0.9 - sheet.signature * step
        return Stroke(x, top, x, top - step, width=mm(2))


def _crop_marks(trim: Rect, cell: Rect, offset: float) -> Iterator[Stroke]:
    """Two strokes at each corner, outside the page and inside its part of the sheet, where there is room."""
    right, top = trim.x + trim.width, trim.y + trim.height
    for x, sign in ((trim.x, -1), (right, 1)):
        for y in (trim.y, top):
            begin, end = x + sign * offset, x + sign * (offset + _MARK_LENGTH)
            if cell.x <= min(begin, end) and max(begin, end) <= cell.x + cell.width:
                yield Stroke(begin, y, end, y)
    for y, sign in ((trim.y, -1), (top, 1)):
        for x in (trim.x, right):
            begin, end = y + sign * offset, y + sign * (offset + _MARK_LENGTH)
            if cell.y <= min(begin, end) and max(begin, end) <= cell.y + cell.height:
                yield Stroke(x, begin, x, end)


def plan(sizes: Sequence[tuple[float, float]], options: ImposeOptions, *, back_covers: int = 0) -> Layout:
    """The plan of a book for pages of these sizes, upright as they are read.

    `back_covers` pages stay last unless the options say otherwise. Raises UsageError where options do not fit together,
    or pages not on the sheet.
    """
    check(options)
    leaves = options.mode is Mode.LEAVES
    up = 1 if leaves else options.up
    per_signature = options.signature or (None if options.mode is Mode.SADDLE else 1)
    keep = back_covers if options.keep_last is None else options.keep_last
    made = signatures.sheets(
        signatures.padded(len(sizes), 2 * up, keep),
        up=up,
        per_signature=per_signature,
        right_bound=options.binding is Binding.RIGHT,
    )
    marks = marks_of(options.marks)
    if options.align is None:
        options = replace(options, align=Align.SPINE if "crop" in marks else Align.CENTRE)
    page = Counter(sizes).most_common(1)[0][0]
    gutter = _gutter(options, len(sizes))
    edges = _edges(options, marks, up, gutter)
    upright = find_size(options.sheet).points
    along = page[0] * min(up, 2) <= page[1] * (up // 4 + 1)
    ways = (upright, upright[::-1]) if along else (upright[::-1], upright)
    sheet = max(ways, key=lambda size: edges.scale(page, size))
    fits = edges.scale(page, sheet)
    if options.scale is None and "crop" in marks and fits > 1:
        options = replace(options, scale=100)  # what is trimmed need not fill the sheet
    scale = options.scale / 100 if options.scale else fits
    # A tenth of a millimetre is no reason to refuse.
    if fits < _SMALLEST or scale > fits + mm(0.1) / max(page):
        _refuse(page, scale, edges.room(sheet), options.sheet)
    return Layout(
        options=options,
        sheets=tuple(made),
        pages=len(sizes),
        width=sheet[0],
        height=sheet[1],
        trim=(page[0] * scale, page[1] * scale),
        fixed_scale=options.scale / 100 if options.scale else None,
        edges=edges,
        caliper=caliper(options.paper_weight, options.stock),
        marks=marks,
        turn_back=options.flip is not None and (options.flip is Flip.LONG) != (sheet[1] >= sheet[0]),
    )


def _edges(options: ImposeOptions, marks: frozenset[str], up: int, gutter: float) -> Edges:
    offset = max(_MARK_OFFSET, mm(options.bleed)) if "crop" in marks else 0
    outer = mm(options.margin) + (offset + _MARK_LENGTH if offset else 0)
    return Edges(min(up, 2), up // 4 + 1, outer, offset if up == 4 else outer, gutter + (outer if up == 1 else 0))


def _gutter(options: ImposeOptions, pages: int) -> float:
    if options.gutter is not None:
        return mm(options.gutter)
    if options.mode is not Mode.PERFECT:
        return 0
    return mm(next((width for most, width in _GUTTERS if pages <= most), _THICKEST))


def _refuse(page: tuple[float, float], scale: float, room: tuple[float, float], sheet: str) -> None:
    def shown(size: tuple[float, float]) -> str:
        return " × ".join(f"{max(length, 0) / mm(1):.0f}" for length in size)

    wanted = shown((page[0] * scale, page[1] * scale)) if scale > 0 else shown(page)
    raise UsageError(
        f"A page of {wanted} mm does not fit: on {sheet} it has {shown(room)} mm. "
        "Take a larger sheet, or leave the scale out.",
        f"页面（{wanted} 毫米）放不下：{sheet} 上每页只有 {shown(room)} 毫米。请换用更大的纸张，或不指定缩放。",
    )
