"""Vertical writing: how characters stand in a column, and where the column is broken."""

import pytest

from converter.model import Document, Metadata, Paragraph, text
from converter.typeset.fonts import typeface
from converter.typeset.lines import Manner, Run, Shape, Way, compose
from converter.typeset.pages import Typesetter
from converter.typeset.theme import Align, Face
from converter.typeset.themes import THEMES
from converter.typeset.vertical import right_margin, turned

SONG = typeface(Face.SONG)
MARKS = "“”‘’（）《》「」『』〈〉【】〔〕、，。：；！？…—"


def columns(text, ems=20):
    return compose([Run(text, SONG)], Shape(ems * 1000, manner=Manner(vertical=True)))


def ways(text):
    return [(piece.text, piece.way) for line in columns(text) for piece in line.pieces]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("春眠，不觉晓。", [("春眠，不觉晓。", Way.UPRIGHT)], id="ideographs and marks"),
        pytest.param("在London的", [("在", Way.UPRIGHT), ("London", Way.ALONG), ("的", Way.UPRIGHT)], id="words lie"),
        pytest.param("共35家", [("共", Way.UPRIGHT), ("35", Way.ACROSS), ("家", Way.UPRIGHT)], id="two digits"),
        pytest.param("共7家", [("共", Way.UPRIGHT), ("7", Way.ACROSS), ("家", Way.UPRIGHT)], id="one digit"),
        pytest.param("甲A组", [("甲", Way.UPRIGHT), ("A", Way.ACROSS), ("组", Way.UPRIGHT)], id="one letter"),
        pytest.param(
            "占12%的", [("占", Way.UPRIGHT), ("12%", Way.ALONG), ("的", Way.UPRIGHT)], id="no part of a figure"
        ),
        pytest.param("f(x)", [("f(x)", Way.ALONG)], id="no part of code"),
        pytest.param("年2015年", [("年", Way.UPRIGHT), ("2015", Way.ALONG), ("年", Way.UPRIGHT)], id="four digits lie"),
        pytest.param("见3.14和", [("见", Way.UPRIGHT), ("3.14", Way.ALONG), ("和", Way.UPRIGHT)], id="a decimal lies"),
        pytest.param("——「好」……", [("——「好」……", Way.UPRIGHT)], id="dash, brackets, ellipsis: vertical forms"),
    ],
)
def test_how_characters_stand(text, expected):
    assert ways(text) == expected


def test_whatever_stands_upright_or_across_takes_an_em():
    (line,) = columns("共35家7")
    assert (line.width, [piece.advance for piece in line.pieces]) == (4000, [1000, 1000, 1000, 1000])


def test_marks_in_the_middle_of_their_em_give_nothing():
    # clreq: ：；？！ are not adjustable in vertical lines
    assert [line.text for line in columns("一二三四五：六七", 5)] == ["一二三四", "五：六七"]
    assert [line.text for line in columns("一二，四五，六七", 5)] == ["一二，四五，", "六七"]


def test_two_digits_are_not_parted():
    assert [line.text for line in columns("一二三四12五六七", 5)] == ["一二三四12", "五六七"]
    assert [line.text for line in columns("一二三四五12六七", 5)] == ["一二三四五", "12六七"]


def test_a_column_is_a_whole_number_of_characters():
    for theme in THEMES.values():
        aside = turned(theme)
        assert aside.page.measure / theme.body.size == pytest.approx(round(aside.page.measure / theme.body.size))
        assert aside.page.measure <= theme.page.depth + 0.01
        assert aside.page.depth == pytest.approx(theme.page.measure)
        assert aside.title.align is not Align.CENTER


def test_odd_sides_are_bound_at_the_right():
    page = THEMES["book"].page
    assert (right_margin(page, 1), right_margin(page, 2)) == (page.inner, page.outer)


def test_vertical_forms_come_from_the_font():
    face = SONG.files[0]
    assert face.shaped_glyph("（", upright=True) != face.glyph("（")
    assert face.shaped_glyph("中", upright=True) == face.glyph("中")
    assert face.shaped_glyph("\U0010fffd", upright=True) == 0


@pytest.mark.parametrize("face", Face)
def test_every_mark_stands_as_columns_have_it_in_every_face(face):
    # GB/T 15834-2011 5.2: quotation marks in columns are ﹃﹄ and ﹁﹂; FangSong has them lying only.
    words = "".join(f"字{mark}" for mark in MARKS)
    (line,) = compose([Run(words, typeface(face))], Shape(80_000, manner=Manner(vertical=True)))
    assert line.text == words
    for piece in line.pieces:
        for mark in set(piece.text) & set(MARKS):
            assert piece.face.shaped_glyph(mark, upright=True) != piece.face.glyph(mark), mark


def test_a_mark_from_another_file_leaves_the_words_around_it_whole():
    (line,) = compose([Run("他说“好——好”了。", typeface(Face.FANGSONG))], Shape(80_000, manner=Manner(vertical=True)))
    assert [piece.text for piece in line.pieces] == ["他说", "“", "好——好", "”", "了。"]


@pytest.mark.parametrize("theme", THEMES)
def test_the_columns_of_a_title_begin_at_one_height_and_are_about_equal(theme):
    title = "国务院办公厅关于推进政务新媒体健康有序发展的若干意见和实施办法的通知"
    made = Document(metadata=Metadata(title=title), front=(Paragraph(inlines=text("字" * 60)),))
    setter = Typesetter(THEMES[theme]).turned()
    (page, *_) = setter.pages(made, title=True)
    columns = [placed.line for placed in page.lines if placed.size == setter.theme.title.size]
    assert "".join(line.text for line in columns) == title
    assert len(columns) == 2
    assert columns[0].x == columns[1].x == 2000
    assert abs(columns[0].width - columns[1].width) <= 6000
    body = [placed.line for placed in page.lines if placed.size == setter.theme.body.size]
    assert [line.x for line in body][:2] == [2000, 0]
