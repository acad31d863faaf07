"""The kinds of gaps are those of each pair of classes, however the text is cut; what is remembered has an end."""

from itertools import pairwise, product

from hypothesis import given
from hypothesis import strategies as st

from converter.typeset import gaps
from converter.typeset.punctuation import Level, pairs

STRETCHES = st.integers(0, 70).map("H".__mul__) | st.text("OQCPFXDdEeMNonp-/LWSIGZ", max_size=120)


@given(st.lists(STRETCHES, max_size=6).map("".join), st.sampled_from(Level))
def test_gaps_are_those_of_the_pairs(classes, level):
    of = pairs(level)
    expected = [of[a + b] for a, b in pairwise(classes)]
    assert list(gaps.gaps_between(classes, level)) == [*expected, "b"][: len(classes)]


def test_strange_texts_do_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(gaps, "_MOST", 50)
    remembered = gaps._Gaps(Level.GB)
    for marks in product("PFLWoO", repeat=3):
        assert len(remembered["H" + "".join(marks)]) == 4
    assert len(remembered) == 50
