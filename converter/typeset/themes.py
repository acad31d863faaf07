"""The themes that come with the program, as tables."""

from __future__ import annotations

from dataclasses import replace

from converter.errors import UsageError
from converter.model import Role
from converter.typeset.theme import Align, Face, Folio, Page, Rules, Signing, Style, Theme
from converter.units import Em, Pt, mm, size

_RED = "#ff0000"

# fmt: off - the tables read better in columns


def _article() -> Theme:
    """A4, quiet and readable: for speeches, reports and plans that are not official documents."""
    body = Style(face=Face.SONG, size=size("小四"), leading=Pt(21), first_indent=Em(2))
    flush = replace(body, first_indent=Em(0))
    head = replace(flush, face=Face.HEI, align=Align.LEFT)
    kai = replace(flush, face=Face.KAI, align=Align.CENTER)
    right = replace(flush, align=Align.RIGHT, right_indent=Em(2))
    return Theme(
        name="article",
        # A measure of 38 characters: clreq 3.1 asks for a whole number of them.
        page=Page(width=mm(210), height=mm(297), top=mm(28), bottom=mm(26), inner=Pt(69.63), outer=Pt(69.63)),
        body=body,
        title=replace(head, size=size("二号"), leading=Pt(33), align=Align.CENTER, after=Pt(18)),
        headings=(
            replace(head, size=size("三号"), leading=Pt(26), before=Pt(14), after=Pt(7)),
            replace(head, size=size("四号"), leading=Pt(23), before=Pt(8), after=Pt(4)),
            replace(head, before=Pt(4), after=Pt(2)),
            replace(head, face=Face.KAI),
        ),
        roles=(
            (Role.LETTERHEAD, replace(kai, face=Face.XIAOBIAOSONG, size=size("小二"), leading=Pt(30))),
            (Role.DOCUMENT_NUMBER, replace(kai, after=Pt(10))),
            (Role.SUBTITLE, replace(kai, size=size("小三"), leading=Pt(24), after=Pt(12))),
            (Role.BYLINE, replace(kai, after=Pt(10))),
            (Role.SALUTATION, flush),
            (Role.SIGNATURE, replace(right, before=Pt(10))),
            (Role.DATE, right),
            (Role.CREDIT, replace(right, face=Face.KAI, right_indent=Em(0))),
        ),
        toc=flush,
        note=replace(flush, size=size("小五"), leading=Pt(13.5)),
        folio=Folio.CENTER,
        folio_style=Style(face=Face.SONG, size=size("小五"), leading=Pt(12), align=Align.CENTER),
        folio_drop=mm(12),
    )


def _official() -> Theme:
    """Party and government documents, GB/T 9704-2012: 28 characters by 22 lines of 三号仿宋 in 156 × 225 mm."""
    # 三号 as printers have it, 15.75 pt: 28 of Word's 16 pt do not fit into 156 mm.
    body = Style(face=Face.FANGSONG, size=Pt(15.75), leading=Pt(mm(225) / 22), first_indent=Em(2))
    line = body.leading
    flush = replace(body, first_indent=Em(0))
    centred = replace(flush, align=Align.CENTER)
    # 7.3.5.1: the date four characters in from the right, the name above it
    right = replace(flush, align=Align.RIGHT, right_indent=Em(4))
    return Theme(
        name="official",
        page=Page(width=mm(210), height=mm(297), top=mm(37), bottom=mm(35), inner=mm(28), outer=mm(26), mirrored=True),
        body=body,
        # 7.3.1: 2号小标宋, centred
        title=replace(centred, face=Face.XIAOBIAOSONG, size=size("二号"), leading=Pt(line * 1.2), after=line),
        # 7.3.3: 黑体, 楷体, 仿宋, 仿宋, all 三号 and indented like the paragraphs
        headings=(replace(body, face=Face.HEI), replace(body, face=Face.KAI), body, body),
        roles=(
            # 7.2.4: red 小标宋, narrower than the type area
            (
                Role.LETTERHEAD,
                replace(centred, face=Face.XIAOBIAOSONG, size=size("小初"), leading=Pt(line * 2), colour=_RED),
            ),
            (Role.DOCUMENT_NUMBER, replace(centred, after=line)),
            (Role.SUBTITLE, replace(centred, face=Face.KAI, after=line)),
            (Role.BYLINE, replace(centred, face=Face.KAI, after=line)),
            (Role.SALUTATION, flush),  # 7.3.2: flush left
            (Role.SIGNATURE, replace(right, before=line)),
            (Role.DATE, right),
            (Role.CREDIT, replace(right, face=Face.KAI, right_indent=Em(0))),
            (Role.IMPRINT, replace(flush, size=size("四号"), leading=Pt(line * 0.8))),  # 7.4.2
        ),
        toc=flush,
        note=replace(flush, size=size("小四"), leading=Pt(18)),
        folio=Folio.OFFICIAL,
        folio_style=Style(face=Face.SONG, size=size("四号"), leading=size("四号")),
        folio_drop=Pt(
            mm(7) + 0.4 * size("四号")
        ),  # 7.5: the dash, 0.4 em above the baseline, is 7 mm below the type area
        grid=(28, 22),
        contents=False,  # the standard knows none
        heading_by_number=True,
        signing=Signing.SEALED,
        rules=Rules(
            head_top=mm(35),
            head=Pt(1.5),
            head_gap=mm(4),
            head_colour=_RED,  # 7.2.4, 7.2.7
            outer=mm(0.35),
            inner=mm(0.25),  # 7.4.1
        ),
    )


