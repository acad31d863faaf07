"""Simplified and Traditional forms of the same character, by the table `data/variants.txt`."""

from __future__ import annotations

import functools
import zlib

from converter.compile_cache import kept
from converter.text.data import read, read_bytes

_FILE = "variants.txt"


def simplified(character: str) -> str:
    """The Simplified form of a character; itself if it is one, or if it is the same in both scripts."""
    return _table()[0].get(character, character)


def only_traditional(character: str) -> bool:
    """Whether the character is written in Traditional text only: 創, but not 新 and not 后."""
    return character in _table()[0]


def only_simplified(character: str) -> bool:
    """Whether the character is written in Simplified text only: 创, but not 新 and not 后."""
    return character in _table()[1]


def forms_of(character: str) -> str:
    """The character with its Traditional forms after it: 发發髮; alone where both scripts write the same."""
    return character + _forms().get(character, "")


@functools.cache
def telling_characters() -> tuple[frozenset[str], frozenset[str]]:
    """All characters that are written in Simplified text only, and all that are written in Traditional text only."""
    traditional, simple = _table()
    return simple, frozenset(traditional)


@functools.cache
def version() -> int:
    """What tells this table from others: for what is made of it and kept (`converter.compile_cache`)."""
    return zlib.crc32(read_bytes(_FILE))


@functools.cache
def _table() -> tuple[dict[str, str], frozenset[str]]:
    """The Simplified form of each character that is only Traditional, and the characters that are only Simplified."""
    traditional, simple, simple_only = kept((_told.__code__, version()), lambda: _told(_rows()))
    return dict(zip(traditional, simple, strict=True)), frozenset(simple_only)


def _told(rows: list[list[str]]) -> tuple[str, str, str]:
    """The characters that are only Traditional, the Simplified form of each, and the characters that are only
    Simplified: as strings, which are read at once.
    """
    simple_only = "".join(simple for simple, forms in rows if simple not in forms)
    simple = {form: simple for simple, forms in reversed(rows) for form in forms}
    shared = {simple for simple, forms in rows if simple in forms} | set(simple_only)
    traditional = [form for form in simple if form not in shared]
    return "".join(traditional), "".join(map(simple.__getitem__, traditional)), simple_only


@functools.cache
def _forms() -> dict[str, str]:
    return {simple: forms.replace(simple, "") for simple, forms in _rows()}


@functools.cache
def _rows() -> list[list[str]]:
    """A Simplified character and its Traditional forms, itself among them where it is one."""
    return [line.split(" ") for line in read(_FILE).splitlines()]
