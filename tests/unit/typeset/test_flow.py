"""Tables over pages, pictures, lists, notes: where things stand."""

import pytest
from contract.documents import PNG, RICH

from converter.model import (
    Document,
    Figure,
    Heading,
    Link,
    List,
    Note,
    NoteRef,
    Paragraph,
    Ruby,
    Section,
    Table,
    Text,
    plain,
    text,
)
from converter.typeset.pages import Typesetter
from converter.typeset.pictures import PRINT, WORD, picture
from converter.typeset.tables import column_widths, columns_of_figures, least_widths
from converter.typeset.themes import THEMES
from converter.writers.pdf.sheets import spans


def pages(*blocks, theme="article", notes=()):
    return Typesetter(THEMES[theme]).pages(Document(front=blocks, notes=notes), title=True)


def words(page):
    return [placed.line.text for placed in page.lines]


@pytest.mark.parametrize("theme", THEMES)
def test_a_long_table_has_its_head_on_each_page_and_every_row_once(theme):
    rows = tuple((text(f"行{n}"), text("内容" * (n % 30))) for n in range(200))
    made = pages(Table(head=((text("序号"), text("名称")),), rows=rows), theme=theme)
    assert len(made) > 3
    assert all(words(page)[:2] == ["序号", "名称"] for page in made)
    seen = [line for page in made for line in words(page) if line.startswith("行")]
    assert seen == [f"行{n}" for n in range(200)]
    depth = THEMES[theme].page.depth
    for page in made:
        assert max(placed.baseline for placed in page.lines) <= depth
        assert max(rule.end_y for rule in page.rules) <= depth + 0.1


def test_a_row_higher_than_the_page_goes_on():
    made = pages(Table(rows=((text("字" * 5000), text("乙")),)))
    assert len(made) > 1
    assert sum(len(line) for page in made for line in words(page)) == 5001
    assert all(placed.baseline <= THEMES["article"].page.depth for page in made for placed in page.lines)


def test_columns_fill_the_measure_and_short_ones_are_narrow():
    widths = column_widths([(text("序号"), text("一个很长很长的单元格，里面有许多字")), (text("1"), ())], 400.0)
    assert sum(widths) == pytest.approx(400)
    assert widths[0] < widths[1]
    assert widths[0] > 400 / 10


def test_no_column_is_narrower_than_its_words_as_far_as_that_is_possible():
    rows = [(text("编号"), text("很长的说明" * 9)), (text("GB/T15834"), text("又一个" * 9))]
    assert least_widths(rows) == [pytest.approx(9 * 0.62), 4]
    ranges = [(text("10:00—10:30"), text("1500×850")), (text("说明——另见"), text("8～9"))]
    assert least_widths(ranges) == [pytest.approx(10 * 0.62 + 1), pytest.approx(7 * 0.62 + 1)]
    assert column_widths(rows, 30.0, [12.0, 4.0]) == [12, 18]
    assert sum(column_widths(rows, 10.0, [12.0, 4.0])) == pytest.approx(10)


@pytest.mark.parametrize(("columns", "size"), [(4, 12), (9, 10.5), (12, 7.5), (15, 6.5)])
def test_a_table_of_many_columns_is_set_smaller_and_no_number_is_broken(columns, size):
    numbers = tuple(text(f"{n}8.50") for n in range(10, 10 + columns))
    (page,) = pages(Table(head=(tuple(text(f"栏{n}") for n in range(columns)),), rows=(numbers,)))
    assert {placed.size for placed in page.lines} == {size}
    assert [placed.line.text for placed in page.lines][columns:] == [plain(number) for number in numbers]


@pytest.mark.parametrize(
    ("column", "are_figures"),
    [
        ("1,234.5 987.0 12.25", True),
        ("3.2% -0.5% —", True),
        ("￥1,200 ￥80", True),
        ("12 7 ／", False),
        ("12 / 7", True),
        ("100", False),
        ("— —", False),
        ("12 约七", False),
        ("2024-06-20 2024-07-01", False),
        ("13800001111 02088886666", False),
        ("8:00 9:40", False),
        ("5个 12个", False),
    ],
)
def test_columns_of_figures_end_at_the_right(column, are_figures):
    rows = tuple((text(str(n)), text(word)) for n, word in enumerate(column.split(), 2021))
    table = Table(head=((text("年份"), text("数量")),), rows=rows)
    assert columns_of_figures(table) == ({1} if are_figures else frozenset())
    (page,) = pages(table)
    body = [placed.line for placed in page.lines][2:]
    assert len({line.x for line in body[::2]}) == 1
    ends = {round(line.x + line.width, 2) for line in body[1::2]}
    assert (len(ends) == 1) == (are_figures or len({line.width for line in body[1::2]}) == 1)


