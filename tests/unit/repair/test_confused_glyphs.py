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


def test_characters_in_daily_use_are_put_right_where_their_words_say_so_of_nearly_all():
    told = certain(f"{DAMAGED}吞吏量发化很大，兇级的仁仁是全尿发量，怎举办，请吐后看，一发到底。")
    assert [pair for pair in told if pair[0] in "吏发仁尿举吐"] == [
        ("吏", "吐"), ("发", "变"), ("仁", "仅"), ("仁", "仅"), ("尿", "局"), ("发", "变"), ("举", "么"), ("吐", "向"),
    ]  # fmt: skip


def test_characters_in_daily_use_say_nothing_by_themselves():
    assert certain("吞吏量发化很大，怎举办，全尿发量，返种方式，戒者吐后看。" * 20) == []


def test_a_library_with_a_few_odd_characters_is_not_damaged():
    words = "先生于是携其书归隐山中，日与樵夫渔父相往来，不复问世事。\n"
    assert certain(words * 6000 + "丌劢幵丏収亍" * 3) == []
