import re

from hypothesis import given
from hypothesis import strategies as st

from converter.diagnostics import Severity
from converter.repair.rules import Selection, repair
from converter.source import SourceText

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufeff\ufffe\uffff]")
ANY = st.text(st.characters(exclude_categories=()) | st.sampled_from("甲\n\r\f\v\0\ufeff\ud800\ufffe"), max_size=40)


def repaired(original):
    return repair(SourceText(original), Selection(only=frozenset({"ZH001"})))


@given(ANY)
def test_nothing_that_xml_forbids_is_left_and_nothing_else_is_lost(original):
    text = repaired(original).value.text
    assert not FORBIDDEN.search(text)
    # Only line ends and U+FFFD are ever put in place of something.
    added = str.maketrans("", "", "\n\ufffd")
    assert text.translate(added) == FORBIDDEN.sub("", original).translate(added)


def test_a_run_is_one_diagnostic_that_counts_it():
    found = repaired("前\0\0\0后")
    (diagnostic,) = found.diagnostics
    assert "3 characters, NUL (U+0000) first, removed" in diagnostic.message.en
    assert "3 个字符" in diagnostic.message.zh
    assert diagnostic.severity is Severity.WARNING


def test_page_breaks_of_extracted_pdf_text_are_information_only():
    found = repaired("第一页末。\n\f第二页首。\f")
    assert {d.severity for d in found.diagnostics} == {Severity.INFO}
