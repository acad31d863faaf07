from __future__ import annotations

from itertools import groupby

from converter.model import Document, Heading, HeadingKind, Link, Metadata, Paragraph, Section, Table, Text, text
from converter.typeset.pages import Typesetter
from converter.typeset.themes import THEMES


def tagged(document):
    """(kind of tag, characters) of all pieces in the order of the pages."""
    pages = Typesetter(THEMES["article"]).pages(document, title=True)
    pieces = [piece for page in pages for placed in page.lines for piece in placed.line.pieces]
    runs = groupby(pieces, key=lambda piece: piece.tag)
    return [(tag.kind if tag else None, "".join(piece.text for piece in run)) for tag, run in runs]


def test_the_title_is_the_first_heading_and_sections_are_below_it():
    heading = Heading(inlines=text("总则"), label="一、", kind=HeadingKind.COUNT)
    section = Section(heading=heading, blocks=(Paragraph(inlines=text("正文")),))
    assert [kind for kind, _ in tagged(Document(metadata=Metadata(title="题"), sections=(section,)))] == [
        "H1",
        "H2",
        "P",
    ]
    assert [kind for kind, _ in tagged(Document(sections=(section,)))] == ["H1", "P"]


def test_a_run_in_heading_is_a_heading_though_its_line_goes_on():
    heading = Heading(inlines=text("坚持学习。"), label="1、", kind=HeadingKind.DECIMAL, run_in=True)
    section = Section(heading=heading, blocks=(Paragraph(inlines=text("进一步完善。")),))
    assert tagged(Document(sections=(section,))) == [("H1", "1、坚持学习。"), ("P", "进一步完善。")]


def test_words_that_lead_elsewhere_are_a_link_in_their_paragraph():
    link = Link(text="网站", target="https://example.org/")
    found = tagged(Document(front=(Paragraph(inlines=(Text(text="见"), link, Text(text="。"))),)))
    assert [kind for kind, _ in found] == ["P", "Link", "P"]


def test_heads_of_a_table_are_said_once():
    rows = tuple((text(f"{n}"), text("丙")) for n in range(60))
    table = Table(head=((text("甲"), text("乙")),), rows=rows)
    found = tagged(Document(front=(table,)))
    assert found.count(("TH", "甲")) == 1
    assert [words for kind, words in found if kind is None] == ["甲乙", "甲乙"]
    assert found.count(("TD", "丙")) == 60


def test_all_rows_have_the_same_cells_even_where_nothing_stands_in_them():
    table = Table(rows=((text("甲"), (), text("丙")), (text("丁"),)))
    pages = Typesetter(THEMES["article"]).pages(Document(front=(table,)), title=False)
    cell = pages[0].lines[0].line.pieces[0].tag
    assert [len(row.kids) for row in cell.parent.parent.kids] == [3, 3]
