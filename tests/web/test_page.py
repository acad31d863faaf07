"""The page, driven in a real browser against a real server."""

import io
import re
import subprocess
import zipfile

import pytest
from playwright.sync_api import expect
from web.browsing import BINARY, REPORT, SEEDS, chosen, drop, finish, made, only, read, saved, text, violations

pytestmark = pytest.mark.browser
THREE = [["甲.txt", "甲文\n\n第一段。"], ["乙.txt", "乙文\n\n第二段。"], ["丙.txt", "丙文\n\n第三段。"]]


def test_the_five_seeds_become_documents_that_open(visit, tmp_path):
    page = visit()
    page.set_input_files("#files", SEEDS)
    assert chosen(page) == [seed.name for seed in SEEDS]
    only(page, "docx", "pdf", "epub")
    run = finish(page, "已完成 15 个文件")
    assert run.locator(".of").all_text_contents() == [seed.name for seed in SEEDS]
    name, data = saved(page, run.get_by_role("link", name="全部下载（ZIP）"))
    assert name == "converted.zip"
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert sorted(archive.namelist()) == sorted(s.stem + e for s in SEEDS for e in (".docx", ".pdf", ".epub"))
    (tmp_path / "a.pdf").write_bytes(made(page, run, "pdf"))
    subprocess.run(["qpdf", "--check", tmp_path / "a.pdf"], check=True, capture_output=True)
    assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(made(page, run, "docx"))).namelist()
    assert zipfile.ZipFile(io.BytesIO(made(page, run, "epub"))).read("mimetype") == b"application/epub+zip"


@pytest.mark.parametrize("format_", ["docx", "pdf", "epub", "html", "md", "txt", "json"])
def test_each_format_is_downloaded(visit, format_):
    page = visit()
    page.set_input_files("#files", [REPORT])
    only(page, format_)
    run = finish(page, "已完成 1 个文件")
    name, data = saved(page, run.locator(".download"))
    assert name == f"报告_b_.{format_}"
    assert data[:4] in {b"PK\3\4", b"%PDF"} or "学习，再学习" in data.decode()


def test_dropped_files_are_moved_by_mouse_and_keyboard_and_become_a_booklet(visit):
    page = visit()
    drop(page, *THREE)
    assert chosen(page) == ["甲.txt", "乙.txt", "丙.txt"]
    page.locator(".card", has_text="编成一册").click()
    expect(page.get_by_role("radio", name="图书")).to_be_checked()
    page.locator("#chosen li").nth(2).drag_to(page.locator("#chosen li").nth(0), target_position={"x": 60, "y": 3})
    assert chosen(page) == ["丙.txt", "甲.txt", "乙.txt"]
    page.get_by_role("button", name="移动：乙.txt").focus()
    page.keyboard.press("ArrowUp")
    assert chosen(page) == ["丙.txt", "乙.txt", "甲.txt"]
    expect(page.get_by_role("button", name="移动：乙.txt")).to_be_focused()
    expect(page.locator("#announce")).to_have_text("乙.txt：第 2 个，共 3 个")
    page.get_by_role("button", name="上移：乙.txt").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="移除：甲.txt").click()
    page.get_by_role("textbox", name="书名", exact=True).fill("学习资料")
    only(page, "txt")
    run = finish(page)
    name, data = saved(page, run.get_by_role("link", name="学习资料.txt"))
    words = data.decode()
    assert name == "学习资料.txt"
    assert "甲文" not in words
    assert words.index("第二段") < words.index("第三段")


def test_pasted_text_becomes_a_file_named_by_its_first_line(visit):
    page = visit()
    page.get_by_text("粘贴文本").click()
    page.get_by_role("textbox", name="要转换的文本").fill("春季工作要点\n\n一、学习\n抓好学习。")
    page.get_by_role("button", name="添加为文件").click()
    read(page, "抓好学习。")
    assert chosen(page) == ["春季工作要点.txt"]
    page.locator("h1").click()
    page.evaluate("""() => { const data = new DataTransfer(); data.setData("text/plain", "第二篇\\n\\n正文。");
        document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true })); }""")
    read(page, "正文。")
    assert chosen(page) == ["春季工作要点.txt", "第二篇.txt"]


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


def test_an_error_stands_beside_its_file_and_the_others_are_made(visit):
    page = visit()
    page.set_input_files("#files", [REPORT, BINARY])
    expect(page.locator("#chosen li").nth(1).locator(".problem")).to_contain_text(re.compile("[一-龥]{4}"))
    expect(page.locator("#chosen li").nth(0).locator(".problem")).to_have_count(0)
    only(page, "txt")
    run = finish(page, "已完成 1 个文件，1 处失败")
    good, bad = run.locator(".reports > li").all()
    expect(good.locator(".of")).to_have_text("报告<b>.txt")
    expect(good.locator(".problem")).to_have_count(0)
    expect(bad.locator(".problem")).to_contain_text(re.compile("[一-龥]{4}"))
    page.get_by_role("button", name="移除：报告<b>.txt").click()
    run = finish(page, "未能完成")
    expect(run.locator(".reports > li")).to_contain_text(["图.txt"])


