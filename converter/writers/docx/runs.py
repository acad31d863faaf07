"""Runs of text: which of the two fonts each character takes, Chinese or Latin.

Word sets “ ” ‘ ’ — … · and other characters that both scripts use in the Latin font unless the run has
hint="eastAsia" ([MS-OI29500] 2.1.88); with it, it sets é and ǎ in the Chinese font. So runs with such characters
say which they mean, and Latin words that have them are runs of their own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.model import Mark
from converter.regex import compiled
from converter.writers.docx.ooxml import text_run, to_text, w

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element as Element

    from converter.writers.characters import XmlCharacters

# §, ¨, °, ±, ·, ×, ÷; General Punctuation but for spaces and controls; all from ℃ Ⅳ → ① to ■
_SHARED = compiled("[§¨°±·×÷\u2010-\u2027\u2030-\u205e\u2100-\u2bff]")
_LATIN = "A-Za-zÀ-ÖØ-öø-ɏ"
_WORD = compiled(f"[{_LATIN}]+(?:[’·][{_LATIN}]+)*")
_HAN = compiled("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")


_PLAIN = compiled("[^\\x00-\\x1f<>&À-ÖØ-öø-ɏ\ud800-\udfff\ufffe\uffff]{1,100000}")
"""Text that is one run, and stands in XML as it is."""


def runs_text(text: str, characters: XmlCharacters, style: str = "") -> str:
    """The runs of a text in no setting, as they stand in the part; `style` is a character style.

    Most of a book is such text. Written down at once it takes a tenth of the time that elements take.
    """
    if not _PLAIN.fullmatch(text) and not _PLAIN.fullmatch(text := characters.clean(text)):
        return to_text(*(styled(runs(text), style) if style else runs(text)))
    look = f'<w:rStyle w:val="{style}"/>' if style else ""
    if _SHARED.search(text):
        look += '<w:rFonts w:hint="eastAsia"/>'
    space = ' xml:space="preserve"' if text[0].isspace() or text[-1].isspace() else ""
    return f"<w:r>{f'<w:rPr>{look}</w:rPr>' if look else ''}<w:t{space}>{text}</w:t></w:r>"


def styled(made: Iterable[Element], style: str) -> Iterator[Element]:
    """The runs, with those inside tracked changes, in a character style."""
    for element in made:
        for run in element.iter("{*}r"):
            properties = run.find("{*}rPr")
            if properties is None:
                properties = w("rPr")
                run.insert(0, properties)
            properties.insert(0, w("rStyle", val=style))
        yield element


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


_UNDERLINES = {
    frozenset({Mark.NAME}): "single",
    frozenset({Mark.TITLE}): "wave",
    frozenset({Mark.NAME, Mark.TITLE}): "wavyDouble",
}


def _properties(hint: str, marks: frozenset[Mark], *, latin: bool) -> Element | None:
    """Run properties in the order of the schema (ECMA-376 §17.3.2.28). Dots below mark Chinese, italics Latin words."""
    if not hint and not marks:
        return None
    properties = w("rPr")
    if hint:
        properties.append(w("rFonts", hint=hint))
    if Mark.STRONG in marks:
        properties.append(w("b"))
    if Mark.EMPHASIS in marks and latin:
        properties.append(w("i"))
    if lines := marks & {Mark.NAME, Mark.TITLE}:
        properties.append(w("u", val=_UNDERLINES[lines]))
    if Mark.EMPHASIS in marks and not latin:
        properties.append(w("em", val="underDot"))
    return properties
