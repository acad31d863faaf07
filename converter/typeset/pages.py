"""Page composition: a document's paragraphs, as lines, flow into the type areas (版心) of its pages.

No page begins with the last line of a paragraph or ends with the first one, unless the paragraph has only that line
(clreq, 孤行); no page ends with a heading.
"""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple, assert_never

from converter.model import HeadingKind, LineBreak, Mark, Paragraph, Role, Separator, Text, heading_text, outline
from converter.typeset.fonts import typeface
from converter.typeset.lines import Line, Run, Shape, compose
from converter.typeset.theme import Align, Face
from converter.units import Em, Pt

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from converter.model import Block, Document, Heading, Inline, OutlineEntry
    from converter.typeset.fonts import Typeface
    from converter.typeset.theme import Style, Theme

ASCENT = 0.88
"""From the top of an ideograph's em box to the baseline, in ems; all our fonts agree within a hundredth."""

_STRONG = {Face.SONG: Face.XIAOBIAOSONG}
_SEPARATOR = "＊\u3000＊\u3000＊"


class PlacedLine(NamedTuple):
    """A line on its page."""

    line: Line
    baseline: float
    """From the upper edge of the type area down to the baseline, in points."""
    size: Pt


class Landmark(NamedTuple):
    """A heading on its page."""

    entry: OutlineEntry
    top: float
    """From the upper edge of the type area, in points."""


@dataclass(slots=True)
class ComposedPage:
    """One page's type area, and what head and foot need to know."""

    number: int
    lines: list[PlacedLine] = field(default_factory=list)
    landmarks: list[Landmark] = field(default_factory=list)
    opening: bool = False
    """Whether a text or a part begins here: such a page has no running head."""
    text_title: str = ""
    """The title of the text that the page belongs to."""
    section_title: str = ""
    """The heading in force at the page's end, one level below the text's title."""

    @property
    def right_hand(self) -> bool:
        """Whether it lies on the right when the volume is open: odd numbers do."""
        return self.number % 2 == 1


def is_volume(document: Document) -> bool:
    """Whether the document is compiled from several texts."""
    return any(section.heading.kind is HeadingKind.TEXT for section in document.sections)


class Typesetter:
    """Composes paragraphs and pages of one theme. `fonts` names font files of the user's by face."""

    def __init__(self, theme: Theme, fonts: Mapping[Face, str] | None = None) -> None:
        self.theme = theme
        self.typefaces: dict[Face, Typeface] = {}
        """The typefaces used so far."""
        self._fonts = fonts or {}

    def typeface(self, face: Face) -> Typeface:
        """The typeface of a face, loaded when first asked for."""
        if face not in self.typefaces:
            self.typefaces[face] = typeface(face, self._fonts.get(face))
        return self.typefaces[face]

    def line(self, text: str, style: Style, measure: float | None = None) -> Line:
        """One line, ragged, of as much of `text` as the measure holds (points; the theme's if None), with … if cut."""
        room = (self.theme.page.measure if measure is None else measure) * 1000 / style.size
        face = self.typeface(style.face)
        shape = Shape(room, style.align)
        lines = compose([Run(text, face)], shape)
        if len(lines) > 1:
            lines = compose([Run(lines[0].text[:-1] + "…", face)], shape)
        return lines[0] if lines else Line(0, 0, ())

    def paragraph(self, inlines: Iterable[Inline], style: Style, lead: tuple[str, Face] | None = None) -> list[Line]:
        """The lines of a paragraph; `lead` is a run-in heading with its face. Without characters there is none."""
        runs = [Run(lead[0], self.typeface(lead[1]))] if lead else []
        lines: list[Line] = []
        for inline in inlines:
            match inline:
                case Text(text=text, marks=marks):
                    face = _STRONG.get(style.face, Face.HEI) if Mark.STRONG in marks else style.face
                    runs.append(Run(text, self.typeface(face), Mark.EMPHASIS in marks))
                case LineBreak():
                    lines += self._lines(runs, style, first=not lines)
                    runs = []
                case _:
                    assert_never(inline)
        return lines + self._lines(runs, style, first=not lines)

    def _lines(self, runs: list[Run], style: Style, *, first: bool) -> list[Line]:
        measure = self.theme.page.measure * 1000 / style.size
        indent = style.first_indent * 1000 if first else 0
        return compose(runs, Shape(measure, style.align, indent, style.right_indent * 1000))

    def pages(self, document: Document, *, title: bool) -> list[ComposedPage]:
        """The pages of a document, numbered from 1; at least one. `title` says whether its title is printed first."""
        return _Flow(self.theme, document.display_title).run(self._items(document, title=title))

    def _items(self, document: Document, *, title: bool) -> Iterator[_Item]:
        volume = is_volume(document)
        if title and document.metadata.title:
            lines = self.paragraph([Text(text=document.metadata.title)], self.theme.title)
            # The title of a volume has a page to itself: the first text opens the next one.
            yield _Item(lines, self.theme.title, keep=not volume, opening=True)
        yield from map(self._block, document.front)
        for entry in outline(document):
            yield from self._section(entry, volume=volume)

    def _section(self, entry: OutlineEntry, *, volume: bool) -> Iterator[_Item]:
        heading, blocks = entry.section.heading, entry.section.blocks
        style = self.theme.heading(heading, entry.depth)
        if not heading.run_in:
            lines = self.paragraph([Text(text=heading_text(heading))], style)
            opens = self._opens_page(heading, entry.depth)
            yield _Item(lines, style, keep=True, opening=opens, entry=entry, head=_head(heading, entry.depth, volume))
        else:
            lead = (heading_text(heading), style.face)
            first = blocks[0] if blocks and isinstance(blocks[0], Paragraph) and blocks[0].role is Role.BODY else None
            lines = self.paragraph(first.inlines if first else (), self.theme.body, lead)
            yield _Item(lines, self.theme.body, entry=entry)
            blocks = blocks[1:] if first else blocks
        yield from map(self._block, blocks)

    def _opens_page(self, heading: Heading, depth: int) -> bool:
        if heading.kind is HeadingKind.TEXT:
            return True
        part = heading.kind is HeadingKind.PART or (heading.kind is HeadingKind.CHAPTER and depth == 1)
        return part and self.theme.part_on_new_page

    def _block(self, block: Block) -> _Item:
        match block:
            case Paragraph(inlines=inlines, role=role):
                style = self.theme.style(role)
                return _Item(self.paragraph(inlines, style), style, keep=role in _KEPT)
            case Separator():
                style = replace(self.theme.body, align=Align.CENTER, first_indent=Em(0))
                return _Item([self.line(_SEPARATOR, style)], style)
            case _:
                assert_never(block)


