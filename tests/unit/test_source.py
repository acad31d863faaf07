import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.source import Position, SourceText, Span


def test_a_span_leads_back_over_a_deletion():
    once = SourceText("改革創(chuàng)新").edited([(3, 11, "")])
    assert once.text == "改革創新"
    assert once.span(2, 3) == Span(2, 3)
    assert once.span(3, 4) == Span(11, 12)
    assert once.span(0, 4) == Span(0, 12)
    assert once.undo() == "改革創(chuàng)新"


def test_touching_part_of_a_replacement_gives_all_of_it():
    text = SourceText("a...b").edited([(1, 4, "……")])
    assert text.span(1, 2) == text.span(2, 3) == Span(1, 4)
    assert text.span(3, 4) == Span(4, 5)


def test_changes_that_overlap_are_refused():
    with pytest.raises(ValueError, match="1"):
        SourceText("abcd").edited([(0, 2, "x"), (1, 3, "y")])


def test_positions_count_every_kind_of_line_end_once():
    text = SourceText("a\r\nb\rc\nd")
    assert [text.position(i) for i in (0, 3, 5, 7)] == [Position(n, 1) for n in (1, 2, 3, 4)]


changes = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 4), st.text("xyz", max_size=3)), max_size=6)


@given(st.text("甲乙丙丁\n", max_size=30), st.lists(changes, max_size=4))
def test_every_chain_of_changes_can_be_undone_and_traced(original, rounds):
    source, plain = SourceText(original), original
    for wanted in rounds:
        fitting, at = [], 0
        for start, length, new in sorted(wanted):
            if start >= at and start + length <= len(plain):
                fitting.append((start, start + length, new))
                at = start + length + 1
        source = source.edited(fitting)
        for start, end, new in reversed(fitting):
            plain = plain[:start] + new + plain[end:]
    assert source.text == plain
    assert source.undo() == original
    for before, after in zip(source.edits, source.edits[1:], strict=False):
        assert before.span.end < after.span.start
    for edit in source.edits:
        assert original[edit.span.start : edit.span.end] == edit.before
    for index in range(len(plain)):
        span = source.span(index, index + 1)
        inside = any(e.span.start <= span.start < e.span.end or e.span == span for e in source.edits)
        assert inside or original[span.start : span.end] == plain[index]
