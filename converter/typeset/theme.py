"""Themes: how a document looks, as one typed value that every writer reads."""

from __future__ import annotations

from dataclasses import field
from enum import Enum

from converter.model import Heading, HeadingKind, Role
from converter.records import dataclass
from converter.units import Em, Pt


class Face(Enum):
    """The faces of Chinese type by their role; which font file serves one is the business of `typeset.fonts`."""

    SONG = "song"
    """宋体: body text of books."""
    XIAOBIAOSONG = "xiaobiaosong"
    """小标宋: titles of official documents; a bold Song."""
    HEI = "hei"
    """黑体: headings."""
    KAI = "kai"
    """楷体: second-level headings, bylines, quotations."""
    FANGSONG = "fangsong"
    """仿宋: body text of official documents."""

    __hash__ = object.__hash__  # Enum's own is in Python, and slow where every run of a long text is asked


class Align(Enum):
    """How the lines of a paragraph stand in the measure."""

    JUSTIFY = "justify"
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """The look of a kind of paragraph."""

    face: Face
    size: Pt
    leading: Pt
    """Distance from baseline to baseline."""
    align: Align = Align.JUSTIFY
    first_indent: Em = Em(0)
    """Indent of the first line, in ems of this style."""
    right_indent: Em = Em(0)
    before: Pt = Pt(0)
    after: Pt = Pt(0)
    colour: str = ""
    """Of the characters, as in #ff0000; black if empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Paper and margins, for a right-hand page; `inner` is the binding edge."""

    width: Pt
    height: Pt
    top: Pt
    bottom: Pt
    inner: Pt
    outer: Pt
    mirrored: bool = False
    """Whether inner and outer margin change sides on left-hand pages."""

    @property
    def measure(self) -> Pt:
        """The width of the type area (版心)."""
        return Pt(self.width - self.inner - self.outer)

    @property
    def depth(self) -> Pt:
        """The height of the type area."""
        return Pt(self.height - self.top - self.bottom)


class Folio(Enum):
    """The form of the page number."""

    CENTER = "center"
    """5, in the middle of the foot."""
    OUTSIDE = "outside"
    """5, at the outer edge of the foot."""
    OFFICIAL = "official"
    """— 5 —, outside, one character in (GB/T 9704-2012 7.5)."""


class Signing(Enum):
    """Where signature and date (发文机关署名、成文日期) stand below a text: GB/T 9704-2012 7.3.5."""

    STYLED = "styled"
    """Each by itself, as its style says."""
    SEALED = "sealed"
    """加盖印章: the date four characters in from the right, the name above it and centred on it."""
    UNSEALED = "unsealed"
    """不加盖印章: the name two characters in from the right, the date begins two characters after the name."""
    STAMPED = "stamped"
    """加盖签名章: two lines below the text, the date one line further, both four characters in from the right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The rules of an official document, as wide as the type area: GB/T 9704-2012 7.2.7 and 7.4.1."""

    head_top: Pt
    """From the upper edge of the type area to that of the letterhead (发文机关标志): 7.2.4."""
    head: Pt
    """Thickness of the one below letterhead and document number (版头分隔线)."""
    head_gap: Pt
    """From the document number to that rule."""
    head_colour: str
    outer: Pt
    """Thickness of the first and the last one of the imprint (版记) at the foot of the last page."""
    inner: Pt
    """Thickness of those between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """How a document looks."""

    name: str
    page: Page
    body: Style
    title: Style
    headings: tuple[Style, ...]
    """By level, the first for level 1; the last serves all deeper ones."""
    roles: tuple[tuple[Role, Style], ...]
    """Paragraphs that do not look like the body."""
    toc: Style
    note: Style
    """Notes at the foot of the page."""
    folio: Folio
    folio_style: Style
    folio_drop: Pt
    """From the lower edge of the type area to the folio's baseline."""
    running_head: Style | None = None
    grid: tuple[int, int] | None = None
    """Characters a line and lines a page, where the theme fixes them."""
    line_grid: bool = False
    """Whether all that stands between lines of the body takes a whole number of them, so that the lines of facing pages
    stand at the same heights (clreq, "using the type area in real pages").
    """
    heading_by_number: bool = False
    """Whether a heading's form of number decides its look (一、 （一） 1. （1）), as GB/T 9704 has it, or its depth."""
    contents: bool = True
    """Whether a single text of this look has a table of contents where nobody chose; volumes always have one."""
    part_on_new_page: bool = False
    """Whether 第一篇 and 第一章 open a new page; the texts of a volume always do."""
    signing: Signing = Signing.STYLED
    rules: Rules | None = None
    """Where there are any, letterhead and document number stand above the title, and the imprint at the foot."""
    fonts: tuple[tuple[Face, str], ...] = ()
    """Font files of the user's by face: TrueType, OpenType/CFF or, with `#2` for the third of it, a collection. PDFs
    are set in them; what they lack comes from ours."""
    reference: bytes = field(default=b"", repr=False)
    """A Word file of the user's, whose styles, page, heads and feet Word files take instead."""

    def style(self, role: Role) -> Style:
        """The style of a paragraph with this role."""
        return dict(self.roles).get(role, self.body)

    def heading_level(self, heading: Heading, depth: int) -> int:
        """Which of the heading styles a heading at this depth takes, counted from 1."""
        if self.heading_by_number and heading.kind in _OFFICIAL_LEVELS:
            return _OFFICIAL_LEVELS[heading.kind]
        return min(depth, len(self.headings))

    def heading(self, heading: Heading, depth: int) -> Style:
        """The style of a heading at this depth, 1 being the outermost."""
        if heading.kind is HeadingKind.TEXT or self.attaches(heading):
            return self.title
        return self.headings[self.heading_level(heading, depth) - 1]

    def attaches(self, heading: Heading) -> bool:
        """Whether it is the title of what an official document has attached, which opens a page (GB/T 9704-2012
        7.3.7).
        """
        return self.rules is not None and heading.kind is HeadingKind.PART and not heading.label


# GB/T 9704-2012 7.3.3
_OFFICIAL_LEVELS = {
    HeadingKind.COUNT: 1,
    HeadingKind.PAREN_COUNT: 2,
    HeadingKind.DECIMAL: 3,
    HeadingKind.PAREN_DECIMAL: 4,
}
