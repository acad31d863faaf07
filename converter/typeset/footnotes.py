"""Notes at the foot of the page that calls them (脚注): below a short rule, at the lower edge of the type area."""

from __future__ import annotations

from collections import deque
from dataclasses import field
from typing import TYPE_CHECKING

from converter.records import NamedTuple, dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from converter.typeset.lines import Line
    from converter.typeset.theme import Style

GAP = 12.0
"""Between the text and the first note, in points; the rule stands in its middle."""
_MOST = 0.75
"""The share of a page that notes carried over from the one before may take: the text must go on."""
_LEAST = 2
"""Lines of a note that stand on the page of its mark, if it has so many."""
NAME = "note-"
"""What the names of notes begin with, which their marks lead to."""


class NoteLine(NamedTuple):
    """A line of a note, with what stands beside it."""

    lines: tuple[Line, ...]
    style: Style
    name: str = ""
    """Of the note, on its first line."""


@dataclass(slots=True)
class Foot:
    """The notes at the foot of the page that is being filled, and those that it leaves to the next one."""

    notes: Mapping[str, Sequence[NoteLine]]
    """The lines of each note by its name."""
    depth: float
    """Of the type area, in points."""
    here: list[NoteLine] = field(default_factory=list)
    carried: deque[NoteLine] = field(default_factory=deque)
    _called: set[str] = field(default_factory=set)

    @property
    def height(self) -> float:
        """What the notes take of this page, in points."""
        return height_of(self.here)

    def copy(self) -> Foot:
        """As it is now, whatever becomes of this one."""
        return Foot(self.notes, self.depth, list(self.here), deque(self.carried), set(self._called))

    def fitting(self, lines: Sequence[Line], leading: float, room: float) -> int:
        """How many of these lines fit into `room` points above the foot, with the notes that they call."""
        if not self.notes:
            return min(len(lines), max(0, int(room / leading)))
        taken, new = self.height, list[str]()
        for count, line in enumerate(lines, 1):
            called = [name for name in self._calls(line) if name not in new]
            wanted = [note for name in (*new, *called[:-1]) for note in self.notes[name]]
            wanted += self.notes[called[-1]][:_LEAST] if called else []
            if not self.carried:
                taken = height_of([*self.here, *wanted])
            if count * leading + taken > room + 0.01:
                return count - 1
            new += called
        return len(lines)

    def needed(self, lines: Iterable[Line]) -> float:
        """What the foot grows by, in points, if these lines stand on the page: by their notes' beginnings at least."""
        if not self.notes or self.carried:
            return 0
        called = list(dict.fromkeys(name for line in lines for name in self._calls(line)))
        wanted = [note for name in called for note in self.notes[name][:_LEAST]]
        return height_of([*self.here, *wanted]) - self.height

    def call(self, lines: Iterable[Line]) -> None:
        """The notes that these lines call belong to this page."""
        if self.notes:
            for line in lines:
                for name in self._calls(line):
                    self._called.add(name)
                    (self.carried or self.here).extend(self.notes[name])

    def turn(self, room: float) -> list[NoteLine]:
        """What stands at the foot of the page, which has `room` points for it; the rest begins the next one's."""
        shown, left = list[NoteLine](), deque(self.here)
        while left and (not shown or height_of([*shown, left[0]]) <= room + 0.01):
            shown.append(left.popleft())
        waiting = deque((*left, *self.carried))
        self.here, self.carried = [], waiting
        while waiting and height_of([*self.here, waiting[0]]) <= self.depth * _MOST:
            self.here.append(waiting.popleft())
        return shown

    def _calls(self, line: Line) -> list[str]:
        """The notes that a line calls for the first time."""
        links = (piece.link[1:] for piece in line.pieces if piece.link.startswith(f"#{NAME}"))
        return [name for name in dict.fromkeys(links) if name in self.notes and name not in self._called]


def height_of(lines: Sequence[NoteLine]) -> float:
    """The height of these lines with the rule above them, in points; 0 if there are none."""
    return GAP + sum(line.style.leading for line in lines) if lines else 0
