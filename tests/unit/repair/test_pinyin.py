import random
import re
import time

import pytest

from converter.repair import pinyin
from converter.repair.rules import CERTAIN
from converter.source import SourceText

READINGS = {"创": "chuàng", "发": "fā", "业": "yè", "现": "xiàn", "规": "guī", "组": "zǔ", "织": "zhī", "党": "dǎng"}
SIMPLIFIED = (
    "各级党组织要发挥作用，创新组织形式。现有企业发展快，规划也要跟上。\n"
    "发现问题及时解决，党的组织要规范。企业组织党员学习，业务发展创新高。\n"
    "实现规划目标，党员在创业中现本色，规章要公开。\n"
)


def repaired(text):
    return SourceText(text).edited(f[:3] for f in pinyin.find(text) if f.confidence >= CERTAIN).text


def annotated(text, readings, opening="(", closing=")"):
    return "".join(c + (f"{opening}{readings[c]}{closing}" if c in readings else "") for c in text)


@pytest.mark.parametrize("seed", range(20))
def test_any_list_of_characters_is_undone_when_it_was_followed_every_time(seed):
    listed = dict(random.Random(seed).sample(sorted(READINGS.items()), 5))  # noqa: S311  a choice, not a secret
    assert repaired(annotated(SIMPLIFIED, listed)) == SIMPLIFIED


def test_full_width_brackets_and_carriage_returns():
    text = SIMPLIFIED.replace("\n", "\r\n")
    assert repaired(annotated(text, READINGS, "（", "）")) == text


def test_one_traditional_character_is_enough_if_nobody_would_explain_it():
    assert repaired("以改革創(chuàng)新精神推進工作") == "以改革創新精神推進工作"


@pytest.mark.parametrize("character", ["长(zhǎng)", "重(chóng)", "囧(jiǒng)", "单(chán)"])
def test_one_explanation_stays(character):
    text = f"文中的{character}字，见于{character[0]}字条下。"
    assert list(pinyin.find(text)) == []


def test_a_text_annotated_throughout_stays():
    readings = READINGS | dict(zip("各级要挥作用", ["gè", "jí", "yào", "huī", "zuò", "yòng"], strict=True))
    text = annotated("各级党组织要发挥作用。" * 5, readings)
    assert list(pinyin.find(text)) == []


def test_a_poem_annotated_for_children_stays_inside_a_damaged_text():
    words = dict(
        zip(
            "床前明月光疑是地上霜",
            ("chuáng", "qián", "míng", "yuè", "guāng", "yí", "shì", "dì", "shàng", "shuāng"),
            strict=True,
        )
    )
    poem = annotated("床前明月光，疑是地上霜。\n", words)
    assert repaired(annotated(SIMPLIFIED, READINGS) + poem) == SIMPLIFIED + poem


def test_words_that_are_no_reading_of_the_character_stay():
    text = annotated(SIMPLIFIED, READINGS)
    assert repaired(text + "他(he)在美国(usa)，见图(a)。\n") == SIMPLIFIED + "他(he)在美国(usa)，见图(a)。\n"


@pytest.mark.parametrize("text", ["创(chuàng)" * 50_000, "创(" * 100_000, "(" * 200_000, "创" + "(fā)" * 50_000])
def test_time_grows_with_the_text_alone(text):
    start = time.perf_counter()
    list(pinyin.find(text))
    assert time.perf_counter() - start < 5


def test_every_finding_is_sorted_and_is_an_annotation():
    text = annotated(SIMPLIFIED, READINGS)
    found = list(pinyin.find(text))
    assert found == sorted(found)
    assert all(re.fullmatch(r"\([^()]+\)", text[f.start : f.end]) and not f.replacement for f in found)
