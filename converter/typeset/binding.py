"""Paragraphs that their neighbours bind: which stay on one page with what stands below, which stand close together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from converter.model import Paragraph, Role, Table, plain
from converter.typeset.ends import is_attached
from converter.units import Pt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from converter.typeset.items import Item
    from converter.typeset.theme import Theme

COLONS = ("：", ":")


def binds(blocks: Sequence[object], at: int) -> bool:
    """Whether the neighbours of a paragraph may bind it: `tie` says how."""
    block = blocks[at]
    return isinstance(block, Paragraph) and (block.role is not Role.BODY or isinstance(_at(blocks, at + 1), Table))


def tie(item: Item, blocks: Sequence[object], at: int, theme: Theme) -> None:
    """Bind the item that was made of this paragraph.

    Names that sign together stand close together. No line of a poem is alone on its page. 见下表： stays with the
    table, 附件1 alone on its line with the title below it, which opens a page where titles of parts do.
    """
    block, below = blocks[at], _at(blocks, at + 1)
    if not isinstance(block, Paragraph):
        return
    match block.role:
        case Role.SIGNATURE if _role(blocks, at - 1) is Role.SIGNATURE:
            item.style = replace(item.style, before=Pt(0))
        case Role.VERSE if _role(blocks, at + 1) is Role.VERSE:
            item.keep = _role(blocks, at - 1) is not Role.VERSE or _role(blocks, at + 2) is not Role.VERSE
        case Role.ATTACHMENT if below is None and is_attached(block):
            item.keep, item.signs, item.opening = True, False, theme.part_on_new_page
        case _ if isinstance(below, Table):
            item.keep |= plain(block.inlines).endswith(COLONS)


def _at(blocks: Sequence[object], at: int) -> object:
    return blocks[at] if 0 <= at < len(blocks) else None


def _role(blocks: Sequence[object], at: int) -> Role | None:
    block = _at(blocks, at)
    return block.role if isinstance(block, Paragraph) else None
