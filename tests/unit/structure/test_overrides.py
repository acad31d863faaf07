"""Why a line was read so, and what a person can say against it."""

import re

import pytest

from converter.diagnostics import Severity
from converter.errors import UsageError
from converter.inspection import inspect
from converter.model import Role, heading_text, outline
from converter.pipeline import read
from converter.source import SourceText
from converter.structure.overrides import infer_pattern, read_overrides
from converter.structure.parse import parse
from converter.structure.reasons import Rule

BODY = "全局上下要统一思想，提高认识，扎实做好各项工作，确保全年目标任务圆满完成。"
TEXT = f"工作简报\n\n【工作动态】\n{BODY}\n【基层党建】\n{BODY}\n甲单位\n{BODY}\n"


def parsed(rules, text=TEXT):
    return parse(SourceText(text), read_overrides(rules))


def tree(result):
    return [(e.depth, heading_text(e.section.heading)) for e in outline(result.value)]


def test_a_line_by_its_number_in_the_original():
    assert tree(parsed('[line]\n3 = "heading 1"\n7 = "heading 2"')) == [(1, "【工作动态】"), (2, "甲单位")]


def test_lines_by_a_pattern():
    found = parsed('[[pattern]]\nmatch = "^【.*】$"\nas = "chapter"')
    assert tree(found) == [(1, "【工作动态】"), (1, "【基层党建】")]
    assert {w.code for w in found.value.why if w.taken == "chapter"} == {"ST292"}


def test_lines_by_a_sample():
    assert tree(parsed('[[sample]]\ntext = "【工作动态】"\nas = "heading 1"')) == [
        (1, "【工作动态】"),
        (1, "【基层党建】"),
    ]


def test_a_number_of_a_line_goes_before_patterns():
    found = parsed('[line]\n5 = "paragraph"\n[[pattern]]\nmatch = "^【"\nas = "heading 1"')
    assert tree(found) == [(1, "【工作动态】")]


def test_what_a_person_says_stands_against_every_rule():
    text = f"关于做好工作的通知\n\n一、总体要求\n{BODY}\n某某局\n2012年7月11日\n"
    found = parsed('[line]\n1 = "paragraph"\n3 = "title"\n5 = "paragraph"\n6 = "note"', text)
    assert found.value.metadata.title == "一、总体要求"
    assert [b.role for b in found.value.front][-2:] == [Role.BODY, Role.NOTE]


def test_a_run_in_heading_ends_with_the_first_sentence():
    (section,) = parsed('[line]\n1 = "run-in 2"', f"工作原则。{BODY}").value.sections
    assert (heading_text(section.heading), section.heading.run_in) == ("工作原则。", True)


def test_more_of_a_heading_that_is_none_is_a_paragraph():
    found = parsed('[line]\n1 = "continued"', BODY).value
    assert len(found.front) == 1


def test_a_rule_that_fits_no_line_is_reported():
    found = parsed('[line]\n99 = "heading 1"\n[[pattern]]\nmatch = "^没有"\nas = "heading 1"').diagnostics
    assert [(d.code, d.severity) for d in found] == [("ST191", Severity.WARNING)] * 2


@pytest.mark.parametrize(
    ("rules", "says"),
    [
        ("[lien]\n3 = 'heading 1'", "Did you mean “line”"),
        ("[line]\n3 = 'heding 1'", "Did you mean “heading 1”"),
        ("[line]\nthree = 'heading 1'", "not the number of a line"),
        ("line = 3", "must be a table"),
        ("[[pattern]]\nmach = '^a'\nas = 'title'", "Did you mean “match”"),
        ("[[pattern]]\nmatch = '('\nas = 'title'", "not a regular expression"),
        ("[[pattern]]\nmatch = '^a'", "needs"),
        ("[[sample]]\ntext = ''\nas = 'title'", "needs"),
        ("[line", "not TOML"),
        ("[changes]\nacept = []", "Did you mean “accept”"),
        ("[changes]\nskip = 'ZH101'", "must be a list of texts"),
        ("changes = 1", "Known: accept, reject, skip"),
    ],
)
def test_wrong_rules_get_one_sentence(rules, says):
    with pytest.raises(UsageError, match=re.escape(says)):
        read_overrides(rules)


