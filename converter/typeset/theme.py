"""Themes: how a document looks, as one typed value that every writer reads."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from converter.errors import UsageError
from converter.model import Heading, HeadingKind, Role
from converter.units import Em, Pt, mm, size


class Face(Enum):
    """The faces of Chinese type by their role; which font file serves one is the business of `typeset.fonts`."""

    SONG = "song"
    """宋体: body text of books."""
    XIAOBIAOSONG = "xiaobiaosong"
    """小标宋: titles of official documents; a bold Song."""
    HEI = "hei"
    """黑体: headings."""
    KAI = "kai"
    """楷体: second-level headings, bylines, quotations."""
    FANGSONG = "fangsong"
    """仿宋: body text of official documents."""


class Align(Enum):
    """How the lines of a paragraph stand in the measure."""

    JUSTIFY = "justify"
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """The look of a kind of paragraph."""

    face: Face
    size: Pt
    leading: Pt
    """Distance from baseline to baseline."""
    align: Align = Align.JUSTIFY
    first_indent: Em = Em(0)
    """Indent of the first line, in ems of this style."""
    right_indent: Em = Em(0)
    before: Pt = Pt(0)
    after: Pt = Pt(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Paper and margins, for a right-hand page; `inner` is the binding edge."""

    width: Pt
    height: Pt
    top: Pt
    bottom: Pt
    inner: Pt
    outer: Pt
    mirrored: bool = False
    """Whether inner and outer margin change sides on left-hand pages."""

    @property
    def measure(self) -> Pt:
        """The width of the type area (版心)."""
        return Pt(self.width - self.inner - self.outer)

    @property
    def depth(self) -> Pt:
        """The height of the type area."""
        return Pt(self.height - self.top - self.bottom)


class Folio(Enum):
    """The form of the page number."""

    CENTER = "center"
    """5, in the middle of the foot."""
    OUTSIDE = "outside"
    """5, at the outer edge of the foot."""
    OFFICIAL = "official"
    """— 5 —, outside, one character in (GB/T 9704-2012 7.5)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """How a document looks."""

    name: str
    page: Page
    body: Style
    title: Style
    headings: tuple[Style, ...]
    """By level, the first for level 1; the last serves all deeper ones."""
    roles: tuple[tuple[Role, Style], ...]
    """Paragraphs that do not look like the body."""
    toc: Style
    folio: Folio
    folio_style: Style
    folio_drop: Pt
    """From the lower edge of the type area to the folio's baseline."""
    running_head: Style | None = None
    grid: tuple[int, int] | None = None
    """Characters a line and lines a page, where the theme fixes them."""
    heading_by_number: bool = False
    """Whether a heading's form of number decides its look (一、 （一） 1. （1）), as GB/T 9704 has it, or its depth."""
    part_on_new_page: bool = False
    """Whether 第一篇 and 第一章 open a new page; the texts of a volume always do."""

    def style(self, role: Role) -> Style:
        """The style of a paragraph with this role."""
        return dict(self.roles).get(role, self.body)

    def heading_level(self, heading: Heading, depth: int) -> int:
        """Which of the heading styles a heading at this depth takes, counted from 1."""
        if self.heading_by_number and heading.kind in _OFFICIAL_LEVELS:
            return _OFFICIAL_LEVELS[heading.kind]
        return min(depth, len(self.headings))

    def heading(self, heading: Heading, depth: int) -> Style:
        """The style of a heading at this depth, 1 being the outermost."""
        return self.title if heading.kind is HeadingKind.TEXT else self.headings[self.heading_level(heading, depth) - 1]


# GB/T 9704-2012 7.3.3
_OFFICIAL_LEVELS = {
    HeadingKind.COUNT: 1,
    HeadingKind.PAREN_COUNT: 2,
    HeadingKind.DECIMAL: 3,
    HeadingKind.PAREN_DECIMAL: 4,
}


def _article() -> Theme:
    """A4, quiet and readable: for speeches, reports and plans that are not official documents."""
    body = Style(face=Face.SONG, size=size("小四"), leading=Pt(21), first_indent=Em(2))
    head = replace(body, face=Face.HEI, align=Align.LEFT, first_indent=Em(0))
    return Theme(
        name="article",
        # A measure of 38 characters: clreq 3.1 asks for a whole number of them.
        page=Page(width=mm(210), height=mm(297), top=mm(28), bottom=mm(26), inner=Pt(69.64), outer=Pt(69.64)),
        body=body,
        title=replace(head, size=size("二号"), leading=Pt(33), align=Align.CENTER, after=Pt(18)),
        headings=(
            replace(head, size=size("三号"), leading=Pt(26), before=Pt(14), after=Pt(7)),
            replace(head, size=size("四号"), leading=Pt(23), before=Pt(8), after=Pt(4)),
            replace(head, leading=Pt(21), before=Pt(4), after=Pt(2)),
            replace(head, face=Face.KAI),
        ),
        roles=(
            (
                Role.SUBTITLE,
                replace(head, face=Face.KAI, size=size("小三"), leading=Pt(24), align=Align.CENTER, after=Pt(12)),
            ),
            (Role.BYLINE, replace(head, face=Face.KAI, align=Align.CENTER, after=Pt(10))),
            (Role.SALUTATION, replace(body, first_indent=Em(0))),
            (Role.SIGNATURE, replace(body, align=Align.RIGHT, first_indent=Em(0), right_indent=Em(2), before=Pt(10))),
            (Role.DATE, replace(body, align=Align.RIGHT, first_indent=Em(0), right_indent=Em(2))),
        ),
        toc=replace(body, first_indent=Em(0)),
        folio=Folio.CENTER,
        folio_style=Style(face=Face.SONG, size=size("小五"), leading=Pt(12), align=Align.CENTER),
        folio_drop=mm(12),
    )


