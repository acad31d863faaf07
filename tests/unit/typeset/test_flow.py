"""Tables over pages, pictures, lists, notes: where things stand."""

import pytest
from contract.documents import PNG, RICH

from converter.model import Document, Figure, Link, List, Note, NoteRef, Paragraph, Ruby, Table, Text, plain, text
from converter.typeset.pages import Typesetter
from converter.typeset.pictures import PRINT, WORD, picture
from converter.typeset.tables import column_widths
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


def test_notes_stand_after_the_text_and_their_marks_lead_there():
    call = Paragraph(inlines=(Text(text="正文"), NoteRef(number=1), NoteRef(number=7), Text(text="。")))
    (page,) = pages(call, notes=(Note(blocks=(Paragraph(inlines=text("注文。")),)),))
    assert words(page) == ["正文〔1〕〔7〕。", "注释", "〔1〕", "注文。"]
    assert [piece.link for piece, *_ in spans(page.lines[0].line)] == ["", "#note-1", "", ""]
    assert [name for name, _ in page.places] == ["note-1"]


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
