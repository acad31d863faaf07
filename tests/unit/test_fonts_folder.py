"""What `fonts/README.md` says of the font files is counted again here."""

import functools
import re
import tomllib
from pathlib import Path

import pytest
import uharfbuzz as hb

ROOT = Path(__file__).parents[2]
FONTS = ROOT / "fonts"
FILES = sorted(path.relative_to(FONTS).as_posix() for path in FONTS.rglob("*.ttf"))
README = (FONTS / "README.md").read_text("utf-8")
OFL = [name for name in FILES if not name.startswith("gpl/")]
NOTO = ("DocSongSC-Regular.ttf", "DocSongSC-Bold.ttf", "DocHeiSC-Medium.ttf")
FANGSONG = "gpl/DocFangSongSC-Regular.ttf"
CHAIN = (FANGSONG, "DocFangSongSC-Supplement.ttf", "DocSongSC-Regular.ttf")
WRONG_IN_FANDOL = "幹捨準滷癥臟衹醜餘鬆鬱鹼～￣￥"


@functools.cache
def face(name):
    return hb.Face(hb.Blob.from_file_path(str(FONTS / name)))


@functools.cache
def characters(name):
    return frozenset(face(name).unicodes)


@functools.cache
def glyph(name, character):
    """Advance, left edge and right edge of the ink, in ems."""
    font = hb.Font(face(name))
    number = font.get_nominal_glyph(ord(character))
    extents, em = font.get_glyph_extents(number), face(name).upem
    left = extents.x_bearing / em
    return font.get_glyph_h_advance(number) / em, left, left + extents.width / em


@functools.cache
def double_bytes(codec):
    pairs = (bytes((row, cell)) for row in range(0x81, 0xFF) for cell in range(0x40, 0xFF))
    return frozenset(ord(c) for pair in pairs for c in pair.decode(codec, "ignore") if c > "\x7f")


@functools.cache
def core_lists():
    """The Hanzi and the signs of core.txt."""
    hanzi, signs = set(), set()
    for line in (FONTS / "core.txt").read_text("utf-8").splitlines():
        if line.startswith("U+"):
            for first, last in re.findall(r"U\+(\w+)(?:-(\w+))?", line):
                signs |= set(range(int(first, 16), int(last or first, 16) + 1))
        elif not line.startswith("#"):
            hanzi |= set(map(ord, line))
    return frozenset(hanzi), frozenset(signs)


def test_the_readme_names_every_file():
    assert len(FILES) == 6
    for name in FILES:
        assert Path(name).name in README


@pytest.mark.parametrize("name", FILES)
def test_the_coverage_that_the_readme_states(name):
    hanzi, _ = core_lists()
    counts = [len(characters(name))] + [
        len(wanted - characters(name))
        for wanted in (
            double_bytes("gb2312"),
            hanzi,
            double_bytes("big5"),
            double_bytes("gbk"),
            double_bytes("big5hkscs"),
        )
    ]
    row = re.search(rf"^\| `{Path(name).name}` \|((?: [\d,]+ \|){{6}})$", README, re.MULTILINE)
    assert row, "no row of the coverage table"
    assert [int(cell.replace(",", "")) for cell in row[1].strip(" |").split("|")] == counts


def test_core_txt_holds_what_the_encodings_lack():
    hanzi, _ = core_lists()
    assert len(hanzi) == 649
    assert not hanzi & (double_bytes("gb2312") | double_bytes("big5"))


def test_fangsong_and_its_fallback_have_the_core():
    hanzi, signs = core_lists()
    core = hanzi | signs | double_bytes("gb2312") | double_bytes("big5")
    served = frozenset().union(*map(characters, CHAIN))
    assert core - served == {0x02CD, 0x203E, 0x223C, 0x2252} - served
    assert not {ord(c) for c in WRONG_IN_FANDOL} & characters(FANGSONG)
    assert {ord(c) for c in WRONG_IN_FANDOL} <= characters("DocFangSongSC-Supplement.ttf")


@pytest.mark.parametrize("name", [n for n in FILES if "Supplement" not in n])
def test_two_em_dashes_join(name):
    advance, left, right = glyph(name, "—")
    assert advance == 1
    assert left <= 0.002
    assert right >= 0.998


@pytest.mark.parametrize("name", [n for n in FILES if "Supplement" not in n])
def test_the_middle_dot_is_half_an_em_and_centred(name):
    advance, left, right = glyph(name, "·")
    assert advance == 0.5
    assert abs((left + right) / 2 - 0.25) <= 0.001


@pytest.mark.parametrize("name", [n for n in FILES if "Supplement" not in n])
def test_quotation_marks_are_full_width_and_stand_at_their_text(name):
    for mark in "“‘":
        advance, left, _ = glyph(name, mark)
        assert advance == 1
        assert left > 0.5
    for mark in "”’":
        advance, _, right = glyph(name, mark)
        assert advance == 1
        assert right < 0.5


@pytest.mark.parametrize("name", FILES)
def test_outlines_are_truetype_without_hinting_and_stand_upright_too(name):
    tags = set(face(name).table_tags)
    assert {"glyf", "vhea", "vmtx"} <= tags
    assert not tags & {"CFF ", "CFF2", "fpgm", "prep", "cvt ", "gasp", "fvar"}


@pytest.mark.parametrize("name", NOTO)
def test_the_vertical_dash_is_found(name):
    buffer = hb.Buffer()
    buffer.add_str("—")
    buffer.direction = "ttb"
    buffer.script, buffer.language = "hani", "zh-hans"
    font = hb.Font(face(name))
    hb.shape(font, buffer)
    assert [info.codepoint for info in buffer.glyph_infos] == [font.get_nominal_glyph(0xFE31)]


@pytest.mark.parametrize("name", FILES)
def test_the_names_are_ours_and_the_notice_says_that_the_font_is_changed(name):
    named = face(name)
    family = named.get_name(1)
    assert family.startswith("Doc ")
    for number in (1, 3, 4, 6, 16, 17):
        assert not re.search("LXGW|霞鹜|Noto|Source|Fandol|Klee", named.get_name(number) or "")
    assert "Modified" in named.get_name(0)
    assert ("GNU General Public License" if name.startswith("gpl/") else "SIL Open Font License") in named.get_name(13)


def test_the_licence_texts_are_whole_and_go_into_the_package():
    for path in (FONTS / "licenses").glob("*-OFL.txt"):
        text = path.read_text("utf-8")
        assert text.lstrip().startswith("Copyright")
        assert "SIL OPEN FONT LICENSE Version 1.1" in text
        assert "DISCLAIMER" in text
    gpl = (FONTS / "gpl" / "Fandol-GPL3-font-exception.txt").read_text("utf-8")
    assert "Version 3, 29 June 2007" in gpl
    assert "END OF TERMS AND CONDITIONS" in gpl
    assert "if you create a document which uses this font" in gpl
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["license-files"]
    packed = {path for pattern in patterns for path in ROOT.glob(pattern)}
    assert packed >= {*(FONTS / "licenses").glob("*"), *(FONTS / "gpl").glob("*.txt")}


def test_the_script_builds_the_files_that_are_here():
    script = (FONTS / "build.py").read_text("utf-8")
    assert sorted(re.findall(r'file="([^"]+)"', script)) == FILES
