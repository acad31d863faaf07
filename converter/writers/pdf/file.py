"""The PDF file around the pages: canvas, fonts, links, outline, page labels, metadata."""

from __future__ import annotations

import io
import re
from html import escape
from typing import TYPE_CHECKING, Any

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from converter.model import heading_text
from converter.writers.pdf.font import EmbeddedFont

if TYPE_CHECKING:
    from collections.abc import Iterable

    from converter.model import Document, Metadata, OutlineEntry
    from converter.typeset.fonts import FontFace
    from converter.typeset.lines import Line, Piece
    from converter.typeset.pictures import Picture
    from converter.typeset.theme import Page

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
{}
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


class _Canvas(Canvas):  # type: ignore[misc] # ReportLab is untyped
    def _make_preamble(self) -> None:
        # ReportLab's own would put Helvetica, not embedded, into every page.
        self._preamble = ""


class PdfFile:
    """One PDF file in the making. Lengths are points from the page's upper left corner."""

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
        self._fonts: dict[FontFace, EmbeddedFont] = {}
        self._ops: list[str] = []
        self._in_text = False
        self._font: tuple[FontFace | None, float] = (None, 0)
        self._spread = 0.0
        self._describe(document.metadata, document.display_title)

    def embed(self, lines: Iterable[Line]) -> list[str]:
        """Embed the fonts of all lines that will be drawn; gives back the characters that no font has, each once."""
        used: dict[FontFace, set[str]] = {}
        for line in lines:
            for piece in line.pieces:
                used.setdefault(piece.face, set()).update(piece.text)
        for face in sorted(used, key=lambda face: (str(face.path), face.index)):
            self._fonts[face] = EmbeddedFont(face, used[face], self._canvas._doc)  # noqa: SLF001
        return sorted({c for font in self._fonts.values() for c in font.missing})

    def draw(self, line: Line, size: float, x: float, baseline: float) -> None:
        """Set a line with its first character at `x` + the line's own offset."""
        if not self._in_text:
            self._ops.append("BT")
            self._in_text = True
        left = x + line.x * size / 1000
        ops = self._ops
        ops.append(f"1 0 0 1 {left:.3f} {self._page.height - baseline:.3f} Tm")
        for piece in line.pieces:
            font = self._fonts[piece.face]
            if self._font != (piece.face, size):
                ops.append(f"{font.resource} {size:g} Tf")
                self._font = (piece.face, size)
            if self._spread != piece.spread * size:
                ops.append(f"{piece.spread * size / 1000:.4f} Tc")
                self._spread = piece.spread * size
            if font.aliases and not font.aliases.isdisjoint(piece.text):
                actual = ("\ufeff" + piece.text).encode("utf-16-be").hex()
                ops.append(f"/Span <</ActualText <{actual}>>> BDC {_show(piece, font, size)} EMC")
            else:
                ops.append(_show(piece, font, size))

    def rule(self, x: float, end: float, y: float, thickness: float, dots: float = 0) -> None:
        """A horizontal rule; with `dots`, a row of round dots at that distance."""
        self._end_text()
        dash = f"1 J [0 {dots:g}] 0 d" if dots else ""
        y = self._page.height - y
        self._ops.append(f"q {dash} {thickness:g} w {x:.3f} {y:.3f} m {end:.3f} {y:.3f} l S Q")

    def dot(self, x: float, y: float, diameter: float) -> None:
        """A round dot."""
        self._end_text()
        y = self._page.height - y
        self._ops.append(f"q 1 J {diameter:.2f} w {x:.3f} {y:.3f} m {x:.3f} {y:.3f} l S Q")

    def link(self, title: str, anchor: str, box: tuple[float, float, float, float]) -> None:
        """A box (left, top, right, bottom) that leads to an anchor when clicked."""
        height, (x, top, end, bottom) = self._page.height, box
        self._canvas.linkAbsolute(title, anchor, (x, height - bottom, end, height - top), F=4)

    def lead(self, target: str, box: tuple[float, float, float, float]) -> None:
        """A box (left, top, right, bottom) that leads to an address, or with `#` to a place in this file."""
        height, (x, top, end, bottom) = self._page.height, box
        corners = (x, height - bottom, end, height - top)
        if target.startswith("#"):
            self._canvas.linkAbsolute("", target[1:], corners, F=4)
        else:
            self._canvas.linkURL(target, corners, relative=0, F=4)

    def place(self, name: str, x: float, top: float) -> None:
        """A place on this page that links lead to."""
        self._canvas.bookmarkPage(name, fit="XYZ", left=round(x, 2), top=round(self._page.height - top, 2))

    def frame(self, x: float, y: float, end_x: float, end_y: float) -> None:
        """A hairline, upright or level."""
        self._end_text()
        height = self._page.height
        self._ops.append(f"q 0.5 w {x:.3f} {height - y:.3f} m {end_x:.3f} {height - end_y:.3f} l S Q")

    def picture(self, picture: Picture, x: float, top: float, width: float, height: float) -> None:
        """A picture in this box."""
        self._end_text()
        bottom = self._page.height - top - height
        self._canvas.drawImage(ImageReader(io.BytesIO(picture.data)), 0, 0, mask="auto")
        name = self._canvas._doc.getXObjectName(self._canvas._formsinuse[-1])  # noqa: SLF001 - our own page stream
        self._ops.append(f"q {width:.3f} 0 0 {height:.3f} {x:.3f} {bottom:.3f} cm /{name} Do Q")

    def anchor(self, entry: OutlineEntry, x: float, top: float) -> None:
        """A named destination for a heading on this page, and its outline entry; entries of level 3 and below are
        folded.
        """
        self._canvas.bookmarkPage(entry.anchor, fit="XYZ", left=round(x, 2), top=round(self._page.height - top, 2))
        title = heading_text(entry.section.heading)
        self._canvas.addOutlineEntry(title, entry.anchor, entry.depth - 1, closed=entry.depth >= 2)

    def end_page(self) -> None:
        """Finish the page; the next call draws on the next one."""
        self._end_text()
        document = self._canvas._doc  # noqa: SLF001
        name = document.thisPageName()
        self._canvas.showPage()
        # ReportLab's own page stream would be encoded as ASCII, in Python: a quarter larger and very slow.
        document.idToObject[name].Contents = pdfdoc.PDFStream(
            content="\n".join(self._ops).encode("ascii"), filters=[pdfdoc.PDFZCompress]
        )
        self._ops = []
        self._font, self._spread = (None, 0), 0.0

    def label_pages(self, first: int, style: str | None, prefix: str | None = None) -> None:
        """From page `first` on, counted from 0, pages are numbered anew: "ARABIC", "ROMAN_LOWER", None: only the
        prefix.
        """
        self._canvas.addPageLabel(first, style, 1 if style else None, prefix)

    def finish(self) -> bytes:
        """The file."""
        catalog = self._canvas._doc.Catalog  # noqa: SLF001
        anchors = sorted(self._canvas._destinations.items(), key=lambda item: item[0].encode())  # noqa: SLF001
        if anchors:
            tree = [part for name, place in anchors for part in (pdfdoc.PDFString(name), place)]
            catalog.Names = pdfdoc.PDFDictionary({"Dests": pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray(tree)})})
            self._canvas.showOutline()
        self._canvas.save()
        return self._buffer.getvalue()

    def _end_text(self) -> None:
        if self._in_text:
            self._ops.append("ET")
            self._in_text = False

    def _describe(self, metadata: Metadata, title: str) -> None:
        canvas, authors = self._canvas, "; ".join(metadata.authors)
        canvas.setTitle(title)
        canvas.setAuthor(authors)
        canvas.setSubject(metadata.subject)
        canvas.setKeywords(list(metadata.keywords))
        canvas.setCreator("converter")
        canvas.setViewerPreference("DisplayDocTitle", "true")
        document = canvas._doc  # noqa: SLF001
        stamp = "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z".format(*document._timeStamp.YMDhms)  # noqa: SLF001
        packet = _XMP.format("\n".join(_xmp_properties(metadata, title, stamp, document.info.producer)))
        about = pdfdoc.PDFDictionary({"Type": "/Metadata", "Subtype": "/XML"})
        document.Catalog.Metadata = pdfdoc.PDFStream(about, packet.encode(), [])


