"""How one gets about in the file: named destinations and the outline (ISO 32000-1 12.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.records import NamedTuple
from converter.writers.pdf.objects import Raw, utf16

if TYPE_CHECKING:
    from collections.abc import Iterable

    from converter.writers.pdf.objects import Objects

_FOLDED = 2
"""Entries of this level and below show nothing of what stands below them at first."""


class _Entry(NamedTuple):
    depth: int
    title: str
    anchor: str


class Navigation:
    """The places of one file in the making that links and outline lead to."""

    def __init__(self) -> None:
        self._places: dict[str, str] = {}
        self._entries: list[_Entry] = []

    def place(self, name: str, page: int, x: float, y: float) -> None:
        """A place on the page that is the object of this number, in points from its lower left corner."""
        self._places[name] = f"[{page} 0 R/XYZ {x:.7g} {y:.7g} null]"

    def entry(self, depth: int, title: str, anchor: str) -> None:
        """An entry of the outline for a place; those of depth 1 stand at the top."""
        self._entries.append(_Entry(depth, title, anchor))

    def finish(self, objects: Objects) -> str:
        """Add both to the file: entries of its catalogue."""
        said = ""
        if self._places:
            names = sorted(self._places.items(), key=lambda item: item[0].encode())
            listed = "".join(f"({name}){place}" for name, place in names)
            said = f"/Names {objects.add(Raw(f'<</Dests <</Names[{listed}]>>>>'))} 0 R"
        if self._entries:
            said += f"/Outlines {self._outline(objects)} 0 R/PageMode/UseOutlines"
        return said

    def _outline(self, file: Objects) -> int:
        """The number of the outline: entries with those before, behind, above and below them."""
        root = Raw()
        top = file.add(root)
        objects = [Raw() for _ in self._entries]
        numbers = file.extend(objects)
        above = _above([entry.depth for entry in self._entries])
        below: list[list[int]] = [[] for _ in self._entries]
        first: list[int] = []
        for index, parent in enumerate(above):
            (below[parent] if parent >= 0 else first).append(index)
        shown = [0] * len(objects)
        for index in range(len(objects) - 1, -1, -1):  # those below an entry come behind it
            shown[index] = sum(1 + (shown[kid] if self._entries[kid].depth < _FOLDED else 0) for kid in below[index])
        for parent, kids in ((-1, first), *enumerate(below)):
            for at, index in enumerate(kids):
                entry = self._entries[index]
                said = f"<</Title {utf16(entry.title)}/Parent {numbers[parent] if parent >= 0 else top} 0 R"
                said += f"/Dest {self._places[entry.anchor]}"
                said += f"/Prev {numbers[kids[at - 1]]} 0 R" if at else ""
                said += f"/Next {numbers[kids[at + 1]]} 0 R" if at + 1 < len(kids) else ""
                if inner := below[index]:
                    count = shown[index] if entry.depth < _FOLDED else -shown[index]
                    said += f"/First {numbers[inner[0]]} 0 R/Last {numbers[inner[-1]]} 0 R/Count {count}"
                objects[index].content = said + ">>"
        count = sum(1 + (shown[index] if self._entries[index].depth < _FOLDED else 0) for index in first)
        root.content = f"<</Type/Outlines/First {numbers[first[0]]} 0 R/Last {numbers[first[-1]]} 0 R/Count {count}>>"
        return top


def _above(depths: Iterable[int]) -> list[int]:
    """By entry, which one before it stands above it; -1 for none."""
    found, open_entries = list[int](), list[tuple[int, int]]()
    for index, depth in enumerate(depths):
        while open_entries and open_entries[-1][0] >= depth:
            open_entries.pop()
        found.append(open_entries[-1][1] if open_entries else -1)
        open_entries.append((depth, index))
    return found
