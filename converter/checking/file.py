"""One Word file on its way through the check."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.checking.formatting import Formatting, attributes_of
from converter.checking.parts import pieces_of
from converter.readers.docx.package import Package, W
from converter.readers.limits import Archive
from converter.records import NamedTuple

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from converter.checking.parts import Piece


class Page(NamedTuple):
    """What a section says of its pages, in points."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float
    footer: float
    pitch: float | None
    """The line pitch of its grid."""
    cell: float | None
    """What its grid adds to each character."""
    landscape: bool

    @property
    def measure(self) -> float:
        """The width of the type area."""
        return self.width - self.left - self.right

    @property
    def depth(self) -> float:
        """The height of the type area."""
        return self.height - self.top - self.bottom


class File:
    """The parts of a Word file, and what each of its paragraphs is."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.archive = Archive(data)
        self.package = Package(self.archive)
        self.formatting = Formatting(self.package)
        self.settings_name, self.settings = self.package.related("settings")
        self.sections = list(self.package.root.iter(W + "sectPr"))
        self.pages = [page_of(section) for section in self.sections] or [page_of(None)]
        self.pieces: list[Piece] = pieces_of(self.package, self.formatting)

    @property
    def page(self) -> Page:
        """The page of the text: the last section that is not landscape."""
        return next((page for page in reversed(self.pages) if not page.landscape), self.pages[-1])


def page_of(section: Element | None) -> Page:
    """What a section says; where it is silent, what Word takes: a letter page with inches (ECMA-376 §17.6.13)."""

    def attributes(name: str) -> dict[str, str]:
        found = section.find(W + name) if section is not None else None
        return attributes_of(found) if found is not None else {}

    def points(value: str | None, otherwise: float) -> float:
        try:
            return float(value or "") / 20
        except ValueError:
            return otherwise

    size, margin, grid = attributes("pgSz"), attributes("pgMar"), attributes("docGrid")
    lines = grid.get("type") in {"lines", "linesAndChars", "snapToChars"}
    cells = grid.get("type") in {"linesAndChars", "snapToChars"}
    gutter = points(margin.get("gutter"), 0)
    width, height = points(size.get("w"), 612), points(size.get("h"), 792)
    return Page(
        width=width,
        height=height,
        top=abs(points(margin.get("top"), 72)),
        right=points(margin.get("right"), 90),
        bottom=abs(points(margin.get("bottom"), 72)),
        left=points(margin.get("left"), 90) + gutter,
        footer=points(margin.get("footer"), 36),
        pitch=points(grid.get("linePitch"), 0) or None if lines else None,
        cell=points(grid.get("charSpace"), 0) * 20 / 4096 if cells else None,
        landscape=width > height,
    )
