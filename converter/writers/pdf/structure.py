"""The structure of a tagged PDF: what each piece of the pages is (ISO 32000-1 14.7, ISO 14289-1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.writers.pdf.objects import Raw, utf16

if TYPE_CHECKING:
    from collections.abc import Sequence

    from converter.writers.pdf.drawn import Box, Element
    from converter.writers.pdf.objects import Objects

_FIRST_ANNOTATION = 1_000_000
"""Keys of annotations in the parent tree follow those of the pages."""


class Structure:
    """The structure of one file in the making."""

    def __init__(self, objects: Objects) -> None:
        self._objects = objects
        self._root, self._top = Raw(), Raw()
        self.root, self._top_number = objects.extend([self._root, self._top])
        self._kids: list[int] = []
        """The elements right below that of the document itself."""
        self._pages: list[str] = []
        self._annotations: list[int] = []

    def page(self, first: int, pieces: Sequence[int]) -> int:
        """The key in the parent tree of a page with these pieces; `first` is the object of element 0."""
        self._pages.append(" ".join([f"{first + element} 0 R" for element in pieces]))
        return len(self._pages) - 1

    def annotation(self, element: int) -> int:
        """The key in the parent tree of an annotation that is part of the element with this object."""
        self._annotations.append(element)
        return _FIRST_ANNOTATION + len(self._annotations) - 1

    def objects(
        self,
        elements: Sequence[Element],
        first: int,
        pages: Sequence[int],
        links: Sequence[Sequence[int]],
        rights: Sequence[float],
    ) -> list[Raw]:
        """The objects of elements, the first of which has this number, on these pages with these links; what stands on
        each page is so many points further to the right than drawn.
        """
        self._kids += (first + number for number, element in enumerate(elements) if element.parent < 0)
        objects = []
        for own, element in enumerate(elements, first):
            kids, home = [], -1
            for kid in element.kids:
                if isinstance(kid, int):
                    kids.append(f"{first + kid} 0 R")
                elif len(kid) == 3:
                    kids.append(f"<</Type/OBJR/Pg {pages[kid[0]]} 0 R/Obj {links[kid[0]][kid[1]]} 0 R>>")
                elif kid[0] == home or home < 0:
                    home = kid[0]
                    kids.append(str(kid[1]))
                else:
                    kids.append(f"<</Type/MCR/Pg {pages[kid[0]]} 0 R/MCID {kid[1]}>>")
            held = kids[0] if len(kids) == 1 else f"[{' '.join(kids)}]"
            parent = first + element.parent if element.parent >= 0 else self._top_number
            page = f"/Pg {pages[home]} 0 R" if home >= 0 else ""
            more = _attributes(element, own, rights[max(home, 0)])
            objects.append(Raw(f"<</S/{element.kind}/P {parent} 0 R{page}{more}/K {held}>>"))
        return objects

    def finish(self) -> None:
        """Write the root with the parent tree (ISO 32000-1 14.7.4.4)."""
        rows = [f"{key}[{pieces}]" for key, pieces in enumerate(self._pages)]
        rows += (f"{_FIRST_ANNOTATION + key} {n} 0 R" for key, n in enumerate(self._annotations))
        tree = self._objects.add(Raw(f"<</Nums[{' '.join(rows)}]>>"))
        kids = " ".join([f"{kid} 0 R" for kid in self._kids])
        held = kids if len(self._kids) == 1 else f"[{kids}]"
        self._top.content = f"<</S/Document/P {self.root} 0 R/K {held}>>"
        self._root.content = f"<</Type/StructTreeRoot/K {self._top_number} 0 R/ParentTree {tree} 0 R>>"


def _attributes(element: Element, own: int, right: float) -> str:
    match element.kind:
        case "TH":
            return "/A<</O/Table/Scope/Column>>"
        case "L":
            return f"/A<</O/List/ListNumbering/{'Decimal' if element.ordered else 'Disc'}>>"
        case "Figure" if element.alt:
            return f"/Alt {utf16(element.alt)}/A<</O/Layout/BBox[{edges(element.box, right) if element.box else ''}]>>"
        case "Note":  # ISO 14289-1 7.9: notes have an identifier
            return f"/ID(n{own})"
        case _:
            return ""


def edges(box: Box, right: float) -> str:
    """The four edges of a box that stands so much further to the right."""
    left, bottom, end, top = box
    return f"{left + right:.2f} {bottom:.2f} {end + right:.2f} {top:.2f}"
