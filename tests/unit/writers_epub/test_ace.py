"""What DAISY's accessibility checker says of books: no violation."""

import json
import os
import subprocess
from pathlib import Path

import pytest
from contract.documents import RICH

from converter.booklet.assemble import compile_booklet
from converter.pipeline import read, write

pytestmark = [pytest.mark.validator, pytest.mark.browser]

SEEDS = sorted((Path(__file__).parents[3] / "seeds").glob("*.txt"))
_BROWSER = """\
#!/bin/sh
exec "$(command -v chromium)" --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking \\
    --disable-component-update --disable-sync "$@"
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    path = tmp_path_factory.mktemp("browser") / "chromium"
    path.write_text(_BROWSER)
    path.chmod(0o755)
    return path


def books():
    seeds = [read(path).value for path in SEEDS]
    yield "rich", RICH, {"cover": True, "contents": True}
    yield (
        "volume",
        compile_booklet(seeds[:3], title="文集").value,
        {"cover": True, "vertical": True, "embed_fonts": True},
    )


def test_ace_finds_no_violation(browser, tmp_path):
    for name, document, options in books():
        path = tmp_path / f"{name}.epub"
        path.write_bytes(write(document, "epub", options=options).value)
        subprocess.run(
            ["ace-puppeteer", "--force", "--outdir", tmp_path / name, path],
            env={**os.environ, "PUPPETEER_EXECUTABLE_PATH": str(browser)},
            check=False, capture_output=True, timeout=120,
        )  # fmt: skip
        report = json.loads((tmp_path / name / "report.json").read_text())
        found = [
            (page["earl:testSubject"]["url"], one["earl:test"]["dct:title"], one["earl:result"]["dct:description"])
            for page in report["assertions"]
            for one in page["assertions"]
        ]
        assert found == []
