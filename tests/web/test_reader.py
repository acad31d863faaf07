"""Books in a reader that people use, epub.js: chapters turn, contents jump, and the browser's console stays empty."""

import functools
import http.server
import shutil
import subprocess
import threading
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from converter.pipeline import read, write

pytestmark = pytest.mark.browser

_PAGE = """<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">
<script src="jszip/dist/jszip.min.js"></script><script src="epubjs/dist/epub.min.js"></script>
<div id="book"></div>
<script>
const book = ePub("a.epub");
const shown = book.renderTo("book", {width: 700, height: 500, allowScriptedContent: false});
window.ready = shown.display().then(() => book.ready);
window.words = () => shown.getContents().map(c => c.document.body.textContent).join("");
</script>
"""


@pytest.fixture
def reader(tmp_path):
    """Opens a book: gives the page of the reader, and what its console said."""
    modules = Path(
        subprocess.run(["npm", "root", "--global"], capture_output=True, text=True, check=True).stdout.strip()
    )
    for name in ("epubjs/dist/epub.min.js", "jszip/dist/jszip.min.js"):
        (tmp_path / name).parent.mkdir(parents=True)
        shutil.copy(modules / name, tmp_path / name)
    (tmp_path / "index.html").write_text(_PAGE, "utf-8")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=tmp_path))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)

        def opened(data):
            (tmp_path / "a.epub").write_bytes(data)
            page, said = browser.new_page(), []
            page.on(
                "console", lambda message: said.append(message.text) if message.type in {"error", "warning"} else None
            )
            page.on("pageerror", lambda error: said.append(str(error)))
            page.goto(f"http://127.0.0.1:{server.server_port}/index.html")
            page.evaluate("window.ready")
            return page, said

        yield opened
        browser.close()
    server.shutdown()
    server.server_close()


SEED = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))[3]


@pytest.mark.parametrize(
    "options", [{}, {"vertical": True, "embed_fonts": True, "cover": True}], ids=["plain", "vertical"]
)
def test_chapters_turn_and_contents_jump(reader, options):
    document = read(SEED).value
    page, said = reader(write(document, "epub", theme="book", options={"contents": True, **options}).value)
    labels = page.evaluate("book.loaded.navigation.then(n => n.toc.map(item => item.label.trim()))")
    assert len(labels) >= len(document.sections)
    seen = [page.evaluate("words()")]
    for _ in range(3):
        page.evaluate("shown.next()")
        seen.append(page.evaluate("words()"))
    for number in (len(labels) - 1, 1):
        page.evaluate("n => book.loaded.navigation.then(nav => shown.display(nav.toc[n].href))", number)
        assert "".join(labels[number].split())[:12] in "".join(page.evaluate("words()").split())
    direction = page.evaluate("book.package.metadata.direction")
    assert (direction or "ltr") == ("rtl" if options.get("vertical") else "ltr")
    assert [words for words in said if "sandbox" not in words] == []
