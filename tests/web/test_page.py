"""The page, driven in a real browser against a real server: files, formats, languages, accessibility."""

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
    for _ in range(5):  # what is dragged while the list is drawn anew has to be dragged again
        page.locator("#chosen li").nth(2).drag_to(page.locator("#chosen li").nth(0), target_position={"x": 60, "y": 3})
        page.wait_for_timeout(300)
        if chosen(page) != ["甲.txt", "乙.txt", "丙.txt"]:
            break
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


def test_files_are_put_in_order_by_a_finger(visit):
    page = visit(has_touch=True, viewport={"width": 360, "height": 740})
    drop(page, *THREE)
    touch = page.context.new_cdp_session(page)

    def at(box, *, share=0.5):
        return {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] * share}

    def send(kind, *points):
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    handle = page.get_by_role("button", name="移动：丙.txt")
    expect(page.locator("#chosen").get_by_text("没有修改")).to_have_count(3)
    start, end = at(handle.bounding_box()), at(page.locator("#chosen li").first.bounding_box(), share=0.1)
    send("touchStart", start)
    for step in (1, 2, 3, 4):
        send("touchMove", {"x": start["x"], "y": start["y"] + (end["y"] - start["y"]) * step / 4})
    expect(page.locator("#chosen li").first).to_have_class("dragged")
    send("touchEnd")
    expect(page.locator("#announce")).to_have_text("丙.txt：第 1 个，共 3 个")
    assert chosen(page) == ["丙.txt", "甲.txt", "乙.txt"]
    send("touchStart", at(page.get_by_role("button", name="移动：丙.txt").bounding_box()))
    send("touchMove", at(page.locator("#chosen li").last.bounding_box(), share=0.9))
    expect(page.locator("#chosen li").last).to_have_class("dragged")
    send("touchCancel")
    expect(page.locator("#chosen .dragged")).to_have_count(0)
    assert chosen(page) == ["丙.txt", "甲.txt", "乙.txt"]


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


def test_what_is_found_and_what_went_wrong_is_said_in_the_characters_of_the_page(visit):
    page = visit("/?lang=zh-Hant", locale="zh-CN")
    page.set_input_files("#files", [BINARY])
    expect(page.locator("#chosen .problem")).to_contain_text("此檔案為圖片，不是純文字")
    only(page, "txt")
    expect(finish(page, "未能完成").locator(".problem")).to_contain_text("此檔案為圖片")
    page.set_input_files("#files", [text("文.txt", "工作要点\n\n谋划发展,他说“抓好。\n再接再厉�。")])
    read(page, "谋划发展")
    page.locator("#text-problem summary").click()
    expect(page.locator("#text-problem")).to_contain_text("「�」處的原字已丟失，無法恢復")
    expect(page.locator("#text-problem")).to_contain_text("引號不成對")
    title = page.locator("#lines .kind").first
    expect(title).to_have_attribute("title", re.compile("短行|標題"))
    expect(title).not_to_have_attribute("title", re.compile("[题开后]"))


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
