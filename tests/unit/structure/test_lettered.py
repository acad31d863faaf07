"""Items that letters or bullets begin, and questions of an examination."""

import pytest

from converter.inspection import recognised
from converter.model import plain
from converter.source import SourceText
from converter.structure.parse import parse

BODY = "全局上下要统一思想，提高认识，扎实做好各项工作，确保全年目标任务圆满完成。"
OPTIONS = ("A.作者从小就喜欢读书。", "B.作者不喜欢读书。", "C．作者读了三国。", "D、作者讲了故事")


def types(*lines):
    return [found.type for found in recognised(parse(SourceText("\n".join(lines))).value)]


@pytest.mark.parametrize("question", ["2.下列说法不正确的一项是（  ）（3分）", "2．请概括第④段的内容。（5分）"])
def test_a_question_and_what_there_is_to_choose(question):
    assert types(BODY, question, *OPTIONS, BODY) == ["paragraph"] * 2 + ["list_item"] * 4 + ["paragraph"]


@pytest.mark.parametrize(
    "lines",
    [
        ("B.作者不喜欢读书。", "C.作者读了三国。", "D.作者讲了故事。"),  # does not begin with A
        ("A.作者从小就喜欢读书。", "B.作者不喜欢读书。"),
        ("A座的住户先走。", "B座的住户后走。", "C座的住户最后走。"),
        ("——经济保持平稳增长。", "——产业结构不断优化。"),
        ("- 涉：渡过。", "● 遽：立刻。"),
        ("-5℃的早晨。", "-3℃的早晨。"),
    ],
)
def test_what_is_no_list(lines):
    assert "list_item" not in types(BODY, *lines, BODY)


@pytest.mark.parametrize("bullet", ["- ", "• ", "•", "● ", "* "])
def test_lines_that_open_with_one_bullet(bullet):
    assert types(BODY, f"{bullet}涉：渡过。", f"{bullet}遽：立刻。", BODY)[1:3] == ["list_item"] * 2


def test_two_sentences_below_what_announces_them():
    lines = ("教学目标：", "1、正确、流利地朗读课文。", "2、懂得要勇敢锻炼自己。", "教学准备：挂图", "一、导入", BODY)
    assert types("教案", BODY, *lines) == [
        *("paragraph", "paragraph", "list_item", "list_item", "paragraph", "heading", "paragraph"),
    ]


def test_numbered_statements_and_paragraphs_of_a_passage_are_no_headings():
    lines = (
        f"9.1根据《基本法》，政府对立法机关负责。{BODY}",
        "9.2与此对应的安排是，政府须答覆议员提出的质询。",
        BODY,
        f"②我自从会认字后不到几年，就开始读书。{BODY}",
        f"③那时我的舅父每天晚饭后讲一段。{BODY}",
    )
    assert types("议事规则", *lines) == ["paragraph"] * 5
    assert "heading" in types("应急预案", "1.1 编制目的", BODY, "1.2 编制依据", BODY)


def test_references_below_their_heading():
    lines = ("参考文献", "[1] 王某. 抑郁研究[J]. 心理学报, 2015.", "[2] 李某. 筛查[M]. 北京, 2016.")
    assert types("抑郁筛查", BODY, *lines)[-3:] == ["heading", "list_item", "list_item"]
    assert "heading" not in types("抑郁筛查", BODY, "参考文献", BODY)


def test_references_stand_as_far_out_as_the_sections_of_their_paper():
    lines = (
        "1 引言",
        "1.1 背景",
        BODY,
        "2 结果",
        "2.1 线性范围",
        BODY,
        "参考文献",
        "[1] 王某. 某文[J].",
        "[2] 李某. 某书[M].",
    )
    made = parse(SourceText("\n".join(("某某方法研究", *lines)))).value
    assert [plain(section.heading.inlines) for section in made.sections] == ["引言", "结果", "参考文献"]
    chapters = ("第一章　绪论", BODY, "一、背景", BODY, "第二章　方法", "一、材料", BODY, *lines[-3:])
    made = parse(SourceText("\n".join(("某某研究", *chapters)))).value
    assert [plain(section.heading.inlines) for section in made.sections] == ["绪论", "方法", "参考文献"]