_WORD_GAP = 90
"""Extractors take a gap above a tenth of an em for a space between words."""


def _show(piece: Piece, font: EmbeddedFont, size: float) -> str:
    """The operators that show a piece (ISO 32000-1, 9.4.3).

    The quarter of an em between Han and Latin is no space of the text and must not become one when the text is copied:
    the two characters beside it are marked with what they really say, and the gap is made by character spacing, taken
    back after the second of them. Poppler, PDFium and pypdf then all give the text as it was.
    """
    codes, text, kerns = piece.text.translate(font.codes), piece.text, piece.kerns
    if not kerns:
        return f"<{codes}> Tj"
    ops: list[str] = []
    array: list[str] = []
    at = number = 0
    while number < len(kerns):
        index, kern = kerns[number]
        number += 1
        if kern <= _WORD_GAP or text[index].isspace() or index + 1 == len(text):
            array.append(f"<{codes[at : 4 * index + 4]}>{-kern:.1f}")
            at = 4 * index + 4
            continue
        last = index + 1
        while number < len(kerns) and kerns[number] == (last, kern) and last + 1 < len(text):
            last, number = last + 1, number + 1
        if at < 4 * index:
            array.append(f"<{codes[at : 4 * index]}>")
        if array:
            ops.append(f"[{''.join(array)}] TJ")
        spaced, plain = (kern + piece.spread) * size / 1000, piece.spread * size / 1000
        actual = ("\ufeff" + text[index : last + 1]).encode("utf-16-be", "replace").hex()
        shown = codes[4 * index : 4 * last + 4]
        ops.append(f"/Span <</ActualText <{actual}>>> BDC {spaced:.4f} Tc <{shown}> Tj {plain:.4f} Tc EMC")
        if number < len(kerns) and kerns[number][0] == last:
            kern -= kerns[number][1]
            number += 1
        array, at = [f"{kern:.1f}"], 4 * last + 4
    if at < len(codes):
        array.append(f"<{codes[at:]}>")
    ops.append(f"[{''.join(array)}] TJ")
    return " ".join(ops)


