"""Tables about characters, made by `docs/data/build_character_tables.py`; `README.md` names their sources."""

from __future__ import annotations

from pathlib import Path


def read(name: str) -> str:
    """The whole text of a table."""
    return Path(__file__).with_name(name).read_bytes().decode()
