import pytest

from converter.text.common_characters import COMMON, FREQUENT, PUNCTUATION, VERY_COMMON
from converter.text.likelihood import LEVEL_1_COUNT, is_level_1, likelihood


def test_no_character_stands_in_the_lists_twice():
    listed = VERY_COMMON + COMMON + FREQUENT + PUNCTUATION
    assert len(set(listed)) == len(listed)
    assert all("\u4e00" <= c <= "\u9fff" for c in VERY_COMMON + COMMON + FREQUENT)


@pytest.mark.parametrize("text", ["我们的生活一天比一天好。", "我們的生活一天比一天好。", "學而時習之，不亦說乎？"])
def test_chinese_is_likelier_than_its_misreadings(text):
    right = likelihood(text)
    for written in ("gbk", "big5", "utf-8"):
        for read in ("gbk", "big5", "utf-16-le"):
            if written != read:
                wrong = text.encode(written, "ignore").decode(read, "ignore")
                assert likelihood(wrong).mean < right.mean - 2


def test_the_characters_of_level_1_are_as_many_as_the_standards_list():
    every = map(chr, (*range(0xD800), *range(0xE000, 0x20000)))
    assert sum(map(is_level_1, every)) == LEVEL_1_COUNT
    listed = ("gb2312", range(0xB0, 0xD8)), ("big5", range(0xA4, 0xC7))
    characters = {
        bytes((row, cell)).decode(codec, "ignore")
        for codec, rows in listed
        for row in rows
        for cell in range(0x40, 0xFF)
    }
    assert all(is_level_1(character) for character in characters if len(character) == 1 and character > "\x7f")


def test_controls_are_counted_but_for_those_of_text():
    assert likelihood("一行\r\n\t二行\f\x1a").controls == 0
    assert likelihood("\0\0ab").controls == 0.5
    assert likelihood("").total == 0
