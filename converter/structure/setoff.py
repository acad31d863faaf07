"""Headings that only blank lines set off: stories of a collection, where other paragraphs stand close together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.regex import compiled
from converter.structure.patterns import ends_sentence
from converter.structure.reasons import Rule

if TYPE_CHECKING:
    from converter.structure.reading import Reading

_LONGEST = 20
_FEWEST = 3
_SPACED = 0.3
"""Where more of the paragraphs than this have a blank line between them, blank lines say nothing."""
_NOT_A_NAME = compiled(r"[，,。：:；;“”「」《》…]|[0-9]{4}|^[^\u4e00-\u9fff]+$|^[（(]|^[-*+]\s|&nbsp;")


def find_set_off(reading: Reading) -> None:
    """Short lines with a blank line above and below, in a text that sets no others off; three at least."""
    ended = [ends_sentence(text) for text in reading.texts]
    below = [line for line, above, here in zip(reading.lines[1:], ended, ended[1:], strict=False) if above and here]
    spaced = sum(line.blank > 0 for line in below)
    if not below or spaced > len(below) * _SPACED:
        return
    found = [index for index in reading.short(_LONGEST) if reading.free(index) and _is_set_off(reading, index)]
    if len(found) >= _FEWEST:
        for index in found:
            reading.head(index, Rule.SET_OFF)


def _is_set_off(reading: Reading, index: int) -> bool:
    text = reading.text(index)
    below = index + 1
    return (
        0 < index < len(reading) - 1
        and reading.lines[index].blank > 0
        and reading.lines[below].blank > 0
        and reading.label(index) is None
        and not ends_sentence(text)
        and not _NOT_A_NAME.search(text)
        and len(text.split()) < 4
        and (ends_sentence(reading.text(below)) or len(reading.text(below)) > _LONGEST)
    )
