"""Texts numbered behind the name of their collection."""

import pytest

from converter.model import HeadingKind, Role, heading_text, plain
from converter.source import SourceText
from converter.structure.parse import parse

BODY = "全局上下要统一思想，提高认识，扎实做好各项工作，确保全年目标任务圆满完成。"


def read(*lines):
    return parse(SourceText("\n".join(lines))).value


@pytest.mark.parametrize("form", ["演讲稿 篇{}", "演讲稿篇{}", "演讲稿（篇{}）", "演讲稿范文{}", "演讲稿 第{}篇"])
@pytest.mark.parametrize("numerals", ["123", "一二三"])
def test_a_name_that_counts_heads_the_texts_of_a_collection(form, numerals):
    heads = [form.format(numeral) for numeral in numerals]
    found = read("演讲稿（精选3篇）", BODY, *(line for head in heads for line in (head, "同志们：", BODY)))
    assert found.metadata.title == "演讲稿（精选3篇）"
    assert [heading_text(section.heading) for section in found.sections] == heads
    assert {section.heading.kind for section in found.sections} == {HeadingKind.PART}
    assert [section.blocks[0].role for section in found.sections] == [Role.SALUTATION] * 3


def test_the_text_may_begin_on_the_line_of_its_head():
    found = read("最美演讲稿", BODY, "最美演讲稿 篇1尊敬的各位领导、同志们：", BODY, f"最美演讲稿 篇2{BODY}", BODY)
    assert [heading_text(section.heading) for section in found.sections] == ["最美演讲稿 篇1", "最美演讲稿 篇2"]
    assert not any(section.heading.run_in for section in found.sections)
    first, second = found.sections
    assert (first.blocks[0].role, plain(first.blocks[0].inlines)) == (Role.SALUTATION, "尊敬的各位领导、同志们：")
    assert plain(second.blocks[0].inlines) == BODY


def test_the_name_of_the_collection_may_have_a_bare_number_behind_it():
    found = read("租赁合同", BODY, "租赁合同1", "甲方：____", BODY, "租赁合同2", "甲方：____", BODY)
    assert [heading_text(section.heading) for section in found.sections] == ["租赁合同1", "租赁合同2"]
    assert found.metadata.title == "租赁合同"


def test_the_number_may_stand_before_the_name():
    heads = ["篇1：《密游集序》原文", "篇2：《密游集序》翻译"]
    found = read("《密游集序》原文及翻译", heads[0], BODY, heads[1], BODY)
    assert [heading_text(section.heading) for section in found.sections] == heads


@pytest.mark.parametrize(
    "lines",
    [
        ("演讲稿 篇1", BODY, BODY),  # one alone
        ("春耕现场1", BODY, "春耕现场2", BODY),  # a name that stands nowhere else
        ("演讲稿 篇2", BODY, "演讲稿 篇3", BODY),  # does not begin with one
        ("演讲稿 篇1", BODY, "报告 篇2", BODY),  # two names
        ("本刊全年发表论文1篇", BODY, "本刊全年发表论文2篇", BODY),
        ("会议印发公文1份，学习", BODY, "会议印发公文2份，学习", BODY),
        ("公文1月起执行", BODY, "公文2月起执行", BODY),
    ],
)
def test_what_does_not_count_is_no_collection(lines):
    assert not any(section.heading.kind is HeadingKind.PART for section in read("工作总结", *lines).sections)
