"""One finding a rule, and texts that look like it and are right."""

import pytest

from converter.lint import lint
from converter.lint.rules import Rule
from converter.lint.typos import typos
from converter.source import SourceText
from converter.structure.parse import parse

BODY = "全局上下要统一思想，提高认识，扎实做好各项工作，确保全年目标任务圆满完成。"
NOTICE = ("关于做好防汛工作的通知", "各县人民政府：", BODY, "特此通知。")


def found(*lines):
    source = SourceText("\n".join(lines))
    return [(d.code, source.position(d.span.start).line if d.span else None) for d in lint(parse(source).value)]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["一、甲项", BODY, "二、乙项", BODY, "四、丙项", BODY], [("LT101", 5)]),
        (["一、甲项", BODY, "二、乙项", BODY, "二、丙项", BODY], [("LT102", 5)]),
        (["一、甲项", BODY, "三、乙项", BODY, "二、丙项", BODY], [("LT101", 3), ("LT103", 5)]),
        (["第一章　总则", BODY, "第三章　分则", BODY], [("LT101", 3)]),
        (["第一条　甲。", "第二条　乙。", "第五条　丙。"], [("LT101", 3)]),
        (["1.1　编制", BODY, "1.3　原则", BODY], [("LT101", 3)]),
        (["三、甲项", BODY, "四、乙项", BODY], [("LT104", 1)]),
    ],
)
def test_wrong_numbers(lines, expected):
    assert found(*lines) == expected


@pytest.mark.parametrize(
    "lines",
    [
        ["一、甲项", "（一）甲甲", BODY, "（二）甲乙", BODY, "二、乙项", "（一）乙甲", BODY],
        ["一、甲项", "（一）甲甲", BODY, "（二）甲乙", BODY, "二、乙项", "（三）乙甲", BODY],
        ["第一章　总则", "第一条　甲。", "第二章　分则", "第二条　乙。", "第三条　丙。"],
        ["第一章　总则", "第一节　甲节", BODY, "第二章　分则", "第一节　乙节", BODY],
        ["2019年是关键的一年，任务很重。", "2021年又是关键的一年，任务更重。"],
    ],
)
def test_numbers_that_begin_anew_or_go_on_are_right(lines):
    assert found(*lines) == []


def test_numbers_written_in_two_ways():
    lines = ["一、甲项", "（一）措施", f"1.加强领导。{BODY}", f"2.落实责任。{BODY}", f"3、严格考核。{BODY}"]
    assert found(*lines) == [("LT105", 5)]
    assert found(*lines[:-1], f"3．严格考核。{BODY}") == []


def test_a_second_level_without_the_first():
    assert found("（一）甲项", BODY, "一、乙项", BODY) == [("LT111", 1)]
    assert found("（一）甲项", BODY, "（二）乙项", BODY) == []
    assert found("第一章　总则", "（一）甲项", BODY, "第二章　分则", "一、乙项", BODY) == []


def test_a_level_passed_over_is_said_once():
    assert found(
        "一、甲项", f"（1）甲甲任务。{BODY}", f"（2）乙乙任务。{BODY}", "二、乙项", f"（1）丙丙任务。{BODY}"
    ) == [("LT112", 2)]


def test_a_heading_with_nothing_below():
    assert found("第一章　总则", BODY, "第二章　分则", "第三章　附则", BODY) == [("LT121", 3)]


def test_two_headings_that_say_the_same():
    assert found("一、工作措施", BODY, "二、工作措施", BODY) == [("LT122", 3)]
    assert found("一、甲项任务", "（一）工作措施", BODY, "二、乙项任务", "（一）工作措施", BODY) == []


def test_a_title_that_stands_twice():
    assert found("全县工作总结", "全县工作总结", BODY) == [("LT123", 1)]


def test_a_notice_wants_a_date_and_a_signature():
    assert found(*NOTICE) == [("LT131", None), ("LT132", None)]
    assert found(*NOTICE, "某某市人民政府", "2012年7月11日") == []


def test_news_about_a_notice_wants_neither():
    assert found("某某市印发关于防汛工作的通知", BODY, BODY) == []


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("他说：“我们要做好工作。", 4),
        ("按照《条例规定执行。", 3),
        ("有关单位（见附件都要参加。", 5),
        ("我们要做好工作。”", 9),
        ("甲（乙”丙）丁。", 4),
    ],
)
def test_a_mark_without_a_partner(line, column):
    source = SourceText(line + "\n" + BODY)
    (finding,) = [d for d in lint(parse(source).value) if d.code == "LT141"]
    assert source.position(finding.span.start).column == column


@pytest.mark.parametrize(
    "lines",
    [
        ["他说：“按照《条例》（试行）办。”"],
        ["他说：“第一段话。", "“第二段话。”"],
        ["他说：「第一段話。", "第二段話。」"],
        ["有三点：1）甲；2）乙；a）丙。"],
        ["1）加强领导，落实责任。"],
        ["（二〇〇四年六月十六日第五十四次会议", "修订通过）"],
        ["发布会（10:30)开始。"],
    ],
)
def test_marks_that_are_paired(lines):
    assert "LT141" not in [code for code, _ in found(*lines, BODY)]


def test_a_text_that_breaks_off():
    assert found(BODY, "各单位要认真贯彻落实会议精神，切实加强组织领导，确保各项任务落到实处，努力") == [("LT151", 2)]
    assert found(BODY, "某某市人民政府办公室") == []
    assert found(BODY, "他说：“各单位要认真贯彻落实会议精神，切实加强组织领导，确保任务落到实处。”") == []


def test_slips_of_the_pen_have_a_suggestion():
    source = SourceText(f"这是关健的一步。{BODY}")
    (finding,) = lint(parse(source).value)
    assert (finding.code, finding.hints) == ("LT161", ("关键",))
    assert source.original[finding.span.start : finding.span.end] == "关健"


@pytest.mark.parametrize("line", ["血压升高时后退体位很重要。", "何必竟日奔忙，不得休息。", "要素布局合理，贯彻到位。"])
def test_words_that_hold_a_wrong_one_rightly(line):
    assert found(line) == []


def test_the_table_of_slips_is_sound():
    assert len(typos()) >= 60
    for typo in typos().values():
        assert typo.wrong != typo.right
        assert typo.wrong not in typo.right


def test_rules_have_codes_of_their_own():
    codes = [rule.code for rule in Rule]
    assert len(set(codes)) == len(codes)


def test_a_clean_text_gets_no_finding():
    lines = [
        "关于做好工作的通知",
        "各县人民政府：",
        BODY,
        "一、总体要求",
        BODY,
        "二、工作措施",
        "（一）加强领导",
        BODY,
        "（二）落实责任",
        BODY,
    ]
    assert found(*lines, "特此通知。", "某某市人民政府", "2012年7月11日") == []
