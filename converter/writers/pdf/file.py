"""The PDF file around the pages: fonts, links, outline, page labels, metadata."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.model import heading_text
from converter.records import NamedTuple
from converter.writers.characters import XmlCharacters
from converter.writers.dates import time_of_writing
from converter.writers.pdf.drawing import Drawing
from converter.writers.pdf.drawn import joined
from converter.writers.pdf.font import EmbeddedFont, FontNames
from converter.writers.pdf.navigation import Navigation
from converter.writers.pdf.objects import Objects, Raw, Stream, literal, utf16, words_of
from converter.writers.pdf.srgb import srgb_profile
from converter.writers.pdf.structure import Structure, edges
from converter.writers.pdf.xmp import xmp_packet

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from converter.model import Document, Metadata, OutlineEntry
    from converter.typeset.fonts import FontFace
    from converter.typeset.pictures import Picture
    from converter.typeset.theme import Page
    from converter.writers.pdf.drawn import Drawn, DrawnPage
    from converter.writers.pdf.font import Used

_NUMBERS = {"ARABIC": "/S/D/St 1", "ROMAN_LOWER": "/S/r/St 1", None: ""}
"""How pages are numbered (ISO 32000-1 12.4.2)."""


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
        self._about = document
        self._objects = Objects()
        self._shown_fonts, self._tree = Raw(), Raw(plain=True)  # how many pages there are is said in plain
        self._resources, self._parent = self._objects.extend([self._shown_fonts, self._tree])
        self._structure = Structure(self._objects)
        self._navigation = Navigation()
        self._fonts: dict[FontFace, EmbeddedFont] = {}
        self._pictures: dict[bytes, int] = {}
        """Their objects."""
        self._labels: list[str] = []
        self._pages: list[int] = []

    def embed(self, used: Mapping[FontFace, Used], *, centred: bool = False) -> list[str]:
        """Embed the fonts of all that will be drawn, with stops in the middle of their em if they are `centred`; gives
        back the characters that no font has, each once.
        """
        for face in sorted(used, key=lambda face: (str(face.path), face.index)):
            self._fonts[face] = EmbeddedFont(face, used[face], self._names[face], centred=centred)
        return sorted({c for font in self._fonts.values() for c in font.missing})

    def drawing(self) -> Drawing:
        """What is drawn on it in the embedded fonts can be added to this file."""
        return Drawing(self._page, self._fonts, self._picture)

    def _picture(self, picture: Picture) -> str:
        """The name of a picture, which becomes part of the file."""
        if picture.data not in self._pictures:
            from converter.writers.pdf.pictures import add_picture

            self._pictures[picture.data] = add_picture(picture.data, self._objects)
        return f"P{self._pictures[picture.data]}"

    def add(self, drawn: Drawn, sides: Sequence[Side], entries: Sequence[OutlineEntry] = ()) -> None:
        """Add drawn pages behind those that there are; `entries` are the headings on them by number."""
        structure, first = self._structure, self._objects.next
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
        if self._objects.extend(objects) != range(first, number):
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
        shown = "".join(f"/{name} {name[1:]} 0 R" for name in dict.fromkeys(page.pictures))
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
        said = f"/P{words_of(prefix)}" if prefix else ""
        self._labels.append(f"{first}<<{_NUMBERS[style]}{said}>>")

    def finish(self) -> bytes:
        """The file."""
        objects, metadata = self._objects, self._about.metadata
        kids = " ".join([f"{number} 0 R" for number in self._pages])
        self._tree.content = f"<</Count {len(self._pages)}/Kids[{kids}]/Type /Pages>>"
        catalogue = f"<</Type/Catalog/Pages {self._parent} 0 R/Lang{words_of(self._about.language)}"
        catalogue += self._navigation.finish(objects)
        self._structure.finish()
        if self._labels:
            catalogue += f"/PageLabels<</Nums[{''.join(self._labels)}]>>"
        profile = objects.add(Stream(srgb_profile(), "/N 3"))
        self._shown_fonts.content = f"<<{''.join([font.add_to(objects) for font in self._fonts.values()])}>>"
        made, title = time_of_writing(), self._about.display_title
        packet = xmp_packet(metadata, title, f"{made:%Y-%m-%dT%H:%M:%SZ}").encode()
        xmp = objects.add(Stream(packet, "/Type/Metadata/Subtype/XML", compressed=False))
        catalogue += (
            f"/ViewerPreferences<</DisplayDocTitle true>>/MarkInfo<</Marked true>>/StructTreeRoot "
            f"{self._structure.root} 0 R/Metadata {xmp} 0 R/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1"
            f"/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)/DestOutputProfile {profile} 0 R>>]>>"
        )
        return objects.serialized(objects.add(Raw(catalogue)), objects.add(_information(metadata, title, made)))


def _information(metadata: Metadata, title: str, made: dt.datetime) -> Raw:
    """What the file says of itself (ISO 32000-1 14.3.3)."""
    time = f"{made:D:%Y%m%d%H%M%S+00'00'}"
    about = {
        "Title": title,
        "Author": "; ".join(metadata.authors),
        "Subject": metadata.subject,
        "Keywords": ", ".join(metadata.keywords),
        "Creator": "converter",
        "Producer": "converter",
        "CreationDate": time,
        "ModDate": time,
    }
    return Raw(f"<<{''.join(f'/{name}{words_of(_said(words))}' for name, words in about.items())}/Trapped/False>>")


def _said(words: str) -> str:
    """Words as metadata and outlines can hold them: U+FFFD for lone surrogates and what XML forbids."""
    return XmlCharacters().clean(words)
