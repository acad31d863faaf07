"""Compressed operators are joined without being unpacked."""

import random
import zlib

import pytest

from converter.writers.pdf.drawn import compressed, joined


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
