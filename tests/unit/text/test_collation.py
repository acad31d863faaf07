"""Titles in the order of an index."""

import pytest

from converter.text.collation import by_pinyin, by_strokes


def mixed(words):
    return words[1::2] + words[::2]


def test_by_sound():
    ordered = [
        "2012年",
        "阿房宫",
        "爱国",
        "Basic",
        "把握",
        "关于",
        "关于总结",
        "光荣",
        "绿化",
        "论语",
        "妈",
        "麻",
        "马",
        "骂",
    ]
    assert sorted(mixed(ordered), key=by_pinyin) == ordered


@pytest.mark.parametrize(
    ("words", "group"),
    [("《人民》", "R"), ("“一带一路”", "Y"), ("excel", "E"), ("2012年", "#"), ("", "#"), ("——", "#"), ("國家", "G")],
)
def test_the_letter(words, group):
    assert by_pinyin(words).group == group


def test_by_strokes():
    ordered = ["2012年", "一", "二", "三十", "大会", "关于", "机关", "国家", "國家", "鑫"]
    assert sorted(mixed(ordered), key=by_strokes) == ordered
    assert by_strokes("国家").group == "8画"
    assert by_strokes("ABC").group == "#"