_KEPT = frozenset({Role.SUBTITLE, Role.BYLINE, Role.SALUTATION, Role.SIGNATURE})
"""Roles that stand on one page with what follows them."""


class _Head(NamedTuple):
    """What a heading does to the running heads: 1 names the text, 2 the section."""

    level: int
    title: str


def _head(heading: Heading, depth: int, volume: bool) -> _Head | None:
    level = 1 if heading.kind is HeadingKind.TEXT else depth if volume else depth + 1
    return _Head(level, heading_text(heading)) if level <= 2 else None


@dataclass(slots=True)
class _Item:
    """One paragraph or heading, ready to be placed."""

    lines: list[Line]
    style: Style
    _: KW_ONLY
    keep: bool = False
    """Whether it stays on one page with what follows."""
    opening: bool = False
    """Whether it opens a page, or stands right below a heading that does."""
    entry: OutlineEntry | None = None
    head: _Head | None = None

    @property
    def height(self) -> float:
        return self.style.before + len(self.lines) * self.style.leading + self.style.after


class _Flow:
    """Puts items on pages, one after the other."""

    def __init__(self, theme: Theme, title: str) -> None:
        self.depth = theme.page.depth + 0.01
        self.pages = [ComposedPage(1, text_title=title)]
        self.y = 0.0
        self.headings_only = True
        """Whether the page has nothing but headings so far."""

    def run(self, items: Iterable[_Item]) -> list[ComposedPage]:
        group: list[_Item] = []
        for item in items:
            group.append(item)
            if not item.keep:
                self._place_together(group)
                group = []
        self._place_together(group)
        return self.pages

    def _place_together(self, group: list[_Item]) -> None:
        """Place items that stay together: all but the last, and of the last at least two lines."""
        if not group:
            return
        last = group[-1]
        few = len(last.lines) if len(last.lines) <= 3 else 2
        need = sum(item.height for item in group[:-1]) + last.style.before + few * last.style.leading
        if self.y + need > self.depth and need <= self.depth and len(group) > 1:
            self._turn()
        for item in group:
            self._place(item)

    def _place(self, item: _Item) -> None:
        page = self.pages[-1]
        if item.opening:
            if page.lines and not self.headings_only:
                self._turn()
            self.pages[-1].opening = True
        self.headings_only &= item.keep
        if self.y > 0 or item.opening:
            self.y += item.style.before
        done = 0
        while done < len(item.lines):
            take = self._fitting(item, done)
            if take and not done:
                self._mark(item)
            self._put(item.lines[done : done + take], item.style)
            done += take
            if done < len(item.lines):
                self._turn()
                self.headings_only &= item.keep
        if not item.lines:
            self._mark(item)
        self.y += item.style.after

    def _fitting(self, item: _Item, done: int) -> int:
        """How many of the item's lines go on this page."""
        left = len(item.lines) - done
        fits = max(0, int((self.depth - self.y) / item.style.leading))
        if fits >= left:
            return left
        take = fits
        if left - take == 1:
            take -= 1
        if done == 0 and take < 2:
            take = 0
        # A page that is still empty takes what it can.
        return take if take > 0 or self.pages[-1].lines else max(1, fits)

    def _put(self, lines: list[Line], style: Style) -> None:
        placed, size, leading = self.pages[-1].lines, style.size, style.leading
        baseline = self.y + (leading - size) / 2 + ASCENT * size
        for line in lines:
            placed.append(PlacedLine(line, baseline, size))
            baseline += leading
        self.y += len(lines) * leading

    def _mark(self, item: _Item) -> None:
        page = self.pages[-1]
        if item.entry:
            page.landmarks.append(Landmark(item.entry, self.y))
        if item.head:
            page.section_title = item.head.title if item.head.level == 2 else ""
            if item.head.level == 1:
                page.text_title = item.head.title

    def _turn(self) -> None:
        """Begin a new page."""
        last = self.pages[-1]
        self.pages.append(ComposedPage(last.number + 1, text_title=last.text_title, section_title=last.section_title))
        self.y = 0.0
        self.headings_only = True
