import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.diagnostics import Severity
from converter.repair.rules import RULES, repair
from converter.source import SourceText

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufeff\ufffe\uffff]")
ANY = st.text(
    st.characters(exclude_categories=()) | st.sampled_from("甲乙。\n\r\f\v\0\x1c\ufeff\ud800\ufffe"), max_size=40
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
    assert any(damaged != repaired for damaged, repaired in rule.CASES)


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
    assert again.diagnostics == ()


@given(ANY)
def test_nothing_that_xml_forbids_is_left_and_nothing_else_is_lost(original):
    repaired = repair(SourceText(original)).value.text
    assert not FORBIDDEN.search(repaired)
    # Only line ends and U+FFFD are ever put in place of something.
    added = str.maketrans("", "", "\n\ufffd")
    assert repaired.translate(added) == FORBIDDEN.sub("", original).translate(added)


@given(st.text("甲乙丙。，\t\r\n aZ9", max_size=60))
def test_repair_is_harmless(clean):
    found = repair(SourceText(clean))
    assert found.value.text == clean
    assert found.diagnostics == ()


@given(ANY)
def test_each_change_is_an_applied_diagnostic_with_its_place(original):
    found = repair(SourceText(original))
    for diagnostic in found.diagnostics:
        assert diagnostic.applied
        edit = diagnostic.edit
        assert original[edit.span.start : edit.span.end] == edit.before
        assert edit.before != edit.after
        assert diagnostic.message.en
        assert diagnostic.message.zh
    changed = sum(len(d.edit.before) for d in found.diagnostics)
    assert changed == len(FORBIDDEN.findall(original))


def test_a_run_is_one_diagnostic_that_counts_it():
    found = repair(SourceText("前\0\0\0后"))
    (diagnostic,) = found.diagnostics
    assert "3 characters, NUL (U+0000) first, removed" in diagnostic.message.en
    assert "3 个字符" in diagnostic.message.zh
    assert diagnostic.severity is Severity.WARNING


def test_page_breaks_of_extracted_pdf_text_are_information_only():
    found = repair(SourceText("第一页末。\n\f第二页首。\f"))
    assert {d.severity for d in found.diagnostics} == {Severity.INFO}