_ISO_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}){0,2}")


def _xmp_properties(metadata: Metadata, title: str, stamp: str, producer: Any) -> Iterable[str]:
    def alternative(name: str, value: str) -> str:
        return f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{escape(value, quote=False)}</rdf:li></rdf:Alt></{name}>'

    def several(name: str, kind: str, values: Iterable[str]) -> str:
        items = "".join(f"<rdf:li>{escape(value, quote=False)}</rdf:li>" for value in values)
        return f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>"

    yield "<dc:format>application/pdf</dc:format>"
    yield alternative("dc:title", title)
    if metadata.authors:
        yield several("dc:creator", "Seq", metadata.authors)
    if metadata.subject:
        yield alternative("dc:description", metadata.subject)
    if metadata.publisher:
        yield several("dc:publisher", "Bag", (metadata.publisher,))
    if _ISO_DATE.fullmatch(metadata.date):  # XMP (ISO 16684-1 §8.2.1.2) knows no other
        yield several("dc:date", "Seq", (metadata.date,))
    for name, value in (("dc:source", metadata.source), ("dc:identifier", metadata.number)):
        if value:
            yield f"<{name}>{escape(value, quote=False)}</{name}>"
    if metadata.keywords:
        yield several("dc:subject", "Bag", metadata.keywords)
        yield f"<pdf:Keywords>{escape(', '.join(metadata.keywords))}</pdf:Keywords>"
    yield f"<pdf:Producer>{escape(producer if isinstance(producer, str) else producer.decode())}</pdf:Producer>"
    yield "<xmp:CreatorTool>converter</xmp:CreatorTool>"
    yield f"<xmp:CreateDate>{stamp}</xmp:CreateDate><xmp:ModifyDate>{stamp}</xmp:ModifyDate>"
