"""The picture in docs/architecture.md shows every import between parts of the program, and no other."""

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PICTURE = ROOT / "docs" / "images" / "architecture.svg"
HINT = "draw it again: python docs/data/draw_architecture.py"


@pytest.fixture(scope="module")
def drawing():
    at = ROOT / "docs" / "data" / "draw_architecture.py"
    spec = importlib.util.spec_from_file_location(at.stem, at)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_every_dot_is_an_import_and_every_import_is_a_dot(drawing):
    shown = set(re.findall(r"<title>(\w+) → (\w+)</title>", PICTURE.read_text("utf-8")))
    found = drawing.imports()
    assert shown - found == set(), HINT
    assert found - shown == set(), HINT


def test_every_part_of_the_program_has_its_row_and_its_words(drawing):
    here = {
        p.stem for p in (ROOT / "converter").iterdir() if (p.is_dir() or p.suffix == ".py") and p.stem[0] not in "_."
    }
    parts = [part for layer in drawing.layers() for part in layer]
    assert {p for p in here if p != "README"} == set(parts) == set(drawing.PARTS)
    rows = re.findall(r'font-weight="bold"[^>]*>(\w+)<', PICTURE.read_text("utf-8"))
    assert rows == parts, HINT


def test_dots_lie_on_one_side(drawing):
    order = [part for layer in drawing.layers() for part in layer]
    assert all(order.index(one) < order.index(other) for one, other in drawing.imports())


def test_the_picture_is_the_one_that_is_drawn(drawing):
    assert PICTURE.read_text("utf-8") == drawing.drawn(drawing.layers(), drawing.imports()), HINT
