"""The kinds of gaps are those of each pair of classes, common or not."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from converter.typeset import gaps
from converter.typeset.punctuation import Level, pairs

STRETCHES = (
    st.integers(0, 70).map("H".__mul__)
    | st.text("HPFCXOQSILpnoNDd", max_size=120)
    | st.text("OQCPFXDdEeMNonp-/LWSIGZ", max_size=120)
)


@given(st.lists(STRETCHES, max_size=6).map("".join), st.sampled_from(Level))
def test_gaps_are_those_of_the_pairs(classes, level):
    of = pairs(level)
    expected = [of[a + b] for a, b in pairwise(classes)]
    assert list(gaps.gaps_between(classes, level)) == [*expected, "b"][: len(classes)]
