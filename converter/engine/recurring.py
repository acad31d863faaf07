"""Lines that recur around the texts of a folder: they belong to the site that the texts come from."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from pathlib import PurePath
from typing import TYPE_CHECKING

from converter.errors import ConverterError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from converter.engine.job import Input

FEWEST = 3
"""Texts of a folder below which nothing can recur."""
_PLAIN = frozenset({".txt", ".text", ""})
_LONGEST = 2**20
"""Bytes of a text above which it is not looked at."""


def is_looked_at(name: str, size: int) -> bool:
    """Whether a file is a plain text of an article's size."""
    return PurePath(name).suffix.lower() in _PLAIN and size <= _LONGEST


def recurring(texts: Iterable[bytes]) -> list[str]:
    """The lines that recur around these texts, sorted; texts that cannot be decoded are passed over."""
    from converter.repair.recurring_lines import recurring_lines
    from converter.text.decoding import decode

    decoded = []
    for data in texts:
        with contextlib.suppress(ConverterError):
            decoded.append(decode(data).value.text)
    return sorted(recurring_lines(decoded)) if len(decoded) >= FEWEST else []


def with_recurring(inputs: Sequence[Input]) -> list[Input]:
    """The inputs, each with the lines that recur around the plain texts of its folder."""
    folders: defaultdict[PurePath, list[bytes]] = defaultdict(list)
    for source in inputs:
        if is_looked_at(source.name, len(source.data)):
            folders[PurePath(source.name).parent].append(source.data)
    known = {folder: "\n".join(recurring(texts)) for folder, texts in folders.items() if len(texts) >= FEWEST}
    return [source._replace(chrome=known.get(PurePath(source.name).parent, source.chrome)) for source in inputs]
