"""Drawing: lines, rules and pictures become the operators of a page, and its tags become structure elements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, Protocol

from converter.typeset.lines import Way
from converter.writers.pdf.columns import Columns, with_room
from converter.writers.pdf.drawn import Drawn, DrawnPage, Element, Linked, Operators, Placed, compressed
from converter.writers.pdf.shown import (
    gaping_end,
    show,
    show_beside,
    show_in_column,
    show_wider,
    show_with_gap,
    utf16_hex,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from converter.typeset.composed import PlacedRule
    from converter.typeset.fonts import FontFace
    from converter.typeset.lines import Line, Piece
    from converter.typeset.pictures import Picture
    from converter.typeset.tags import Tag
    from converter.typeset.theme import Page
    from converter.writers.pdf.columns import Begin
    from converter.writers.pdf.drawn import Box


_UNSEEN = 0.005
"""A distance, in points, that is none."""


class Font(Protocol):
    """What drawing has to know of a font in the file."""

    resource: str
    """The font's name in content streams."""
    columns: str
    """Its name where characters stand upright in columns."""
    wider: Mapping[tuple[str, int], str]
    """(character, room) → the two bytes that show it with that room behind it in a string (ISO 32000-1 7.3.4.2)."""
    aliases: frozenset[str]
    """Characters that are not copied as themselves unless the file says so."""

    def string(self, text: str) -> str:
        """The bytes of a string that shows these characters, escaped, as Latin-1 characters (ISO 32000-1 7.3.4.2)."""
        ...