@pytest.mark.parametrize("count", [9, 99, 1000])
def test_numbers_have_room_beside_their_words(count):
    numbered = pages(List(ordered=True, items=tuple((Paragraph(inlines=text("字")),) for _ in range(count))))
    calls = tuple(NoteRef(number=n) for n in range(1, count + 1))
    notes = tuple(Note(blocks=(Paragraph(inlines=text("字")),)) for _ in range(count))
    noted = pages(Paragraph(inlines=calls), notes=notes)
    for made, words in ((numbered, f"{count}."), (noted, f"〔{count}〕")):
        (mark,) = (placed for page in made for placed in page.lines if placed.line.text == words)
        beside = [p for page in made for p in page.lines if p.line.text == "字" and p.size == mark.size]
        assert beside[-1].line.x > mark.line.x + mark.line.width + 50


def test_a_picture_is_never_cut_and_never_wider_than_the_measure():
    import io

    from PIL import Image

    saved = io.BytesIO()
    Image.new("RGB", (4000, 3000)).save(saved, "PNG")
    filling = tuple(Paragraph(inlines=text("字" * 300)) for _ in range(12))
    made = pages(*filling, Figure(data=saved.getvalue(), media_type="image/png", caption=text("图一")))
    page = THEMES["article"].page
    (found,) = (shown for each in made for shown in each.pictures)
    assert found.width == pytest.approx(page.measure)
    assert found.top + found.height <= page.depth
    home = next(each for each in made if each.pictures)
    assert "图一" in words(home)


def test_pictures_are_what_their_bytes_are():
    import io

    from PIL import Image

    assert picture(PNG).media_type == "image/png"
    saved = io.BytesIO()
    Image.new("RGB", (3, 3)).save(saved, "WEBP")
    assert picture(saved.getvalue(), WORD).media_type == "image/png"
    assert picture(saved.getvalue()).data == saved.getvalue()
    for broken in (b"", b"<svg/>", PNG[:40], b"\xff\xd8\xff" + bytes(50)):
        assert picture(broken, PRINT) is None


def test_items_hang_beside_their_marks():
    (page,) = pages(
        List(items=((Paragraph(inlines=text("字" * 100)),), (Paragraph(inlines=text("乙")),)), ordered=True, start=9)
    )
    lines = {placed.line.text: placed for placed in page.lines}
    assert lines["9."].baseline == next(p.baseline for p in page.lines if p.line.text.startswith("字字"))
    assert lines["10."].baseline == lines["乙"].baseline
    size = THEMES["article"].body.size
    assert all(p.line.x * p.size / 1000 == pytest.approx(2 * size) for p in page.lines if p.line.text[0] in "字乙")


def note(words):
    return Note(blocks=(Paragraph(inlines=text(words)),))


def test_notes_stand_at_the_foot_of_the_page_and_their_marks_lead_there():
    call = Paragraph(inlines=(Text(text="正文"), NoteRef(number=1), NoteRef(number=7), Text(text="。")))
    (page,) = pages(call, notes=(note("注文。"),))
    assert words(page) == ["正文〔1〕〔7〕。", "〔1〕", "注文。"]
    assert [piece.link for piece, *_ in spans(page.lines[0].line)] == ["", "#note-1", "", ""]
    (name, y) = page.places[0]
    theme = THEMES["article"]
    assert (name, y) == ("note-1", pytest.approx(theme.page.depth - theme.note.leading, abs=0.1))
    assert page.lines[2].size == theme.note.size
    (rule,) = page.rules
    assert page.lines[0].baseline < rule.y < page.lines[1].baseline


def test_what_nobody_calls_and_what_is_no_line_stands_after_the_text():
    table = Note(blocks=(Table(rows=((text("甲"),),)),))
    call = Paragraph(inlines=(Text(text="正文"), NoteRef(number=2)))
    (page,) = pages(call, notes=(note("没有注码。"), table))
    assert words(page) == ["正文〔2〕", "注释", "〔1〕", "没有注码。", "〔2〕", "甲"]


def foot_and_text(page):
    """The baselines of notes and of text, by their size."""
    small = THEMES["article"].note.size
    return [p.baseline for p in page.lines if p.size == small], [p.baseline for p in page.lines if p.size != small]


@pytest.mark.parametrize("words_of_note", [10, 200, 900, 5000])
@pytest.mark.parametrize("every", [1, 3])
def test_notes_and_text_share_pages_without_a_loss(words_of_note, every):
    paragraphs, notes = [], []
    for number in range(1, 25):
        calls = (NoteRef(number=len(notes) + 1),) if number % every == 0 else ()
        notes += [note(f"注{number}。" + "文" * words_of_note)] if calls else []
        paragraphs.append(Paragraph(inlines=(Text(text=f"段{number}。" + "字" * 150), *calls, Text(text="完。"))))
    made = pages(*paragraphs, notes=tuple(notes))
    theme = THEMES["article"]
    said = "".join(placed.line.text for page in made for placed in page.lines)
    assert said.count("文") == words_of_note * len(notes)
    assert said.count("字") == 150 * 24
    for page in made:
        small, large = foot_and_text(page)
        assert all(y <= theme.page.depth for y in small + large)
        if small and large:
            assert max(large) < min(small)
        marks = [p.link for placed in page.lines for p in placed.line.pieces if p.link.startswith("#note-")]
        begun = [name for name, _ in page.places]
        late = [name for name in begun if f"#{name}" not in marks]
        # A note stands with its mark unless those before it take the page.
        assert not late or words_of_note >= 900
    assert [name for page in made for name, _ in page.places] == [f"note-{n}" for n in range(1, len(notes) + 1)]


