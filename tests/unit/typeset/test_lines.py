"""Each rule of line composition with the lines that it gives."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.typeset import setting
from converter.typeset.breaks import line_breaks
from converter.typeset.fonts import typeface
from converter.typeset.lines import CHUNK, Manner, Run, Shape, compose
from converter.typeset.paragraph import Paragraph
from converter.typeset.punctuation import END_PROHIBITED, START_PROHIBITED, Level, classify
from converter.typeset.theme import Align, Face

SONG = typeface(Face.SONG)


def lines(text, ems, indent=0, align=Align.JUSTIFY):
    return compose([Run(text, SONG)], Shape(ems * 1000, align, indent * 1000))


def texts(text, ems, indent=0, align=Align.JUSTIFY):
    return [line.text for line in lines(text, ems, indent, align)]


@pytest.mark.parametrize(
    ("text", "ems", "expected"),
    [
        pytest.param("一二三四五六七八九十", 5, ["一二三四五", "六七八九十"], id="plain"),
        pytest.param("一二，四五，七八九", 5, ["一二，四五，", "七八九"], id="a mark is pushed in"),
        pytest.param("一二三四五，七八九", 5, ["一二三四", "五，七八九"], id="nothing gives: pushed out"),
        pytest.param("一二三四“六七”八九", 5, ["一二三四", "“六七”八九"], id="no opening mark at the end"),
        pytest.param("一二三四。六七八九", 5, ["一二三四。", "六七八九"], id="a mark at the end"),
        pytest.param("一二三四五六七。", 7, ["一二三四五", "六七。"], id="no lone character with a mark"),
        pytest.param("一，三四五六", 5, ["一，三四", "五六"], id="no lone character"),
        pytest.param("一二三四——六七八", 5, ["一二三四", "——六七八"], id="a dash is not divided"),
        pytest.param("一二三四……六七八", 5, ["一二三四", "……六七八"], id="an ellipsis is not divided"),
        pytest.param("一二三—五六七八", 3, ["一二", "三—五", "六七八"], id="a single dash does not begin a line"),
        pytest.param("一二三word四五六", 5, ["一二三", "word四五", "六"], id="a word is not divided"),
        pytest.param("一二三1,024四五六", 5, ["一二三", "1,024四五", "六"], id="a number is not divided"),
        pytest.param("hello brave new world", 6, ["hello brave", "new world"], id="a space at the end is dropped"),
        pytest.param(
            "一二三四五六·七八九十", 6, ["一二三四五", "六·七八九十"], id="an interpunct does not begin a line"
        ),
        pytest.param("一二三四五/六七八", 5, ["一二三四", "五/六七八"], id="a solidus neither begins nor ends one"),
        pytest.param("一二三四五－18六七", 6, ["一二三四五", "－18六七"], id="a sign stays with its number"),
        pytest.param("一二－三四五六七", 3, ["一二－", "三四五", "六七"], id="a sign between words does not"),
        pytest.param("一二三四五\u00a0六七八", 5, ["一二三四", "五\u00a0六七八"], id="a binding space binds"),
    ],
)
def test_where_lines_end(text, ems, expected):
    assert texts(text, ems) == expected


def test_a_long_address_breaks_after_its_marks():
    text = "见https://example.com/path/to/page?name=value的说明文字"
    assert texts(text, 16) == ["见https://example.com/path/to/", "page?name=value的说明文字"]


def test_a_word_longer_than_the_line_breaks_anywhere():
    assert "".join(texts("x" * 100, 8)) == "x" * 100


def test_the_blank_half_of_a_mark_is_cut_off_at_either_edge():
    first, second = lines("“一二三四”“五六七八”", 5)
    assert (first.text, first.x, first.width) == ("“一二三四”", -500, 5000)
    assert (second.text, second.x) == ("“五六七八”", -500)


def test_adjacent_marks_give_half_an_em():
    (line,) = lines("他说：“好。”（笑）", 20)
    assert line.width == 10000 - 4 * 500
    assert line.pieces[0].kerns == ((2, -500), (5, -500), (6, -500))


def test_brackets_give_before_pauses_and_pauses_before_stops():
    text = "一。二，三（四）五六七八"
    paragraph = Paragraph([Run(text, SONG)])
    assert setting._reduced(paragraph, 0, len(text), 1000) == {4: 500, 7: 500}
    assert setting._reduced(paragraph, 0, len(text), 1250) == {4: 500, 7: 500, 3: 250}
    assert setting._reduced(paragraph, 0, len(text), 2000) == {4: 500, 7: 500, 3: 500, 1: 500}


def test_han_and_latin_stand_a_quarter_em_apart():
    (line,) = lines("用Word写", 20)
    assert line.pieces[0].kerns == ((0, 250), (4, 250))


def test_a_space_between_han_and_latin_is_that_quarter_em():
    (spaced,), (plain,) = lines("用 Word 写", 20), lines("用Word写", 20)
    assert spaced.width == plain.width
    assert spaced.text == "用 Word 写"


def test_words_are_divided_where_a_line_would_gape_if_that_is_asked_for():
    text = "一二三四五internationalization六七八九十一二三四五六七八"
    plain = compose([Run(text, SONG)], Shape(12000))
    made = compose([Run(text, SONG)], Shape(12000, manner=Manner(hyphenate=True)))
    assert plain[0].text == "一二三四五"
    assert made[0].text.startswith("一二三四五inter")
    assert made[0].text.endswith("\u00ad")
    assert "".join(line.text for line in made).replace("\u00ad", "") == text
    assert made[0].width == 12000
    hyphen = made[0].pieces[-1]
    assert (hyphen.text, hyphen.tag, hyphen.face.glyph("\u00ad")) == ("\u00ad", None, hyphen.face.glyph("-"))


def test_addresses_and_short_words_are_not_divided():
    manner = Manner(hyphenate=True)
    for text in ("一二三四五六七八about九十一二三四五六", "一二三四五see:information/technology九十"):
        assert "\u00ad" not in "".join(line.text for line in compose([Run(text, SONG)], Shape(9500, manner=manner)))


def test_a_raised_figure_belongs_to_its_unit():
    (line,) = lines("共80m²地", 20)
    assert dict(line.pieces[0].kerns) == {0: 250, 4: 250}


@pytest.mark.parametrize(
    ("text", "kerns"), [("至－18度", {3: 250}), ("共60×85×20毫米", {0: 250, 8: 250}), ("甲－乙", {})]
)
def test_no_gap_beside_a_sign_of_arithmetic(text, kerns):
    (line,) = lines(text, 20)
    assert dict(line.pieces[0].kerns) == kerns


def test_no_gap_beside_a_chinese_mark():
    (line,) = lines("（Word），1", 20)
    assert dict(line.pieces[0].kerns) == {5: -500}


def test_what_is_missing_goes_between_all_characters_alike():
    first = lines("一二三四五，七八九十", 5)[0]
    assert first.text == "一二三四"
    assert first.pieces[0].spread == pytest.approx(1000 / 3)
    assert first.width == 5000


def test_nothing_goes_into_a_dash_or_a_word():
    first = lines("——ab——一二三四五六", 7.5)[0]
    assert {i for i, kern in first.pieces[0].kerns if kern == -first.pieces[0].spread} == {0, 2, 4}


def test_the_last_line_is_ragged():
    assert lines("一二三四五六七", 5)[-1].width == 2000


@pytest.mark.parametrize(("align", "x"), [(Align.LEFT, 0), (Align.CENTER, 1000), (Align.RIGHT, 2000)])
def test_alignment(align, x):
    assert lines("一二三", 5, align=align)[0].x == x


@pytest.mark.parametrize(
    ("title", "ems", "expected"),
    [
        ("关于开展年度党建工作检查的通知", 12, ["关于开展年度", "党建工作检查的通知"]),
        ("把握劳动保障时代特点 增强党建工作活力", 14, ["把握劳动保障时代特点", "增强党建工作活力"]),
        ("关于印发全市工作要点的通知", 9, ["关于印发全市工作", "要点的通知"]),
        ("深入推进作风建设，全面提升服务水平", 12, ["深入推进作风建设，", "全面提升服务水平"]),
        ("领导劳动评议阶段动员会讲话", 8, ["领导劳动评议", "阶段动员会讲话"]),
        ("以改革創新精神推進“兩新”組織黨建工作", 12, ["以改革創新精神推進", "“兩新”組織黨建工作"]),
        ("国务院办公厅关于2019年部分节假日安排的通知", 20, ["国务院办公厅关于2019年", "部分节假日安排的通知"]),
        ("关于生活垃圾分类和资源化利用的若干意见", 10, ["关于生活垃圾分类和", "资源化利用的若干意见"]),
        ("关于进一步做好基层减负工作的若干意见", 14, ["关于进一步做好基层", "减负工作的若干意见"]),
    ],
)
def test_the_lines_of_a_title_are_alike_and_end_where_words_do(title, ems, expected):
    made = lines(title, ems, align=Align.CENTER)
    assert [line.text for line in made] == expected
    for line in made:
        cut = 500 if line.text.startswith("“") else 0
        assert line.x == pytest.approx((ems * 1000 - line.width) / 2 - cut)


def test_the_first_line_is_indented_and_only_that():
    first, second = lines("一二三四五六", 5, indent=2)
    assert (first.x, first.text, second.x) == (2000, "一二三", 0)


def test_a_centred_question_mark_has_no_blank_half():
    fangsong = typeface(Face.FANGSONG)
    (line,) = compose([Run("好？”他", fangsong)], Shape(20000))
    assert line.pieces[0].kerns == ()


def test_characters_come_from_the_file_that_has_them():
    (line,) = compose([Run("中～囗国", typeface(Face.FANGSONG))], Shape(20000))
    assert [(p.text, p.face.path.name) for p in line.pieces][:2] == [
        ("中", "DocFangSongSC-Regular.ttf"),
        ("～", "DocFangSongSC-Supplement.ttf"),
    ]


@pytest.mark.parametrize("text", ["\u200b", "", "\n", "\ufe0f\u2060", "\u3000\u3000", "  "])
def test_nothing_visible_is_no_line(text):
    assert texts(text, 5) == []


@pytest.mark.parametrize(
    ("level", "text", "expected"),
    [
        (Level.NONE, "一二三四五，六七八", ["一二三四五", "，六七八"]),
        (Level.NONE, "一二三四（五六）七", ["一二三四（", "五六）七"]),
        (Level.NONE, "一二三四——六七八", ["一二三四", "——六七八"]),
        (Level.BASIC, "一二三四五，六七八", ["一二三四", "五，六七八"]),
        (Level.BASIC, "一二三四五/六七八", ["一二三四五", "/六七八"]),
        (Level.GB, "一二三四五/六七八", ["一二三四", "五/六七八"]),
        (Level.GB, "一二三四五——六七", ["一二三四五", "——六七"]),
        (Level.STRICT, "一二三四五——六七", ["一二三四", "五——六七"]),
        (Level.STRICT, "一二三四五……六七", ["一二三四", "五……六七"]),
    ],
)
def test_levels_of_prohibition(level, text, expected):
    made = compose([Run(text, SONG)], Shape(5000, manner=Manner(level)))
    assert [line.text for line in made] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("一二三四五，六七八", ["一二三四五，", "六七八"]),
        ("一二三四五。六七八", ["一二三四五。", "六七八"]),
        ("一二三四五；六七八", ["一二三四", "五；六七八"]),
        ("一二三四五）。六七八", ["一二三四", "五）。六七八"]),
    ],
    ids=["comma", "stop", "no other mark", "never beside another mark"],
)
def test_one_mark_may_hang_where_that_is_asked_for(text, expected):
    made = compose([Run(text, SONG)], Shape(5000, manner=Manner(hanging=True)))
    assert [line.text for line in made] == expected


def test_a_hanging_mark_is_outside_the_measure():
    first = compose([Run("一二三四五，六七八", SONG)], Shape(5000, manner=Manner(hanging=True)))[0]
    assert (first.width, first.pieces[0].kerns) == (5000, ())


def test_stops_in_the_middle_of_their_squares_keep_all_of_them():
    # clreq: the marks of Taiwan and Hong Kong have no half to give, and none is taken at the end of a line
    manner = Manner(centred=True)
    (line,) = compose([Run("他說：好，走。", SONG)], Shape(20000, manner=manner))
    assert line.width == 7000
    assert [line.text for line in compose([Run("一二，四五，七八九", SONG)], Shape(5000, manner=manner))] == [
        "一二，四",
        "五，七八九",
    ]


@pytest.mark.parametrize(("text", "narrow"), [("It’s OK", True), ("他说‘好’了", False)])
def test_an_apostrophe_among_letters_is_narrow(text, narrow):
    (line,) = compose([Run(text, SONG)], Shape(20000))
    face = line.pieces[0].face
    natural = sum(250 if c == " " else face.advance(face.glyph(c)) for c in text)
    assert line.width == sum(piece.advance for piece in line.pieces) if narrow else line.width > 5000
    assert (line.width < natural - 600) is narrow


def test_word_spaces_are_widened_first_then_han_and_latin_then_all():
    paragraph = Paragraph([Run("一二ab cd三四", SONG)])
    assert setting._expanded(paragraph, 0, 9, 200) == ({"k": 200}, 0.0)
    assert setting._expanded(paragraph, 0, 9, 350) == ({"k": 250, "j": 50}, 0.0)
    given, spread = setting._expanded(paragraph, 0, 9, 250 + 166 + 50)
    assert (given, round(spread)) == ({"k": 250, "j": 83}, 10)


def test_a_loose_line_has_the_whole_paragraph_looked_at():
    text = "一二三四五六七八internationalization九十一二三四五六七八九十"
    made = texts(text, 12)
    assert made[0] == "一二三四五六七八"
    assert "".join(made) == text


def test_the_whole_paragraph_is_chosen_where_that_is_better():
    # Line by line, the second line would have to be torn before the word.
    text = "甲乙丙丁戊己庚辛壬癸，子丑寅Constitution卯辰巳午未申酉戌亥"
    spreads = [max(p.spread for p in line.pieces) for line in lines(text, 12)[:-1]]
    assert max(spreads) < 500


def test_a_row_of_leader_dots_is_divided_where_it_must():
    made = lines("目录" + "." * 60 + "1", 10)
    assert [line.text[0] for line in made[1:]] == ["."] * (len(made) - 1)


ANY = st.text(st.sampled_from("一二三，。“”（）《》——……·、？！ab1 .,-/(\u3000\u00a0\t𠮷e\u0301\u200b℃～"), max_size=120)


@given(ANY, st.integers(4, 20))
def test_no_character_is_lost_and_no_line_is_too_long(text, ems):
    made = lines(text, ems, indent=2)
    kept = [c for c in text if c != "\u200b" and not c.isspace()]
    assert [c for line in made for c in line.text if not c.isspace()] == kept
    assert all(line.width <= ems * 1000 + 0.01 for line in made if len(line.text) > 8)


@given(
    st.lists(st.sampled_from(["一", "二", "，", "。", "“三”", "（四）", "五六", "——"]), min_size=1, max_size=60).map(
        "".join
    )
)
def test_prohibition_holds_whatever_the_text(text):
    for line in texts(text.lstrip("，。"), 12)[1:]:
        assert classify(line[0]) not in START_PROHIBITED[Level.GB] - {"D", "d"}
    for line in texts(text, 12)[:-1]:
        assert classify(line[-1]) not in END_PROHIBITED[Level.GB]


@given(
    st.text("天地玄黄，。（）！", max_size=200),
    st.integers(4, 16),
    st.sampled_from((0, 2)),
    st.sampled_from((1, 300, 700)),
)
def test_full_lines_are_found_as_any_others_are(text, ems, indent, rest):
    """What is done at once for lines of characters that stand an em apart is what is done for each line by itself."""
    shape = Shape(ems * 1000 + rest, first_indent=indent * 1000)
    paragraph = Paragraph([Run(text, SONG)])
    breaks = line_breaks(paragraph, shape, first=True, last=True)
    each = [setting.set_line(paragraph, a, b, shape, first=not a, last=b == len(text)) for a, b in breaks]
    assert setting.set_lines(paragraph, breaks, shape, first=True, last=True) == each
    paragraph.plain = False
    assert line_breaks(paragraph, shape, first=True, last=True) == breaks


def test_a_paragraph_of_many_chunks_is_one_paragraph():
    text = "一二三四五六七八九，" * (CHUNK // 3)
    made = lines(text, 38, indent=2)
    assert "".join(line.text for line in made) == text
    assert all(line.width == 38000 for line in made[1:-1])


def test_time_grows_with_the_length_only():
    def took(length):
        start = time.process_time()
        lines("中" * length, 38)
        return time.process_time() - start

    took(1000)
    shorter, longer = (min(took(length) for _ in range(3)) for length in (100_000, 1_000_000))
    assert longer < 30 * max(shorter, 0.01)
