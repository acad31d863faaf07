"""One side of paper: what stands where on it, before it is drawn."""

from __future__ import annotations

from dataclasses import field, replace
from typing import TYPE_CHECKING

from converter.records import NamedTuple, dataclass
from converter.typeset.composed import ASCENT
from converter.typeset.lines import Line, Piece, Run, Shape, Way, compose
from converter.typeset.tags import Tag
from converter.typeset.theme import Align, Face, Folio
from converter.typeset.zhuyin import SIZE, face_of
from converter.units import Pt

if TYPE_CHECKING:
    from collections.abc import Iterator

    from converter.typeset.composed import Landmark, PlacedPicture, PlacedRule
    from converter.typeset.pages import Typesetter
    from converter.typeset.theme import Style


_DIGITS = str.maketrans("123456789", "0" * 9)


class Mark(NamedTuple):
    """A line at its place on the paper, in points from the upper left corner."""

    line: Line
    size: Pt
    x: float
    baseline: float
    colour: str = ""


class Rule(NamedTuple):
    """A horizontal rule, or a row of leader dots."""

    x: float
    end: float
    y: float
    thickness: float
    dots: float = 0
    """The distance of the dots, if it is dotted."""


class Jump(NamedTuple):
    """A link across the type area, to a heading."""

    landmark: Landmark
    top: float
    bottom: float
    tag: Tag


@dataclass(slots=True)
class Sheet:
    """One side of paper, ready to be drawn."""

    left: float
    """Where the type area begins."""
    top: float
    turned: bool = False
    """Whether all but head and foot is drawn on the page that lies on its side."""
    outside: list[Mark] = field(default_factory=list)
    """Head and foot."""
    marks: list[Mark] = field(default_factory=list)
    landmarks: list[Landmark] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    jumps: list[Jump] = field(default_factory=list)
    frames: list[PlacedRule] = field(default_factory=list)
    """The frames of tables, in the type area."""
    pictures: list[PlacedPicture] = field(default_factory=list)
    places: list[tuple[str, float]] = field(default_factory=list)
    hidden: list[Mark] = field(default_factory=list)
    """Words that are there and not seen."""
    bleed: float = 0
    """How far it reaches beyond where it is cut."""


def spans(line: Line) -> Iterator[tuple[Piece, float, float]]:
    """The pieces of a line, each with where it begins and ends, in thousandths of an em."""
    x = line.x
    for piece in line.pieces:
        start = x
        x += piece.advance
        yield piece, start, x


