import os
import tempfile
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright
from web.browsing import ARGUMENTS
from web.service import running


@pytest.fixture(scope="session")
def service():
    """A service with the usual limits."""
    with running() as client:
        yield client


@pytest.fixture(scope="session")
def narrow():
    """A service whose limits are quickly reached."""
    with running(
        workers=1, queue=1, upload_mb=1, max_files=3, time_limit=1.0, memory_mb=300, upload_time=1.0
    ) as client:
        yield client


@pytest.fixture
def temporary():
    """A folder with a short name, since sockets lie in it."""
    with tempfile.TemporaryDirectory(prefix="t", ignore_cleanup_errors=True) as folder:
        yield Path(folder)


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
            lambda request: request.url.startswith((str(service.base_url), "data:")) or complaints.append(request.url),
        )
        page.goto(str(service.base_url) + path)
        if properties.get("java_script_enabled", True):
            page.locator("#work[data-ready]").wait_for()
        return page

    yield visit
    for context in contexts:
        context.close()
    assert not complaints
