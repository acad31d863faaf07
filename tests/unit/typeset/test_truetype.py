"""Our own fonts, read by their tables: what HarfBuzz says of them."""

import subprocess
import sys

import pytest
import uharfbuzz as hb

from converter.typeset.fonts import font_files
from converter.typeset.truetype import TrueType

PATHS = [path for path, _ in font_files()]


@pytest.fixture(params=PATHS, ids=lambda path: path.stem)
def both(request):
    face = hb.Face(hb.Blob.from_file_path(request.param))
    return TrueType(request.param), face, hb.Font(face)


def test_the_font_as_a_whole(both):
    ours, face, font = both
    lines = font.get_font_extents("ltr")
    assert (ours.ascender, ours.descender) == (lines.ascender, lines.descender)
    assert (ours.units_per_em, ours.glyph_count, ours.characters()) == (
        face.upem,
        face.glyph_count,
        len(face.unicodes),
    )
    assert [ours.name(number) for number in (1, 6)] == [face.get_name(number) for number in (1, 6)]
    head = bytes(face.reference_table("head").data)
    assert ours.table("head") == head
    assert b"".join(edge.to_bytes(2, signed=True) for edge in ours.bounds) == head[36:44]


def test_every_character(both):
    ours, _, font = both
    codes = range(0x30000)
    assert [ours.glyph(code) for code in codes] == [font.get_nominal_glyph(code) or 0 for code in codes]
    assert ours.glyph(0x10FFFF) == 0


def test_every_glyph(both):
    ours, _, font = both
    glyphs = range(ours.glyph_count)
    assert [ours.advance(glyph) for glyph in glyphs] == [font.get_glyph_h_advance(glyph) for glyph in glyphs]
    assert [tuple(ours.extents(glyph)) for glyph in glyphs] == [
        tuple(font.get_glyph_extents(glyph)) for glyph in glyphs
    ]


def test_many_glyphs_at_once(both):
    ours, _, _ = both
    glyphs = range(ours.glyph_count)
    assert ours.outlines(glyphs) == [ours.outline(glyph) for glyph in glyphs]
    assert ours.metrics(glyphs) == [(ours.advance(glyph), ours.bearing(glyph)) for glyph in glyphs]


def test_a_word_file_is_paged_without_harfbuzz():
    code = "from converter import convert; import sys; convert('一、总体要求\\n正文。'.encode(), 'docx')"
    said = subprocess.run(
        [sys.executable, "-c", f"{code}; print('uharfbuzz' in sys.modules)"], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "False"
