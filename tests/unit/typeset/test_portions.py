"""Each text of a volume is composed by itself."""

from dataclasses import replace

import pytest

from converter.model import Document, Heading, HeadingKind, Metadata, Note, NoteRef, Paragraph, Role, Section, text
from converter.typeset.pages import Typesetter
from converter.typeset.themes import THEMES

BOOK = THEMES["book"]


def one(title, *inlines, kind=HeadingKind.TEXT, words=900, sections=()):
    blocks = (Paragraph(inlines=(*text("字" * words), *inlines)),) if words else ()
    return Section(heading=Heading(inlines=text(title), kind=kind), blocks=blocks, sections=sections)


def volume(*sections, notes=()):
    made = tuple(Note(blocks=(Paragraph(inlines=text(words)),)) for words in notes)
    return Document(metadata=Metadata(title="文集"), sections=sections, notes=made)


def titles(document, theme=BOOK):
    made = Typesetter(theme).portions(document, title=False)
    return [[entry.section.heading.inlines[0].text for entry in portion.entries] for portion in made]


def test_each_text_is_one_and_the_heading_of_a_part_stands_with_the_text_below_it():
    part = one(
        "上编",
        kind=HeadingKind.PART,
        words=0,
        sections=(one("甲", sections=(one("节", kind=HeadingKind.COUNT),)), one("乙")),
    )
    assert titles(volume(part, one("丙"))) == [["上编", "甲", "节"], ["乙"], ["丙"]]
    # A part that opens no page stands below the text before it.
    below = replace(BOOK, part_on_new_page=False)
    assert titles(volume(one("丙"), part), below) == [["丙", "上编"], ["甲", "节"], ["乙"]]


def test_a_part_of_a_text_stands_with_its_title_and_byline():
    byline = Paragraph(inlines=text("张三"), role=Role.BYLINE)
    part = one("第一篇", kind=HeadingKind.PART)
    titled = replace(one("甲", words=0, sections=(part,)), blocks=(byline,))
    assert titles(volume(titled, one("乙"))) == [["甲", "第一篇"], ["乙"]]
    assert Typesetter(BOOK).pages(volume(titled), title=False)[0].section_title == "第一篇"
    begun = replace(titled, blocks=(byline, Paragraph(inlines=text("引言。"))))
    assert titles(volume(begun, one("乙"))) == [["甲"], ["第一篇"], ["乙"]]


def test_what_is_no_volume_is_one():
    assert titles(Document(sections=(one("一", kind=HeadingKind.COUNT), one("二", kind=HeadingKind.CHAPTER)))) == [
        ["一", "二"]
    ]
    assert len(Typesetter(BOOK).portions(Document(), title=True)) == 1


def test_the_title_of_a_volume_stands_by_itself():
    made = Typesetter(BOOK).portions(volume(one("甲"), one("乙")), title=True)
    assert [len(portion.entries) for portion in made] == [0, 1, 1]
    assert [portion.begins for portion in made] == [True, False, False]
    assert [portion.ends for portion in made] == [False, False, True]


def test_pages_name_the_part_that_their_text_stands_in():
    part = one("上编", kind=HeadingKind.PART, words=0, sections=(one("甲"), one("乙", words=2000)))
    pages = Typesetter(BOOK).pages(volume(part), title=False)
    assert {(page.text_title, page.section_title) for page in pages} == {("上编", "甲"), ("上编", "乙")}


@pytest.mark.parametrize("first", [2, 3])
def test_a_portion_is_composed_for_the_side_that_it_begins_on(first):
    """As in a volume where so many pages stand before it; and if sides do not matter, the same for the other one."""
    headings = tuple(one(f"第{n}节", kind=HeadingKind.COUNT, words=160 + n * 37) for n in range(12))
    document = volume(one("前", words=100 + 700 * (first - 2)), one("后", sections=headings))
    typesetter = Typesetter(BOOK)
    whole = typesetter.pages(document, title=False)[first - 1 :]
    before, portion = typesetter.portions(document, title=False)
    assert len(typesetter.composed(document, before, 1).pages) == first - 1
    made = typesetter.composed(document, portion, first)
    places = [[line[1:] for line in page.lines] for page in made.pages]
    assert places == [[line[1:] for line in page.lines] for page in whole]
    other = typesetter.composed(document, portion, first + 1)
    assert not made.on_either_side or places == [[line[1:] for line in page.lines] for page in other.pages]


def test_sides_matter_only_where_facing_pages_have_to_be_equally_deep():
    headings = tuple(one(f"第{n}节", kind=HeadingKind.COUNT, words=160 + n * 37) for n in range(12))
    short, long = volume(one("短", words=2000)), volume(one("长", sections=headings))
    for theme, document, either in ((BOOK, short, True), (BOOK, long, False), (THEMES["official"], long, True)):
        typesetter = Typesetter(theme)
        made = typesetter.composed(document, typesetter.portions(document, title=False)[0], 2)
        assert made.on_either_side == either


def test_a_note_stands_with_the_text_that_calls_it_first():
    document = volume(
        one("甲", NoteRef(number=1)),
        one("乙", NoteRef(number=1), NoteRef(number=2)),
        notes=("注一", "注二", "无人引用"),
    )
    typesetter = Typesetter(BOOK)
    assert [portion.notes for portion in typesetter.portions(document, title=False)] == [[1], [2]]
    pages = typesetter.pages(document, title=False)
    said = ["".join(placed.line.text for placed in page.lines) for page in pages]
    assert [[words in page for page in said].count(True) for words in ("注一", "注二", "无人引用")] == [1, 1, 1]
    assert sorted(name for page in pages for name, _ in page.places) == ["note-1", "note-2", "note-3"]


def test_a_note_that_only_a_note_calls_is_not_lost():
    document = volume(one("甲", NoteRef(number=1)))
    notes = (
        Note(blocks=(Paragraph(inlines=(*text("参见"), NoteRef(number=2))),)),
        Note(blocks=(Paragraph(inlines=text("末注")),)),
    )
    pages = Typesetter(BOOK).pages(replace(document, notes=notes), title=False)
    assert "末注" in "".join(placed.line.text for page in pages for placed in page.lines)