def test_a_note_in_a_table_stands_below_it():
    table = Table(rows=tuple((text(f"行{n}"), (Text(text="值"), NoteRef(number=n))) for n in range(1, 80)))
    made = pages(table, notes=tuple(note(f"注{n}") for n in range(1, 80)))
    for page in made:
        marks = [p.link for placed in page.lines for p in placed.line.pieces if p.link.startswith("#note-")]
        assert [f"#{name}" for name, _ in page.places] == marks


def test_readings_and_links_keep_to_their_characters():
    (page,) = pages(
        Paragraph(
            inlines=(Text(text="读"), Ruby(base="龘", annotation="dá"), Link(text="某站", target="https://a.cn/"))
        )
    )
    found = {piece.text: (piece.ruby, piece.link) for piece, *_ in spans(page.lines[0].line)}
    assert found == {"读": ("", ""), "龘": ("dá", ""), "某站": ("", "https://a.cn/")}


def test_every_word_of_every_kind_of_node_is_on_a_page():
    made = Typesetter(THEMES["book"]).pages(RICH, title=True)
    seen = "".join(line for page in made for line in words(page))
    for row in RICH.sections[0].blocks[0].rows:
        for cell in row:
            assert "".join(plain(cell).split()) in seen.replace("科目", "").replace("数|量", "")


@pytest.mark.parametrize("theme", THEMES)
def test_a_heading_has_two_lines_of_its_text_below_it(theme):
    # A poem of two lines, each a paragraph: 未諳姑食性 does not stand on the next page.
    lines = tuple(Paragraph(inlines=text(f"第{n}行。")) for n in "一二")
    poems = tuple(Section(heading=Heading(inlines=text(f"诗{n}")), blocks=lines) for n in range(40))
    made = Typesetter(THEMES[theme]).pages(Document(sections=poems), title=False)
    assert len(made) > 3
    for page in made:
        assert words(page)[0].startswith("诗")
        assert words(page)[-1] == "第二行。"
    assert [line for page in made for line in words(page)] == [
        line for n in range(40) for line in (f"诗{n}", "第一行。", "第二行。")
    ]


def test_a_heading_with_one_line_of_text_stands_with_that():
    poems = tuple(
        Section(heading=Heading(inlines=text(f"题{n}")), blocks=(Paragraph(inlines=text("完。")),)) for n in range(60)
    )
    made = Typesetter(THEMES["article"]).pages(Document(sections=poems), title=False)
    assert all(words(page)[0].startswith("题") and words(page)[-1] == "完。" for page in made)
    assert sum(len(page.lines) for page in made) == 120


@pytest.mark.parametrize("theme", THEMES)
def test_a_table_stands_as_far_from_the_text_above_as_from_that_below(theme):
    rows = tuple((text(f"行{n}"), text("内容")) for n in range(3))
    (page,) = pages(Paragraph(inlines=text("上")), Table(rows=rows), Paragraph(inlines=text("下")), theme=theme)
    lines = {placed.line.text: placed.baseline for placed in page.lines}
    top, bottom = min(rule.y for rule in page.rules), max(rule.end_y for rule in page.rules)
    leading, size = THEMES[theme].body.leading, THEMES[theme].body.size
    below_text, above_text = (leading - size) / 2 + 0.12 * size, (leading - size) / 2 + 0.88 * size
    assert top - lines["上"] - below_text == pytest.approx(lines["下"] - bottom - above_text, abs=0.1)
    gap = leading if THEMES[theme].line_grid else leading / 2
    assert top - lines["上"] - below_text == pytest.approx(gap, abs=0.1)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("above", range(18, 34))
def test_no_line_that_stays_with_a_table_stands_on_the_page_before_it(theme, above):
    head = Section(heading=Heading(inlines=text("标题")), blocks=(Table(rows=((text("甲"), text("乙")),) * 3),))
    document = Document(front=(Paragraph(inlines=text("上")),) * above, sections=(head,))
    made = Typesetter(THEMES[theme]).pages(document, title=False)
    assert [words(page)[words(page).index("标题") + 1] for page in made if "标题" in words(page)] in (["甲乙"], ["甲"])


def test_a_table_that_opens_a_page_has_no_room_above_it():
    rows = tuple((text(f"行{n}"), text("内容")) for n in range(3))
    (page,) = pages(Table(rows=rows), theme="book")
    assert min(rule.y for rule in page.rules) == 0


def test_the_text_below_a_table_is_on_the_grid_of_lines_again():
    columns = 12  # so many that they are set smaller, and rows are no whole lines
    numbers = tuple(text(f"{n}8.50") for n in range(10, 10 + columns))
    (page,) = pages(
        Paragraph(inlines=text("上")), Table(rows=(numbers,) * 4), Paragraph(inlines=text("下")), theme="book"
    )
    lines = {placed.line.text: placed.baseline for placed in page.lines}
    lines_apart = (lines["下"] - lines["上"]) / THEMES["book"].body.leading
    assert lines_apart == pytest.approx(round(lines_apart))
