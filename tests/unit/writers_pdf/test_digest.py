"""The same digest from Python and from OpenSSL."""

import hashlib

import pytest

from converter.writers.pdf.digest import _SMALL, sha256


@pytest.mark.parametrize("size", [0, 1, 1000, _SMALL - 1, _SMALL, _SMALL + 1])
def test_whatever_the_size(size):
    data = bytes(range(251)) * (size // 251 + 1)
    assert sha256(data[:size]) == hashlib.sha256(data[:size]).digest()
