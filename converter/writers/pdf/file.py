"""The PDF file around the pages: fonts, links, outline, page labels, metadata."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from converter.model import heading_text
from converter.records import NamedTuple
from converter.writers.characters import XmlCharacters
from converter.writers.pdf.drawing import Drawing
from converter.writers.pdf.drawn import joined
from converter.writers.pdf.font import EmbeddedFont, FontNames
from converter.writers.pdf.navigation import Navigation
from converter.writers.pdf.objects import Raw, Stream, literal, number_of, numbers_of, serialized, utf16
from converter.writers.pdf.srgb import srgb_profile
from converter.writers.pdf.structure import Structure, edges
from converter.writers.pdf.xmp import xmp_packet

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from converter.model import Document, Metadata, OutlineEntry
    from converter.typeset.fonts import FontFace
    from converter.typeset.pictures import Picture
    from converter.typeset.theme import Page
    from converter.writers.pdf.drawn import Drawn, DrawnPage
    from converter.writers.pdf.font import Used


class _Canvas(Canvas):  # type: ignore[misc] # ReportLab is untyped
    def _make_preamble(self) -> None:
        # ReportLab's own would put Helvetica, not embedded, into the file.
        self._preamble = ""


class Side(NamedTuple):
    """How a drawn page stands in the file."""

    right: float = 0
    """How much further to the right than it was drawn."""
    around: str = ""
    """Operators of what is drawn on the page besides."""
    bleed: float = 0
    """How far its paper reaches beyond where it is cut, in points (ISO 32000-1 14.11.2)."""


class PdfFile:
    """One PDF file in the making: PDF/A-2u and PDF/UA-1."""

    def __init__(self, page: Page, document: Document, names: FontNames | None = None) -> None:
        self._page = page
        self._names = names or FontNames()
        self._canvas = _Canvas(
            io.BytesIO(),
            pagesize=(page.width, page.height),
            invariant=1,
            pdfVersion=(1, 7),
            lang=document.language,
        )
        self._document: Any = self._canvas._doc  # noqa: SLF001 - structure and fonts are added to ReportLab's own
        self._structure = Structure(self._document)
        self._navigation = Navigation()
        self._fonts: dict[FontFace, EmbeddedFont] = {}
        self._pages: list[int] = []
        self._tree = Raw("")
        self._document.Pages = self._document.Catalog.Pages = self._tree
        self._parent = number_of(self._document, self._tree)
        self._resources = self._document.idToObjectNumberAndVersion[pdfdoc.BasicFonts][0]
        self._describe(document.metadata, document.display_title)

    def embed(self, used: Mapping[FontFace, Used], *, centred: bool = False) -> list[str]:
        """Embed the fonts of all that will be drawn, with stops in the middle of their em if they are `centred`; gives
        back the characters that no font has, each once.
        """
        for face in sorted(used, key=lambda face: (str(face.path), face.index)):
            self._fonts[face] = EmbeddedFont(face, used[face], self._document, self._names[face], centred=centred)
        return sorted({c for font in self._fonts.values() for c in font.missing})

    def drawing(self) -> Drawing:
        """What is drawn on it in the embedded fonts can be added to this file."""
        return Drawing(self._page, self._fonts, self._picture)

    def _picture(self, picture: Picture) -> str:
        """The name of a picture, which becomes part of the file."""
        canvas = self._canvas
        canvas.drawImage(ImageReader(io.BytesIO(picture.data)), 0, 0, mask="auto")
        name: str = self._document.getXObjectName(canvas._formsinuse[-1])  # noqa: SLF001 - our own page streams
        return name

    def add(self, drawn: Drawn, sides: Sequence[Side], entries: Sequence[OutlineEntry] = ()) -> None:
        """Add drawn pages behind those that there are; `entries` are the headings on them by number."""
        document, structure = self._document, self._structure
        first: int = document.objectcounter + 1
        # Pages and their contents in turns, then elements, then links.
        pages = [first + 2 * index for index in range(len(drawn.pages))]
        elements = first + 2 * len(pages)
        links, number = [], elements + len(drawn.elements)
        for page in drawn.pages:
            links.append(range(number, number + len(page.links)))
            number += len(page.links)
        objects: list[Raw | Stream] = []
        for page, side, own, numbers in zip(drawn.pages, sides, pages, links, strict=True):
            before = f"q 1 0 0 1 {side.right:.4f} 0 cm\n" if side.right else ""
            behind = f"Q\n{side.around}" if side.right else side.around
            objects.append(self._page_object(page, side, own, structure.page(elements, page.pieces), numbers))
            objects.append(Stream(joined(before, page.operators, behind), "/Filter/FlateDecode", compressed=False))
            self._note_places(page, side, own, entries)
        objects += structure.objects(drawn.elements, elements, pages, links, [side.right for side in sides])
        for page, side in zip(drawn.pages, sides, strict=True):
            for link in page.links:
                inside = link.target.startswith("#")
                action = f"/Dest({link.target[1:]})" if inside else f"/A<</S/URI/URI{literal(link.target)}>>"
                key = structure.annotation(elements + link.element)
                objects.append(
                    Raw(
                        f"<</Type/Annot/Subtype/Link/Rect[{edges(link.box, side.right)}]/Border[0 0 0]/F 4"
                        f"/Contents{utf16(link.words)}/StructParent {key}{action}>>"
                    )
                )
        if numbers_of(document, objects) != range(first, number):
            raise RuntimeError
        self._pages += pages

    def _page_object(self, page: DrawnPage, side: Side, own: int, key: int, links: Sequence[int]) -> Raw:
        """The object of a page; its contents are the next one."""
        width, height, bleed = self._page.width, self._page.height, side.bleed
        boxes = f"/MediaBox[0 0 {width:.7g} {height:.7g}]"
        if bleed:
            cut = f"[0 0 {width:.7g} {height:.7g}]"
            beyond = f"[{-bleed:.7g} {-bleed:.7g} {width + bleed:.7g} {height + bleed:.7g}]"
            boxes = f"/MediaBox{beyond}/CropBox{cut}/TrimBox{cut}/BleedBox{beyond}"
        pictures = {name: self._document.idToObjectNumberAndVersion[name][0] for name in page.pictures}
        shown = "".join(f"/{name} {number} 0 R" for name, number in pictures.items())
        more = f"/XObject<<{shown}>>" if shown else ""
        annotations = f"/Annots[{' '.join(f'{number} 0 R' for number in links)}]" if links else ""
        return Raw(
            f"<</Type/Page/Parent {self._parent} 0 R{boxes}/Contents {own + 1} 0 R/Resources<</Font {self._resources} "
            f"0 R{more}/ProcSet[/PDF/Text{'/ImageC' if more else ''}]>>/StructParents {key}/Tabs/S{annotations}>>"
        )

    def _note_places(self, page: DrawnPage, side: Side, own: int, entries: Sequence[OutlineEntry]) -> None:
        """Named destinations on a page, and its headings in the outline."""
        for placed in (*page.places, *page.headings):
            entry = entries[placed.name] if isinstance(placed.name, int) else None
            name = entry.anchor if entry else str(placed.name)
            x = 0 if placed.x is None else round(placed.x + side.right, 2)
            self._navigation.place(name, own, x, round(placed.y, 2))
            if entry:
                self._navigation.entry(entry.depth, _said(heading_text(entry.section.heading)), name)

    def label_pages(self, first: int, style: str | None, prefix: str | None = None) -> None:
        """From page `first` on, counted from 0, pages are numbered anew: "ARABIC", "ROMAN_LOWER", None: only the
        prefix.
        """
        self._canvas.addPageLabel(first, style, 1 if style else None, prefix)

    def finish(self) -> bytes:
        """The file."""
        document = self._document
        catalog = document.Catalog
        kids = " ".join(f"{number} 0 R" for number in self._pages)
        self._tree.content = f"<</Count {len(self._pages)}/Kids[{kids}]/Type /Pages>>"
        self._navigation.finish(document)
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
        return serialized(document)

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