def _official() -> Theme:
    """Party and government documents, GB/T 9704-2012: 28 characters by 22 lines of 三号仿宋 in 156 × 225 mm."""
    # 三号 as printers have it, 15.75 pt: 28 of Word's 16 pt do not fit into 156 mm.
    body = Style(face=Face.FANGSONG, size=Pt(15.75), leading=Pt(mm(225) / 22), first_indent=Em(2))
    return Theme(
        name="official",
        page=Page(width=mm(210), height=mm(297), top=mm(37), bottom=mm(35), inner=mm(28), outer=mm(26), mirrored=True),
        body=body,
        # 7.3.1: 2号小标宋, centred
        title=replace(
            body, face=Face.XIAOBIAOSONG, size=size("二号"), leading=Pt(body.leading * 1.2), align=Align.CENTER,
            first_indent=Em(0), after=body.leading,
        ),
        # 7.3.3: 黑体, 楷体, 仿宋, 仿宋, all 三号 and indented like the paragraphs
        headings=(replace(body, face=Face.HEI), replace(body, face=Face.KAI), body, body),
        roles=(
            (Role.SUBTITLE, replace(body, face=Face.KAI, align=Align.CENTER, first_indent=Em(0), after=body.leading)),
            (Role.BYLINE, replace(body, face=Face.KAI, align=Align.CENTER, first_indent=Em(0), after=body.leading)),
            (Role.SALUTATION, replace(body, first_indent=Em(0))),  # 7.3.2: flush left
            # 7.3.5.1: the date four characters in from the right, the name above it
            (Role.SIGNATURE, replace(body, align=Align.RIGHT, first_indent=Em(0), right_indent=Em(4), before=body.leading)),
            (Role.DATE, replace(body, align=Align.RIGHT, first_indent=Em(0), right_indent=Em(4))),
        ),
        toc=replace(body, first_indent=Em(0)),
        folio=Folio.OFFICIAL,
        folio_style=Style(face=Face.SONG, size=size("四号"), leading=size("四号")),
        folio_drop=mm(7),  # 7.5
        grid=(28, 22),
        heading_by_number=True,
    )  # fmt: skip


def _book() -> Theme:
    """A5 (32开) with chapter openings and running heads, for reading and for compiled booklets."""
    body = Style(face=Face.SONG, size=size("五号"), leading=Pt(18), first_indent=Em(2))
    head = replace(body, face=Face.HEI, align=Align.LEFT, first_indent=Em(0))
    return Theme(
        name="book",
        # A measure of 29 characters of 10.5 pt.
        page=Page(
            width=mm(148), height=mm(210), top=mm(24), bottom=mm(20), inner=Pt(61.5), outer=Pt(53.5), mirrored=True,
        ),
        body=body,
        title=replace(head, face=Face.XIAOBIAOSONG, size=size("小二"), leading=Pt(27), align=Align.CENTER, before=Pt(27), after=Pt(27)),
        headings=(
            replace(head, size=size("四号"), leading=Pt(22), align=Align.CENTER, before=Pt(14), after=Pt(9)),
            replace(head, size=size("小四"), leading=Pt(18), before=Pt(9), after=Pt(4.5)),
            replace(head, before=Pt(4.5), after=Pt(2)),
            replace(head, face=Face.KAI),
        ),
        roles=(
            (Role.SUBTITLE, replace(head, face=Face.KAI, size=size("小四"), leading=Pt(20), align=Align.CENTER, after=Pt(12))),
            (Role.BYLINE, replace(head, face=Face.KAI, align=Align.CENTER, after=Pt(9))),
            (Role.SALUTATION, replace(body, first_indent=Em(0))),
            (Role.SIGNATURE, replace(body, align=Align.RIGHT, first_indent=Em(0), right_indent=Em(2), before=Pt(9))),
            (Role.DATE, replace(body, align=Align.RIGHT, first_indent=Em(0), right_indent=Em(2))),
        ),
        toc=replace(body, first_indent=Em(0)),
        folio=Folio.OUTSIDE,
        folio_style=Style(face=Face.SONG, size=size("小五"), leading=Pt(11)),
        folio_drop=mm(10),
        running_head=Style(face=Face.KAI, size=size("小五"), leading=Pt(11)),
        part_on_new_page=True,
    )  # fmt: skip


THEMES = {theme.name: theme for theme in (_article(), _official(), _book())}


def find_theme(name: str | Theme) -> Theme:
    """The theme of this name; a Theme is given back as it is. Raises UsageError, with the nearest name, for another."""
    if isinstance(name, Theme):
        return name
    if name not in THEMES:
        raise UsageError.unknown("theme", "版式", name, THEMES)
    return THEMES[name]
