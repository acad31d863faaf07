"""The pages of the text, portion by portion: composed and drawn, or as they were kept."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from converter.model import is_volume
from converter.records import NamedTuple, dataclass
from converter.typeset.composed import Landmark
from converter.typeset.theme import Align, Face, Style
from converter.typeset.vertical import right_margin
from converter.units import Pt, mm, size
from converter.writers.pdf.drawing import Drawing
from converter.writers.pdf.drawn import PageFacts
from converter.writers.pdf.font import PlainFont, Used, used_by
from converter.writers.pdf.sheet_drawing import draw
from converter.writers.pdf.sheets import Mark, Rule, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from converter.model import Document, OutlineEntry
    from converter.plugins import Store
    from converter.typeset.composed import ComposedPage
    from converter.typeset.fonts import FontFace
    from converter.typeset.portions import Portion
    from converter.typeset.theme import Page, Theme
    from converter.writers.pdf import PdfOptions
    from converter.writers.pdf.drawn import Drawn
    from converter.writers.pdf.font import FontNames
    from converter.writers.pdf.kept import Keys
    from converter.writers.pdf.sheets import Paper

_HEAD = Style(face=Face.KAI, size=size("小五"), leading=Pt(11))
"""The running head where a theme has none of its own and one is asked for."""


class BodyPage(NamedTuple):
    """What others have to know of a page of the body."""

    number: int
    landmarks: list[Landmark]
    facts: PageFacts


@dataclass(slots=True)
class BodyPortion:
    """A portion of the text, drawn, or ready to be drawn once the fonts of the file are known."""

    pages: list[BodyPage]
    entries: Sequence[OutlineEntry]
    used: dict[FontFace, Used]
    drawn: Drawn | None = None
    sheets: Sequence[Sheet] = ()

    def draw(self, drawing: Drawing, page: Page) -> Drawn:
        """The pages, drawn with the fonts of the file."""
        numbers = {entry.anchor: number for number, entry in enumerate(self.entries)}
        for sheet in self.sheets:
            draw(sheet, drawing, page, numbers)
        return drawing.finish()


class Body:
    """The pages of a document's text; those of each portion are kept in `store` if there is one."""

    def __init__(
        self, document: Document, paper: Paper, options: PdfOptions, names: FontNames, store: Store | None = None
    ) -> None:
        self._document = document
        self._paper = paper
        self._options = options
        self._names = names
        self._store = store
        self._typesetter = paper.typesetter.turned() if options.vertical else paper.typesetter
        titled = not (options.cover and is_volume(document))
        keys: Keys | None = None
        if store is not None:
            from converter.writers.pdf.kept import Keys

            keys = Keys(document, self._typesetter, right_hand=options.right_hand)
        self.pages: list[BodyPage] = []
        self.portions: list[BodyPortion] = []
        for portion in self._typesetter.portions(document, title=titled):
            if options.right_hand and len(self.pages) % 2:
                self._add(self._blank())
            key = keys.of(portion, titled=titled) if keys else ""
            self._add(self._kept(portion, key) or self._made(portion, key))

    def _add(self, portion: BodyPortion) -> None:
        self.portions.append(portion)
        self.pages += portion.pages

    def _blank(self) -> BodyPortion:
        last = self.pages[-1].facts
        facts = PageFacts([], False, last.text_title, last.section_title, lined=False, empty=True)
        drawing = Drawing(self._paper.page, {})
        drawing.begin_page()
        drawing.end_page()
        return BodyPortion(self._numbered([facts], []), [], {}, drawing.finish())

    def _numbered(self, facts: Iterable[PageFacts], entries: Sequence[OutlineEntry]) -> list[BodyPage]:
        """The next pages."""
        return [
            BodyPage(number, [Landmark(entries[heading], 0) for heading in each.headings], each)
            for number, each in enumerate(facts, len(self.pages) + 1)
        ]

    def _kept(self, portion: Portion, key: str) -> BodyPortion | None:
        """The portion as it was kept for a page like the next one; None if it was not, or nothing is kept."""
        if self._store is None:
            return None
        from converter.writers.pdf.kept import from_bytes

        for side in (str(len(self.pages) % 2), ""):
            if (data := self._store.get(key + side)) and (found := from_bytes(data)):
                with suppress(LookupError, ValueError):
                    used = {
                        self._names.face(name): Used([shown], set(upright), columns)
                        for name, shown, upright, columns in found.used
                    }
                    pages = self._numbered(found.facts, portion.entries)
                    return BodyPortion(pages, portion.entries, used, found.drawn)
        return None

    def _made(self, portion: Portion, key: str) -> BodyPortion:
        """The portion, composed; and drawn and kept, if it would be drawn so in any file."""
        typesetter = self._typesetter
        lacking = typesetter.lacking
        first, right_hand = len(self.pages) + 1, self._options.right_hand
        composed = typesetter.composed(self._document, portion, first, right_hand=right_hand)
        sheets = [self._sheet(page) for page in composed.pages]
        shown = used_by((m.line for sheet in sheets for m in sheet.marks), vertical=self._options.vertical)
        used = {face: here.once() for face, here in shown.items()}
        numbers = {entry.anchor: number for number, entry in enumerate(portion.entries)}
        facts = [
            PageFacts(
                [numbers[landmark.entry.anchor] for landmark in page.landmarks],
                page.opening,
                page.text_title,
                page.section_title,
                lined=bool(page.lines),
                empty=not (page.lines or page.pictures or page.rules),
            )
            for page in composed.pages
        ]
        made = BodyPortion(self._numbered(facts, portion.entries), portion.entries, used, sheets=sheets)
        pictured = any(sheet.pictures for sheet in sheets)
        if pictured or not all(PlainFont.serves(face, of_it) for face, of_it in used.items()):
            return made
        fonts = {face: PlainFont(self._names[face]) for face in used}
        made.drawn = made.draw(Drawing(self._paper.page, fonts), self._paper.page)
        made.sheets = ()
        if self._store is not None and typesetter.lacking == lacking:
            from converter.writers.pdf.kept import KeptPortion, to_bytes

            kept = [
                (self._names[face], here.texts[0], "".join(sorted(here.upright)), here.columns)
                for face, here in used.items()
            ]
            side = "" if composed.on_either_side else str((first - 1) % 2)
            self._store.put(key + side, to_bytes(KeptPortion(facts, made.drawn, kept)))
        return made

    def _sheet(self, page: ComposedPage) -> Sheet:
        """A page of the body without head and foot, its type area at the edge of the paper."""
        edge = self._paper.page.top
        sheet = Sheet(edge, 0, turned=True) if self._options.vertical else Sheet(0, edge)
        x, top = sheet.left, sheet.top
        sheet.marks = [Mark(line, size, x, top + baseline, colour) for line, baseline, size, colour in page.lines]
        if any(piece.ruby for mark in sheet.marks for piece in mark.line.pieces):
            readings = self._paper.readings
            sheet.marks = [each for mark in sheet.marks for each in (mark, *readings(mark, self._typesetter))]
        sheet.landmarks, sheet.frames = page.landmarks, page.rules
        sheet.pictures, sheet.places = page.pictures, page.places
        return sheet

    def right(self, number: int) -> float:
        """How far to the right of where it is drawn a page stands."""
        if self._options.vertical:
            return -right_margin(self._paper.page, number)
        return self._paper.left(number)

    def around(self) -> list[Sheet]:
        """Head and foot of each page."""
        return [self._around(page) for page in self.pages]

    def _around(self, page: BodyPage) -> Sheet:
        paper, options = self._paper, self._options
        sheet, left, right_hand = paper.sheet(page.number), paper.left(page.number), page.number % 2 == 1
        style, facts = _head_style(paper.theme, options), page.facts
        if style and facts.lined and not facts.opening:
            y = paper.page.top - mm(5)
            sheet.rules.append(Rule(left, left + paper.page.measure, y, 0.4))
            # The wider title on the first page of an opening, the narrower on the second: both at the outer edge.
            text = facts.section_title or facts.text_title if right_hand else facts.text_title
            align = Align.RIGHT if right_hand != paper.right_bound else Align.LEFT
            sheet.outside.append(paper.line(text, style, align, left, y - 4))
        blank = options.right_hand and facts.empty
        if options.page_numbers and not blank:
            sheet.outside.append(paper.folio(str(page.number), page.number, left))
        return sheet


def _head_style(theme: Theme, options: PdfOptions) -> Style | None:
    if options.running_head is None:
        return theme.running_head
    return theme.running_head or _HEAD if options.running_head else None
