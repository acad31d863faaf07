"""The text on the page, in a real browser: outline, changes, classes, preview."""

import re

import pytest
from playwright.sync_api import expect
from web.browsing import SEEDS, finish, made, only, read, saved, text, violations
from web.service import post

import converter
from converter.model import heading_text, outline

pytestmark = pytest.mark.browser


def test_the_outline_leads_to_the_lines(visit):
    page = visit()
    page.set_input_files("#files", [SEEDS[0]])
    link = page.locator("#outline").get_by_role("link", name=re.compile("^三、"))
    link.click()
    number = link.get_attribute("href").removeprefix("#line-")
    expect(page.locator(f"#line-{number} select")).to_be_focused()
    expect(page.locator(f"#line-{number}")).to_contain_text("三、坚持队伍建设")
    expect(page.locator(f"#line-{number}")).to_be_in_viewport()


def test_a_rejected_change_is_not_in_the_output_until_it_is_taken_back(visit):
    page = visit()
    page.set_input_files("#files", [text("文.txt", "统一思想\n\n坚持学习,不断提高,再😀接再厉,好。")])
    changes = page.locator("#lines .change")
    expect(changes).to_have_count(3)
    expect(changes.nth(1)).to_have_attribute("aria-label", re.compile("“,”改为“，”，半角标点"))
    changes.nth(1).click()
    changes.nth(2).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#changes summary")).to_contain_text("1 · 已拒绝 2")
    expect(changes.nth(2)).to_be_focused()
    only(page, "txt")
    assert "坚持学习，不断提高,再😀接再厉,好。" in made(page, finish(page), "txt").decode()
    changes.nth(1).click()
    expect(page.locator("#changes summary")).to_contain_text("2 · 已拒绝 1")
    assert "不断提高，再😀接再厉,好。" in made(page, finish(page), "txt").decode()


def test_a_doubtful_change_is_accepted_and_a_kind_of_changes_left_out(visit):
    page = visit()
    page.set_input_files("#files", [text("文.txt", "工作要點\n\n以創(chuàng)新發展，創業,好。")])
    read(page, "工作要點")
    doubtful = page.get_by_role("button", name=re.compile("存疑，未改"))
    doubtful.click()
    expect(page.get_by_role("button", name=re.compile("混入的拼音 .已改"))).to_have_attribute("aria-pressed", "true")
    page.get_by_role("checkbox", name="半角标点").uncheck()
    expect(page.locator("#lines .change")).to_have_count(1)
    only(page, "txt")
    assert "以創新發展，創業,好。" in made(page, finish(page), "txt").decode()
    expect(page.get_by_role("checkbox", name="半角标点")).not_to_be_checked()


def test_what_was_decided_is_a_file_that_the_command_line_follows(visit, tmp_path):
    page = visit()
    words = "工作要點\n\n学习\n以創(chuàng)新發展，創業,好。\n再接再厲,好。\n"
    page.set_input_files("#files", [text("要點.v2.txt", words)])
    read(page, "再接再厲")
    save = page.get_by_role("button", name="下载规则")
    expect(save).to_be_hidden()
    page.get_by_role("button", name=re.compile("存疑，未改")).click()
    page.locator("#lines .change[data-name^=ZH201]").last.click()
    menu = page.get_by_role("combobox", name="第 3 行的类别")
    menu.focus()
    menu.select_option(label="标题 2")
    expect(page.locator("#outline")).to_contain_text("学习")
    name, data = saved(page, save)
    assert name == "要點.v2.rules.toml"
    (tmp_path / "要點.v2.txt").write_text(words, "utf-8")
    (tmp_path / name).write_bytes(data)
    decided = converter.read(tmp_path / "要點.v2.txt")
    only(page, "txt")
    assert converter.write(decided.value, "txt").value == made(page, finish(page), "txt")
    assert "以創新發展，創業，好。\n再接再厲,好。" in decided.value.source.text
    assert [heading_text(entry.section.heading) for entry in outline(decided.value)] == ["学习"]
    assert {diagnostic.code for diagnostic in decided.diagnostics}.isdisjoint({"ST191", "ZH191"})


