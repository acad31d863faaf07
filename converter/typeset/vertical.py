"""Vertical writing (竖排): lines from top to bottom, columns from right to left (clreq, "writing modes").

A vertical page is composed as a horizontal one that lies on its side: what is across the page is down it, and the page
is turned clockwise when it is drawn. Latin words so stand as they should; ideographs and Chinese marks are set upright
again, and so are one letter and two digits, which take one em together (纵中横).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from converter.regex import compiled
from converter.typeset.theme import Align
from converter.units import Em, Pt

if TYPE_CHECKING:
    from converter.typeset.theme import Page, Style, Theme

UPRIGHT = frozenset("HWOQCPFXDdEeMNI")
"""Classes of characters that stand upright; all others lie, as the words that they are part of."""
CENTRED = frozenset("：；？！")
"""Marks that have no blank half in vertical lines (clreq, "adjustment space of punctuation")."""
_LATIN = "!-~℃°’\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff"
ACROSS = compiled(f"(?<![{_LATIN}])(?:[0-9]{{2}}|[0-9A-Za-z])(?![{_LATIN}])")
"""What is set across its column: two digits, one letter or digit."""


STANDING = compiled("[“”‘’—…～]")
"""Marks that columns have in another form (GB/T 15834-2011 5.2), which not every font has for all of them."""


def turned(theme: Theme) -> Theme:
    """The theme of the page that lies on its side. Its lines are a whole number of characters long."""
    page, size = theme.page, theme.body.size
    measure = Pt(int(page.depth / size + 0.01) * size)
    aside = replace(
        page,
        width=page.height,
        height=page.width,
        inner=page.top,
        outer=Pt(page.height - page.top - measure),
        top=page.outer,
        bottom=page.inner,
        mirrored=False,
    )
    return replace(
        theme,
        page=aside,
        title=_begun(theme.title),
        headings=tuple(map(_begun, theme.headings)),
        roles=tuple((role, _begun(style)) for role, style in theme.roles),
        grid=None,
    )


def right_margin(page: Page, side: int) -> Pt:
    """Where the first column of a side stands, from the right: vertical books are bound there on odd sides."""
    return page.inner if side % 2 or not page.mirrored else page.outer


def _begun(style: Style) -> Style:
    """Vertical headings begin at the head of the column, with an indent (clreq, "styling of headings")."""
    return replace(style, align=Align.LEFT, first_indent=Em(2)) if style.align is Align.CENTER else style
