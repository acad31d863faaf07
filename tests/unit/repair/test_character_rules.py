"""The rules that put single characters right: what they have in common, and giants that must not cost more than their length."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.repair import (
    compatibility,
    ellipsis_and_dashes,
    invisible_characters,
    punctuation,
    quotes,
    spaces,
    width,
)
from converter.repair.context import prose
from converter.repair.rules import RULES, Selection, repair
from converter.source import SourceText

OURS = (invisible_characters, compatibility, width, spaces, ellipsis_and_dashes, quotes, punctuation)
CODES = frozenset(rule.CODE for rule in OURS)
MARKS = st.lists(
    st.sampled_from(
        [
            *"甲乙一。、《》「」…—.-－─Ａ１２a1⼯,;:?!()，；：？！（）“”‘’\"'`> \u3000\n吗\u200b\xa0\xad",
            "...",
            "--",
            "——",
            "甲乙",
        ]
    ),
    max_size=30,
).map("".join)
SIZE = 30_000
GIANTS = [
    "甲(" * SIZE,
    "甲)" * SIZE,
    "a(" * SIZE + ")" * SIZE,
    '甲"' * SIZE,
    "甲'" * SIZE,
    "甲?" * SIZE,
    "，" * SIZE + "," + "，" * SIZE + ",",
    "甲 " * SIZE,
    "甲 “" * SIZE,
    "甲,1,2\n" * SIZE,
    "," * SIZE,
    "`" * SIZE,
    "<a" * SIZE,
    "a" * SIZE + "@",
    "http://" * SIZE,
    "```\n" * SIZE,
    "-" * SIZE,
    "甲..." * SIZE,
    "\u200b" * SIZE + "ไ",
    "甲" + "\xad" * SIZE + "a",
    "甲" + "\xa0" * SIZE + "\n",
    "Ａ1" * SIZE,
    "⼀" * SIZE,
    "“" * SIZE + "”" * SIZE,
]


def repaired(text):
    return repair(SourceText(text), Selection(only=CODES))


def test_all_are_registered_in_the_order_in_which_they_help_one_another():
    assert [rule for rule in RULES if rule.CODE in CODES] == list(OURS)


@given(MARKS)
def test_together_they_are_idempotent_and_undone_exactly(original):
    once = repaired(original).value
    assert once.undo() == original
    again = repaired(once.text)
    assert again.value.text == once.text
    assert not any(diagnostic.applied for diagnostic in again.diagnostics)


@given(MARKS)
def test_findings_are_sorted_and_do_not_overlap(text):
    for rule in OURS:
        findings = list(rule.find(text))
        assert all(a.end <= b.start for a, b in pairwise(findings))


@given(MARKS)
def test_prose_keeps_every_position(text):
    blackened = prose(text)
    assert len(blackened) == len(text)
    assert all(a == b or (b == "x" and a != "\n") for a, b in zip(text, blackened, strict=True))


@pytest.mark.parametrize("text", GIANTS, ids=range(len(GIANTS)))
@pytest.mark.parametrize("rule", OURS, ids=lambda rule: rule.CODE)
def test_a_giant_costs_no_more_than_its_length(rule, text):
    began = time.process_time()
    list(rule.find(text))
    assert time.process_time() - began < 3  # a quadratic rule takes minutes, a linear one a tenth of a second


def test_a_flattened_text_reads_as_it_was():
    original = (
        "一、总体要求\n（一）指导思想。以“三个代表”为指导，坚持“两手抓”；到2018年12月，完成1,000家（含500家），"
        "上午9:00开会！怎样体现先进性？详见：http://a.cn/b,c?d（附件）。\n"
    )
    flattened = original.translate(str.maketrans("，；：？！（）", ",;:?!()"))
    assert flattened != original
    assert repaired(flattened).value.text == original


def test_marks_without_a_partner_are_reported_where_they_stand():
    found = repaired('他说“好，她说：“不。”\n“乙”和”丙。\n组织"甲"和"乙。')
    assert found.value.text == found.value.original
    places = [found.value.original[d.span.start - 1 : d.span.end] for d in found.diagnostics]
    assert places == ["说“", "和”", '和"']
    assert not any(diagnostic.applied for diagnostic in found.diagnostics)
