"""What tests do on the page, as people do it: choose files, click, save, and look for faults of accessibility."""

import functools
import subprocess
from pathlib import Path

from playwright.sync_api import expect

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def text(name, words, encoding="utf-8"):
    """A file to choose."""
    return {"name": name, "mimeType": "text/plain", "buffer": words.encode(encoding)}


REPORT = text("报告<b>.txt", "关于工作的报告\n\n一、要求\n学习,再学习。", "gb18030")
BINARY = {"name": "图.txt", "mimeType": "text/plain", "buffer": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4}


def only(page, *formats):
    for box in page.locator("[name=to]").all():
        if box.is_checked() != (box.get_attribute("value") in formats):
            box.locator("..").click()  # its label, which is what people see


def chosen(page):
    """The names of the files, in their order."""
    return page.locator("#chosen .name").all_text_contents()


def read(page, words):
    """Waits until the text is there and what is recognised in it."""
    expect(page.locator("#lines")).to_contain_text(words)
    expect(page.locator("#text")).not_to_have_class("busy")


def finish(page, state="已完成"):
    """Starts the work and waits for its end; gives the newest run."""
    page.locator("#start").click()
    run = page.locator("#runs > li").first
    expect(run.locator(".state")).to_contain_text(state, timeout=60_000)
    return run


def saved(page, link):
    """Name and contents of what a link downloads."""
    with page.expect_download() as waiting:
        link.click()
    return waiting.value.suggested_filename, Path(waiting.value.path()).read_bytes()


def made(page, run, ending):
    """What the text says that was made in this format."""
    return saved(page, run.locator(f"a[download$='.{ending}']").first)[1]


def drop(page, *files):
    """Files dropped onto the page, as the browser reports it."""
    transfer = page.evaluate_handle(
        """(files) => { const transfer = new DataTransfer();
            for (const [name, text] of files) transfer.items.add(new File([text], name, {type: "text/plain"}));
            return transfer; }""",
        files,
    )
    page.dispatch_event("#drop", "dragenter", {"dataTransfer": transfer})
    expect(page.locator("#drop")).to_have_class("drop over")
    page.dispatch_event("#drop", "drop", {"dataTransfer": transfer})
    expect(page.locator("#drop")).to_have_class("drop")


@functools.cache
def _axe():
    root = subprocess.run(["npm", "root", "--global"], check=True, capture_output=True, text=True).stdout.strip()
    return (Path(root) / "axe-core" / "axe.min.js").read_text()


def violations(page):
    """What axe-core objects to, with the elements, by its rules for WCAG 2.2 AA and good practice."""
    page.evaluate(_axe())
    found = page.evaluate("axe.run().then((said) => said.violations)")
    return [(one["id"], [node["html"][:200] for node in one["nodes"]][:3]) for one in found]
