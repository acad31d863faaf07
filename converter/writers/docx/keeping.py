"""What stands on one page in Word as in print: headings below what opens a page, the last lines and who signs."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from converter.model import Paragraph, Role, is_volume, outline, plain
from converter.regex import compiled
from converter.typeset.ends import ATTACHED, width
from converter.typeset.items import FEW
from converter.typeset.official import only_heads
from converter.typeset.word_names import ROLE_STYLES
from converter.writers.docx.ooxml import child, qn
from converter.writers.docx.styles import heading_look

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element as Element

    from converter.model import Block, Document
    from converter.typeset.theme import Theme

_SIGNING = frozenset(ROLE_STYLES[role][1] for role in (Role.SIGNATURE, Role.DATE))
_PARAGRAPH, _STYLED = "<w:p>", "/>"


def staying(document: Document, theme: Theme) -> Iterator[bool]:
    """For each heading of the outline whether it opens no page though its style does.

    Such a one stands below the title of the document, which is no volume, below a heading without text of its own, or
    below 附件1 alone on its line.
    """
    bare = _opened(document.front, theme, bare=not is_volume(document))
    for entry in outline(document):
        heading = entry.section.heading
        opens = heading_look(heading, entry.depth, theme).new_page
        yield bare and opens
        bare |= opens
        bare = _opened(entry.section.blocks, theme, bare=bare and not heading.run_in)


def _opened(blocks: Sequence[Block], theme: Theme, *, bare: bool) -> bool:
    """Whether the page has heads alone at the end of these blocks; `bare` says whether it has at their beginning."""
    below = next((n for n in range(len(blocks), 0, -1) if theme.rules and _is_attached(blocks[n - 1])), 0)
    return (bare or below > 0) and only_heads(blocks[below:], theme)


def _is_attached(block: Block) -> bool:
    if not isinstance(block, Paragraph) or block.role is not Role.ATTACHMENT:
        return False
    return bool(ATTACHED.fullmatch(plain(block.inlines)))


def keep_with_signature(elements: list[Element | str], theme: Theme) -> None:
    """Make short paragraphs above a signature stay with it: a page with nothing else would sign nothing."""
    longest = FEW * theme.page.measure / theme.body.size - theme.body.first_indent
    for index, (above, here) in enumerate(pairwise(elements)):
        if isinstance(here, str) or not _signs(here):
            continue
        if not isinstance(above, str):
            words = "".join(leaf.text or "" for leaf in above.iter(qn("w:t")))
            if above.tag == qn("w:p") and width(words) <= longest and not _signs(above):
                child(above[0], "keepNext")
        elif above.startswith(_PARAGRAPH) and width(_TAG.sub("", above)) <= longest:
            elements[index] = above.replace(_STYLED, f"{_STYLED}<w:keepNext/>", 1)


_TAG = compiled("<[^>]*>")


def _signs(element: Element) -> bool:
    style = element.find(f"./{qn('w:pPr')}/{qn('w:pStyle')}")
    return style is not None and style.get(qn("w:val")) in _SIGNING
