"""File names for outputs: the input's own name, safe on every system, never the same twice."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePath
from typing import TYPE_CHECKING

from converter.regex import compiled

if TYPE_CHECKING:
    from collections.abc import Iterable

# Forbidden by Windows; the slash also elsewhere.
_FORBIDDEN = compiled(r'[<>:"/\\|?*]')
# Names of devices on Windows, with or without an ending.
_DEVICES = compiled(r"(?:CON|PRN|AUX|NUL|(?:COM|LPT)[0-9¹²³])(?:\..*)?", re.IGNORECASE)
_ENDING = compiled(r"(?<=.)\.[A-Za-z][A-Za-z0-9]{0,4}\Z")
_MOST_BYTES = 200
"""Of the UTF-8 form: file systems allow 255, and a number and an ending are still to come."""


def stem(name: str, otherwise: str = "document") -> str:
    r"""The name of a file without folders and ending, made safe; `otherwise` where nothing is left of it.

    Chinese stays as it is. Control characters, format characters (which can turn the reading direction around to
    hide an ending) and lone surrogates go; what file systems forbid becomes `_`.

    >>> stem("C:\\稿件\\报告: 终稿.txt"), stem("../../etc/passwd"), stem("con.txt")
    ('报告_ 终稿', 'passwd', 'con_')
    """
    base = name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    return safe(_ENDING.sub("", base), otherwise)


def safe(words: str, otherwise: str = "document") -> str:
    """Words, such as a title, as the stem of a file's name."""
    visible = "".join(" " if c.isspace() else c for c in words if unicodedata.category(c) not in {"Cc", "Cf", "Cs"})
    name = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", visible)).strip(" .")
    if _DEVICES.fullmatch(name):
        name += "_"
    return name.encode()[:_MOST_BYTES].decode(errors="ignore").rstrip(" .") or otherwise


def unique(wanted: Iterable[tuple[str, str]]) -> list[str]:
    """A file name for each stem and ending; a name that is taken, whatever its case, is numbered: `报告 (2).pdf`."""
    taken: set[str] = set()
    names = []
    for first, ending in wanted:
        name, number = first + ending, 1
        while name.casefold() in taken:
            number += 1
            name = f"{first} ({number}){ending}"
        taken.add(name.casefold())
        names.append(name)
    return names


def split(name: str) -> tuple[str, str]:
    """Stem and ending of a file name."""
    path = PurePath(name)
    return path.stem, path.suffix
