"""The PDF file around the pages: canvas, fonts, links, outline, page labels, metadata."""

from __future__ import annotations

import io
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from converter.model import heading_text
from converter.typeset.lines import Way
from converter.writers.characters import XmlCharacters
from converter.writers.pdf.columns import Begin, Columns, with_room
from converter.writers.pdf.font import EmbeddedFont, Used
from converter.writers.pdf.objects import Raw, Stream, literal, number_of, serialized, utf16
from converter.writers.pdf.shown import (
    gaping_end,
    show,
    show_beside,
    show_in_column,
    show_wider,
    show_with_gap,
    utf16_hex,
)
from converter.writers.pdf.srgb import srgb_profile
from converter.writers.pdf.structure import Structure
from converter.writers.pdf.xmp import xmp_packet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from converter.model import Document, Metadata, OutlineEntry
    from converter.typeset.composed import PlacedRule
    from converter.typeset.fonts import FontFace
    from converter.typeset.lines import Line, Piece
    from converter.typeset.pictures import Picture
    from converter.typeset.tags import Tag
    from converter.typeset.theme import Page


class _Canvas(Canvas):  # type: ignore[misc] # ReportLab is untyped
    def _make_preamble(self) -> None:
        # ReportLab's own would put Helvetica, not embedded, into every page.
        self._preamble = ""

    def close_page(self, page: Any, content: Stream) -> None:
        """`showPage` for a page that exists already. ReportLab's own stream would be encoded as ASCII, in Python: a
        quarter larger and very slow.
        """
        width, height = self._pagesize
        if page.MediaBox is None:  # a page with bleed has its own
            page.MediaBox = Raw(f"[0 0 {width:.7g} {height:.7g}]")
        page.Contents = content
        self._setColorSpace(page)
        self._setExtGState(page)
        self._setXObjects(page)
        self._setShadingUsed(page)
        if not page.XObjects:  # ReportLab's own take as long as the words of the page
            fonts, _ = self._doc.idToObjectNumberAndVersion[pdfdoc.BasicFonts]
            page.Resources = Raw(f"<</Font {fonts} 0 R/ProcSet[/PDF/Text]>>")
        self._doc.addPage(page)
        self._startPage()


