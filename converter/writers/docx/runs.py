"""Runs of text: which of the two fonts each character takes, Chinese or Latin.

Word sets “ ” ‘ ’ — … · and other characters that both scripts use in the Latin font unless the run has
hint="eastAsia" ([MS-OI29500] 2.1.88); with it, it sets é and ǎ in the Chinese font. So runs with such characters
say which they mean, and Latin words that have them are runs of their own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from converter.model import Mark
from converter.writers.docx.ooxml import text_run, w

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

# §, ¨, °, ±, ·, ×, ÷; General Punctuation but for spaces and controls; all from ℃ Ⅳ → ① to ■
_SHARED = re.compile("[§¨°±·×÷\u2010-\u2027\u2030-\u205e\u2100-\u2bff]")
_LATIN = "A-Za-zÀ-ÖØ-öø-ɏ"
_WORD = re.compile(f"[{_LATIN}]+(?:[’·][{_LATIN}]+)*")
_HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")


def runs(text: str, marks: frozenset[Mark] = frozenset()) -> Iterator[Element]:
    """The text as runs, each with what it needs beyond its paragraph's style."""
    at = 0
    if not text.isascii():
        for word in _WORD.finditer(text):
            if not word[0].isascii():
                if at < word.start():
                    yield _run(text[at : word.start()], marks)
                yield text_run(word[0], _properties("default", marks, latin=True))
                at = word.end()
    if at < len(text):
        yield _run(text[at:], marks)


def _run(text: str, marks: frozenset[Mark]) -> Element:
    hint = "eastAsia" if _SHARED.search(text) else ""
    return text_run(text, _properties(hint, marks, latin=bool(marks) and not _HAN.search(text)))


def _properties(hint: str, marks: frozenset[Mark], *, latin: bool) -> Element | None:
    """Run properties in the order of the schema (ECMA-376 §17.3.2.28). Dots below mark Chinese, italics Latin words."""
    if not hint and not marks:
        return None
    properties = w("rPr")
    if hint:
        properties.append(w("rFonts", hint=hint))
    if Mark.STRONG in marks:
        properties.append(w("b"))
    if Mark.EMPHASIS in marks:
        properties.append(w("i") if latin else w("em", val="underDot"))
    return properties
