"""Which page stands where on which sheet: arithmetic of folding, without lengths and without files.

A *folio* is a sheet folded once: four pages. Folios laid into one another and folded together are a *signature* (帖); a
book is one signature (saddle stitch, 骑马订) or several on top of one another. A sheet folded twice (4-up) is two
folios, one inside the other, joined at the head.

Sides are described as they lie on the table, the back after the sheet was turned like the page of a book.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Cell(NamedTuple):
    """A page's place on one side of a sheet."""

    page: int | None
    """Which page, counted from 0; None is a blank one."""
    column: int
    """0 is the left one."""
    row: int
    """0 is the lower one."""
    turned: bool
    """Whether it stands upside down."""
    spine_left: bool
    """On which side of the cell the spine is."""
    layer: int
    """How many folios of its signature lie around its own."""


class Sheet(NamedTuple):
    """One sheet of paper with its two sides."""

    signature: int
    """Which signature it belongs to, counted from 0."""
    outermost: bool
    """Whether it is the outermost of its signature: its fold is the signature's back."""
    front: tuple[Cell, ...]
    back: tuple[Cell, ...]


def padded(count: int, multiple: int, keep_last: int = 0) -> list[int | None]:
    """Page numbers from 0 to `count` - 1 with blanks (None) to a full multiple, before the last `keep_last` pages."""
    pages: list[int | None] = list(range(count))
    at = count - min(keep_last, count)
    pages[at:at] = [None] * (-count % multiple)
    return pages


def sheets(
    pages: Sequence[int | None], *, up: int, per_signature: int | None, right_bound: bool = False
) -> list[Sheet]:
    """The sheets of a book, the outermost of the first signature first.

    `up` is how many pages a side holds: 1 (leaves, not folded), 2 (folded once), 4 (folded twice); the number of pages
    is a multiple of 2 · `up`. `per_signature` is how many sheets are laid into one another, None for all of them; the
    last signature may be smaller. A right-bound book (vertical Chinese) has its columns exchanged.
    """
    if up == 1:
        return [
            _leaf(number, pages[at], pages[at + 1], right_bound) for number, at in enumerate(range(0, len(pages), 2))
        ]
    size = len(pages) if per_signature is None else per_signature * 2 * up
    made: list[Sheet] = []
    for signature, start in enumerate(range(0, len(pages), size)):
        folios = _folios(pages[start : start + size])
        step = up // 2
        for at in range(0, len(folios), step):
            front, back = folios[at] if up == 2 else _joined(*folios[at], *folios[at + 1])
            if right_bound:
                front, back = _mirrored(front), _mirrored(back)
            made.append(Sheet(signature, at == 0, front, back))
    return made


def _leaf(number: int, front: int | None, back: int | None, right_bound: bool) -> Sheet:
    return Sheet(
        number, True,
        (Cell(front, 0, 0, False, not right_bound, 0),),
        (Cell(back, 0, 0, False, right_bound, 0),),
    )  # fmt: skip


_Sides = tuple[tuple[Cell, ...], tuple[Cell, ...]]


def _folios(pages: Sequence[int | None]) -> list[_Sides]:
    """The folios of a signature, the outermost first: of 8 pages (8, 1 / 2, 7) and (6, 3 / 4, 5)."""
    last = len(pages) - 1
    return [
        (
            _row(pages[last - 2 * layer], pages[2 * layer], layer),
            _row(pages[2 * layer + 1], pages[last - 1 - 2 * layer], layer),
        )
        for layer in range(len(pages) // 4)
    ]


def _row(left: int | None, right: int | None, layer: int) -> tuple[Cell, ...]:
    return Cell(left, 0, 0, False, False, layer), Cell(right, 1, 0, False, True, layer)


def _joined(
    front: tuple[Cell, ...], back: tuple[Cell, ...], inner_front: tuple[Cell, ...], inner_back: tuple[Cell, ...]
) -> _Sides:
    """Two folios as one sheet: the inner one above, upside down, so that folding the head back brings it inside."""
    return front + _above(inner_back), back + _above(inner_front)


def _above(side: tuple[Cell, ...]) -> tuple[Cell, ...]:
    return tuple(c._replace(column=1 - c.column, row=1, turned=True, spine_left=not c.spine_left) for c in side)


def _mirrored(side: tuple[Cell, ...]) -> tuple[Cell, ...]:
    return tuple(c._replace(column=1 - c.column, spine_left=not c.spine_left) for c in side)
