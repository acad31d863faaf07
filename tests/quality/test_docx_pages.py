"""The page numbers in the contents of Word files are those that LibreOffice shows."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from pathlib import Path

import pytest
from quality.docx_pages import all_files, differences


@pytest.mark.validator
def test_headings_stand_on_the_pages_that_the_contents_give(tmp_path):
    seeds = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
    found = differences(all_files(seeds), tmp_path)
    offsets = Counter(chain.from_iterable(o for name, o in found.items() if not name.endswith("booklet")))
    assert offsets.keys() <= {-1, 0, 1}, found
    assert offsets[0] >= 0.92 * offsets.total(), found
    bound = Counter(chain.from_iterable(o for name, o in found.items() if name.endswith("booklet")))
    assert bound.keys() <= {-1, 0, 1}, found
    assert bound[0] >= 0.9 * bound.total(), found
