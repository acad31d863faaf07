"""Records of changes: to JSON and back, undone as a whole, by rule and by number."""

import json

import pytest

from converter.diagnostics import Diagnostic, Severity
from converter.errors import InputError, Message, UsageError, WriteError
from converter.ledger.record import encoded, from_json, record, to_json, undone
from converter.source import Edit, SourceText, Span


def made(code, source, start, end, after):
    """A change by a rule, and the text with it."""
    span = source.span(start, end)
    edit = Edit(span=span, before=source.text[start:end], after=after)
    message = Message("why", "缘由")
    found = Diagnostic(code=code, severity=Severity.INFO, message=message, span=span, edit=edit, applied=True)
    return source.edited([(start, end, after)]), found


@pytest.fixture
def two_rules():
    """創(chuàng)新,ok → 創新，ok by two rules, and a proposal."""
    source, comma = made("ZH201", SourceText("創(chuàng)新,ok\n"), 10, 11, "，")
    source, pinyin = made("ZH101", source, 1, 9, "")
    proposal = Diagnostic(
        code="ZH103", severity=Severity.WARNING, message=Message("maybe", "存疑"), span=Span(11, 13),
        edit=Edit(span=Span(11, 13), before="ok", after="OK"), confidence=0.5,
    )  # fmt: skip
    return record("甲.txt", source.original.encode(), source, [comma, pinyin, proposal])


def test_it_survives_its_json(two_rules):
    (back,) = from_json(to_json([two_rules]))
    assert back == two_rules
    assert back.source.text == "創新，ok\n"
    assert [d.code for d in back.diagnostics] == ["ZH101", "ZH201", "ZH103"]
    assert back.changes() == [[1], [2]]


def test_json_is_complete_for_other_programs(two_rules):
    (text,) = json.loads(to_json([two_rules]))["texts"]
    repaired = list(text["original"])
    for edit in reversed(text["edits"]):
        start, end = edit["span"]
        assert text["original"][start:end] == edit["before"]
        repaired[start:end] = edit["after"]
    assert "".join(repaired) == "創新，ok\n"
    first = text["diagnostics"][0]
    assert (first["number"], first["line"], first["column"], first["before"], first["applied"]) == (
        1,
        1,
        2,
        "(chuàng)",
        True,
    )


def test_a_rule_or_a_single_change_is_taken_back(two_rules):
    assert undone(two_rules).text == two_rules.source.original
    assert undone(two_rules, {"ZH101"}).text == "創(chuàng)新，ok\n"
    assert undone(two_rules, {"2"}).text == "創新,ok\n"
    assert undone(two_rules, {"ZH101", "2"}).text == two_rules.source.original


@pytest.mark.parametrize("unknown", ["ZH102", "17", "3", "ZH103"])
def test_what_was_not_done_cannot_be_taken_back(two_rules, unknown):
    with pytest.raises(UsageError, match=unknown):
        undone(two_rules, {unknown})


def test_changes_of_several_rules_to_the_same_characters_go_back_together():
    source, wide = made("ZH202", SourceText("甲Ａ 乙"), 1, 2, "A")
    source, space = made("ZH204", source, 1, 3, "A")
    whole = record("甲.txt", b"", source, [wide, space])
    assert whole.changes() == [[1, 2]]
    assert undone(whole, {"ZH204"}).text == "甲Ａ 乙"


def test_bytes_that_the_encoding_does_not_give_again_are_kept():
    data = "重複".encode("cp950") + b"\xf9\xf9"  # cp950 has ═ at F9F9 and at A2A4
    text = data.decode("cp950")
    assert text.encode("cp950") != data
    kept = record("a.txt", data, SourceText(text, encoding="cp950"), [])
    (back,) = from_json(to_json([kept]))
    assert back.data == data


def test_half_a_surrogate_pair_survives():
    (back,) = from_json(to_json([record("a", b"?", SourceText("a\ud800b"), [])]))
    assert (back.source.original, back.data) == ("a\ud800b", b"?")


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[]", b"null", b'{"version": 1}', b'{"version": 9, "texts": []}', b'{"version": 1, "texts": [{}]}'],
)
def test_what_is_no_report_is_refused(data):
    with pytest.raises(InputError):
        from_json(data)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("original", "別的"),
        ("encoding", "no-such"),
        ("edits", [{"span": [5, 1], "after": ""}] * 2),
        ("sha256", "0"),
        ("bom", "x"),
        ("bytes", "AAAA"),
    ],
)
def test_a_report_that_was_changed_is_refused(two_rules, field, value):
    tree = json.loads(to_json([two_rules]))
    tree["texts"][0][field] = value
    with pytest.raises(InputError):
        from_json(json.dumps(tree))


def test_a_character_that_the_encoding_lacks_is_named_with_its_place():
    with pytest.raises(WriteError, match="“𠮷” \\(line 2, column 1\\)"):
        encoded(SourceText("", encoding="cp950"), "甲\n𠮷")
