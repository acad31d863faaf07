"""Tables about characters, made by `docs/data/build_character_tables.py`; `README.md` names their sources."""

from __future__ import annotations

from pathlib import Path


def read(name: str) -> str:
    """The whole text of a table."""
    return read_bytes(name).decode()


def read_bytes(name: str) -> bytes:
    """The same in UTF-8."""
    return Path(__file__).with_name(name).read_bytes()
