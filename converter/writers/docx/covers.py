"""What a bound book has around its text: cover, half-title, imprint, index of titles, back cover.

Each side that looks different is a Word section, since frames, heads and feet belong to sections (ECMA-376 §17.6).
Where pages face each other, the half-title opens on the right, imprint and back cover lie on backs.
"""

from __future__ import annotations

import math
from copy import deepcopy
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from lxml import etree

from converter.model import Role
from converter.records import dataclass
from converter.typeset.cover import cover_of, swatch
from converter.typeset.designs import INK, CoverDesign, possible
from converter.typeset.imprint import imprint_of
from converter.units import Pt, half_points, mm, twips
from converter.writers.docx.ooxml import paragraph, qn, text_run, w
from converter.writers.docx.places import NOTHING
from converter.writers.docx.runs import runs
from converter.writers.docx.titles import title_runs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element as Element

    from converter.model import Document
    from converter.writers.docx import DocxOptions
    from converter.writers.docx.story import Story

_AFTER_BORDERS = frozenset(
    {
        *("lnNumType", "pgNumType", "cols", "formProt", "vAlign", "noEndnote", "titlePg", "textDirection", "bidi"),
        *("rtlGutter", "docGrid", "printerSettings"),
    }
)
"""What stands behind the borders in the properties of a section (ECMA-376 §17.6.17)."""
_BESIDE_BAND = 0.3
"""Of the page's width: where words beside a band begin."""
_FARTHEST = 31
"""Points from the edge of the paper to a frame: Word knows no more (§17.6.10)."""


