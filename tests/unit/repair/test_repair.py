import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.errors import UsageError
from converter.repair.rules import RULES, Change, Selection, read_changes, repair
from converter.source import SourceText, Span

ANY = st.text(
    st.characters(exclude_categories=())
    | st.sampled_from(
        "甲乙。…—.-－Ａ１a1⼯,;:?!()，：？（）“”‘’\"' 什么\u200b\xa0\xad\n\r\f\v\0\x1c\ufeff\ud800\ufffe"
    ),
    max_size=40,
)


def cases():
    return [pytest.param(rule, *case, id=f"{rule.CODE}-{n}") for rule in RULES for n, case in enumerate(rule.CASES)]


@pytest.mark.parametrize(("rule", "damaged", "repaired"), cases())
def test_every_case_of_every_rule(rule, damaged, repaired):
    source = SourceText(damaged)
    assert source.edited(finding[:3] for finding in rule.find(damaged)).text == repaired


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.CODE)
def test_every_rule_has_a_case_that_must_stay(rule):
    assert any(damaged == repaired for damaged, repaired in rule.CASES)
    # Or something to report, where nothing can be repaired.
    assert any(damaged != repaired or list(rule.find(damaged)) for damaged, repaired in rule.CASES)


def test_every_rule_has_a_code_of_its_own():
    codes = [rule.CODE for rule in RULES]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"ZH\d{3}", code) for code in codes)


@given(ANY)
def test_repairs_are_undone_exactly(original):
    assert repair(SourceText(original)).value.undo() == original


@given(ANY)
def test_repair_is_idempotent(original):
    repaired = repair(SourceText(original)).value.text
    again = repair(SourceText(repaired))
    assert again.value.text == repaired
    # What is only reported, such as a quotation mark without a partner, is still there.
    assert not [diagnostic for diagnostic in again.diagnostics if diagnostic.applied]


@given(
    st.lists(st.sampled_from(["甲乙丙，", "丙乙甲。", "甲 aZ9 乙", "\t", "\r\n", "\n", "9"]), max_size=20).map("".join)
)
def test_repair_is_harmless(clean):
    found = repair(SourceText(clean))
    assert found.value.text == clean
    assert found.diagnostics == ()


@given(ANY)
def test_each_change_is_a_diagnostic_with_its_place_and_its_words(original):
    for diagnostic in repair(SourceText(original)).diagnostics:
        assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(original)
        assert diagnostic.applied == (diagnostic.edit is not None)
        assert diagnostic.message.en
        assert diagnostic.message.zh


def test_rules_are_chosen_by_their_codes():
    damaged = SourceText("标\0题")
    assert repair(damaged, Selection(skip=frozenset({"ZH001"}))).value.text == "标\0题"
    assert repair(damaged, Selection(only=frozenset({"ZH001"}))).value.text == "标题"
    with pytest.raises(UsageError, match="ZH001"):
        repair(damaged, Selection(only=frozenset({"ZH0O1"})))


def test_a_single_change_is_rejected_and_the_others_of_its_rule_are_made():
    damaged = SourceText("坚持学习,不断提高,再接再厉。")
    rejected = repair(damaged, Selection(reject=read_changes(["ZH201@4-5"])))
    assert rejected.value.text == "坚持学习,不断提高，再接再厉。"
    first, second = rejected.diagnostics
    assert (first.applied, first.edit.after, first.severity) == (False, "，", second.severity)
    assert second.applied


def test_a_doubtful_change_is_made_if_it_is_accepted():
    doubtful = SourceText("以創(chuàng)新發展，創業。")
    assert repair(doubtful).value.text == "以創（chuàng）新發展，創業。"
    accepted = repair(doubtful, Selection(accept=read_changes(["ZH101@2-10"])))
    assert accepted.value.text == "以創新發展，創業。"


def test_a_change_that_is_not_there_is_reported_once():
    found = repair(
        SourceText("学习。"), Selection(accept=read_changes(["ZH201@0-1"]), reject=read_changes(["ZH201@1-2"]))
    )
    assert [d.code for d in found.diagnostics] == ["ZH191", "ZH191"]
    assert "ZH201@0-1" in found.diagnostics[0].message.zh


@given(ANY)
def test_what_is_rejected_alone_stays_and_is_undone_exactly(original):
    for diagnostic in repair(SourceText(original)).diagnostics:
        change = Change(diagnostic.code, diagnostic.span)
        result = repair(SourceText(original), Selection(reject=frozenset({change})))
        assert result.value.undo() == original
        assert not [d for d in result.diagnostics if d.applied and Change(d.code, d.span) == change]


@pytest.mark.parametrize("name", ["ZH201", "ZH201@1", "@1-2", "ZH201@a-b"])
def test_what_names_no_change_is_refused(name):
    with pytest.raises(UsageError, match="ZH201@22-23"):
        read_changes([name])
    assert read_changes(["ZH201@1-2"]) == {Change("ZH201", Span(1, 2))}


def test_a_change_of_an_unknown_rule_is_refused():
    with pytest.raises(UsageError, match="ZH001"):
        repair(SourceText("标题"), Selection(reject=read_changes(["ZH0012@1-2"])))
