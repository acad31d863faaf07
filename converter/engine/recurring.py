"""Lines that recur around the texts of a folder: they belong to the site that the texts come from."""

from __future__ import annotations

import contextlib
from collections import defaultdict
from pathlib import PurePath
from typing import TYPE_CHECKING

from converter.errors import ConverterError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from converter.engine.folder import Folder
    from converter.engine.job import Input

FEWEST = 3
"""Texts of a folder below which nothing can recur."""
_PLAIN = frozenset({".txt", ".text", ""})
_LONGEST = 2**20
"""Bytes of a text above which it is not looked at."""


def is_looked_at(name: str, size: int) -> bool:
    """Whether a file is a plain text of an article's size."""
    return PurePath(name).suffix.lower() in _PLAIN and size <= _LONGEST


def recurring(texts: Iterable[bytes], folder: Folder | None = None) -> list[str]:
    """The lines that recur around these texts, sorted; texts that cannot be decoded are passed over. What stands around
    each is kept in `folder`, and taken from there.
    """
    from converter.repair.recurring_lines import recurring as recurring_among

    found = [lines for lines in (_around(data, folder) for data in texts) if lines is not None]
    return sorted(recurring_among(found)) if len(found) >= FEWEST else []


def _around(data: bytes, folder: Folder | None) -> list[str] | None:
    """The lines around a text that may be the site's; None if it cannot be decoded."""
    key = ""
    if folder:
        from converter.engine.shelf import key_of

        key = key_of(("around", data))
        if (kept := folder.get(key)) is not None:
            return kept.decode("utf-8", "surrogatepass").splitlines()
    from converter.repair.recurring_lines import lines_around
    from converter.text.decoding import decode

    with contextlib.suppress(ConverterError):
        lines = sorted(lines_around(decode(data).value.text))
        if folder:
            folder.put(key, "\n".join(lines).encode("utf-8", "surrogatepass"))
        return lines
    return None


def _folder() -> Folder | None:
    """Where what stands around texts is kept."""
    from converter.engine.folder import open_folder

    return open_folder("around")


def with_recurring(inputs: Sequence[Input], *, keep: bool = False) -> list[Input]:
    """The inputs, each with the lines that recur around the plain texts of its folder; with `keep`, what stands around
    each text is kept for the next time.
    """
    kept = _folder() if keep else None
    folders: defaultdict[PurePath, list[bytes]] = defaultdict(list)
    for source in inputs:
        if is_looked_at(source.name, len(source.data)):
            folders[PurePath(source.name).parent].append(source.data)
    known = {folder: "\n".join(recurring(texts, kept)) for folder, texts in folders.items() if len(texts) >= FEWEST}
    return [source._replace(chrome=known.get(PurePath(source.name).parent, source.chrome)) for source in inputs]
