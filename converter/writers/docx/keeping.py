"""What stands on one page in Word as in print: headings below what opens a page, the last lines and who signs."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from converter.model import Role, is_volume, outline
from converter.regex import compiled
from converter.typeset.binding import COLONS
from converter.typeset.ends import ATTACHED, is_attached, width
from converter.typeset.items import FEW
from converter.typeset.official import only_heads
from converter.typeset.word_names import ROLE_STYLES
from converter.writers.docx.ooxml import child, qn
from converter.writers.docx.places import NOTHING
from converter.writers.docx.styles import heading_look

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from lxml.etree import _Element as Element

    from converter.model import Block, Document
    from converter.typeset.theme import Theme

_SIGNING = frozenset(ROLE_STYLES[role][1] for role in (Role.SIGNATURE, Role.DATE))
_VERSE, _ATTACHMENT = ROLE_STYLES[Role.VERSE][1], ROLE_STYLES[Role.ATTACHMENT][1]
_TABLE = "tbl"
_STYLED = "/>"
_ID = compiled(r'<w:p><w:pPr><w:pStyle w:val="([^"]*)"')
_TAG = compiled("<[^>]*>")


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
    opens = theme.rules or theme.part_on_new_page
    below = next((n for n in range(len(blocks), 0, -1) if opens and is_attached(blocks[n - 1])), 0)
    return (bare or below > 0) and only_heads(blocks[below:], theme)


def keep_together(elements: list[Element | str], theme: Theme) -> None:
    """Make paragraphs stay with what stands below them, as `typeset.binding` and `typeset.items` do in print."""
    longest = FEW * theme.page.measure / theme.body.size - theme.body.first_indent
    for at, (element, follows) in enumerate(pairwise((*elements, ""))):
        if isinstance(element, str) and isinstance(follows, str):
            continue  # two paragraphs of the text, or headings: nearly all of a book
        above, style, below, further = (_style(elements, at + step) for step in (-1, 0, 1, 2))
        if below in _SIGNING and style not in _SIGNING:
            kept = width(_words(element)) <= longest
        elif below == NOTHING and further == _TABLE:
            kept = _words(element).endswith(COLONS)
        elif style == below == _VERSE:
            kept = above != _VERSE or further != _VERSE
        else:
            kept = theme.rules is None and style == _ATTACHMENT and _announces(element, below)
        if not kept or style in {"", _TABLE}:
            continue
        if isinstance(element, str):
            elements[at] = element.replace(_STYLED, f"{_STYLED}<w:keepNext/>", 1)
        else:
            child(element[0], "keepNext")
            if style == _ATTACHMENT and below.startswith("Heading") and theme.part_on_new_page:
                child(element[0], "pageBreakBefore")


def _announces(element: Element | str, below: str) -> bool:
    """Whether this is 附件1 alone on its line, above a title."""
    return below.startswith("Heading") and bool(ATTACHED.fullmatch(_words(element)))


def _style(elements: Sequence[Element | str], at: int) -> str:
    """The id of a paragraph's style; empty where it has none, and for what is neither a paragraph nor a table."""
    element = elements[at] if 0 <= at < len(elements) else ""
    if isinstance(element, str):
        found = _ID.match(element)
        return found[1] if found else ""
    if element.tag == qn("w:tbl"):
        return _TABLE
    style = element.find(f"./{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if style is None else str(style.get(qn("w:val")))


def _words(element: Element | str) -> str:
    if isinstance(element, str):
        return _TAG.sub("", element)
    return "".join(leaf.text or "" for leaf in element.iter(qn("w:t")))
