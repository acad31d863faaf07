"""The page for the person who decides."""

import re
import time

import pytest
from lxml import html

from converter.diagnostics import Diagnostic, Severity
from converter.errors import Message
from converter.ledger.page import to_html
from converter.ledger.places import Kind, places
from converter.ledger.record import record
from converter.source import Edit, SourceText, Span


def changed(text, changes, *proposed):
    """A record of a text with changes `(start, end, after)` and proposals of the same form."""
    found = [
        Diagnostic(
            code="ZH201", severity=Severity.INFO, message=Message("why <b>", "缘由 <b>"), span=Span(start, end),
            edit=Edit(span=Span(start, end), before=text[start:end], after=after), applied=applied,
        )
        for applied, kind in ((True, changes), (False, proposed))
        for start, end, after in kind
    ]  # fmt: skip
    source = SourceText(text).edited(changes)
    return record("<甲>.txt", text.encode(), source, found)


def columns(place):
    return "".join(p.text for p in place.before), "".join(p.text for p in place.after)


def test_only_lines_with_changes_are_shown_as_they_were_and_as_they_are():
    text = "一,二\n無事\r\n三\n- 3 -\n四,五\n"
    found = list(places(changed(text, [(1, 2, "，"), (10, 16, ""), (17, 18, "，")])))
    assert [(p.line, p.last, columns(p)) for p in found] == [
        (1, 1, ("一,二", "一，二")),
        (4, 5, ("- 3 -\n四,五", "四，五")),
    ]


def test_proposals_are_marked_and_nothing_is_changed():
    (place,) = places(changed("一,二,三", [(1, 2, "，")], (3, 4, "。")))
    assert columns(place) == ("一,二,三", "一，二,三")
    assert [p.kind for p in place.after] == [Kind.SAME, Kind.CHANGED, Kind.SAME, Kind.PROPOSED, Kind.SAME]
    assert place.numbers == (1, 2)


def test_a_proposal_inside_a_change_is_told_with_it():
    (place,) = places(changed("一甲乙二", [(1, 3, "")], (2, 3, "丙")))
    assert place.numbers == (1, 2)


def test_long_lines_are_cut_between_changes():
    text = "," + "長" * 10_000 + "," + "長" * 10_000
    (place,) = places(changed(text, [(0, 1, "，"), (10_001, 10_002, "，")]))
    before, after = columns(place)
    assert len(before) < 300
    assert before.count("…") == 2
    assert after == before.replace(",", "，")


def test_the_page_is_whole_and_escapes_everything():
    page = to_html([changed("<script>,\u200b</script>", [(8, 9, "，"), (9, 10, "")])], beside='"><i>.json')
    tree = html.fromstring(page)
    assert tree.xpath("count(//script)") == 1
    assert tree.xpath("count(//i | //b)") == 0
    assert tree.xpath("string(//h2)") == "<甲>.txt"
    assert tree.xpath("string(//*[@aria-label='原文 Original'])") == "<script>,‹U+200B›</script>"
    assert not re.search(r"""(?:src|href)=["'](?!#)""", page)
    assert tree.xpath("//input[@class='reject']/@value") == ["1", "2"]


def test_an_untouched_text_says_so():
    assert "未作任何修改" in to_html([changed("無事", [])], beside="r.json")


@pytest.mark.parametrize("line_end", ["\n", ""], ids=["lines", "one line"])
def test_a_large_text_with_many_changes_takes_a_moment(line_end):
    """A ceiling far above what it takes: work that grows with the square would be minutes."""
    count = 20_000
    unit = f"甲,{'乙' * 48}{line_end}"
    text = unit * count
    changes = [(at * len(unit) + 1, at * len(unit) + 2, "，") for at in range(count)]
    whole = changed(text, changes)
    start = time.process_time()
    assert sum(len(place.numbers) for place in places(whole)) == count
    assert time.process_time() - start < 10
