import re

import pytest

from converter.repair import (
    byte_slips,
    compatibility,
    confused_glyphs,
    control_characters,
    invisible_characters,
    width,
)
from converter.repair.signs import contains, shows, signs_in

EVERY = "".join(map(chr, range(0x110000)))


@pytest.mark.parametrize(
    "sign",
    [
        control_characters._RUN,
        invisible_characters._ANY,
        compatibility._CODED,
        compatibility._RADICALS_RUN,
        width._ANY,
        confused_glyphs._RARE_SIGN,
    ],
    ids=lambda sign: sign.pattern[:12],
)
def test_a_look_for_all_signs_finds_what_each_rule_looks_for(sign):
    wanted = {character for run in sign.findall(EVERY) for character in run}
    assert wanted
    assert wanted <= set(signs_in(EVERY))


def test_a_look_for_all_signs_finds_where_a_byte_slip_may_begin():
    assert set(signs_in(EVERY)) >= byte_slips._SUSPECTS


def test_each_sign_is_named_once_and_others_are_not():
    assert signs_in("⼯⼈⼈\u200b人") == "\u200b⼈⼯"


def test_ordinary_text_has_no_sign():
    assert signs_in("第1章　学习札记\n要抓好学习，“两不误、两促进”。OK\r\n") == ""


def test_a_text_shows_a_sign_where_it_holds_one_of_its_characters():
    radicals = re.compile("[⺀-⿕]")
    assert shows("全体职⼯", radicals)
    assert not shows("全体职工", radicals)


@pytest.mark.parametrize(
    ("text", "piece", "stands"), [("目录……1", "……", True), ("…目录…", "……", False), ("甲", "", True)]
)
def test_a_piece_is_found_like_python_finds_it(text, piece, stands):
    assert contains(text, piece) is stands is (piece in text)