class Paper:
    """Where things stand on the paper of a theme. Sides are counted from 1; odd ones lie on the right."""

    def __init__(self, typesetter: Typesetter, *, right_bound: bool = False) -> None:
        self.typesetter = typesetter
        self.right_bound = right_bound
        self.theme = typesetter.theme
        self.page = typesetter.theme.page
        self._lines: dict[tuple[str, Style, Align], Line] = {}
        """Running heads are the same on many pages."""
        self._numbers: dict[tuple[object, ...], Line] = {}
        """Numbers whose digits are equally wide are set alike."""

    def sheet(self, side: int) -> Sheet:
        """An empty side: the binding is at the left of odd ones, or at the right of them where books open there."""
        return Sheet(self.left(side), self.page.top)

    def left(self, side: int) -> float:
        """The left margin of a side."""
        bound = self.page.mirrored and (side % 2 == 0) != self.right_bound
        return self.page.outer if bound else self.page.inner

    def line(
        self, text: str, style: Style, align: Align, left: float, baseline: float, *, tag: Tag | None = None
    ) -> Mark:
        """A line across the type area."""
        if tag is not None:
            return Mark(self.typesetter.line(text, replace(style, align=align), tag=tag), style.size, left, baseline)
        key = text, style, align
        if key not in self._lines:
            self._lines[key] = self.typesetter.line(text, replace(style, align=align))
        return Mark(self._lines[key], style.size, left, baseline)

    def number(
        self, label: str, style: Style, align: Align, left: float, baseline: float, *, tag: Tag | None = None
    ) -> Mark:
        """A page number on a line across the type area."""
        face = self.typesetter.typeface(style.face)
        glyphs = tuple([face.glyphs[character][::2] for character in label])  # of which file, and how wide
        key = (label.translate(_DIGITS), face.classes(label), glyphs, style, align)
        line = self._numbers.get(key)
        if line is None:
            line = self._numbers[key] = self.typesetter.line(label, replace(style, align=align))
        pieces, at = [], 0
        for piece in line.pieces:
            pieces.append(piece._replace(text=label[at : at + len(piece.text)], tag=tag))
            at += len(piece.text)
        return Mark(line._replace(pieces=tuple(pieces)), style.size, left, baseline)

    def lines(
        self, text: str, style: Style, left: float, measure: float, top: float, *, tag: Tag, balanced: bool = False
    ) -> tuple[list[Mark], float]:
        """Lines below one another from `top` on, and where they end; as equal as their words allow if `balanced`."""
        run = Run(text, self.typesetter.typeface(style.face), tag=tag)
        ems, manner = measure * 1000 / style.size, self.typesetter.manner
        lines = compose([run], Shape(ems, style.align, manner=manner, balanced=balanced))
        first = top + (style.leading - style.size) / 2 + ASCENT * style.size
        marks = [Mark(line, style.size, left, first + n * style.leading) for n, line in enumerate(lines)]
        return marks, top + len(lines) * style.leading

    def readings(self, mark: Mark, typesetter: Typesetter) -> Iterator[Mark]:
        """The ruby above a line, half as large, each in the middle of its characters; zhuyin beside its character."""
        small = replace(self.theme.body, size=Pt(mark.size / 2), align=Align.LEFT)
        for piece, start, end in spans(mark.line):
            if piece.ruby:
                tag = Tag("RT", piece.tag.parent) if piece.tag else None
                if piece.zhuyin:
                    face = face_of(piece.ruby, self.typesetter.typeface(Face.HEI))
                    beside = Piece(piece.ruby, face, 0, (), dotted=False, tag=tag, way=Way.BESIDE)
                    x, small_size = mark.x + start * mark.size / 1000, Pt(mark.size * SIZE)
                    yield Mark(Line(0, 0, (beside,)), small_size, x, mark.baseline, mark.colour)
                    continue
                line = typesetter.line(piece.ruby, small, tag=tag)
                behind = piece.spread + sum(kern for at, kern in piece.kerns if at == len(piece.text) - 1)
                middle = mark.x + (start + end - behind) / 2 * mark.size / 1000
                x = middle - (line.x + line.width / 2) * small.size / 1000
                # Not far out of the line: of two ends the first counts.
                first, last = (mark.x + at * mark.size / 1000 for at in (mark.line.x, mark.line.x + mark.line.width))
                x = min(x, last + mark.size / 4 - line.width * small.size / 1000)
                x = max(x, first - mark.size / 4)
                yield Mark(line, small.size, x, mark.baseline - 0.95 * mark.size)

    def folio(self, label: str, side: int, left: float) -> Mark:
        """The page number at the foot, in the theme's form."""
        style, form = self.theme.folio_style, self.theme.folio
        baseline = self.page.height - self.page.bottom + self.theme.folio_drop
        outside = Align.RIGHT if bool(side % 2) != self.right_bound else Align.LEFT
        match form:
            case Folio.CENTER:
                return self.number(label, style, Align.CENTER, left, baseline)
            case Folio.OUTSIDE:
                return self.number(label, style, outside, left, baseline)
            case Folio.OFFICIAL:  # GB/T 9704-2012 7.5: between dashes, one character in from the outer edge
                inset = -style.size if outside is Align.RIGHT else style.size
                return self.number(f"— {label} —", style, outside, left + inset, baseline)