class Drawing:
    """Sides in the making. Lengths are points from a page's upper left corner.

    Whatever is drawn belongs to a tag or is an artifact; `_mark` opens and closes the marked content around it. An
    element comes into being when the first piece of it is drawn, so elements stand in the order in which they are read
    and those that show nothing do not exist (ISO 32000-1 14.7, ISO 14289-1).
    """

    def __init__(
        self, page: Page, fonts: Mapping[FontFace, Font], name_of: Callable[[Picture], str] | None = None
    ) -> None:
        self._page = page
        self._fonts = fonts
        self._name_of = name_of
        self._tags: dict[Tag, int] = {}
        self._drawn = Drawn([], [])

    def begin_page(self) -> None:
        """An empty page: what is drawn from now on stands there."""
        self._ops: list[str] = []
        self._in_text = False
        self._open: Tag | Literal[False] | None = False
        """What the open marked content belongs to: None is an artifact, False nothing at all."""
        self._turned = False
        self._forget()
        self._here = DrawnPage(Operators(b"", 0, 1), [], [], [], [], [])

    def end_page(self) -> None:
        """Finish the page."""
        self._drawn.pages.append(self._here._replace(operators=compressed(self.end())))

    def end(self) -> str:
        """The operators of a page that is no page of its own."""
        self._end_text()
        self._close()
        return "\n".join((*self._ops, ""))

    def finish(self) -> Drawn:
        """All that was drawn."""
        return self._drawn

    def _forget(self) -> None:
        """No font, spacing or colour is set yet."""
        self._font: tuple[str, float] = ("", 0)
        self._spread = 0.0
        self._colour = ""
        self._origin: tuple[float, float] | None = None
        """Where the last line begins, as far as the text object knows (ISO 32000-1 9.4.2)."""
        self._leading = 0.0

    def turn(self) -> None:
        """Turn the paper by a quarter: what is drawn until the next call is the page that lies on its side, whose upper
        edge is the right one of this (`typeset.vertical`).
        """
        self._end_text()
        self._close()
        self._ops.append("Q" if self._turned else f"q 0 -1 1 0 0 {self._page.height:.2f} cm")
        self._turned = not self._turned
        self._columns = Columns()
        self._forget()

    @property
    def _height(self) -> float:
        """Of the page as it lies."""
        return self._page.width if self._turned else self._page.height

    def _rectangle(self, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
        """A box (left, top, right, bottom) on the page as it lies, as left, bottom, right, top of the file's page."""
        x, top, end, bottom = box
        if self._turned:
            return self._height - bottom, self._page.height - end, self._height - top, self._page.height - x
        return x, self._height - bottom, end, self._height - top

    def draw(
        self,
        line: Line,
        size: float,
        x: float,
        baseline: float,
        colour: str = "",
        *,
        following: Begin | None = None,
    ) -> None:
        """Set a line with its first character at `x` + the line's own offset. `following` is where the next line of a
        vertical page begins.
        """
        if not self._in_text:
            self._close()
            self._ops.append("BT")
            self._in_text = True
            self._origin = None
        left, y, ops = x + line.x * size / 1000, self._height - baseline, self._ops
        if colour != self._colour:
            ops.append(f"{_ink(colour)} rg")
            self._colour = colour
        if self._turned:
            self._draw_column(with_room(line), size, (left, y), following)
            return
        ops.append(self._moved(left, y))
        for piece in line.pieces:
            if self._open is not piece.tag:
                self._mark(piece.tag)
            font = self._fonts[piece.face]
            if piece.way is Way.BESIDE:
                self._set(font.columns, size)
                self._space(0, size)
                ops.append(show_beside(piece, font, size, (left, y), turned=False))
                self._font = font.resource, size
                self._origin = None
                continue
            if self._font != (font.resource, size):
                self._set(font.resource, size)
            if self._spread != piece.spread * size:
                self._space(piece.spread, size)
            if not piece.kerns and piece.way is Way.ALONG and not font.aliases:  # most pieces: `_shown` says the same
                ops.append(f"({font.string(piece.text)}) Tj")
            else:
                ops.append(self._shown(piece, font, size, last=piece is line.pieces[-1]))

    def _moved(self, x: float, y: float) -> str:
        """The operator that begins a line there: as far below the one before as that was below its own, as a rule."""
        if self._origin is None:
            self._origin = x, y
            return f"1 0 0 1 {x:.2f} {y:.2f} Tm"
        before, above = self._origin
        down = above - y
        if -_UNSEEN < x - before < _UNSEEN and -_UNSEEN < down - self._leading < _UNSEEN:
            self._origin = before, above - self._leading
            return "T*"
        right, self._leading = round(x - before, 2) + 0.0, round(down, 2)
        self._origin = before + right, above - self._leading
        return f"{right:.2f} {-self._leading:.2f} TD"

    def _draw_column(self, line: Line, size: float, place: tuple[float, float], following: Begin | None) -> None:
        left, y = place
        parts = self._columns.parts(line, size, left, following)
        for number, part in enumerate(parts, 1):
            piece, font = part.piece, self._fonts[part.piece.face]
            if self._open is not piece.tag:
                self._mark(piece.tag)
            if piece.way is Way.BESIDE:
                self._set(font.columns, size)
                self._space(0, size)
                self._ops.append(show_beside(piece, font, size, place, turned=True))
                self._font = font.resource, size
                continue
            lying = piece.way is Way.ALONG or part.based
            self._set(font.resource if lying else font.columns, size)
            self._space(
                0 if piece.way is Way.ACROSS else -piece.spread if piece.way is Way.UPRIGHT else piece.spread, size
            )
            shown = self._shown(piece, font, size, last=number == len(parts))
            self._ops += (part.matrix(y), shown)

    def _shown(self, piece: Piece, font: Font, size: float, *, last: bool) -> str:
        if piece.way is not Way.ALONG:
            shown = show_in_column(piece, font)
        elif piece.room and font.wider and not last:
            # Not at the end: PDFium takes a reading near a wide character for part of the line.
            shown = show_wider(piece, font, size)
        elif not last and gaping_end(piece):
            shown = show_with_gap(piece, font, size)
        else:
            shown = show(piece, font, size)
        if font.aliases and not font.aliases.isdisjoint(piece.text):
            return f"/Span <</ActualText <{utf16_hex(piece.text)}>>> BDC {shown} EMC"
        return shown

    def hide(self, *, hidden: bool) -> None:
        """Whether the words that follow are not seen: they can be searched, copied and heard (9.3.6)."""
        self._end_text()
        self._close()
        self._ops.append("3 Tr" if hidden else "0 Tr")

    def _set(self, resource: str, size: float) -> None:
        if self._font != (resource, size):
            self._ops.append(f"{resource} {size:g} Tf")
            self._font = (resource, size)

    def _space(self, spread: float, size: float) -> None:
        if self._spread != spread * size:
            self._ops.append(f"{spread * size / 1000:.4f} Tc")
            self._spread = spread * size

    def rule(self, x: float, end: float, y: float, thickness: float, dots: float = 0) -> None:
        """A horizontal rule; with `dots`, a row of round dots at that distance."""
        dash = f"1 J [0 {dots:g}] 0 d" if dots else ""
        y = self._height - y
        self._draw(None, f"q {dash} {thickness:g} w {x:.3f} {y:.3f} m {end:.3f} {y:.3f} l S Q")

    def dot(self, x: float, y: float, diameter: float) -> None:
        """A round dot."""
        y = self._height - y
        self._draw(None, f"q 1 J {diameter:.2f} w {x:.3f} {y:.3f} m {x:.3f} {y:.3f} l S Q")

    def beside(self, x: float, end: float, y: float, size: float, *, waved: bool) -> None:
        """A line along a name, or a wave along a title, set in this size (专名号, 书名号甲式)."""
        y = self._height - y
        path = f"{x:.2f} {y:.2f} m "
        if waved:
            count = max(1, round((end - x) / (0.16 * size)))
            step, rise = (end - x) / count, 0.09 * size
            for n in range(count):
                at, up = x + n * step, y + (rise if n % 2 else -rise)
                path += f"{at + step / 3:.2f} {up:.2f} {at + 2 * step / 3:.2f} {up:.2f} {at + step:.2f} {y:.2f} c "
        else:
            path += f"{end:.2f} {y:.2f} l "
        self._draw(None, f"q {0.05 * size:.2f} w {path}S Q")

    def lead(self, target: str, box: Box, tag: Tag, words: str) -> None:
        """A box (left, top, right, bottom), part of `tag`, that leads to an address, or with `#` to a place in this
        file; `words` say where.
        """
        links, element = self._here.links, self._element(tag)
        self._drawn.elements[element].kids.append((len(self._drawn.pages), len(links), True))
        links.append(Linked(element, self._rectangle(box), target, words))

    def place(self, name: str, x: float, top: float) -> None:
        """A place on this page that links lead to."""
        self._here.places.append(self._placed(name, x, top))

    def heading(self, number: int, x: float, top: float) -> None:
        """A heading on this page, by its number among those of the portion."""
        self._here.headings.append(self._placed(number, x, top))

    def _placed(self, name: str | int, x: float, top: float) -> Placed:
        left, _, _, upper = self._rectangle((x, top, x, top))
        return Placed(name, None if self._turned else left, upper)

    def frame(self, rule: PlacedRule, left: float, top: float) -> None:
        """A rule, upright or level, in the type area that begins there."""
        x, y, end_x, end_y = left + rule.x, self._height - top - rule.y, left + rule.end_x, rule.end_y
        ink = f"{_ink(rule.colour)} RG " if rule.colour else ""
        path = f"{x:.3f} {y:.3f} m {end_x:.3f} {self._height - top - end_y:.3f} l S"
        self._draw(None, f"q {ink}{rule.thickness:g} w {path} Q")

    def picture(self, picture: Picture, box: Box, tag: Tag) -> None:
        """A picture in this box: left, top, width, height."""
        if self._name_of is None:
            raise RuntimeError
        x, top, width, height = box
        bottom, name, element = self._height - top - height, self._name_of(picture), self._element(tag)
        self._here.pictures.append(name)
        shown = self._rectangle((x, top, x + width, top + height))
        self._drawn.elements[element] = self._drawn.elements[element]._replace(box=shown)
        upright = f"0 {height:.3f} {-width:.3f} 0 {x + width:.3f} {bottom:.3f}"
        matrix = upright if self._turned else f"{width:.3f} 0 0 {height:.3f} {x:.3f} {bottom:.3f}"
        self._draw(tag, f"q {matrix} cm /{name} Do Q")

    def paint(self, operators: str) -> None:
        """Draw an artifact with operators of PDF: lengths are from the lower left corner."""
        self._draw(None, f"q {operators} Q")

    def _draw(self, tag: Tag | None, operators: str) -> None:
        """Draw what is no text."""
        self._end_text()
        if self._open is not tag:
            self._mark(tag)
        self._ops.append(operators)

    def _mark(self, tag: Tag | None) -> None:
        """What follows belongs to `tag`, or is an artifact (ISO 32000-1 14.8.2.2)."""
        self._close()
        if tag is None:
            # Words without a tag are running heads, page numbers and repeated heads of tables; all else is drawn.
            self._ops.append(f"/Artifact <</Type/{'Pagination' if self._in_text else 'Layout'}>> BDC")
        else:
            self._ops.append(f"/{tag.kind} <</MCID {self._piece(tag)}>> BDC")
        self._open = tag

    def _close(self) -> None:
        if self._open is not False:
            self._ops.append("EMC")
            self._open = False

    def _end_text(self) -> None:
        if self._in_text:
            self._close()
            self._ops.append("ET")
            self._in_text = False

    def _piece(self, tag: Tag) -> int:
        """The number, on this page, of a piece of marked content that belongs to `tag`."""
        element, pieces = self._element(tag), self._here.pieces
        pieces.append(element)
        self._drawn.elements[element].kids.append((len(self._drawn.pages), len(pieces) - 1))
        return len(pieces) - 1

    def _element(self, tag: Tag) -> int:
        """The element of a tag; elements above it are made before it, parts that may be empty right after it."""
        if tag in self._tags:
            return self._tags[tag]
        parent = self._element(tag.parent) if tag.parent else -1
        if tag in self._tags:  # it is one of those parts
            return self._tags[tag]
        elements = self._drawn.elements
        number = self._tags[tag] = len(elements)
        elements.append(Element(tag.kind, parent, [], tag.ordered, tag.alt, None))
        if parent >= 0:
            elements[parent].kids.append(number)
        for part in tag.kids:
            self._element(part)
        return number


def _ink(colour: str) -> str:
    """A colour like #ff0000 as three numbers from 0 to 1; black if empty."""
    return " ".join(f"{int(colour[at : at + 2] or '0', 16) / 255:.3g}" for at in (1, 3, 5))
