"""Our own fonts, read by their tables: what HarfBuzz says of them."""

import struct
import subprocess
import sys

import pytest
import uharfbuzz as hb

from converter.errors import ResourceError
from converter.typeset import fonts
from converter.typeset.fonts import FontFace, font_files
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
    ours, _, font = both
    glyphs = range(ours.glyph_count)
    outlines = ours.outlines(glyphs)
    assert ours.table("glyf").startswith(b"".join(outlines))
    boxes = [struct.unpack(">4h", outline[2:10]) if outline else (0, 0, 0, 0) for outline in outlines]
    extents = [font.get_glyph_extents(glyph) for glyph in glyphs]
    assert [(right - left, bottom - top) for left, bottom, right, top in boxes] == [
        (e.width, e.height) for e in extents
    ]
    assert ours.metrics(glyphs) == [(ours.advance(glyph), ours.bearing(glyph)) for glyph in glyphs]


@pytest.mark.parametrize("kept", [0, 3, 20, 300])
def test_a_font_of_ours_that_is_damaged_is_said_in_one_sentence(kept, monkeypatch, tmp_path):
    damaged = tmp_path / "ours.ttf"
    damaged.write_bytes(PATHS[0].read_bytes()[:kept])
    monkeypatch.setattr(fonts, "font_folder", lambda: tmp_path)
    with pytest.raises(ResourceError, match=r"ours\.ttf"):
        FontFace(damaged)


def test_a_word_file_is_paged_without_harfbuzz():
    code = "from converter import convert; import sys; convert('一、总体要求\\n正文。'.encode(), 'docx')"
    said = subprocess.run(
        [sys.executable, "-c", f"{code}; print('uharfbuzz' in sys.modules)"], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "False"