class PdfFile:
    """One PDF file in the making: PDF/A-2u and PDF/UA-1. Lengths are points from the page's upper left corner.

    Whatever is drawn belongs to a tag or is an artifact; `_mark` opens and closes the marked content around it.
    """

    def __init__(self, page: Page, document: Document) -> None:
        self._page = page
        self._buffer = io.BytesIO()
        self._canvas = _Canvas(
            self._buffer,
            pagesize=(page.width, page.height),
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 7),
            lang=document.language,
        )
        self._document: Any = self._canvas._doc  # noqa: SLF001 - structure and fonts are added to ReportLab's own
        self._structure = Structure(self._document)
        self._fonts: dict[FontFace, EmbeddedFont] = {}
        self._describe(document.metadata, document.display_title)

    def begin_page(self, bleed: float = 0) -> None:
        """An empty page: what is drawn from now on stands there. With `bleed`, its paper reaches so many points
        further on all sides, for what is cut where the page ends (ISO 32000-1 14.11.2).
        """
        self._ops: list[str] = []
        self._annotations: list[int] = []
        self._in_text = False
        self._open: Tag | Literal[False] | None = False
        """What the open marked content belongs to: None is an artifact, False nothing at all."""
        self._turned = False
        self._forget()
        self._sheet = pdfdoc.PDFPage()
        if bleed:
            width, height = self._page.width, self._page.height
            self._sheet.CropBox = self._sheet.TrimBox = pdfdoc.PDFArray([0, 0, width, height])
            beyond = pdfdoc.PDFArray([-bleed, -bleed, width + bleed, height + bleed])
            self._sheet.MediaBox = self._sheet.BleedBox = beyond
        self._structure.begin_page(number_of(self._document, self._sheet, self._document.thisPageName()))

    def _forget(self) -> None:
        """No font, spacing or colour is set yet."""
        self._font: tuple[str, float] = ("", 0)
        self._spread = 0.0
        self._colour = ""

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

    def embed(self, lines: Iterable[Line], *, centred: bool = False, vertical: bool = False) -> list[str]:
        """Embed the fonts of all lines that will be drawn, with stops in the middle of their em if they are `centred`;
        gives back the characters that no font has, each once.
        """
        used: dict[FontFace, Used] = {}
        shown = map(with_room, lines) if vertical else lines
        for piece in chain.from_iterable(line.pieces for line in shown):
            here = used.get(piece.face) or used.setdefault(piece.face, Used())
            here.texts.append(piece.text)
            if piece.way is not Way.ALONG:
                here.columns = True
                if piece.way is not Way.ACROSS:
                    here.upright.update(piece.text)
            elif piece.room:
                here.wider.add((piece.text[-1], piece.room))
        for face in sorted(used, key=lambda face: (str(face.path), face.index)):
            self._fonts[face] = EmbeddedFont(face, used[face], self._document, centred=centred)
        return sorted({c for font in self._fonts.values() for c in font.missing})

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
        left, y, ops = x + line.x * size / 1000, self._height - baseline, self._ops
        if colour != self._colour:
            ops.append(f"{_ink(colour)} rg")
            self._colour = colour
        if self._turned:
            self._draw_column(with_room(line), size, (left, y), following)
            return
        ops.append(f"1 0 0 1 {left:.2f} {y:.2f} Tm")
        for piece in line.pieces:
            if self._open is not piece.tag:
                self._mark(piece.tag)
            font = self._fonts[piece.face]
            if piece.way is Way.BESIDE:
                self._set(font.columns, size)
                self._space(0, size)
                ops.append(show_beside(piece, font, size, (left, y), turned=False))
                self._font = font.resource, size
                continue
            self._set(font.resource, size)
            self._space(piece.spread, size)
            ops.append(self._shown(piece, font, size, last=piece is line.pieces[-1]))

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

    def _shown(self, piece: Piece, font: EmbeddedFont, size: float, *, last: bool) -> str:
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

    def lead(self, target: str, box: tuple[float, float, float, float], tag: Tag, words: str) -> None:
        """A box (left, top, right, bottom), part of `tag`, that leads to an address, or with `#` to a place in this
        file; `words` say where.
        """
        corners = " ".join(f"{edge:.2f}" for edge in self._rectangle(box))
        inside = target.startswith("#")
        action = f"/Dest({target[1:]})" if inside else f"/A<</S/URI/URI{literal(target)}>>"
        key = self._structure.annotation(tag)
        note = Raw(
            f"<</Type/Annot/Subtype/Link/Rect[{corners}]/Border[0 0 0]/F 4"
            f"/Contents{utf16(words)}/StructParent {key}{action}>>"
        )
        number = number_of(self._document, note)
        self._structure.add_annotation(tag, number)
        self._annotations.append(number)

    def place(self, name: str, x: float, top: float) -> None:
        """A place on this page that links lead to."""
        left, _, _, upper = self._rectangle((x, top, x, top))
        self._canvas.bookmarkPage(name, fit="XYZ", left=0 if self._turned else round(left, 2), top=round(upper, 2))

    def frame(self, rule: PlacedRule, left: float, top: float) -> None:
        """A rule, upright or level, in the type area that begins there."""
        x, y, end_x, end_y = left + rule.x, self._height - top - rule.y, left + rule.end_x, rule.end_y
        ink = f"{_ink(rule.colour)} RG " if rule.colour else ""
        path = f"{x:.3f} {y:.3f} m {end_x:.3f} {self._height - top - end_y:.3f} l S"
        self._draw(None, f"q {ink}{rule.thickness:g} w {path} Q")

    def picture(self, picture: Picture, box: tuple[float, float, float, float], tag: Tag) -> None:
        """A picture in this box: left, top, width, height."""
        x, top, width, height = box
        bottom = self._height - top - height
        self._canvas.drawImage(ImageReader(io.BytesIO(picture.data)), 0, 0, mask="auto")
        name = self._document.getXObjectName(self._canvas._formsinuse[-1])  # noqa: SLF001 - our own page stream
        self._structure.show(tag, self._rectangle((x, top, x + width, top + height)))
        upright = f"0 {height:.3f} {-width:.3f} 0 {x + width:.3f} {bottom:.3f}"
        matrix = upright if self._turned else f"{width:.3f} 0 0 {height:.3f} {x:.3f} {bottom:.3f}"
        self._draw(tag, f"q {matrix} cm /{name} Do Q")

    def anchor(self, entry: OutlineEntry, x: float, top: float) -> None:
        """A named destination for a heading on this page, and its outline entry; entries of level 3 and below are
        folded.
        """
        self.place(entry.anchor, x, top)
        title = _said(heading_text(entry.section.heading))
        self._canvas.addOutlineEntry(title, entry.anchor, entry.depth - 1, closed=entry.depth >= 2)

    def end_page(self) -> None:
        """Finish the page."""
        self._end_text()
        self._close()
        page = self._sheet
        page.__NoDefault__ = (*page.__NoDefault__, "StructParents", "Tabs")
        page.StructParents, page.Tabs = self._structure.end_page(), "/S"
        if self._annotations:
            page.Annots = Raw(f"[{' '.join(f'{number} 0 R' for number in self._annotations)}]")
        self._canvas.close_page(page, Stream("\n".join(self._ops).encode("latin-1")))

    def label_pages(self, first: int, style: str | None, prefix: str | None = None) -> None:
        """From page `first` on, counted from 0, pages are numbered anew: "ARABIC", "ROMAN_LOWER", None: only the
        prefix.
        """
        self._canvas.addPageLabel(first, style, 1 if style else None, prefix)

    def finish(self) -> bytes:
        """The file."""
        document, canvas = self._document, self._canvas
        catalog = document.Catalog
        anchors = sorted(canvas._destinations.items(), key=lambda item: item[0].encode())  # noqa: SLF001
        if anchors:
            tree = [part for name, place in anchors for part in (pdfdoc.PDFString(name), place)]
            catalog.Names = pdfdoc.PDFDictionary({"Dests": pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray(tree)})})
            canvas.showOutline()
        self._structure.finish()
        catalog.__NoDefault__ = (*catalog.__NoDefault__, "OutputIntents")
        catalog.StructTreeRoot = pdfdoc.PDFObjectReference("StructTreeRoot")
        catalog.MarkInfo = Raw("<</Marked true>>")
        profile = number_of(document, Stream(srgb_profile(), "/N 3"))
        catalog.OutputIntents = Raw(
            "[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)"
            f"/Info(sRGB IEC61966-2.1)/DestOutputProfile {profile} 0 R>>]"
        )
        for font in document.delayedFonts:
            font.addObjects(document)
        document.Outlines.prepare(document, canvas)
        if document.Outlines.ready < 0:
            catalog.Outlines = None
        return serialized(document)

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
            self._ops.append(f"/{tag.kind} <</MCID {self._structure.piece(tag)}>> BDC")
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

    def _describe(self, metadata: Metadata, title: str) -> None:
        canvas = self._canvas
        canvas.setTitle(_said(title))
        canvas.setAuthor(_said("; ".join(metadata.authors)))
        canvas.setSubject(_said(metadata.subject))
        canvas.setKeywords([_said(word) for word in metadata.keywords])
        canvas.setCreator("converter")
        canvas.setViewerPreference("DisplayDocTitle", "true")
        document = self._document
        stamp = "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*document._timeStamp.YMDhms)  # noqa: SLF001
        packet = xmp_packet(metadata, title, stamp, document.info.producer)
        document.Catalog.Metadata = Stream(packet.encode(), "/Type/Metadata/Subtype/XML", compressed=False)


def _said(words: str) -> str:
    """Words as metadata and outlines can hold them: U+FFFD for lone surrogates and what XML forbids."""
    return XmlCharacters().clean(words)


def _ink(colour: str) -> str:
    """A colour like #ff0000 as three numbers from 0 to 1; black if empty."""
    return " ".join(f"{int(colour[at : at + 2] or '0', 16) / 255:.3g}" for at in (1, 3, 5))
