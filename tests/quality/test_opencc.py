"""OpenCC's own test cases through the transform, with the engine that is installed by default."""

from pathlib import Path

import pytest

from converter.model import Document, Paragraph, plain, text
from converter.transforms.script import to_script

FLOOR = 0.90  # measured: 492 of 543; the engine by itself passes 490
CASES = [
    line.split("\t")
    for line in (Path(__file__).parents[1] / "cases/opencc.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def converted(words, script):
    return plain(to_script(Document(front=(Paragraph(inlines=text(words)),)), script).value.front[0].inlines)


def test_opencc_cases():
    wrong = [(script, words) for script, words, expected in CASES if converted(words, script) != expected]
    assert len(CASES) == 543
    assert 1 - len(wrong) / len(CASES) >= FLOOR, wrong


@pytest.mark.parametrize("script", ["hans", "hant", "tw", "hk", "twp", "hkp"])
def test_what_was_converted_is_not_converted_again(script):
    seeds = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
    for path in seeds:
        lines = path.read_text(encoding="utf-8").splitlines()
        document = Document(front=tuple(Paragraph(inlines=text(line)) for line in lines if line.strip()))
        once = to_script(document, script).value
        assert to_script(once, script).value == once
