"""The site is built without a warning, has every public name, and asks no other machine for anything."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

import converter

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", folder]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=240)
    assert run.returncode == 0, run.stdout + run.stderr
    return folder


def test_every_public_name_is_on_the_page_of_reference(site):
    page = (site / "api.html").read_text("utf-8")
    shown = set(re.findall(r'id="converter\.[\w.]*?(\w+)"', page))
    assert set(converter.__all__) - {"__version__"} <= shown


def test_nothing_is_fetched_from_elsewhere(site):
    for path in site.rglob("*.html"):
        loaded = re.findall(
            r'<(?:script|img|link|iframe)\b[^>]*?\b(?:src|href)="(https?:[^"]+)"', path.read_text("utf-8")
        )
        assert loaded == [], path
    for path in site.rglob("*.css"):
        assert not re.findall(r"(?:url\(|@import )[\"']?https?:", path.read_text("utf-8")), path
