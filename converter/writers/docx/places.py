"""Where a block stands among others: how far from the margins, in which style, in which group.

Paragraphs of Word know no paragraphs inside them. What is one list, one item, one quotation is said by content controls
around its paragraphs (ECMA-376 §17.5.2): unseen, kept by Word through all editing, and read back by our reader.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from converter.records import NamedTuple
from converter.units import twips
from converter.writers.docx.ooxml import NAMESPACES, paragraph, qn, w

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element as Element

    from converter.writers.docx.story import Story

NOTHING = "NoText"
"""The style of a paragraph that Word wants and the document does not have."""
_W15 = {"w15": NAMESPACES["w15"]}


class Place(NamedTuple):
    """Where blocks stand; lengths in ems of the body."""

    style: str
    """The id of the style of paragraphs without a role."""
    left: float = 0
    right: float = 0

    def paragraph(self, style: str, content: Iterable[Element], story: Story, *, hanging: float = 0) -> Element:
        """A paragraph in this style at this place; its first line begins `hanging` ems before the others."""
        made = paragraph(style, *content)
        if self.left or self.right:
            size = story.theme.body.size
            indent: dict[str, int] = {}
            for side, ems in (("left", self.left), ("right", self.right), ("hanging", hanging)):
                if ems:
                    indent |= {f"{side}Chars": round(ems * 100), side: twips(ems * size)}
            made[0].append(w("ind", **indent))
        return made


BODY = Place("BodyText")


def group(tag: str, content: Iterable[Element]) -> Element:
    """The paragraphs in a content control without a frame."""
    properties = w("sdtPr", w("tag", val=tag))
    properties.append(etree.Element(qn("w15:appearance"), {qn("w15:val"): "hidden"}, _W15))
    inside = w("sdtContent", *content)
    if not len(inside) or _calls_note(inside[0]):
        # LibreOffice 7 puts a note called in the first paragraph of a control before it, and may lose the paragraph.
        inside.insert(0, paragraph(NOTHING))
    return w("sdt", properties, inside)


def _calls_note(element: Element) -> bool:
    return str(element.tag).endswith("}p") and next(element.iter("{*}footnoteReference"), None) is not None


def joined(lines: Iterable[Iterable[Element]]) -> Iterator[Element]:
    """Lines of runs with line breaks between them."""
    for number, line in enumerate(lines):
        if number:
            yield w("r", w("br"))
        yield from line