@pytest.mark.parametrize(
    ("sample", "fits", "other"),
    [
        ("【工作动态】", "【基层党建】", "【工作动态】本周要闻"),
        ("第3节：绪论", "第12节：结论", "第三节：结论"),
        ("一、总则", "十二、附则", "1、附则"),
        ("◆基层党建", "◆要闻", "基层党建"),
        ("主持人：", "王先生：", "王先生：你好"),
        ("工作动态", "基层党建", "全局上下要统一思想，提高认识。"),
    ],
)
def test_the_form_of_a_sample(sample, fits, other):
    pattern = infer_pattern(sample)
    assert re.search(pattern, sample)
    assert re.search(pattern, fits)
    assert not re.search(pattern, other)


def test_changes_that_are_decided_on(tmp_path):
    text = tmp_path / "要點.txt"
    text.write_text("工作要點\n\n以創(chuàng)新發展,創業，好,再接再厲。", "utf-8")
    edits = [diagnostic for diagnostic in read(text).diagnostics if diagnostic.edit]
    made = [d for d in edits if d.code == "ZH201" and d.applied][-1]
    doubtful = next(d for d in edits if not d.applied)
    name = "{0.code}@{0.edit.span.start}-{0.edit.span.end}".format
    beside = tmp_path / "要點.rules.toml"
    beside.write_text(f"[changes]\nreject = ['{name(made)}']\naccept = ['{name(doubtful)}']\n", "utf-8")
    decided = {name(d): d.applied for d in read(text).diagnostics if d.edit}
    assert (decided[name(made)], decided[name(doubtful)]) == (False, True)
    beside.write_text("[changes]\nskip = ['zh201']\n", "utf-8")
    assert "ZH201" not in {d.code for d in read(text).diagnostics}


@pytest.mark.parametrize("said", ["reject = ['ZH201']", "skip = ['ZH999']", "accept = ['ZH999@1-2']"])
def test_changes_and_rules_that_do_not_exist(tmp_path, said):
    (tmp_path / "文.txt").write_text("工作要点", "utf-8")
    (tmp_path / "文.rules.toml").write_text(f"[changes]\n{said}\n", "utf-8")
    with pytest.raises(UsageError, match="ZH"):
        read(tmp_path / "文.txt")


def test_rules_beside_a_text_are_used(tmp_path):
    text = tmp_path / "简报.txt"
    text.write_text(TEXT, "utf-8")
    found = [(1, "【工作动态】"), (1, "【基层党建】")]
    assert tree(read(text)) == found
    (tmp_path / "简报.rules.toml").write_text('[line]\n3 = "paragraph"\n5 = "paragraph"\n', "utf-8")
    assert tree(read(text)) == []
    assert tree(read(text, options={"rules": '[line]\n7 = "heading 1"'})) == [*found, (1, "甲单位")]


def test_every_line_says_why():
    text = f"关于做好工作的通知\n\n各县人民政府：\n{BODY}\n一、总体要求\n{BODY}\n某某局\n2012年7月11日\n"
    found = inspect(parse(SourceText(text)))
    reasons = [*(b["why"] for b in found["blocks"]), *found["other_lines"]]
    assert sorted(r["line"] for r in reasons) == [1, 3, 4, 5, 6, 7, 8]
    heading = next(r for r in reasons if r["line"] == 5)
    assert (heading["class"], heading["rule"], heading["instead"]) == ("heading 1", "ST254", "list_item")
    assert "一、 = 1" in heading["evidence"]
    assert all(r["reason"] and r["reason_zh"] and r["evidence_zh"] for r in reasons)


def test_codes_of_rules_are_stable_names():
    codes = [rule.code for rule in Rule]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"ST2\d\d", code) for code in codes)
    assert all(any("\u4e00" <= c <= "\u9fff" for c in rule.message.zh) for rule in Rule)