def _book() -> Theme:
    """A5 (32开) with chapter openings and running heads, for reading and for compiled booklets."""
    body = Style(face=Face.SONG, size=size("五号"), leading=Pt(18), first_indent=Em(2))
    flush = replace(body, first_indent=Em(0))
    head = replace(flush, face=Face.HEI, align=Align.LEFT)
    title = replace(flush, face=Face.XIAOBIAOSONG, align=Align.CENTER)
    kai = replace(flush, face=Face.KAI, align=Align.CENTER)
    right = replace(flush, align=Align.RIGHT, right_indent=Em(2))
    return Theme(
        name="book",
        # A measure of 29 characters of 10.5 pt.
        page=Page(
            width=mm(148),
            height=mm(210),
            top=mm(24),
            bottom=mm(20),
            inner=Pt(61.5),
            outer=Pt(53.5),
            mirrored=True,
        ),
        body=body,
        # All but the lines of the body, each with what is above and below it, takes a whole number of these.
        line_grid=True,
        title=replace(title, size=size("小二"), leading=Pt(27), before=Pt(36), after=Pt(27)),
        headings=(
            replace(head, size=size("四号"), leading=Pt(22), align=Align.CENTER, before=Pt(18), after=Pt(14)),
            replace(head, size=size("小四"), leading=Pt(18), before=Pt(12), after=Pt(6)),
            replace(head, before=Pt(18)),
            replace(head, face=Face.KAI),
        ),
        roles=(
            (Role.LETTERHEAD, replace(title, size=size("四号"), leading=Pt(22), after=Pt(14))),
            (Role.DOCUMENT_NUMBER, replace(kai, after=Pt(18))),
            (Role.SUBTITLE, replace(kai, size=size("小四"), leading=Pt(20), after=Pt(16))),
            (Role.BYLINE, replace(kai, after=Pt(18))),
            (Role.SALUTATION, flush),
            (Role.SIGNATURE, replace(right, before=Pt(18))),
            (Role.DATE, right),
            (Role.CREDIT, replace(right, face=Face.KAI, right_indent=Em(0))),
        ),
        toc=flush,
        note=replace(flush, size=size("小五"), leading=Pt(13)),
        folio=Folio.OUTSIDE,
        folio_style=Style(face=Face.SONG, size=size("小五"), leading=Pt(11)),
        folio_drop=mm(10),
        running_head=Style(face=Face.KAI, size=size("小五"), leading=Pt(11)),
        part_on_new_page=True,
    )


# fmt: on


THEMES = {theme.name: theme for theme in (_article(), _official(), _book())}


def find_theme(name: str | Theme) -> Theme:
    """The theme of this name; a Theme is given back as it is. Raises UsageError, with the nearest name, for another."""
    if isinstance(name, Theme):
        return name
    if name not in THEMES:
        raise UsageError.unknown("theme", "版式", name, THEMES)
    return THEMES[name]
