from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from converter import read
from converter.model import (
    Document,
    Heading,
    HeadingKind,
    List,
    Metadata,
    Paragraph,
    Quote,
    Role,
    Section,
    Separator,
    Table,
    text,
)
from converter.typeset.pages import Typesetter
from converter.typeset.themes import THEMES
from converter.units import Pt

ARTICLE = THEMES["article"]
SEEDS = sorted((Path(__file__).parents[3] / "seeds").glob("*.txt"))


def body(lines):
    return Paragraph(inlines=text("中" * (38 * lines - 2)))


def section(words, *blocks, kind=HeadingKind.COUNT, label="一、", run_in=False, sections=()):
    heading = Heading(inlines=text(words), label=label, kind=kind, run_in=run_in)
    return Section(heading=heading, blocks=blocks, sections=sections)


def pages(document, theme=ARTICLE, *, title=True):
    return [[p.line.text for p in page.lines] for page in Typesetter(theme).pages(document, title=title)]


def room(theme=ARTICLE, lines=10):
    """The theme with pages of so many body lines."""
    page = theme.page
    return replace(theme, page=replace(page, bottom=Pt(page.height - page.top - lines * theme.body.leading)))


def test_an_empty_document_has_one_empty_page():
    assert pages(Document()) == [[]]


def test_no_paragraph_leaves_its_first_line_behind():
    document = Document(front=(body(9), body(4)))
    assert [len(p) for p in pages(document, room())] == [9, 4]


def test_no_paragraph_sends_only_its_last_line_over():
    document = Document(front=(body(7), body(4)))
    assert [len(p) for p in pages(document, room())] == [9, 2]


def test_three_lines_stay_together_where_they_cannot_be_divided():
    document = Document(front=(body(8), body(3)))
    assert [len(p) for p in pages(document, room())] == [8, 3]


def test_no_heading_stands_at_the_foot():
    document = Document(front=(body(7),), sections=(section("标题", body(3)),))
    assert pages(document, room())[1][0] == "一、标题"


def test_two_headings_go_with_their_text():
    inner = section("小标题", body(3), kind=HeadingKind.PAREN_COUNT, label="（一）")
    document = Document(front=(body(6),), sections=(section("标题", sections=(inner,)),))
    assert pages(document, room())[1][:2] == ["一、标题", "（一）小标题"]


@pytest.mark.parametrize("role", [Role.BODY, Role.LIST_ITEM])
def test_a_run_in_heading_stands_on_the_line_of_its_text(role):
    paragraph = Paragraph(inlines=text("进一步完善。"), role=role)
    document = Document(sections=(section("坚持制度。", paragraph, label="1、", run_in=True),))
    (page,) = Typesetter(ARTICLE).pages(document, title=True)
    (line,) = (p.line for p in page.lines)
    assert [(p.text, p.face.path.name) for p in line.pieces] == [
        ("1、坚持制度。", "DocHeiSC-Medium.ttf"),
        ("进一步完善。", "DocSongSC-Regular.ttf"),
    ]
    assert line.x == 2000
    assert [mark.entry.anchor for mark in page.landmarks] == ["s1"]


def test_a_run_in_heading_without_a_paragraph_is_not_left_at_the_foot():
    below = List(items=((Paragraph(inlines=text("条目")),), (Paragraph(inlines=text("条目")),)))
    document = Document(front=(body(9),), sections=(section("坚持制度。", below, label="1、", run_in=True),))
    assert pages(document, room())[1][0] == "1、坚持制度。"


def test_each_text_of_a_volume_opens_a_page():
    texts = tuple(section(name, body(1), kind=HeadingKind.TEXT, label="") for name in ("甲文", "乙文"))
    document = Document(metadata=Metadata(title="汇编"), sections=texts)
    assert [p[0] for p in pages(document)] == ["汇编", "甲文", "乙文"]
    assert [p[0] for p in pages(document, title=False)] == ["甲文", "乙文"]


def test_parts_open_a_page_where_the_theme_says_so():
    parts = tuple(section(name, body(1), kind=HeadingKind.PART, label=name) for name in ("第一篇", "第二篇"))
    assert len(pages(Document(sections=parts), THEMES["book"])) == 2
    assert len(pages(Document(sections=parts), ARTICLE)) == 1


def test_running_heads_know_text_and_section():
    one = section("节", body(30), body(30), label="一、")
    volume = Document(sections=(section("甲文", kind=HeadingKind.TEXT, label="", sections=(one,)),))
    made = Typesetter(THEMES["book"]).pages(volume, title=False)
    assert made[0].opening
    assert (made[1].text_title, made[1].section_title, made[1].opening) == ("甲文", "一、节", False)


