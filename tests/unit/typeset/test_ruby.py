"""Readings above words: what is apart for them, and what is not."""

import io
import subprocess

import pypdf
import pypdfium2
import pytest

from converter.model import Document, Paragraph, Ruby, Text, text
from converter.pipeline import write
from converter.typeset.fonts import typeface
from converter.typeset.ruby import spaces
from converter.typeset.runs import Run
from converter.typeset.theme import Face
from converter.typeset.themes import THEMES

SONG = typeface(Face.SONG)
BOOK = THEMES["book"]
PAGE = (
    *text("古诗："),
    Ruby(base="床", annotation="chuáng"),
    Ruby(base="前", annotation="qián"),
    Ruby(base="明", annotation="míng"),
    Ruby(base="月", annotation="yuè"),
    Ruby(base="光", annotation="guāng"),
    *text("，"),
    Ruby(base="双", annotation="shuāng"),
    Ruby(base="窗", annotation="chuāng"),
    *text("下有ABC"),
    Text(text="三"),
    *text("Latin。"),
)
LINE = "古诗：床前明月光，双窗下有ABC三Latin。"


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ((("漢", "hàn"), ("字", "zì")), {}),
        ((("窗", "chuāng"), ("装", "zhuāng")), {0}),
        ((("光", "guāng"), ("的", ""), ("光", "guāng")), set()),
        ((("在", ""), ("X", "a very long reading"), ("后", "")), {0, 1}),
        ((("很长的词", "zhuāng"), ("装", "zhuāng")), set()),
    ],
)
def test_words_stand_apart_only_where_their_readings_would_meet(runs, expected):
    made = [Run(words, SONG, ruby=reading) for words, reading in runs]
    found = spaces(made, [1000] * sum(len(words) for words, _ in runs))
    assert set(found) == set(expected)
    assert all(space % 125 == 0 for space in found.values())


@pytest.fixture(scope="module")
def page():
    document = Document(front=(Paragraph(inlines=PAGE),))
    return write(document, "pdf", theme=BOOK, options={"page_numbers": False, "running_head": False}).value


def test_readings_do_not_meet(page):
    sheet = pypdfium2.PdfDocument(page)[0].get_textpage()
    boxes = [(sheet.get_text_range(i, 1), sheet.get_charbox(i)) for i in range(sheet.count_chars())]
    low = min(bottom for _, (_, bottom, _, _) in boxes) + 8
    ink = sorted((left, right) for c, (left, bottom, right, _) in boxes if bottom > low and c.isalpha())
    words, end = 1, ink[0][1]
    for left, right in ink:
        words += left - end > 0.13 * BOOK.body.size
        end = right
    assert words == 7


def test_the_line_is_copied_without_the_spaces(page, tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(page)
    poppler = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    pdfium = pypdfium2.PdfDocument(page)[0].get_textpage().get_text_range()
    pdfium = pdfium.replace(" 三 ", "三")  # it takes the gap beside Latin for a space where a run ends
    ours = pypdf.PdfReader(io.BytesIO(page)).pages[0].extract_text()
    for seen in (poppler, pdfium, ours):
        assert LINE in seen
