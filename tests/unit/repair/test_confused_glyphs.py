import pytest

from converter.repair.confused_glyphs import find
from converter.repair.rules import CERTAIN

DAMAGED = "系统丌能正常启劢，幵丏収生了迕程错误，返种情冴亍夜间出现。"


def certain(text):
    return [(text[f.start], f.replacement) for f in find(text) if f.confidence >= CERTAIN]


def test_a_few_odd_characters_are_reported_and_left():
    text = "我们丌能忘记，也丌会忘记，幵将继续努力。"
    findings = list(find(text))
    assert [f.replacement for f in findings] == ["不", "不", "并"]
    assert certain(text) == []


@pytest.mark.parametrize(
    "word", ["惊诧", "诧异", "讣告", "逡巡不前", "插科打诨", "返还", "警戒", "举办", "美丽", "呕吐"]
)
def test_words_stay_even_in_a_damaged_text(word):
    assert len(certain(DAMAGED + word)) == len(certain(DAMAGED))


def test_one_odd_character_alone_says_nothing():
    assert list(find("彳亍而行，彳亍而归。")) == []


def test_traditional_text_has_these_characters_of_right():
    assert list(find("行兇詭計，勿迕長者，出迓來客，大匠斲木，負屈寒儒，難逃蕭相明條。" * 3)) == []
