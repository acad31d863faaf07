"""Two tabs of the page in one browser: each keeps its own, and nothing of either is lost."""

import pytest
from playwright.sync_api import expect
from web.browsing import chosen, only, read, text

pytestmark = pytest.mark.browser

WITHOUT_LOCKS = "Object.defineProperty(Navigator.prototype, 'locks', {get: () => undefined})"


@pytest.fixture(params=["locks", "no locks, as without HTTPS"])
def first(request, visit):
    """The first tab, with a text on it."""
    page = visit()
    if request.param != "locks":
        page.context.add_init_script(WITHOUT_LOCKS)
        reload(page)
    page.set_input_files("#files", [text("甲.txt", "甲文\n\n坚持学习,不断提高。")])
    expect(page.locator("#lines .change")).to_have_count(1)
    return page


def reload(page):
    page.reload()
    page.locator("#work[data-ready]").wait_for()


def another(page):
    tab = page.context.new_page()
    tab.goto(page.url)
    tab.locator("#work[data-ready]").wait_for()
    return tab


def test_each_tab_keeps_its_own(first):
    second = another(first)
    assert chosen(second) == []
    second.set_input_files("#files", [text("乙.txt", "乙文\n\n再接再厉,好。")])
    second.locator("#lines .change").click()
    only(second, "md")
    first.locator("#lines .change").click()
    first.set_input_files("#files", [text("丙.txt", "丙文")])
    read(first, "丙文")
    for page in (first, second):
        expect(page.locator("#text")).not_to_have_class("busy")
        reload(page)
    assert (chosen(first), chosen(second)) == (["甲.txt", "丙.txt"], ["乙.txt"])
    expect(second.locator("#lines .change.rejected")).to_have_count(1)
    expect(second.get_by_role("checkbox", name="PDF")).not_to_be_checked()
    expect(first.get_by_role("checkbox", name="PDF")).to_be_checked()
    first.get_by_role("button", name="甲.txt", exact=True).click()
    expect(first.locator("#lines .change.rejected")).to_have_count(1)


def test_what_was_shown_last_comes_back_where_no_other_tab_is_open(first):
    elsewhere = first.context.new_page()
    first.close()
    elsewhere.goto(first.url)
    elsewhere.locator("#work[data-ready]").wait_for()
    assert chosen(elsewhere) == ["甲.txt"]


def test_a_copy_of_a_tab_begins_anew(first):
    with first.expect_popup() as opened:
        first.evaluate("void open(location.href)")  # takes along what the tab keeps, as a copy of it does
    copy = opened.value
    copy.locator("#work[data-ready]").wait_for()
    assert copy.evaluate("sessionStorage.length") == 1
    copy.set_input_files("#files", [text("乙.txt", "乙文")])
    expect(copy.locator("#lines")).to_contain_text("乙文")
    reload(copy)
    reload(first)
    assert (chosen(first), chosen(copy)) == (["甲.txt"], ["乙.txt"])


def test_clearing_takes_what_no_tab_shows_and_leaves_other_tabs_alone(first):
    second, third = another(first), another(first)
    for page, name in ((second, "乙.txt"), (third, "丙.txt")):
        page.set_input_files("#files", [text(name, "文")])
        expect(page.locator("#text")).not_to_have_class("busy")
    third.close()
    second.once("dialog", lambda dialog: dialog.accept())
    second.get_by_role("button", name="全部清除").click()
    expect(second.locator("#chosen")).to_be_hidden()
    reload(first)
    assert chosen(first) == ["甲.txt"]
    kept = second.evaluate(
        """() => new Promise((told) => { indexedDB.open("converter").onsuccess = ({target: {result: opened}}) => {
            const asked = opened.transaction("files").objectStore("files").getAll();
            asked.onsuccess = () => { opened.close(); told(asked.result.map((file) => file.name)); }; }; })"""
    )
    assert kept == ["甲.txt"]