def test_what_was_rejected_can_be_decided_on_though_another_rule_changed_its_place(visit):
    page = visit()
    page.set_input_files("#files", [text("文.txt", "工作要點\n\n以創(chuang)新發展，創業。")])
    pinyin = page.locator("#lines .change[data-name^=ZH101]")
    pinyin.click()
    expect(pinyin).to_have_class(re.compile("rejected aside"))
    expect(page.locator("#lines .change")).to_have_count(3)
    pinyin.click()
    expect(page.locator("#lines .change")).to_have_count(1)
    expect(page.locator("#text")).not_to_have_class("busy")
    expect(page.locator("#lines .words").last).to_have_text("以創(chuang)新發展，創業。")


def test_a_changed_class_is_in_the_outline_and_in_the_output(visit):
    page = visit()
    page.set_input_files("#files", [text("文.txt", "统一思想\n\n工作进展\n坚持学习，不断提高。\n我们要再接再厉。")])
    menu = page.get_by_role("combobox", name="第 4 行的类别")
    menu.focus()
    menu.select_option(label="标题 1")
    expect(page.locator("#outline")).to_contain_text("坚持学习，不断提高。")
    only(page, "md")
    assert "## 坚持学习，不断提高。" in made(page, finish(page), "md").decode()
    expect(menu).to_have_class("kind mine")
    menu.focus()
    menu.select_option(label="自动识别")
    expect(page.locator("#outline")).not_to_contain_text("坚持学习，不断提高。")


def test_a_class_goes_for_all_lines_of_the_same_form(visit):
    page = visit()
    words = "工作动态\n\n◆基层,党建\n坚持学习，不断提高。\n◆队伍建设\n我们要再接再厉，再立新功。"
    page.set_input_files("#files", [text("文.txt", words)])
    menu = page.get_by_role("combobox", name="第 3 行的类别")
    menu.focus()
    menu.select_option(label="标题 1")
    page.get_by_role("button", name="同类行照此").click()
    expect(page.locator("#line-5 select")).to_have_value("heading 1")
    expect(page.get_by_role("button", name="同类行照此")).to_be_focused()
    menu.focus()
    menu.select_option(label="标题 2")
    expect(page.locator("#line-5 select")).to_have_value("heading 2")
    page.reload()
    expect(page.locator("#line-5 select")).to_have_value("heading 2")
    expect(page.get_by_role("button", name="同类行照此")).to_have_attribute("aria-pressed", "true")
    assert violations(page) == []
    menu.focus()
    menu.select_option(label="自动识别")
    expect(page.get_by_role("button", name="同类行照此")).to_have_count(0)


def test_views_show_the_original_and_the_result(visit):
    page = visit()
    page.set_input_files("#files", [text("文.txt", "统一思想\n\n坚持学习,不断提高。")])
    words = page.locator("#lines .words").last
    expect(words).to_contain_text("坚持学习,，不断提高。")
    page.get_by_role("radio", name="原文").check(force=True)
    assert words.inner_text() == "坚持学习,不断提高。"
    page.get_by_role("radio", name="结果").check(force=True)
    assert words.inner_text() == "坚持学习，不断提高。"
    page.get_by_role("button", name="下一处").click()
    expect(page.locator("#lines .change")).to_be_focused()


def test_the_preview_shows_the_pages_and_follows_the_choices(visit):
    page = visit()
    page.set_input_files("#files", [SEEDS[0]])
    picture, number = page.locator("#preview-page"), page.locator("#page-number")
    expect(number).to_have_text("第 1 页，共 3 页")
    first = picture.get_attribute("src")
    assert picture.evaluate("(it) => it.naturalWidth") in {700, 701}
    page.get_by_role("button", name="下一页").click()
    expect(picture).to_have_attribute("alt", "第 2 页，共 3 页")
    assert picture.get_attribute("src") != first
    page.locator(".card", has_text="图书").click()
    expect(number).to_have_text(re.compile("第 2 页，共 [4-9] 页"))


def test_a_word_file_shows_what_is_recognised_in_it(visit, service):
    page = visit()
    word = post(service, "/v1/convert", ("文.txt", "统一思想\n\n一、要求\n抓好学习。".encode()), to="docx").content
    page.set_input_files("#files", [{"name": "文.docx", "mimeType": "application/octet-stream", "buffer": word}])
    expect(page.locator("#outline")).to_contain_text("一、要求")
    expect(page.locator("#no-lines")).to_be_visible()
    expect(page.locator("#lines")).to_contain_text("抓好学习。")
    expect(page.locator("#lines select, #lines .change")).to_have_count(0)
    assert violations(page) == []
