"""A file of the text is as long as it may be, in bytes, and no longer."""

import random

import pytest

from converter.writers.epub.pages import Shape, _grouped
from converter.writers.xhtml import Part

WORDS = ("x", "é", "学", "𠀀", "\ud800")


def one_by_one(parts, largest):
    """The same, every part counted."""
    group, size = [], 0
    for part in parts:
        length = len(part.xhtml.encode(errors="surrogatepass"))
        if group and size + length > largest and part.nesting >= 0:
            yield group
            group, size = [], 0
        group.append(part)
        size += length
    if group:
        yield group


@pytest.mark.parametrize("seed", range(40))
def test_files_end_where_the_next_part_would_be_too_much(seed):
    chance = random.Random(seed)  # noqa: S311 - no secret
    words = chance.choices(WORDS, k=2)
    parts = [
        Part("".join(chance.choices(words, k=chance.randint(0, 60))), chance.choice((-1, 0, 0, 1))) for _ in range(200)
    ]
    largest = chance.choice((1, 60, 240, 1000, 10_000))
    groups = list(_grouped(parts, Shape(largest=largest)))
    assert groups == list(one_by_one(parts, largest))
    assert len(groups) > 1 or largest > 1000


def test_what_just_fits_is_one_file():
    parts = [Part("学" * 10), Part("x" * 10)]
    assert list(_grouped(parts, Shape(largest=40))) == [parts]
    assert list(_grouped(parts, Shape(largest=39))) == [[part] for part in parts]
