"""Paper, folded in the mind: what a reader finds who prints sheets, folds, gathers and opens them.

Knows nothing of how the sheets were planned. A side is read as what is printed at which place, upright or not; turning
the sheet, folding and reading are done with the paper.
"""

import io
import re
from typing import NamedTuple

import pikepdf

BLANK = None


class Print(NamedTuple):
    """What is printed on one face of one leaf."""

    page: int | None
    upright: bool


class Shown(NamedTuple):
    """A page as a side's content stream draws it: its name, and its area on the sheet."""

    page: int
    left: float
    bottom: float
    right: float
    top: float
    upright: bool
    scale: float
    clip: tuple


def shown(page):
    """The pages that a side draws, read from its operators; the form's own box gives its area."""
    found, stack, matrix, clip = [], [], pikepdf.Matrix(), None
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "q":
                stack.append((matrix, clip))
            case "Q":
                matrix, clip = stack.pop()
            case "re":
                clip = tuple(map(float, operands))
            case "cm":
                matrix = pikepdf.Matrix(*map(float, operands)) @ matrix
            case "Do" if re.fullmatch(r"/P\d+", str(operands[0])):
                form = page.Resources.XObject[operands[0]]
                x0, y0, x1, y1 = map(float, form.BBox)
                corners = [matrix.transform((x, y)) for x in (x0, x1) for y in (y0, y1)]
                (number,) = re.findall(rb"page (\d+)\.", form.read_bytes())
                xs, ys = zip(*corners, strict=True)
                up = matrix.transform((0, 1))[1] - matrix.transform((0, 0))[1]
                found.append(Shown(int(number), min(xs), min(ys), max(xs), max(ys), up > 0, abs(up), clip))
    return found


def sides(data):
    """Every side of the file: (width, height, pages shown)."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [(float(p.mediabox[2]), float(p.mediabox[3]), shown(p)) for p in pdf.pages]


def grid(side, columns, rows):
    """What is printed in each cell; row 0 is the upper one, as one looks at it."""
    width, height, pages = side
    cells = [[Print(BLANK, True) for _ in range(columns)] for _ in range(rows)]
    for page in pages:
        column = int((page.left + page.right) / 2 / width * columns)
        row = rows - 1 - int((page.bottom + page.top) / 2 / height * rows)
        assert cells[row][column].page is BLANK, "two pages in one place"
        cells[row][column] = Print(page.page, page.upright)
    return cells


def sheet(front, back, columns, rows, flip):
    """A sheet as it comes out of the printer: rows of columns of leaves (face above, face below).

    What lies below is seen through the paper: over a vertical axis left and right change, over a horizontal one top and
    bottom. Faces below are described as they look when the sheet is then turned like a page, over its vertical axis.
    """
    width, height, _ = front
    vertical = (flip == "long") == (height >= width)
    above, below = grid(front, columns, rows), grid(back, columns, rows)
    made = []
    for r in range(rows):
        row = []
        for c in range(columns):
            if vertical:
                under = below[r][columns - 1 - c]
            else:  # turned over the horizontal axis: upside down for who turns it like a page
                face = below[rows - 1 - r][c]
                under = Print(face.page, not face.upright)
            row.append([(above[r][c], under)])
        made.append(row)
    return made


def turned_over(leaf):
    """A leaf turned like a page: what lay below lies above, as upright as it was described."""
    above, below = leaf
    return below, above


def head_folded(paper):
    """The upper row folded back under the lower one: its leaves come upside down and with the other face up."""
    upper, lower = paper
    row = []
    for over, under in zip(upper, lower, strict=True):
        hidden = [
            # Over a horizontal axis: the other face is above now, and what was upside down stands upright.
            (Print(below.page, not below.upright), Print(above.page, not above.upright))
            for above, below in reversed(over)
        ]
        row.append(under + hidden)
    return [row]


def spine_folded(piles, right_bound):
    """Piles of one row, laid on one another and folded back at the middle; gives the leaves from the first on.

    The title lies above: in the right half of a left-bound book. The other half is folded under it.
    """
    first, other = (0, 1) if right_bound else (1, 0)
    above = [leaf for pile in piles for leaf in pile[0][first]]
    folded = [turned_over(leaf) for pile in piles for leaf in pile[0][other]]
    return above + folded[::-1]


def read(leaves):
    """The pages in the order in which a reader turns them."""
    return [face for leaf in leaves for face in leaf]


def book(data, *, columns, rows, flip, signatures, right_bound=False):
    """The pages that a reader finds, and whether each stands upright, where sheets are gathered in `signatures`: how
    many sheets lie in one another each time, outermost first.
    """
    found = sides(data)
    papers = [sheet(found[n], found[n + 1], columns, rows, flip) for n in range(0, len(found), 2)]
    return gathered(papers, columns, rows, signatures, right_bound)


def gathered(papers, columns, rows, signatures, right_bound=False):
    """The pages of sheets that are folded and gathered."""
    pages, at = [], 0
    assert sum(signatures) == len(papers)
    for count in signatures:
        piles = [head_folded(paper) if rows == 2 else paper for paper in papers[at : at + count]]
        at += count
        pages += read(spine_folded(piles, right_bound) if columns == 2 else piles[0][0][0])
    return pages
