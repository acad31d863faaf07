"""Takes the picture of the web page in README: `python docs/data/render_web_page.py`, after a change that can be seen.

It needs Chromium and Playwright, as the tests of the page do, and Chinese fonts for the browser (fonts-noto-cjk). The
texts are those of `seeds/`.
"""

from __future__ import annotations

import io
import os
import re
import socket
import threading
from pathlib import Path

import uvicorn
from PIL import Image
from playwright.sync_api import expect, sync_playwright

from converter.web.app import create_app
from converter.web.settings import Settings

ROOT = Path(__file__).parents[2]
PICTURE = ROOT / "docs" / "images" / "page.png"
NAMES = ("劳动保障党建", "经验交流", "动员会讲话", "两新组织党建", "实施方案")
"""What the texts of `seeds/` are called, in their order."""


def main() -> None:
    """Serve the page, choose the texts, reject a change, and take the picture."""
    listener = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(create_app(Settings(workers=2)), log_level="error"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        take(f"http://127.0.0.1:{listener.getsockname()[1]}/")
    finally:
        server.should_exit = True
        thread.join()


def take(address: str) -> None:
    """The picture of the page at this address."""
    seeds = sorted((ROOT / "seeds").glob("*.txt"))
    files = [
        {"name": f"{name}.txt", "mimeType": "text/plain", "buffer": seed.read_bytes()}
        for name, seed in zip(NAMES, seeds, strict=True)
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 1440, "height": 940}, locale="zh-CN")
        page.goto(address)
        page.set_input_files("#files", files)
        page.locator("#lines .change[data-name^=ZH201]").nth(1).click()
        expect(page.locator("#changes summary")).to_contain_text("已拒绝 1")
        expect(page.locator("#page-number")).to_have_text(re.compile("第 1 页"))
        expect(page.locator("#chosen li", has_text="处修改")).to_have_count(len(files))
        page.locator("#preview-title").evaluate("title => title.closest('section').scrollTop = title.offsetTop - 90")
        taken = page.screenshot()
        browser.close()
    Image.open(io.BytesIO(taken)).convert("RGB").quantize(128).save(PICTURE, optimize=True)


if __name__ == "__main__":  # the workers of the service import this file
    main()
