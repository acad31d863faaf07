"""The structure of a tagged PDF: what each piece of the pages is (ISO 32000-1 14.7, ISO 14289-1).

An element comes into being when the first piece of it is drawn, so elements stand in the order in which they are read
and those that show nothing do not exist.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlab.pdfbase import pdfdoc

from converter.writers.pdf.objects import Raw, number_of, utf16

if TYPE_CHECKING:
    from converter.typeset.tags import Tag


_FIRST_ANNOTATION = 1_000_000
"""Keys of annotations in the parent tree follow those of the pages."""


class _Element(pdfdoc.PDFObject):  # type: ignore[misc] # ReportLab is untyped
    """A structure element in the making. `page` is where its own pieces stand, as far as on one page."""

    def __init__(self, tag: Tag | None, kind: str, parent: int) -> None:
        self.number = 0
        self.kids: list[str] = []
        self.page = 0
        self.extent = ""
        """The box of a picture."""
        self._tag = tag
        self._kind = kind
        self._parent = parent

    def format(self, _document: Any) -> bytes:
        """The element, as ReportLab asks for it."""
        kids = self.kids[0] if len(self.kids) == 1 else f"[{' '.join(self.kids)}]"
        page = f"/Pg {self.page} 0 R" if self.page else ""
        more = self._attributes(self._tag) if self._tag else ""
        return f"<</S/{self._kind}/P {self._parent} 0 R{page}{more}/K {kids}>>".encode("latin-1")

    def _attributes(self, tag: Tag) -> str:
        match self._kind:
            case "TH":
                return "/A<</O/Table/Scope/Column>>"
            case "L":
                return f"/A<</O/List/ListNumbering/{'Decimal' if tag.ordered else 'Disc'}>>"
            case "Figure":
                return f"/Alt {utf16(tag.alt)}/A<</O/Layout/BBox[{self.extent}]>>" if tag.alt else ""
            case "Note":  # ISO 14289-1 7.9: notes have an identifier
                return f"/ID(n{self.number})"
            case _:
                return ""


class Structure:
    """The structure of one file in the making."""

    def __init__(self, document: Any) -> None:
        self._document = document
        self._root = number_of(document, Raw(""), "StructTreeRoot")
        self._top = self._made(None, "Document", self._root)
        self._elements: dict[Tag, _Element] = {}
        self._pages: list[list[int]] = [[]]
        """By page and number of marked content: the element that it belongs to."""
        self._annotations: list[int] = []
        """The elements that annotations belong to."""
        self._page = 0

    def begin_page(self, page: int) -> None:
        """What follows stands on the page that is the object of this number."""
        self._page = page

    def end_page(self) -> int:
        """The number of the finished page, counted from 0: its key in the parent tree."""
        self._pages.append([])
        return len(self._pages) - 2

    def piece(self, tag: Tag) -> int:
        """The number, on this page, of a piece of marked content that belongs to `tag`."""
        element, pieces = self._element(tag), self._pages[-1]
        pieces.append(element.number)
        number = len(pieces) - 1
        element.page = element.page or self._page
        same = element.page == self._page
        element.kids.append(str(number) if same else f"<</Type/MCR/Pg {self._page} 0 R/MCID {number}>>")
        return number

    def annotation(self, tag: Tag) -> int:
        """The key in the parent tree of the annotation that is added to `tag` next."""
        self._annotations.append(self._element(tag).number)
        return _FIRST_ANNOTATION + len(self._annotations) - 1

    def add_annotation(self, tag: Tag, number: int) -> None:
        """The annotation that is the object of this number becomes part of `tag`."""
        self._element(tag).kids.append(f"<</Type/OBJR/Pg {self._page} 0 R/Obj {number} 0 R>>")

    def show(self, tag: Tag, box: tuple[float, float, float, float]) -> None:
        """A picture takes this box: left, bottom, right, top."""
        self._element(tag).extent = " ".join(f"{edge:.2f}" for edge in box)

    def finish(self) -> None:
        """Write the root with the parent tree (ISO 32000-1 14.7.4.4)."""
        rows = [f"{key}[{' '.join(f'{n} 0 R' for n in pieces)}]" for key, pieces in enumerate(self._pages[:-1])]
        rows += (f"{_FIRST_ANNOTATION + key} {n} 0 R" for key, n in enumerate(self._annotations))
        tree = number_of(self._document, Raw(f"<</Nums[{' '.join(rows)}]>>"))
        root = self._document.idToObject["StructTreeRoot"]
        root.content = f"<</Type/StructTreeRoot/K {self._top.number} 0 R/ParentTree {tree} 0 R>>"

    def _element(self, tag: Tag) -> _Element:
        """The element of a tag; elements above it are made before it, parts that may be empty right after it."""
        if tag in self._elements:
            return self._elements[tag]
        parent = self._element(tag.parent) if tag.parent else self._top
        if tag in self._elements:  # it is one of those parts
            return self._elements[tag]
        element = self._made(tag, tag.kind, parent.number)
        parent.kids.append(f"{element.number} 0 R")
        self._elements[tag] = element
        for part in tag.kids:
            self._element(part)
        return element

    def _made(self, tag: Tag | None, kind: str, parent: int) -> _Element:
        element = _Element(tag, kind, parent)
        element.number = number_of(self._document, element)
        return element
