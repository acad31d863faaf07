"""Work on the page, in a real browser: progress, cancelling, and what a reload keeps."""

import re

import pytest
from playwright.sync_api import expect
from web.browsing import REPORT, SEEDS, chosen, drop, finish, made, only, text

pytestmark = pytest.mark.browser
THREE = [["甲.txt", "甲文\n\n第一段。"], ["乙.txt", "乙文\n\n第二段。"], ["丙.txt", "丙文\n\n第三段。"]]


def test_progress_comes_by_events(visit):
    page = visit()
    asked = []
    page.on("request", lambda request: asked.append((request.method, request.url.partition("/v1/")[2])))
    page.set_input_files("#files", SEEDS)
    only(page, "docx", "pdf", "epub", "html", "md", "txt", "json")
    page.evaluate("""() => { window.seen = new Set();
        new MutationObserver(() => { const bar = document.querySelector("#runs progress"); if (bar?.hasAttribute("value")) seen.add(bar.value + "/" + bar.max); })
          .observe(document.querySelector("#runs"), { childList: true, subtree: true, attributes: true }); }""")
    finish(page, "已完成 35 个文件")
    steps = {tuple(map(int, step.split("/"))) for step in page.evaluate("[...seen]")}
    assert any(0 < done < total == 40 for done, total in steps), steps
    assert any(re.fullmatch("jobs/[^/]+/events", path) for _, path in asked)
    assert [path for method, path in asked if method == "GET" and re.fullmatch("jobs/[^/]+", path)] == []


def test_work_can_be_cancelled(visit):
    page = visit()
    page.set_input_files("#files", [text("睡.txt", "sleep 20")])
    page.locator("#start").click()
    expect(page.locator("#runs .state")).to_contain_text("正在处理")
    with page.expect_response(lambda answer: answer.request.method == "DELETE") as waiting:
        page.get_by_role("button", name="取消").click()
    assert waiting.value.status == 204
    expect(page.locator("#runs .state")).to_have_text("已取消")
    page.get_by_role("button", name="移除：睡.txt").click()
    page.set_input_files("#files", [REPORT])
    run = finish(page)
    expect(run.locator(".downloads .download")).to_have_count(2)


def test_a_reload_loses_nothing(visit):
    page = visit()
    drop(page, *THREE, ["丁.txt", "丁文\n\n工作进展\n坚持学习,不断提高。\n再接再厉,好。"])
    page.locator("#chosen").get_by_role("button", name="丁.txt", exact=True).click()
    page.locator("#lines .change").first.click()
    menu = page.get_by_role("combobox", name="第 5 行的类别")
    menu.focus()
    menu.select_option(label="标题 2")
    page.get_by_role("button", name="上移：丙.txt").focus()
    page.keyboard.press("Enter")
    page.locator(".card", has_text="编成一册").click()
    page.get_by_role("textbox", name="书名", exact=True).fill("文集")
    only(page, "txt", "md")
    finish(page, "已完成 2 个文件")
    page.reload()
    expect(page.locator("#work")).to_have_attribute("data-ready", "yes")
    assert chosen(page) == ["甲.txt", "丙.txt", "乙.txt", "丁.txt"]
    expect(page.locator("#text-name")).to_have_text("丁.txt")
    expect(page.locator("#lines .change.rejected")).to_have_count(1)
    expect(page.get_by_role("combobox", name="第 5 行的类别")).to_have_class("kind mine")
    expect(page.get_by_role("radio", name="编成一册")).to_be_checked()
    expect(page.get_by_role("textbox", name="书名", exact=True)).to_have_value("文集")
    expect(page.get_by_role("checkbox", name="PDF")).not_to_be_checked()
    run = page.locator("#runs > li").first
    expect(run.locator(".state")).to_have_text("已完成 2 个文件")
    words = made(page, run, "md").decode()
    assert words.index("丙文") < words.index("乙文") < words.index("坚持学习,不断提高")
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="全部清除").click()
    expect(page.locator("#chosen")).to_be_hidden()
    page.reload()
    expect(page.locator("#text-empty")).to_be_visible()
    expect(page.locator("#results")).to_be_hidden()


def test_a_running_job_is_followed_again_after_a_reload(visit):
    page = visit()
    page.set_input_files("#files", [text("睡.txt", "sleep 3")])
    only(page, "txt")
    page.locator("#start").click()
    expect(page.locator("#runs .state")).to_contain_text("正在处理")
    page.reload()
    expect(page.locator("#runs .state")).to_have_text("已完成 1 个文件", timeout=20_000)
