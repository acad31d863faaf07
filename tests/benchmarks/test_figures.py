"""What is made of the figures of the benchmarks; nothing is measured here."""

import json
import sys
from pathlib import Path

import pytest
from lxml import etree

HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def modules(monkeypatch):
    """The benchmarks are a program: its modules are found beside it, and forgotten afterwards."""
    monkeypatch.syspath_prepend(HERE)
    before = set(sys.modules)
    yield
    for name in set(sys.modules) - before:
        if (HERE / f"{name}.py").exists():
            del sys.modules[name]


def test_the_exponent_is_that_of_the_law_behind_the_figures():
    from measurements import exponents

    lengths = {
        str(size): {"bytes": size, "seconds": {"even": size / 1e6, "square": size**2 / 1e12, "flat": 3.0}}
        for size in (1000, 100_000, 1_000_000, 50_000_000)
    }
    lengths["1000"]["seconds"]["even"] = 5  # too short to count
    assert exponents(lengths) == pytest.approx({"even": 1, "square": 2, "flat": 0}, abs=1e-9)


def test_bars_lie_on_the_side_of_the_faster():
    from charts import Bar, bars

    words, boxes = shapes(bars([Bar("1 MB → PDF <typst>", 0.5), Bar("line", 4.0)], "Ratios"))
    assert {"1 MB → PDF <typst>", "0.50", "4.00", "1×"} <= set(words)
    (faster, slower) = [box for box in boxes if "x" in box]
    middle = float(slower["x"])
    assert float(faster["x"]) + float(faster["width"]) == pytest.approx(middle, abs=0.2)
    assert float(slower["width"]) == pytest.approx(2 * float(faster["width"]), rel=0.01)


def test_flames_are_as_wide_as_their_share():
    from charts import flame

    tree = {"name": "all", "count": 100, "below": [{"name": "repair.rules: repair", "count": 25, "below": []}]}
    _, boxes = shapes(flame(tree, "Where the time goes"))
    whole, quarter = (float(box["width"]) for box in boxes if "x" in box)
    assert quarter / whole == pytest.approx(0.25, abs=0.01)


def test_the_published_page_is_what_its_figures_make():
    from report import page, pictures

    docs = HERE.parents[1] / "docs"
    figures = json.loads((docs / "data" / "benchmarks.json").read_text("utf-8"))
    again = "write it again: make bench BENCH='--publish --render'"
    assert (docs / "benchmarks.md").read_text("utf-8") == page(figures, "images/benchmarks"), again
    for name, picture in pictures(figures).items():
        assert (docs / "images" / "benchmarks" / name).read_text("utf-8") == picture, again


def shapes(svg):
    root = etree.fromstring(svg)
    name = "{http://www.w3.org/2000/svg}"
    return [e.text for e in root.iter(f"{name}text")], [e.attrib for e in root.iter(f"{name}rect")]