@dataclass(frozen=True, slots=True)
class Covers:
    """The sides around a text. `last` is the section of the text, as which the others are laid out."""

    document: Document
    options: DocxOptions
    story: Story
    last: Element
    paper: tuple[float, float]
    """Width and height, in points."""

    def opening(self) -> Iterator[Element]:
        """The sides before contents and text, each with the end of its section."""
        options, mirrored = self.options, self.story.theme.page.mirrored
        if options.cover:
            yield self._gallery(self._cover())
            yield self._section_end(self.design, across=self.design is not CoverDesign.PLAIN)
        sides = [*(self._half_title() if options.half_title else ()), *(self._imprint() if options.imprint else ())]
        if sides:
            yield self._gallery(sides)
            start = "oddPage" if options.half_title else "evenPage" if options.cover else ""
            yield self._section_end(start=start if mirrored else "nextPage", across=True)

    def ending(self, index: str | None) -> Iterator[Element | str]:
        """The sides behind the text; `last` becomes the section of the last of them."""
        if index is None and not self.options.back_cover:
            return
        mirrored = self.story.theme.page.mirrored
        yield _ends(deepcopy(self.last))
        etree.strip_elements(self.last, "{*}headerReference", "{*}footerReference", "{*}titlePg")
        for numbers in self.last.iterfind("{*}pgNumType"):
            numbers.attrib.pop(qn("w:start"), "")
        parts: Any = self.story.package.word.part  # python-docx leaves these two without types
        _, empty_head = parts.add_header_part()
        _refer(self.last, "headerReference", empty_head)
        if index is not None:
            _start(self.last, "oddPage" if mirrored else "nextPage")
            yield index
        if self.options.back_cover:
            if index is not None:
                yield _ends(deepcopy(self.last))
            _, empty_foot = parts.add_footer_part()
            _refer(self.last, "footerReference", empty_foot)
            _start(self.last, "evenPage" if mirrored else "nextPage")
            design = CoverDesign.PLAIN if cover_of(self.document) else self.design
            etree.strip_elements(self.last, "{*}textDirection")
            self._frame(self.last, design)
            yield self._gallery(self._back_cover(design))

    @property
    def design(self) -> CoverDesign:
        """The design of a cover of type."""
        if self.options.cover and cover_of(self.document):
            return CoverDesign.PLAIN
        return possible(self.options.cover_design, self.document.display_title)

    def _cover(self) -> Iterator[Element]:
        """Title, authors, publisher and date, each in a paragraph; or a picture over the whole page, behind which the
        title stands, as small as can be.
        """
        document, story = self.document, self.story
        metadata, clean = document.metadata, story.review.characters.clean
        if found := cover_of(document):
            tiny = w("rPr", w("sz", val=2), w("szCs", val=2))
            pictured = story.full_page(*found, *self.paper)
            yield paragraph("Title", pictured, text_run(clean(document.display_title), tiny))
            return
        foot = [words for words in (metadata.publisher, metadata.edition, metadata.date) if words]
        if self.design is CoverDesign.PLAIN:
            words, theme = clean(document.display_title), story.theme
            title = paragraph("Title", *title_runs(words, theme.title, theme, vertical=self.options.vertical))
            title[0].append(w("spacing", before=twips(story.theme.page.depth / 4)))
            yield title
            below = (metadata.subtitle, *metadata.authors, *foot)
            yield from (paragraph("Byline", *runs(clean(line))) for line in below if line)
        elif self.design is CoverDesign.LABEL:
            yield self._label()
            yield from self._foot([words for words in (metadata.subtitle, *metadata.authors) if words] + foot, 0)
        else:
            lines = [words for words in (metadata.subtitle, "\u3000".join(metadata.authors)) if words]
            beside = self.paper[0] * _BESIDE_BAND if self.design is CoverDesign.BAND else 0
            title, end = self._title(1, 0.24, left=beside)
            block = [title, *(paragraph("Byline", *runs(clean(line))) for line in lines)]
            leading = story.theme.style(Role.BYLINE).leading
            for line in block[1:]:
                line[0].append(w("spacing", before=twips(leading / 2), after=0))
            if self.design is CoverDesign.BAND:
                self._flush(block)
                for run in self._band(back=False):
                    title.insert(1, run)
            yield from block
            yield from self._foot(foot, end + 1.5 * leading * len(lines))

    def _half_title(self) -> Iterator[Element]:
        """The title alone, a third of the page down."""
        (title, _), subtitle = self._title(0.75, 0.3), self.document.metadata.subtitle
        yield title
        if subtitle:
            yield paragraph("Byline", *runs(self.story.review.characters.clean(subtitle)))

    def _imprint(self) -> Iterator[Element]:
        """What is known of the book, at the foot of the page."""
        rows, style = imprint_of(self.document), self.story.theme.style(Role.BYLINE)
        leading, size = style.leading, style.size
        depth = self.paper[1] - self._points(self.last, "top") - self._points(self.last, "bottom")
        for number, row in enumerate(rows):
            made = paragraph("Byline", *runs(self.story.review.characters.clean(f"{row.spaced}\u3000{row.words}")))
            # As far down as the rows leave room for, so that they end at the foot.
            down = 0 if number else twips(depth - (len(rows) + 3) * leading)
            if self.options.half_title and not number:
                made[0].append(w("pageBreakBefore"))
            column = len(row.spaced) + 1
            goes_on = {"leftChars": 100 * column, "left": twips(column * size)}
            begins = {"hangingChars": 100 * column, "hanging": twips(column * size)}
            made[0].extend((w("spacing", before=down, after=0), w("ind", **goes_on, **begins), w("jc", val="left")))
            yield made

    def _back_cover(self, design: CoverDesign) -> Iterator[Element]:
        """Who publishes the book, at the foot; the band at the other side."""
        publisher = self.document.metadata.publisher
        yield paragraph(NOTHING, *(self._band(back=True) if design is CoverDesign.BAND else ()))
        yield from self._foot([publisher] if publisher else [], 0)

    def _title(self, scale: float, at: float, *, left: float = 0) -> tuple[Element, float]:
        """The title, as large as the page and its own length allow, this share of the page down, and at least so far
        from the left edge; and the points that are taken from the top of the type area to its end.
        """
        title, theme = self.story.review.characters.clean(self.document.display_title), self.story.theme
        size = half_points(self._size(title) * scale) / 2  # as it will be, so that a line holds what is meant for it
        down, leading = max(0.0, self.paper[1] * at - self._points(self.last, "top")), size * 1.5
        room = self.paper[0] - max(left, self._points(self.last, "left")) - self._points(self.last, "right")
        words = tuple(title_runs(title, replace(theme.title, size=Pt(size)), theme, room))
        made = self._large(words, size)
        made[0].append(w("spacing", before=twips(down), after=0, line=twips(leading), lineRule="exact"))
        return made, down + leading * math.ceil(len(title) * size / max(room, 1))

    @staticmethod
    def _large(words: Iterable[Element], size: float) -> Element:
        """A title of these runs, so large."""
        made = paragraph("Title", *words)
        for run in made.iterchildren(qn("w:r")):
            properties = run.find(qn("w:rPr"))
            if properties is None:
                properties = w("rPr")
                run.insert(0, properties)
            if properties.find(qn("w:rStyle")) is None:
                properties.extend((w("sz", val=half_points(size)), w("szCs", val=half_points(size))))
        return made

    def _size(self, title: str) -> float:
        return (36 if len(title) <= 12 else 30 if len(title) <= 26 else 26) * self.paper[0] / mm(210)

    def _label(self) -> Element:
        """The title from top to bottom in a table of one cell, where the book opens from."""
        title, (width, height) = self.document.display_title, self.paper
        size = self._size(title)
        across, down = 2.1 * size, (1.25 * len(title) + 1.2) * size
        left = width * 0.12 if self.options.vertical else width * 0.88 - across
        words = self._large(runs(self.story.review.characters.clean(title)), size)
        for run in words.iter(qn("w:rPr")):
            run.insert(0, w("spacing", val=twips(size / 4)))
            run[:] = sorted(run, key=lambda e: ("rFonts", "spacing", "sz", "szCs").index(e.tag.rpartition("}")[2]))
        line = twips(1.4 * size)
        words[0].extend(
            (w("spacing", before=0, after=0, line=line, lineRule="exact"), w("ind", firstLine=0), w("jc", val="center"))
        )
        rules = (w(side, val="thickThinSmallGap", sz=18, space=0, color="auto") for side in _SIDES)
        look = (w("tcBorders", *rules), w("textDirection", val="tbRl"), w("vAlign", val="center"))
        return _placed((left, height * 0.1, across, down), look, [words])

    def _band(self, *, back: bool) -> tuple[Element, ...]:
        """The band along the spine and the line beside it."""
        (width, height), scale = self.paper, self.paper[0] / mm(210)
        made = []
        for begin, broad in ((0.0, width * 0.18), (width * 0.18 + 4.4 * scale, 1.2 * scale)):
            x = width - begin - broad if self.options.vertical != back else begin
            made.append(self.story.placed(swatch(INK), (x, 0, broad, height)))
        return tuple(made)

    def _flush(self, words: Iterable[Element]) -> None:
        """Let paragraphs begin beside the band."""
        left = max(0.0, self.paper[0] * _BESIDE_BAND - self._points(self.last, "left"))
        for one in words:
            one[0].extend((w("ind", left=twips(left), firstLine=0, firstLineChars=0), w("jc", val="left")))

    def _foot(self, lines: list[str], above: float) -> Iterator[Element]:
        """Lines at the foot, where so many points of the page are taken by what stands above them.

        Not in frames or tables at their places: LibreOffice has them run with the text if they are broad.
        """
        leading = self.story.theme.style(Role.BYLINE).leading
        down = self.paper[1] * 0.86 - len(lines) * leading - self._points(self.last, "top") - above
        made = [paragraph("Byline", *runs(self.story.review.characters.clean(line))) for line in lines]
        for number, one in enumerate(made):
            one[0].append(w("spacing", before=0 if number else twips(max(0, down)), after=0))
        if self.options.cover and self.design is CoverDesign.BAND:
            self._flush(made)
        else:
            for one in made:
                one[0].extend((w("ind", firstLine=0, firstLineChars=0), w("jc", val="center")))
        yield from made

    def _section_end(self, design: CoverDesign = CoverDesign.PLAIN, *, start: str = "", across: bool) -> Element:
        """The paragraph that ends a section without heads, feet and page numbers; `across` also in vertical books."""
        section = deepcopy(self.last)
        etree.strip_elements(section, "{*}headerReference", "{*}footerReference", "{*}pgNumType")
        _start(section, start)
        if across:
            etree.strip_elements(section, "{*}textDirection")
        self._frame(section, design)
        return _ends(section)

    def _frame(self, section: Element, design: CoverDesign) -> None:
        """Give a section the frame of its design (文武边框)."""
        if design is not CoverDesign.FRAME:
            return
        space = min(_FARTHEST, round(36 * self.paper[0] / mm(210)))
        rules = (w(side, val="thickThinSmallGap", sz=24, space=space, color="auto") for side in _SIDES)
        borders = w("pgBorders", *rules, offsetFrom="page")
        later = next((e for e in section if e.tag.rpartition("}")[2] in _AFTER_BORDERS), None)
        if later is None:
            section.append(borders)
        else:
            later.addprevious(borders)

    @staticmethod
    def _points(section: Element, side: str) -> float:
        margins = section.find(qn("w:pgMar"))
        return int(margins.get(qn(f"w:{side}"), "0")) / 20 if margins is not None else 0.0

    @staticmethod
    def _gallery(content: Iterable[Element]) -> Element:
        """Word's cover too."""
        gallery = w("docPartObj", w("docPartGallery", val="Cover Pages"), w("docPartUnique"))
        return w("sdt", w("sdtPr", gallery), w("sdtContent", *content))