def test_what_is_missing_is_said_before_anything_is_sent(visit):
    page = visit()
    page.locator("#start").click()
    expect(page.get_by_role("alert")).to_have_text("请先选择文件。")
    page.set_input_files("#files", [REPORT])
    only(page)
    page.locator("#start").click()
    expect(page.get_by_role("alert")).to_have_text("请至少选择一种格式。")
    page.set_input_files("#files", [text(f"{n}.txt", f"{n}") for n in range(60)])
    expect(page.get_by_role("alert")).to_have_text("最多 50 个文件。")
    expect(page.locator("#chosen li")).to_have_count(50)


def test_a_file_that_is_too_large_is_not_sent(visit):
    page = visit()
    transfer = page.evaluate_handle(
        """() => { const transfer = new DataTransfer();
            transfer.items.add(new File([new Uint8Array(21 * 2 ** 20)], "大.txt"));
            return transfer; }"""
    )
    page.dispatch_event("#drop", "drop", {"dataTransfer": transfer})
    expect(page.locator("#chosen .problem")).to_have_text("超过 20 MB，未上传。请拆分后再试。")
    page.locator("#start").click()
    expect(page.get_by_role("alert")).to_contain_text("超过 20 MB")
    expect(page.locator("#runs > li")).to_have_count(0)


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


def test_it_works_without_a_mouse(visit):
    page = visit()
    page.set_input_files("#files", [REPORT])
    read(page, "再学习")
    page.locator("#files").focus()
    for name in ("移动：报告<b>.txt", "报告<b>.txt", "移除：报告<b>.txt"):
        page.keyboard.press("Tab")
        if name.startswith("移动"):
            page.keyboard.press("Tab")  # past 粘贴文本
        expect(page.get_by_role("button", name=name, exact=True)).to_be_focused()
    page.get_by_role("radio", name="逐个转换").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="编成一册")).to_be_checked()
    page.get_by_role("checkbox", name="PDF").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("checkbox", name="PDF")).not_to_be_checked()
    page.locator("#start").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#runs .downloads .download")).to_have_count(1)


def test_options_go_with_their_formats(visit):
    page = visit()
    page.set_input_files("#files", [REPORT])
    only(page, "txt")
    page.get_by_text("更多选项").click()
    expect(page.locator("[name='option.front_matter']")).to_be_hidden()
    only(page, "md")
    page.locator("[name='option.front_matter']").select_option("no")
    page.locator("[name=script]").select_option("hant")
    assert made(page, finish(page), "md").decode().startswith("# 關於")


@pytest.mark.parametrize(
    ("locale", "language", "title"),
    [
        ("zh-CN", "zh-Hans", "中文文本转换"),
        ("zh-TW", "zh-Hant", "中文文字轉換"),
        ("zh-HK", "zh-Hant", "中文文字轉換"),
        ("en-US", "en", "Chinese text converter"),
    ],
)
def test_the_page_speaks_the_readers_language(visit, locale, language, title):
    page = visit(locale=locale)
    expect(page).to_have_title(title)
    assert page.locator("html").get_attribute("lang") == language
    page.set_input_files("#files", [REPORT])
    expect(page.locator("#changes")).to_contain_text(
        {"zh-Hans": "半角标点", "zh-Hant": "半形標點", "en": "half-width punctuation"}[language]
    )
    page.get_by_role("link", name="English").click()
    expect(page).to_have_title("Chinese text converter")
    expect(page.locator("#chosen .name")).to_have_text("报告<b>.txt")


@pytest.mark.parametrize(
    "properties",
    [
        {"viewport": {"width": 1440, "height": 900}},
        {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"},
        {"viewport": {"width": 360, "height": 740}, "has_touch": True},
        {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"},
        {"locale": "zh-TW"},
        {"locale": "en-US"},
    ],
    ids=["wide", "dark", "phone", "phone-dark", "hant", "en"],
)
def test_axe_has_no_objection_and_nothing_is_wider_than_the_page(visit, properties):
    page = visit(**properties)
    assert violations(page) == []
    page.set_input_files("#files", [{**REPORT, "name": "很长的文件名" * 12 + ".txt"}, BINARY])
    expect(page.locator("#chosen .problem")).to_have_count(1)
    long = "工作要點\n\n一、學習\n以創(chuàng)新發展，創業,好,再好。\n" + "很長的詞" * 60
    page.set_input_files("#files", [text("文.txt", long)])
    expect(page.locator("#lines .change.proposed")).to_have_count(1)
    page.locator("#lines .change.made").last.click()
    expect(page.locator("#lines .change.rejected")).to_have_count(1)
    expect(page.locator("#preview figure")).to_be_visible()
    page.locator("#more summary").first.click()
    page.locator("#start").click()
    expect(page.locator("#runs .reports")).to_be_visible(timeout=60_000)
    expect(page.locator("#text")).not_to_have_class("busy")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_the_form_works_without_scripts(visit):
    page = visit(java_script_enabled=False)
    page.set_input_files("#files", [REPORT])
    name, data = saved(page, page.get_by_role("button", name="开始转换"))
    assert name == "报告_b_.zip"
    assert sorted(zipfile.ZipFile(io.BytesIO(data)).namelist()) == ["报告_b_.docx", "报告_b_.pdf"]
    page.get_by_role("textbox", name="书名", exact=True).fill("学习资料")
    name, data = saved(page, page.get_by_role("button", name="编成一册"))
    assert name == "学习资料.zip"
