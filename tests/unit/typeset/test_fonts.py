from __future__ import annotations

import pytest

from converter.errors import ResourceError
from converter.typeset.fonts import GETA, faces, typeface
from converter.typeset.theme import Face


def test_every_role_has_files_with_characters_and_a_licence():
    listed = faces()
    assert {info.role for info in listed} == set(Face)
    assert all(info.characters > 5000 and info.licence for info in listed)
    assert {info.licence for info in listed if info.file == "DocFangSongSC-Regular.ttf"} == {
        "GPL-3.0-or-later with font exception"
    }


@pytest.mark.parametrize("role", Face)
def test_an_ideograph_is_an_em_wide_and_a_space_a_quarter(role):
    widths = typeface(role).widths
    assert (widths["国"], widths[" "], widths["·"], widths["—"]) == (1000, 250, 500, 1000)


def test_what_the_first_file_lacks_comes_from_the_next():
    fangsong = typeface(Face.FANGSONG)
    assert fangsong.glyphs["国"].file == 0
    assert fangsong.glyphs["～"].file == 1


def test_what_no_file_has_is_a_geta_mark():
    song = typeface(Face.SONG)
    assert song.glyphs["\U0002a6d6"] == song.glyphs[GETA]


def test_a_font_that_is_not_there_is_said_in_one_sentence():
    with pytest.raises(ResourceError) as raised:
        typeface(Face.KAI, "/nowhere/kai.ttf")
    assert "/nowhere/kai.ttf" in raised.value.message.zh
