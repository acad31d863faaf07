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


PAGE = (
    "他說：「你好嗎？」我說ABC（好）。",
    "然後，他走了；第12課在第3頁，天上、地下都是雲。他們一起到了學校，看見老師，老師說：「請坐。」於是大家坐下；開始上課！後來呢，誰也沒有再說一句話，大家都在看天上的雲。",
    "完了。",
    "《詩》三百。",
)


def test_pdfium_copies_columns_as_they_were_written():
    # With /Direction /R2L it takes every line for one from right to left: bits between marks reversed, brackets mirrored.
    blocks = tuple(Paragraph(inlines=text(words)) for words in PAGE)
    data = vertical(Document(front=blocks, language="zh-Hant"), page_numbers=False, running_head=False)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert "/Direction" not in pdf.Root.ViewerPreferences
    seen = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range()
    assert "".join(seen.split()) == "".join(PAGE)


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
