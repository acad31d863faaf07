"""Vertical PDFs, read back: bound at the right, in columns, every word there."""

import io
import subprocess

import pikepdf
import pypdfium2
import pytest
from contract.documents import RICH

from converter.model import Document, Metadata, Paragraph, blocks_of, passages_of, plain, text
from converter.pipeline import write
from converter.typeset.themes import THEMES

POEM = Document(
    metadata=Metadata(title="春晓"),
    front=(Paragraph(inlines=text("春眠不觉晓，处处闻啼鸟。夜来风雨声，花落知多少。" * 12)),),
)


def vertical(document, theme="book", **options):
    return write(document, "pdf", theme=theme, options={"vertical": True, **options}).value


def test_its_characters_stand_upright():
    with pikepdf.open(io.BytesIO(vertical(POEM))) as pdf:
        encodings = {str(font.Encoding) for page in pdf.pages for font in page.Resources.Font.values()}
        assert "/Identity-V" in encodings


def test_lines_are_columns_from_right_to_left():
    page = pypdfium2.PdfDocument(vertical(POEM))[0].get_textpage()
    boxes = [(page.get_text_range(i, 1), page.get_charbox(i)) for i in range(page.count_chars())]
    body = [(c, (left + right) / 2, (low + high) / 2) for c, (left, low, right, high) in boxes if c in "春夜花眠来"]
    first = [(x, y) for c, x, y in body if c == "眠"]
    assert first[0][0] >= first[-1][0]
    spring, sleep = ([(x, y) for c, x, y in body if c == wanted][-1] for wanted in "春眠")
    assert abs(spring[0] - sleep[0]) < 2
    theme = THEMES["book"]
    assert spring[1] - sleep[1] == pytest.approx(theme.body.size, abs=1.5)


def copied(*paragraphs, theme="book"):
    """The lines that PDFium copies from the first page of these paragraphs."""
    blocks = tuple(Paragraph(inlines=text(words)) for words in paragraphs)
    document = Document(front=blocks, language="zh-Hant")
    data = vertical(document, theme, page_numbers=False, running_head=False)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert "/Direction" not in pdf.Root.get("/ViewerPreferences", {})
    assert len(pypdfium2.PdfDocument(data)) == 1
    return pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range().splitlines()


PAGE = (
    "他說：「你好嗎？」我說ABC（好）。",
    "然後，他走了；第12課在第3頁，天上、地下都是雲。他們一起到了學校，看見老師，老師說：「請坐。」於是大家坐下；開始上課！後來呢，誰也沒有再說一句話，大家都在看天上的雲。",
    "完了。",
    "《詩》三百。",
)


@pytest.mark.parametrize("theme", THEMES)
def test_pdfium_copies_columns_as_they_were_written(theme):
    # With /Direction /R2L it takes every line for one from right to left: bits between marks reversed, brackets mirrored.
    assert "".join(copied(*PAGE, theme=theme)) == "".join(PAGE)


SHORT = {
    "one character": ("一", "這是第一段。", "二", "完。"),
    "a bracket": ("第三天", "「好。」", "《詩》三百。", "〔完〕"),
    "digits": ("1", "22", "6", "生化檢驗", "95", "80", "第1條", "第10條", "為健全政府機關檔案管理，"),
    "words": ("Producer", "消息生產者。", "Consumer", "消息消費者。", "ERP", "系統。"),
    "digits among words": ("set 1 as content", "增加了3 cm，還有4kg。", "在2018年12月30日至2019年1月1日放假，共3天。"),
    "a digit first": ("7月3日上午，團員們。", "12月9日，一堂課。"),
}


@pytest.mark.parametrize("paragraphs", SHORT.values(), ids=SHORT)
@pytest.mark.parametrize("theme", THEMES)
def test_pdfium_copies_each_short_column_as_one_line(paragraphs, theme):
    lines = copied(
        "這一段有兩列，開頭的一列是滿的，從上到下沒有空處，後面的一列只有不多的幾個字，字數比第一列少。" * 2,
        *paragraphs,
        theme=theme,
    )
    assert lines[-len(paragraphs) :] == list(paragraphs)


def test_digits_across_stand_in_the_middle_of_their_column():
    blocks = (Paragraph(inlines=text("共12年3月")),)
    made = vertical(Document(front=blocks), page_numbers=False, running_head=False)
    page = pypdfium2.PdfDocument(made)[0].render(scale=4, grayscale=True).to_pil()
    ink, size = page.point(lambda grey: 255 * (grey < 128)), 4 * THEMES["book"].body.size
    rows = [y for y in range(ink.height) if ink.crop((0, y, ink.width, y + 1)).getbbox()]
    parts = [part for part in split_where_apart(rows, size / 8) if part[-1] - part[0] > size / 8]
    assert len(parts) == 5
    edges = [ink.crop((0, part[0], ink.width, part[-1] + 1)).getbbox()[::2] for part in parts]
    middle = [(left + right) / 2 for left, right in edges]
    assert max(middle) - min(middle) < size / 8
    assert all(0.3 * size < part[-1] - part[0] for part in parts)
    assert 0.6 * size < edges[1][1] - edges[1][0] < 1.1 * size
    assert edges[3][1] - edges[3][0] < 0.6 * size


def split_where_apart(places, apart):
    parts = [[places[0]]]
    for place in places[1:]:
        if place - parts[-1][-1] > apart:
            parts.append([])
        parts[-1].append(place)
    return parts


@pytest.mark.parametrize("theme", THEMES)
def test_every_word_of_every_kind_of_node_is_there(theme, tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(vertical(RICH, theme, cover=True, contents=True))
    seen = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    for block in blocks_of(RICH):
        for passage in passages_of(block):
            for word in plain(passage).split():
                assert set(word) <= set(seen)


def test_the_same_bytes_again():
    assert vertical(RICH) == vertical(RICH)


def test_characters_stay_inside_the_page():
    file = pypdfium2.PdfDocument(vertical(POEM, running_head=True))
    page = THEMES["book"].page
    for side in file:
        shown = side.get_textpage()
        for i in range(shown.count_chars()):
            left, low, right, high = shown.get_charbox(i)
            assert 0 <= left <= right <= page.width
            assert 0 <= low <= high <= page.height
