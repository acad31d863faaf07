"""Operators: where lines begin; compressed, they are joined without being unpacked."""

import random
import zlib

import pytest

from converter.typeset.lines import Line
from converter.typeset.themes import THEMES
from converter.writers.pdf.drawing import Drawing
from converter.writers.pdf.drawn import compressed, joined

PAGE = THEMES["book"].page


@pytest.mark.parametrize("size", [0, 1, 300, 65521, 200_000])
@pytest.mark.parametrize(("before", "behind"), [("", ""), ("q\n", ""), ("", "Q\n"), ("é" * 300, "\xff" * 3000)])
def test_one_stream_of_all_three(before, behind, size):
    chance = random.Random(size)  # noqa: S311 - no secret
    operators = "".join(chr(chance.randrange(256)) for _ in range(size))
    assert zlib.decompress(joined(before, compressed(operators), behind)) == (before + operators + behind).encode(
        "latin-1"
    )


def test_joining_costs_little():
    operators = "1 0 0 1 61.50 400.24 Tm (文) Tj\n".replace("文", "\x65\x87") * 300
    alone = len(zlib.compress(operators.encode("latin-1"), 4))
    assert len(joined("q 1 0 0 1 61.5 0 cm\n", compressed(operators), "Q\n")) < alone + 60


def test_lines_that_follow_from_one_another_stand_where_they_were_drawn():
    """However long the page, and at a leading that no number of two digits is."""
    drawing = Drawing(PAGE, {})
    drawing.begin_page()
    wanted = []
    for number in range(200):
        x, baseline = 60.0 + 24.123 * (number % 7 == 0), 20 + 28.98764 * number
        wanted.append((x, PAGE.height - baseline))
        drawing.draw(Line(0, 0, ()), 12, x, baseline)
    origin, leading, found = (0.0, 0.0), 0.0, []
    operators = drawing.end()
    for line in operators.splitlines():
        *numbers, operator = line.split()
        match operator:
            case "Tm":
                origin = float(numbers[4]), float(numbers[5])
            case "TD":
                leading = -float(numbers[1])
                origin = origin[0] + float(numbers[0]), origin[1] - leading
            case "T*":
                origin = origin[0], origin[1] - leading
            case _:
                continue
        found.append(origin)
    assert "T*" in operators
    assert found == [pytest.approx(place, abs=0.015) for place in wanted]
