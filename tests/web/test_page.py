"""The page, driven in a real browser against a real server."""

import io
import os
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import expect, sync_playwright

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
REPORT = {
    "name": "报告<b>.txt",
    "mimeType": "text/plain",
    "buffer": "关于工作的报告\n\n一、要求\n学习。".encode("gb18030"),
}
BINARY = {"name": "图.txt", "mimeType": "text/plain", "buffer": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4}

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=ARGUMENTS
        )
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, service):
    """Opens the page in a browser of these properties; at the end nothing may have been complained about."""
    contexts, complaints = [], []

    def heard(message):
        # A refused request is logged by Chromium itself, and is what some tests are about.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            complaints.append(message.text)

    def visit(path="/", **properties):
        context = chromium.new_context(**{"locale": "zh-CN", **properties})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", heard)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request",
            lambda request: request.url.startswith((str(service.base_url), "blob:")) or complaints.append(request.url),
        )
        page.goto(str(service.base_url) + path)
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not complaints


def only(page, *formats):
    for box in page.locator("[name=to]").all():
        box.set_checked(box.get_attribute("value") in formats, force=True)


def finish(page):
    page.locator("#start").click()
    expect(page.locator("#progress")).to_be_hidden(timeout=60_000)
    expect(page.locator("#results")).to_be_visible()


def saved(page, link):
    """Name and contents of what a link downloads."""
    with page.expect_download() as waiting:
        link.click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def drop(page, *files):
    """Files dropped onto the page, as the browser reports it."""
    transfer = page.evaluate_handle(
        """(files) => { const transfer = new DataTransfer();
            for (const [name, text] of files) transfer.items.add(new File([text], name, {type: "text/plain"}));
            return transfer; }""",
        files,
    )
    page.dispatch_event("#drop", "dragenter", {"dataTransfer": transfer})
    expect(page.locator("#drop")).to_have_class(re.compile("over"))
    page.dispatch_event("#drop", "drop", {"dataTransfer": transfer})
    expect(page.locator("#drop")).not_to_have_class(re.compile("over"))


def test_the_five_seeds_become_documents_that_open(visit, tmp_path):
    page = visit()
    page.set_input_files("#files", SEEDS)
    expect(page.locator("#chosen li")).to_have_count(5)
    only(page, "docx", "pdf", "epub")
    finish(page)
    expect(page.locator("#status")).to_have_text("已完成 15 个文件")
    rows = page.locator("#made > li")
    expect(rows).to_have_count(5)
    assert [row.locator(".name").text_content() for row in rows.all()] == [seed.name for seed in SEEDS]

    name, data = saved(page, rows.nth(0).get_by_role("link", name="pdf"))
    assert name == f"{SEEDS[0].stem}.pdf"
    (tmp_path / "a.pdf").write_bytes(data)
    subprocess.run(["qpdf", "--check", tmp_path / "a.pdf"], check=True, capture_output=True)
    name, data = saved(page, rows.nth(1).get_by_role("link", name="docx"))
    assert "word/document.xml" in zipfile.ZipFile(io.BytesIO(data)).namelist()
    name, data = saved(page, rows.nth(2).get_by_role("link", name="epub"))
    assert zipfile.ZipFile(io.BytesIO(data)).read("mimetype") == b"application/epub+zip"

    name, data = saved(page, page.locator("#all"))
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    assert sorted(archive.namelist()) == sorted(s.stem + e for s in SEEDS for e in (".docx", ".pdf", ".epub"))
    (tmp_path / "all.zip").write_bytes(data)
    listed = subprocess.run(["python3", "-m", "zipfile", "-t", tmp_path / "all.zip"], check=True, capture_output=True)
    assert b"Done testing" in listed.stdout


def test_dropped_files_become_a_booklet_in_the_order_chosen(visit):
    page = visit()
    drop(page, ["甲.txt", "甲文\n\n第一段。"], ["乙.txt", "乙文\n\n第二段。"], ["丙.txt", "丙文\n\n第三段。"])
    expect(page.locator("#booklet-fields")).to_be_hidden()
    page.get_by_role("radio", name="编成一册").check(force=True)
    expect(page.get_by_role("radio", name="图书")).to_be_checked()
    page.get_by_role("button", name="上移: 丙.txt").click()
    page.get_by_role("button", name="移除: 甲.txt").click()
    page.get_by_role("textbox", name="书名", exact=True).fill("学习资料")
    only(page, "txt")
    finish(page)
    name, data = saved(page, page.get_by_role("link", name="学习资料.txt"))
    words = data.decode()
    assert name == "学习资料.txt"
    assert "甲文" not in words
    assert words.index("第三段") < words.index("第二段")


def test_an_error_stands_beside_its_file_and_the_others_are_made(visit):
    page = visit()
    page.set_input_files("#files", [REPORT, BINARY])
    only(page, "txt")
    finish(page)
    good, bad = page.locator("#made > li").all()
    expect(good.locator(".name")).to_have_text("报告<b>.txt")
    expect(good.locator(".problem")).to_have_count(0)
    expect(bad.locator(".problem")).to_have_count(1)
    expect(bad.locator(".problem")).to_contain_text(re.compile("[一-龥]{4}"))
    expect(page.locator("#status")).to_have_text("已完成 1 个文件，1 处失败")
    name, data = saved(page, good.get_by_role("link"))
    assert name == "报告_b_.txt"
    assert "学习" in data.decode()


