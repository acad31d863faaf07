"""SHA-256 of what is made here. For a short text, to load OpenSSL takes longer than all that is to be digested."""

from __future__ import annotations

import sys
from importlib import import_module

_SMALL = 500_000
"""Bytes: Python's own SHA-256 takes as long for so many as OpenSSL, which is four times as fast, takes to be loaded;
where it is loaded already, as in a worker, it is asked.
"""


def sha256(data: bytes) -> bytes:
    """The digest, 32 bytes."""
    if len(data) < _SMALL and "hashlib" not in sys.modules:
        for module in ("_sha256", "_sha2"):  # before and since Python 3.12; a build may have neither
            try:
                digest: bytes = import_module(module).sha256(data).digest()
            except ImportError:
                continue
            return digest
    import hashlib

    return hashlib.sha256(data).digest()
