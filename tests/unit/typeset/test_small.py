"""Superior and inferior figures that no font has."""

import io
import subprocess

import pypdf
import pypdfium2
import pytest
from quality.pdf_conformance import complaints

from converter.model import Document, Paragraph, text
from converter.pipeline import write
from converter.typeset.fonts import typeface
from converter.typeset.small import figures
from converter.typeset.theme import Face
from converter.typeset.themes import THEMES

LINE = "排放CO₂，10⁵、H₂SO₄与aₙ₊₁，s⁻¹。"
BOOK = THEMES["book"]


@pytest.fixture(scope="module")
def written():
    document = Document(front=(Paragraph(inlines=text(LINE)),))
    return write(document, "pdf", theme=BOOK, options={"page_numbers": False, "running_head": False})


@pytest.mark.parametrize("face", Face)
def test_every_face_has_figures_of_its_own(face):
    made = typeface(face)
    for character in "₀₁₂₃₄₅₆₇₈₉⁰⁵⁶⁷⁸⁹₊₋⁺⁻":
        figure, _ = figures()[character]
        assert made.glyphs[character].file == made.glyphs[figure].file
        assert 0.5 < made.widths[character] / made.widths[figure] < 0.7


def test_a_figure_that_the_font_has_is_its_own():
    face = typeface(Face.SONG).files[0]
    assert face.glyph("²") < 0x10000 < face.glyph("₂")
    assert face.glyph("ת") == 0


def test_they_are_copied_and_nothing_is_missing(written, tmp_path):
    assert written.diagnostics == ()
    path = tmp_path / "a.pdf"
    path.write_bytes(written.value)
    poppler = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    pdfium = pypdfium2.PdfDocument(path)[0].get_textpage().get_text_range()
    for seen in (poppler, pdfium, pypdf.PdfReader(io.BytesIO(written.value)).pages[0].extract_text()):
        assert seen.strip() == LINE


def test_they_stand_low_and_high(written):
    page = pypdfium2.PdfDocument(written.value)[0].get_textpage()
    boxes = {page.get_text_range(i, 1): page.get_charbox(i) for i in range(page.count_chars())}
    line, size = boxes["O"][1], BOOK.body.size
    assert boxes["₂"][1] < line - 0.1 * size
    assert boxes["₂"][3] < line + 0.4 * size
    assert boxes["⁵"][1] > line + 0.4 * size
    assert 0.4 * size < boxes["₂"][3] - boxes["₂"][1] < 0.55 * size


@pytest.mark.validator
def test_verapdf_has_nothing_to_say(written, tmp_path):
    path = tmp_path / "a.pdf"
    path.write_bytes(written.value)
    assert complaints([path]) == {path.name: []}
