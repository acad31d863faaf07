"""What repair does to the five seeds, which are real and damaged: all of it, and nothing more."""

import re
from pathlib import Path

import pytest

from converter.inspection import inspect
from converter.pipeline import read
from converter.repair.rules import repair
from converter.source import SourceText

SEEDS = {path.stem[:3]: path for path in (Path(__file__).parents[2] / "seeds").glob("*.txt")}
PINYIN = re.compile(r"[\u4e00-\u9fff][（(][a-zA-Zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]{1,6}[)）]")
# Each of the nine places where seed 003 lost a byte, as a reader of Chinese restores it.
SLIPS = {
    "一方面個別私企": 1,
    "確保“兩新”組織": 3,
    "返還。縣（市": 1,
    "開展工作。“兩新”組織": 1,
    "陣地。活動經費": 1,
    "不明確。《中共中央": 1,
    "慶祝活動。": 1,
}
REMOVED = {"000": 7, "001": 2, "002": 2, "003": 5, "004": 3}


@pytest.fixture(scope="module")
def repaired():
    return {key: repair(SourceText(path.read_text("utf-8"))).value.text for key, path in SEEDS.items()}


def test_all_pinyin_of_seed_003_is_gone(repaired):
    assert len(PINYIN.findall(SEEDS["003"].read_text("utf-8"))) > 500
    assert PINYIN.findall(repaired["003"]) == []


@pytest.mark.parametrize(("words", "times"), SLIPS.items())
def test_all_slips_of_seed_003_are_right(repaired, words, times):
    assert repaired["003"].count(words) == times


@pytest.mark.parametrize("key", SEEDS)
def test_no_half_width_comma_is_left_between_characters(repaired, key):
    assert re.findall(r"[\u4e00-\u9fff”][,;?!][\u4e00-\u9fff“]", repaired[key]) == []


@pytest.mark.parametrize("key", SEEDS)
def test_what_does_not_belong_to_the_text_is_taken_out(key):
    removed = inspect(read(SEEDS[key]))["removed"]
    assert len(removed) == REMOVED[key], removed


@pytest.mark.parametrize("key", SEEDS)
def test_a_second_repair_changes_nothing(repaired, key):
    assert repair(SourceText(repaired[key])).value.text == repaired[key]
