"""What styles and numbering say of a paragraph: its style, its level among headings, its bullet or number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.readers.docx.numbering import Numbering
from converter.readers.docx.package import W, value
from converter.records import dataclass
from converter.regex import compiled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from converter.readers.docx.package import Package

_HEADING = compiled(r"heading ([1-9])(?:$| run-in| variant)")


@dataclass(slots=True)
class Style:
    """A paragraph style."""

    name: str
    based_on: str
    outline: int | None
    number: tuple[str, int] | None


def styles_of(root: Element | None) -> dict[str, Style]:
    """The styles by their ids."""
    found = {}
    for style in root.iterfind(W + "style") if root is not None else ():
        properties = style.find(W + "pPr")
        found[style.get(W + "styleId", "")] = Style(
            value(style, "name").lower(),
            value(style, "basedOn"),
            outline_level(properties),
            number_of(properties),
        )
    return found


class Looks:
    """The styles and numbers of one document."""

    def __init__(self, package: Package) -> None:
        self._styles = styles_of(package.related("styles")[1])
        self._numbering = Numbering(package.related("numbering")[1])

    def style(self, paragraph: Element) -> Style:
        """The style of a paragraph; one without a name where it has none that is known."""
        name = value(paragraph.find(W + "pPr"), "pStyle")
        return self._styles.get(name) or Style("", "", None, None)

    def _inherited(self, paragraph: Element) -> Iterator[Style]:
        """The paragraph's style, and what each is based on."""
        style, seen = self.style(paragraph), 0
        while seen < 20:
            yield style
            following = self._styles.get(style.based_on)
            if following is None:
                return
            style, seen = following, seen + 1

    def heading_level(self, paragraph: Element) -> int | None:
        """1 for the outermost heading; None for a paragraph that is none."""
        if self.style(paragraph).name in {"title", "toc heading"}:
            return None
        direct = paragraph.find(W + "pPr")
        if value(direct, "outlineLvl"):
            return outline_level(direct)
        for style in self._inherited(paragraph):
            if found := _HEADING.match(style.name):
                return int(found[1])
            if style.outline is not None:
                return style.outline
        return None

    def _numbered(self, paragraph: Element) -> tuple[str, int] | None:
        own = number_of(paragraph.find(W + "pPr"))
        found = own or next((style.number for style in self._inherited(paragraph) if style.number), None)
        return found if found and found[0] not in {"", "0"} else None

    def bullet(self, paragraph: Element) -> int | None:
        """The level of a paragraph with a bullet."""
        found = self._numbered(paragraph)
        return found[1] if found and self._numbering.is_bullet(*found) else None

    def number(self, paragraph: Element) -> str:
        """The number that Word counts before a paragraph, and counts on; empty if it has none."""
        found = self._numbered(paragraph)
        return self._numbering.next(*found) if found else ""


def outline_level(properties: Element | None) -> int | None:
    """The level of headings that paragraph properties give, 1 for the outermost; None for body text."""
    written = value(properties, "outlineLvl")
    return int(written) + 1 if written in set("012345678") else None


def number_of(properties: Element | None) -> tuple[str, int] | None:
    """The numbering and the level that paragraph properties give."""
    found = properties.find(W + "numPr") if properties is not None else None
    if found is None:
        return None
    level = value(found, "ilvl", "0")
    return value(found, "numId"), int(level) if level in set("012345678") else 0
