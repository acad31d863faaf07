"""Stops in the middle of their squares, read back: where their ink is, and what is copied."""

import io
import subprocess
from itertools import pairwise
from pathlib import Path

import pypdf
import pypdfium2
import pytest
import uharfbuzz as hb
from quality.pdf_conformance import complaints

from converter.model import Document, Paragraph, text
from converter.pipeline import write
from converter.typeset.themes import THEMES
from converter.writers.pdf.outlines import font_file, with_moved_charstrings

BOOK = THEMES["book"]
SIZE = BOOK.body.size
WORDS = "他說：「你好嗎？我很好！」然後，他走了；天上、地下都是雲。他們一起到了學校，看見老師，老師說：「請坐。」於是大家坐下；開始上課！"
LINES = [
    "他說：「你好嗎？我很好！」然後，他走了；天上、地下都是",
    "雲。他們一起到了學校，看見老師，老師說：「請坐。」於是大家",
    "坐下；開始上課！",
]
STOPS = "：？！，；、。"
LANGUAGES = ("zh-Hant", "zh-Hant-TW", "zh-Hant-HK", "zh-TW", "zh-HK")


def made(language="zh-Hant", words=WORDS, **options):
    document = Document(front=(Paragraph(inlines=text(words)),), language=language)
    options = {"page_numbers": False, "running_head": False, **options}
    return write(document, "pdf", theme=BOOK, options=options).value


def places(data):
    """Of each character the middle of its ink, in ems from that of the character before it: to the right, and up."""
    page = pypdfium2.PdfDocument(data)[0].get_textpage()
    boxes = [(page.get_text_range(i, 1), page.get_charbox(i)) for i in range(page.count_chars())]
    middles = [(c, (left + right) / 2, (low + high) / 2) for c, (left, low, right, high) in boxes]
    return {c: ((x - a) / SIZE, (y - b) / SIZE) for (_, a, b), (c, x, y) in pairwise(middles)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_stops_stand_in_the_middle_of_their_squares(language):
    found = places(made(language, "口".join(STOPS) + "口"))
    for stop in STOPS[1:]:
        right, up = found[stop]
        assert right == pytest.approx(1, abs=0.07)
        assert abs(up) < 0.15


@pytest.mark.parametrize(("language", "options"), [("zh-Hans", {}), ("zh-Hant", {"centred_marks": False})])
def test_stops_of_the_mainland_stand_below(language, options):
    right, up = places(made(language, "口，口。口", **options))["，"]
    assert right < 0.8
    assert up < -0.2


def test_they_stand_in_the_middle_of_columns():
    found = places(made(words="口".join(STOPS) + "口", vertical=True))
    for stop in "，、。":
        right, up = found[stop]
        assert abs(right) < 0.07
        assert abs(up) == pytest.approx(1, abs=0.15)  # PDFium reads columns from either end


def test_lines_are_copied_as_they_were_written(tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(made())
    poppler = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    pdfium = pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range()
    ours = pypdf.PdfReader(io.BytesIO(path.read_bytes())).pages[0].extract_text()
    for seen in (poppler, pdfium, ours):
        assert [line for line in seen.splitlines() if line.strip("\f")] == LINES


def test_cubic_outlines_are_moved():
    """What a CFF font draws afterwards, beside what it drew."""
    path = Path("/usr/share/fonts/opentype/urw-base35/NimbusRoman-Regular.otf")
    face = hb.Face(hb.Blob.from_file_path(path))
    wanted = hb.SubsetInput()
    glyphs = [hb.Font(face).get_nominal_glyph(ord(c)) for c in ".,:;!?i%"]
    wanted.glyph_set.update(glyphs)
    wanted.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.DESUBROUTINIZE | hb.SubsetFlags.CFF_IDENTITY_CHARSET
    plan = hb.SubsetPlan(face, wanted)
    subset = plan.execute()
    new = [plan.old_to_new_glyph_mapping[glyph] for glyph in glyphs]
    moves = {glyph: (100 + n, -30 * n) for n, glyph in enumerate(new[:-1])}
    tables = {tag: bytes(subset.reference_table(tag).data) for tag in subset.table_tags}
    tables["CFF "] = with_moved_charstrings(tables["CFF "], moves)
    before, after = hb.Font(subset), hb.Font(hb.Face(font_file(tables)))
    for glyph in new:
        was, now = before.get_glyph_extents(glyph), after.get_glyph_extents(glyph)
        right, up = moves.get(glyph, (0, 0))
        assert (now.x_bearing, now.y_bearing) == (was.x_bearing + right, was.y_bearing + up)
        assert (now.width, now.height) == (was.width, was.height)
        assert after.get_glyph_h_advance(glyph) == before.get_glyph_h_advance(glyph)


@pytest.mark.validator
def test_verapdf_has_nothing_to_say(tmp_path):
    paths = [tmp_path / "a.pdf", tmp_path / "b.pdf"]
    for path, vertical in zip(paths, (False, True), strict=True):
        path.write_bytes(made(vertical=vertical))
    assert complaints(paths) == {path.name: [] for path in paths}
