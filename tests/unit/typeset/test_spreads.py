"""Facing pages of equal depth."""

from dataclasses import replace

import pytest

from converter.model import Document, Heading, HeadingKind, Note, NoteRef, Paragraph, Section, Table, text
from converter.typeset.pages import Typesetter
from converter.typeset.themes import THEMES

BOOK = THEMES["book"]
LOOSE = replace(BOOK, page=replace(BOOK.page, mirrored=False))
"""The same with pages that need not be equal."""


def uneven(pages):
    """The left ones of facing pages of which one is deeper, without the last two."""
    depths = {page.number: max(round(line.baseline) for line in page.lines) for page in pages}
    return [n for n in range(2, len(pages) - 2, 2) if depths[n] != depths[n + 1]]


def words(pages):
    return "".join(placed.line.text for page in pages for placed in page.lines)


def document(*between):
    lengths = [20 + n * 37 % 160 for n in range(260)]
    blocks = [Paragraph(inlines=text("字" * length)) for length in lengths]
    for number, block in enumerate(between):
        blocks.insert(number * 40 + 20, block)
    return Document(front=tuple(blocks))


def test_both_end_early_where_one_has_to():
    plain, equal = (Typesetter(theme).pages(document(), title=True) for theme in (LOOSE, BOOK))
    assert len(uneven(plain)) > 10
    assert len(uneven(equal)) <= 2  # where no way to end a line or two early makes them equal
    assert words(equal) == words(plain)
    assert len(equal) - len(plain) <= 1
    assert all(line.baseline < BOOK.page.depth for page in equal for line in page.lines)


@pytest.mark.parametrize(
    "block",
    [
        Table(rows=tuple((text(f"行{n}"), text("内容")) for n in range(60))),
        Paragraph(inlines=(*text("字" * 30), NoteRef(number=1))),
        Paragraph(inlines=text("长" * 3000)),
    ],
    ids=["table", "note", "long paragraph"],
)
def test_nothing_is_lost_or_doubled_where_pages_are_filled_anew(block):
    made = document(block, block)
    made = replace(made, notes=(Note(blocks=(Paragraph(inlines=text("注" * 90)),)),))
    plain, equal = (Typesetter(theme).pages(made, title=True) for theme in (LOOSE, BOOK))
    count = [sum(len(page.rules) + len(page.places) for page in pages) for pages in (plain, equal)]
    assert sorted(words(equal)) == sorted(words(plain))
    assert abs(count[0] - count[1]) <= 12  # a table on two pages more has a frame more
    assert len(uneven(equal)) < max(1, len(uneven(plain)))


def test_headings_stand_once():
    sections = tuple(
        Section(heading=Heading(inlines=text(f"第{n}节")), blocks=document().front[n * 5 : n * 5 + 5])
        for n in range(50)
    )
    plain, equal = (Typesetter(theme).pages(Document(sections=sections), title=True) for theme in (LOOSE, BOOK))
    assert [mark.entry.anchor for page in equal for mark in page.landmarks] == [
        mark.entry.anchor for page in plain for mark in page.landmarks
    ]
    assert words(equal) == words(plain)
    assert len(uneven(equal)) < len(uneven(plain))


@pytest.mark.parametrize("lines", range(68, 76))
def test_a_page_that_a_chapter_ends_on_has_its_own_depth(lines):
    # The heading of the next chapter no longer fits below the last lines: that makes no end of a chapter a short page.
    chapters = tuple(
        Section(
            heading=Heading(label=f"第{n}章", inlines=text("章"), kind=HeadingKind.CHAPTER),
            blocks=tuple(Paragraph(inlines=text("字")) for _ in range(lines)),
        )
        for n in "一二"
    )
    pages = Typesetter(BOOK).pages(Document(sections=chapters), title=False)
    assert [page.opening for page in pages] == [True, False, False] * 2
    full = int(BOOK.page.depth / BOOK.body.leading)
    assert len(pages[1].lines) == full
    assert len(pages[2].lines) == lines + 1 - len(pages[0].lines) - full


def space_above(pages):
    """By heading: from the line above it to its own, in lines of the grid."""
    found = {}
    for page in pages:
        for mark in page.landmarks:
            own = min(line.baseline for line in page.lines if line.baseline > mark.top)
            above = [line.baseline for line in page.lines if line.baseline < own]
            if above:
                found[mark.entry.anchor] = round((own - max(above)) / BOOK.body.leading, 1)
    return found


def test_headings_of_the_shorter_page_stand_lower_by_one_line():
    sections = tuple(
        Section(heading=Heading(inlines=text(f"第{n}节")), blocks=document().front[n * 4 : n * 4 + 4])
        for n in range(60)
    )
    made = Document(sections=(Section(heading=Heading(inlines=text("章")), sections=sections),))
    plain, equal = (Typesetter(theme).pages(made, title=True) for theme in (LOOSE, BOOK))
    usual, lowered = space_above(plain), space_above(equal)
    more = {round(lowered[anchor] - usual[anchor], 1) for anchor in usual.keys() & lowered.keys()}
    assert more == {0, 1}
    assert len(uneven(equal)) <= 1 < len(uneven(plain))
    assert words(equal) == words(plain)
    assert all(line.baseline < BOOK.page.depth for page in equal for line in page.lines)
