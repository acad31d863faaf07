"""A story: the text of one part, the body or the footnotes; its links and pictures are stored beside it."""

from __future__ import annotations

from dataclasses import field
from itertools import count
from typing import TYPE_CHECKING, Any

from lxml import etree

from converter.records import dataclass
from converter.text.addresses import web_address
from converter.typeset.cover import fit
from converter.typeset.pictures import WORD, picture
from converter.writers.docx.ooxml import NAMESPACES, paragraph, qn, text_run, w

if TYPE_CHECKING:
    from docx.opc.part import Part
    from docx.parts.story import StoryPart
    from lxml.etree import _Element as Element

    from converter.model import Figure
    from converter.typeset.pictures import Picture
    from converter.typeset.theme import Theme
    from converter.writers.docx.numbering import Numbers
    from converter.writers.docx.package import Package
    from converter.writers.docx.review import Review

_EMU = 12_700
"""English metric units to a point, the unit of drawings (ECMA-376 §20.1.2.1)."""

_DRAWN = {
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
}
_NAMESPACES = " ".join(f'xmlns:{name}="{space}"' for name, space in (NAMESPACES | _DRAWN).items())
_PICTURE = (
    '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
    f'<a:graphic><a:graphicData uri="{_DRAWN["pic"]}"><pic:pic>'
    "<pic:nvPicPr><pic:cNvPr/><pic:cNvPicPr/></pic:nvPicPr>"
    "<pic:blipFill><a:blip/><a:srcRect/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>"
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
    "</pic:pic></a:graphicData></a:graphic>"
)
# ECMA-376 §20.4.2.8: a picture in the line, with what it shows for those who cannot see it.
_DRAWING = (
    f'<w:r {_NAMESPACES}><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent/><wp:docPr/>'
    f"{_PICTURE}</wp:inline></w:drawing></w:r>"
)
# §20.4.2.3: one at its place on the page, which no text goes around.
_ANCHORED = (
    f'<w:r {_NAMESPACES}><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" '
    'relativeHeight="1" behindDoc="{behind}" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
    '<wp:positionH relativeFrom="page"><wp:posOffset>{x}</wp:posOffset></wp:positionH>'
    '<wp:positionV relativeFrom="page"><wp:posOffset>{y}</wp:posOffset></wp:positionV>'
    f"<wp:extent/><wp:wrapNone/><wp:docPr/>{_PICTURE}</wp:anchor></w:drawing></w:r>"
)


@dataclass(slots=True)
class Media:
    """The picture files of a document; one that comes again is stored once."""

    parts: dict[bytes, Part] = field(default_factory=dict)
    drawn: int = 0
    lacking: int = 0
    """Pictures that could not be shown."""


@dataclass(slots=True)
class Story:
    """Where the elements that are made will stand."""

    package: Package
    review: Review
    theme: Theme
    note_count: int
    media: Media
    numbers: Numbers
    notes: StoryPart | None = None
    """The part of the notes, for the story that they are."""

    @property
    def part(self) -> StoryPart:
        """The part that the elements will stand in."""
        return self.notes or self.package.word.part

    def link(self, target: str) -> str | None:
        """The relationship for an address; None for one that is not to be followed."""
        address = web_address(target)
        from docx.opc.constants import RELATIONSHIP_TYPE

        return str(self.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)) if address else None

    def drawing(self, figure: Figure) -> Element | None:
        """The run with the picture, no larger than the type area; None if it is no picture."""
        shown, page = picture(figure.data, WORD), self.theme.page
        if shown is None:
            self.media.lacking += 1
            return None
        return self._drawn(_DRAWING, shown, shown.within(page.measure, page.depth * 0.8), figure.alt)

    def full_page(self, shown: Picture, alt: str, width: float, height: float) -> Element:
        """The run with a picture over the whole of a page of this size in points; what is over is cut at both sides."""
        run = self._drawn(_ANCHORED.format(behind=0, x=0, y=0), shown, (width, height), alt)
        filled = fit(shown, width, height)
        across, down = (str(round(cut / 2 * 100_000)) for cut in (filled.cut_across, filled.cut_down))
        for source in run.iter("{*}srcRect"):
            for side, cut in (("l", across), ("t", down), ("r", across), ("b", down)):
                source.set(side, cut)
        return run

    def placed(self, shown: Picture, box: tuple[float, float, float, float]) -> Element:
        """The run with a picture that decorates the page behind the text: left, top, width and height in points."""
        x, y = (round(length * _EMU) for length in box[:2])
        return self._drawn(_ANCHORED.format(behind=1, x=x, y=y), shown, box[2:], "")

    def _drawn(self, drawing: str, shown: Picture, size: tuple[float, float], alt: str) -> Element:
        from docx.opc.constants import RELATIONSHIP_TYPE

        self.media.drawn += 1
        run: Element = etree.fromstring(drawing)
        for extent in run.iter("{*}extent", "{*}ext"):
            for name, length in zip(("cx", "cy"), size, strict=True):
                extent.set(name, str(round(length * _EMU)))
        for properties in run.iter("{*}docPr", "{*}cNvPr"):
            properties.set("id", str(self.media.drawn))
            properties.set("name", f"Picture {self.media.drawn}")
            properties.set("descr", self.review.characters.clean(alt))
        for blip in run.iter("{*}blip"):
            relation = self.part.relate_to(self._stored(shown), RELATIONSHIP_TYPE.IMAGE)
            blip.set(qn("r:embed"), relation)
        return run

    def _stored(self, shown: Picture) -> Part:
        """The part with the picture's file."""
        from docx.opc.packuri import PackURI
        from docx.opc.part import Part

        stored = self.media.parts.get(shown.data)
        if stored is None:
            # A reference may have pictures of these names in its heads.
            package = self.part.package
            taken = {str(part.partname) for part in package.iter_parts()} if self.theme.reference else ()
            numbers = count(len(self.media.parts) + 1)
            names = (f"/word/media/image{number}{shown.suffix}" for number in numbers)
            name = PackURI(next(name for name in names if name not in taken))
            stored = self.media.parts[shown.data] = Part(name, shown.media_type, shown.data, package)
        return stored


def footnotes_part(package: Package) -> StoryPart:
    """A new part for footnotes, with the two separators that Word wants (ECMA-376 §17.11.9, §17.11.23)."""
    from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.parts.story import StoryPart

    made = package.word
    root: Any = etree.Element(qn("w:footnotes"), {qn("mc:Ignorable"): "w15"}, NAMESPACES)
    kinds = ((-1, "separator"), (0, "continuationSeparator"))
    root.extend(w("footnote", paragraph("FootnoteText", w("r", w(kind))), id=n, type=kind) for n, kind in kinds)
    part = StoryPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, root, made.part.package)
    made.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    properties = w("footnotePr", w("footnote", id=-1), w("footnote", id=0))
    _before(made.settings.element, properties)
    return part


def note_mark() -> tuple[Element, Element]:
    """What stands at the beginning of a note: its number, and a space."""
    number = w("r", w("rPr", w("rStyle", val="FootnoteReference")), w("footnoteRef"))
    return number, text_run(" ", w("rPr", w("rStyle", val="NoteGap")))


def _before(settings: Any, properties: Element) -> None:
    """Put `footnotePr` where the schema wants it (ECMA-376 §17.15.1.78): before what may follow it."""
    later = ("endnotePr", "compat", "docVars", "rsids", "mathPr", "themeFontLang", "clrSchemeMapping", "decimalSymbol")
    found = next((e for e in settings if e.tag.rpartition("}")[2] in later), None)
    if found is None:
        settings.append(properties)
    else:
        found.addprevious(properties)
