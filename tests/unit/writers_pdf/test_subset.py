"""A subset that is made here draws what HarfBuzz's would: the same glyphs, as wide as they were."""

import struct
import subprocess
import sys

import pytest
import uharfbuzz as hb

from converter.model import Document, Paragraph, text
from converter.pipeline import write
from converter.typeset.fonts import font_face, font_files
from converter.writers.pdf.outlines import cut

PATHS = [path for path, _ in font_files()]
WORDS = "坚持学习制度，进一步完善。ABC 0123 “引”（一）①é"


def drawn(font, glyph):
    said = []
    funcs = hb.DrawFuncs()
    for name in ("move_to", "line_to", "quadratic_to", "cubic_to"):
        getattr(funcs, f"set_{name}_func")(lambda *points, name=name: said.append((name, *points[:-1])))
    font.draw_glyph(glyph, funcs, None)
    return said, font.get_glyph_h_advance(glyph), font.get_glyph_extents(glyph)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_every_glyph_is_as_it_was(path):
    face = font_face(path)
    glyphs = {face.glyph(character) for character in WORDS}
    became, program = cut(face.tables, glyphs)
    assert set(became) == glyphs | {0}
    assert sorted(became.values()) == list(range(len(became)))
    whole, part = face.harfbuzz.face, hb.Face(program)
    assert part.glyph_count == len(became)
    assert (part.upem, sorted(part.table_tags)) == (whole.upem, ["glyf", "head", "hhea", "hmtx", "loca", "maxp"])
    for glyph, own in became.items():
        assert drawn(hb.Font(part), own) == drawn(hb.Font(whole), glyph)


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_checksums_are_sums_of_words(path):
    face = font_face(path)
    _, program = cut(face.tables, {face.glyph(character) for character in WORDS})
    for row in range(int.from_bytes(program[4:6])):
        tag, said, start, size = struct.unpack_from(">4s3I", program, 12 + 16 * row)
        data = program[start : start + size + -size % 4]
        if tag == b"head":
            data = data[:8] + bytes(4) + data[12:]
        assert said == sum(struct.unpack(f">{len(data) // 4}I", data)) & 0xFFFFFFFF
    assert sum(struct.unpack(f">{len(program) // 4}I", program)) & 0xFFFFFFFF == 0xB1B0AFBA


def test_a_glyph_that_is_made_of_others_is_left_to_harfbuzz():
    tables = font_face(next(path for path in PATHS if path.name.startswith("DocKai"))).tables
    made = next(
        glyph for glyph, outline in enumerate(tables.outlines(range(tables.glyph_count))) if outline[:1] == b"\xff"
    )
    assert cut(tables, {made}) is None
    character = next(chr(code) for code in range(0x10000) if tables.glyph(code) == made)
    assert write(Document(front=(Paragraph(inlines=text(f"字{character}")),)), "pdf", theme="book").value


def test_our_fonts_have_no_instructions():
    for path in PATHS:
        assert not {"fpgm", "prep", "cvt "} & font_face(path).tables.tables.keys()


def test_a_plain_text_needs_no_harfbuzz():
    code = "from converter import convert; import sys; convert('一、总体要求\\n正文。'.encode(), 'pdf')"
    said = subprocess.run(
        [sys.executable, "-c", f"{code}; print('uharfbuzz' in sys.modules)"], capture_output=True, text=True, check=True
    )
    assert said.stdout.strip() == "False"