def test_what_is_missing_is_said_before_anything_is_sent(visit):
    page = visit()
    page.locator("#start").click()
    expect(page.get_by_role("alert")).to_have_text("请先选择文件。")
    page.set_input_files("#files", [REPORT])
    only(page)
    page.locator("#start").click()
    expect(page.get_by_role("alert")).to_have_text("请至少选择一种格式。")
    page.set_input_files("#files", [{**REPORT, "name": f"{n}.txt"} for n in range(60)])
    expect(page.get_by_role("alert")).to_have_text("最多 50 个文件。")
    expect(page.locator("#chosen li")).to_have_count(50)


def test_a_file_that_is_too_large_is_not_sent(visit):
    page = visit()
    page.set_input_files("#files", [{**REPORT, "buffer": b"x" * 21 * 2**20}])
    finish(page)
    expect(page.locator("#made .problem")).to_have_text("超过 20 MB，未上传。")


def test_work_can_be_stopped(visit):
    page = visit()
    page.set_input_files("#files", [{**REPORT, "buffer": b"sleep 20"}])
    page.locator("#start").click()
    page.get_by_role("button", name="停止").click()
    expect(page.locator("#status")).to_have_text("已停止")
    page.locator("#chosen .remove").click()
    page.set_input_files("#files", [REPORT])
    finish(page)
    expect(page.locator("#made .download")).to_have_count(2)


def test_it_works_without_a_mouse(visit):
    page = visit()
    page.set_input_files("#files", [REPORT])
    page.locator("#files").focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="移除: 报告<b>.txt")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("radio", name="逐个转换")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("radio", name="编成一册")).to_be_checked()
    page.get_by_role("checkbox", name="PDF").focus()
    page.keyboard.press("Space")
    expect(page.get_by_role("checkbox", name="PDF")).not_to_be_checked()
    page.locator("#start").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#made .download")).to_have_count(1)


def test_options_go_with_their_formats(visit):
    page = visit()
    page.set_input_files("#files", [REPORT])
    only(page, "txt")
    page.get_by_text("更多选项").click()
    expect(page.locator("[name='option.front_matter']")).to_be_hidden()
    only(page, "md")
    page.locator("[name='option.front_matter']").select_option("no")
    page.locator("[name=script]").select_option("hant")
    finish(page)
    _, data = saved(page, page.locator("#made .download"))
    assert data.decode().startswith("# 關於")


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
    page.get_by_role("link", name="English").click()
    expect(page).to_have_title("Chinese text converter")


@pytest.mark.parametrize(
    "properties", [{"viewport": {"width": 360, "height": 740}}, {"color_scheme": "dark"}], ids=["phone", "dark"]
)
def test_it_fits_a_phone_and_the_dark(visit, properties):
    page = visit(**properties)
    page.set_input_files("#files", [{**REPORT, "name": "很长的文件名" * 12 + ".txt"}, BINARY])
    finish(page)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    contrast = page.evaluate(CONTRAST)
    assert min(contrast.values()) >= 4.5, contrast


# WCAG 2.1 contrast of text against the nearest painted background.
CONTRAST = """() => {
  const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgb = (colour) => { paint.fillStyle = colour; paint.fillRect(0, 0, 1, 1); return [...paint.getImageData(0, 0, 1, 1).data].slice(0, 3); };
  const light = (colour) => rgb(colour).map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, n) => sum + v * [0.2126, 0.7152, 0.0722][n], 0);
  const behind = (e) => { const c = getComputedStyle(e).backgroundColor; return c === "rgba(0, 0, 0, 0)" && e.parentElement ? behind(e.parentElement) : c; };
  const found = {};
  for (const selector of ["h1", "header p", "nav a", "nav a[aria-current]", "label strong", ".card small", ".card :checked ~ span small",
                          ".primary", ".download", ".problem", ".name", "#status", "footer p", "summary"]) {
    const e = document.querySelector(selector);
    const [a, b] = [light(getComputedStyle(e).color), light(behind(e))].sort((x, y) => y - x);
    found[selector] = (a + 0.05) / (b + 0.05);
  }
  return found; }"""


def test_the_form_works_without_scripts(visit, tmp_path):
    page = visit(java_script_enabled=False)
    page.set_input_files("#files", [REPORT])
    name, data = saved(page, page.get_by_role("button", name="开始转换"))
    assert name == "报告_b_.zip"
    assert sorted(zipfile.ZipFile(io.BytesIO(data)).namelist()) == ["报告_b_.docx", "报告_b_.pdf"]
    page.get_by_role("textbox", name="书名", exact=True).fill("学习资料")
    name, data = saved(page, page.get_by_role("button", name="编成一册"))
    assert name == "学习资料.zip"