_SIDES = ("top", "left", "bottom", "right")


def _placed(box: tuple[float, float, float, float], look: Iterable[Element], words: Iterable[Element]) -> Element:
    """A table of one cell at its place on the paper (§17.4.58): left, top, width and height in points."""
    left, top, width, height = map(twips, box)
    place = w("tblpPr", vertAnchor="page", horzAnchor="page", tblpX=left, tblpY=top)
    sides = (w(side, w=0, type="dxa") for side in _SIDES)
    table = w("tblPr", place, w("tblW", w=width, type="dxa"), w("tblLayout", type="fixed"), w("tblCellMar", *sides))
    row = w("trPr", w("trHeight", val=height, hRule="exact"))
    cell = w("tc", w("tcPr", w("tcW", w=width, type="dxa"), *look), *words)
    return w("tbl", table, w("tblGrid", w("gridCol", w=width)), w("tr", row, cell))


def _ends(section: Element) -> Element:
    return w("p", w("pPr", section))


def _start(section: Element, start: str) -> None:
    """Say where a section begins (§17.6.22); nothing for as it is."""
    if not start:
        return
    etree.strip_elements(section, "{*}type")
    references = [e for e in section if e.tag.rpartition("}")[2] in {"headerReference", "footerReference"}]
    section.insert(len(references), w("type", val=start))


def _refer(section: Element, kind: str, relation: str) -> None:
    """A section's head or foot, on all its pages."""
    etree.strip_elements(section, f"{{*}}{kind}")
    for which in ("even", "default"):
        reference = w(kind, type=which)
        reference.set(qn("r:id"), relation)
        section.insert(0, reference)