def test_signature_and_date_stay_together_at_the_right():
    document = Document(
        front=(
            body(9),
            Paragraph(inlines=text("某某局"), role=Role.SIGNATURE),
            Paragraph(inlines=text("2024年1月1日"), role=Role.DATE),
        )
    )
    assert pages(document, room())[1] == ["某某局", "2024年1月1日"]
    placed = Typesetter(ARTICLE).pages(document, title=True)[0].lines[-1].line
    assert placed.x + placed.width == pytest.approx(36000, abs=2)


def test_names_that_sign_together_stand_close_together():
    name, date = (Paragraph(inlines=text("某某"), role=role) for role in (Role.SIGNATURE, Role.DATE))
    (page,) = Typesetter(ARTICLE).pages(Document(front=(body(9), name, name, date, name)), title=True)
    leading, before = ARTICLE.body.leading, ARTICLE.style(Role.SIGNATURE).before
    baselines = [placed.baseline for placed in page.lines]
    apart = [below - above - leading for above, below in pairwise(baselines)]
    assert apart[-4:] == pytest.approx([before, 0, 0, before])


def of_role(role: Role, *lines: str) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(inlines=text(line), role=role) for line in lines)


@pytest.mark.parametrize("above", range(24, 36))
def test_no_line_of_a_poem_is_alone_on_its_page(above):
    front = (
        *of_role(Role.BODY, *["上"] * above),
        *of_role(Role.VERSE, "甲", "乙", "丙", "丁"),
        *of_role(Role.BODY, "下"),
    )
    made = Typesetter(ARTICLE).pages(Document(front=front), title=True)
    alone = [sum(placed.line.text in "甲乙丙丁" for placed in page.lines) for page in made]
    assert 1 not in alone


@pytest.mark.parametrize("above", range(24, 36))
def test_a_line_that_announces_a_table_stays_with_it(above):
    table = Table(rows=((text("甲"), text("乙")),) * 3)
    front = (*of_role(Role.BODY, *["上"] * above, "见下表："), table)
    made = Typesetter(ARTICLE).pages(Document(front=front), title=True)
    (page,) = (page for page in made if any(placed.line.text == "见下表：" for placed in page.lines))
    assert any(placed.line.text == "甲" for placed in page.lines)


def test_the_number_of_what_is_attached_opens_the_page_of_its_title():
    title = section("任务分工表", body(2), kind=HeadingKind.PART, label="")
    notice = section(
        "通知", body(2), *of_role(Role.ATTACHMENT, "附件1"), kind=HeadingKind.TEXT, label="", sections=(title,)
    )
    for document in (Document(sections=(notice, notice)), Document(sections=notice.sections, front=notice.blocks)):
        made = Typesetter(THEMES["book"]).pages(document, title=False)
        first = [page.lines[0].line.text for page in made if page.lines]
        assert first.count("附件1") == len(made) // 2
        assert "任务分工表" not in first


def test_a_separator_is_centred():
    page = Typesetter(ARTICLE).pages(Document(front=(Separator(),)), title=True)[0]
    assert page.lines[0].line.x == pytest.approx(16500, abs=1)


def test_the_official_page_has_22_lines_of_28_characters():
    theme = THEMES["official"]
    first = Typesetter(theme).pages(Document(front=(Paragraph(inlines=text("中" * 2000)),)), title=True)[0]
    assert len(first.lines) == 22
    assert {len(p.line.text) for p in first.lines[1:]} == {28}


def test_what_is_nested_deeply_stays_on_the_paper():
    listed = quoted = Paragraph(inlines=text("很深很深的一段话，比一行还要长一些，所以要回行。"))
    for _ in range(60):
        listed, quoted = List(items=((listed,),)), Quote(blocks=(quoted,))
    for theme in THEMES.values():
        for page in Typesetter(theme).pages(Document(front=(listed, quoted)), title=False):
            for placed in page.lines:
                assert 0 <= placed.line.x <= theme.page.measure * 1000 / placed.size - 1000


@pytest.mark.parametrize("theme", sorted(THEMES))
@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_pages_counted_are_those_that_are_composed(path, theme):
    document = read(path).value
    pages = Typesetter(THEMES[theme]).pages(document, title=True)
    composed = {mark.entry.anchor: page.number for page in pages for mark in page.landmarks}
    assert Typesetter(THEMES[theme]).page_numbers(document, title=True) == composed


def test_a_heading_at_the_margin_ends_its_lines_where_words_end():
    words = "坚持工作思路上的创新，不断增强劳动保障工作创优创先的活力和可持续发展的能力"
    (lines,) = pages(Document(sections=(section(words),)))
    assert lines == ["一、坚持工作思路上的创新，不断增强劳动保障", "工作创优创先的活力和可持续发展的能力"]
