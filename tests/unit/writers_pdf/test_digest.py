"""The same digest from Python and from OpenSSL."""

import hashlib
import sys

import pytest

from converter.writers.pdf.digest import _SMALL, sha256


@pytest.mark.parametrize("size", [0, 1, 1000, _SMALL - 1, _SMALL, _SMALL + 1])
@pytest.mark.parametrize("loaded", [True, False])
def test_whatever_the_size(size, loaded, monkeypatch):
    data = bytes(range(251)) * (size // 251 + 1)
    wanted = hashlib.sha256(data[:size]).digest()
    if not loaded:
        monkeypatch.delitem(sys.modules, "hashlib")
    assert sha256(data[:size]) == wanted
