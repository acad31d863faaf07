"""One page of text and line drawings: text through our own line breaking, lines as operators below it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from converter.model import Document, Metadata
from converter.typeset.pages import Typesetter
from converter.typeset.tags import Tag
from converter.typeset.themes import find_theme
from converter.units import mm
from converter.writers.pdf.file import PdfFile, Side
from converter.writers.pdf.font import used_by
from converter.writers.pdf.sheets import Paper

if TYPE_CHECKING:
    from converter.typeset.theme import Style
    from converter.writers.pdf.sheets import Mark


class Sketch:
    """An A4 page in the making, in points from its upper left corner."""

    left, width, bottom = mm(18), mm(174), mm(283)
    """Of what is free to draw on."""

    def __init__(self) -> None:
        self._theme = find_theme("article")
        self._paper = Paper(Typesetter(self._theme))
        self._marks: list[Mark] = []
        self._operators: list[str] = []
        self.y: float = mm(16)
        """Where the next text begins."""

    def text(self, words: str, style: Style) -> None:
        """Lines across the page at `y`, which moves below them."""
        marks, self.y = self._paper.lines(words, style, self.left, self.width, self.y, tag=Tag("P"))
        self._marks += marks

    def label(self, words: str, middle: float, top: float, style: Style) -> None:
        """One centred line."""
        marks, _ = self._paper.lines(words, style, middle - 100, 200, top, tag=Tag("P"))
        self._marks += marks

    def stroke(self, *points: tuple[float, float], width: float = 0.5, dash: str = "", close: bool = False) -> None:
        """A line through points; `dash` as PDF writes it (ISO 32000-1, 8.4.3.6), without brackets."""
        path = " ".join(f"{x:.2f} {self._up(y):.2f} {'l' if n else 'm'}" for n, (x, y) in enumerate(points))
        dashed = f"[{dash}] 0 d " if dash else ""
        self._operators.append(f"q {width} w {dashed}{path} {'s' if close else 'S'} Q")

    def box(self, left: float, top: float, width: float, height: float) -> None:
        """A rectangle."""
        right, bottom = left + width, top + height
        self.stroke((left, top), (right, top), (right, bottom), (left, bottom), width=0.7, close=True)

    def arrow(self, x: float, y: float, size: float, angle: float = 0) -> None:
        """A filled head of an arrow with its point at (x, y), pointing up, turned clockwise by `angle` degrees."""
        sine, cosine = math.sin(math.radians(angle)), math.cos(math.radians(angle))
        corners = [(x + a * cosine - b * sine, y + a * sine + b * cosine)
                   for a, b in ((0, 0), (-0.6 * size, size), (0.6 * size, size))]  # fmt: skip
        path = " ".join(f"{a:.2f} {self._up(b):.2f} {'l' if n else 'm'}" for n, (a, b) in enumerate(corners))
        self._operators.append(f"q 0.45 g {path} f Q")

    def finish(self, title: str) -> bytes:
        """The page as a PDF file."""
        file = PdfFile(self._theme.page, Document(metadata=Metadata(title=title)))
        file.embed(used_by(mark.line for mark in self._marks))
        drawing = file.drawing()
        drawing.begin_page()
        drawing.paint("\n".join(self._operators))
        for mark in self._marks:
            drawing.draw(mark.line, mark.size, mark.x, mark.baseline)
        drawing.end_page()
        file.add(drawing.finish(), [Side()])
        return file.finish()

    def _up(self, y: float) -> float:
        return self._theme.page.height - y
