"""Headings that only blank lines set off: stories of a collection, where other paragraphs stand close together; names
of sections that open blocks of lines (求职意向, 教育背景 …).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.regex import compiled
from converter.structure.patterns import ends_sentence
from converter.structure.reasons import Rule

if TYPE_CHECKING:
    from collections.abc import Sequence

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


_LONGEST_NAME = 10
_SHORTEST_NAME = 2
_MOST_OPEN = 2 / 3
"""Of the blocks below the first name so many have one."""
_FIELD = compiled(r"[^，。：:；]{1,12}[：:]\s*\S|\S+[\s\u3000]{2,}\S")
"""姓名：某某, 五花肉　　500克: what stands in a section of a form or a recipe."""


def find_above_blocks(reading: Reading) -> None:
    """Short lines that open the blocks between blank lines, with no blank line below: 用料, 步骤; three at least, each
    once. In half of their blocks stand sentences or fields: stanzas have neither.
    """
    opening = [index for index, line in enumerate(reading.lines) if index and line.blank]
    found = [index for index in opening if _is_name(reading, index)]
    if len(found) < _FEWEST or len({reading.text(index) for index in found}) < len(found):
        return
    blocks = [index for index in opening if index >= found[0]]
    if len(found) < len(blocks) * _MOST_OPEN:
        return
    ends = dict(zip(blocks, [*blocks[1:], len(reading)], strict=True))
    told = sum(_tells([reading.text(line) for line in range(index + 1, ends[index])]) for index in found)
    if told * 2 >= len(found):
        for index in found:
            reading.head(index, Rule.ABOVE_BLOCK)


def _is_name(reading: Reading, index: int) -> bool:
    text, below = reading.text(index), index + 1
    return (
        reading.free(index)
        and _SHORTEST_NAME <= len(text) <= _LONGEST_NAME
        and below < len(reading)
        and not reading.lines[below].blank
        and not reading.is_heading(below)
        and reading.label(index) is None
        and not ends_sentence(text)
        and not _NOT_A_NAME.search(text)
        and len(text.split()) == 1
    )


def _tells(block: Sequence[str]) -> bool:
    return any(text[-1] in "。；;" or _FIELD.match(text) for text in block)
