"""A page once it is composed: what stands where in its type area (版心)."""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from converter.records import NamedTuple, dataclass

if TYPE_CHECKING:
    from converter.model import OutlineEntry
    from converter.typeset.lines import Line
    from converter.typeset.pictures import Picture
    from converter.typeset.tags import Tag
    from converter.units import Pt

ASCENT = 0.88
"""From the top of an ideograph's em box to the baseline, in ems; all our fonts agree within a hundredth."""


class PlacedLine(NamedTuple):
    """A line on its page."""

    line: Line
    baseline: float
    """From the upper edge of the type area down to the baseline, in points."""
    size: Pt
    colour: str = ""


class PlacedRule(NamedTuple):
    """A line of a table's frame, in points from the upper left corner of the type area."""

    x: float
    y: float
    end_x: float
    end_y: float
    thickness: float = 0.5
    colour: str = ""


class PlacedPicture(NamedTuple):
    """A picture on its page, in points from the upper left corner of the type area."""

    picture: Picture
    x: float
    top: float
    width: float
    height: float
    tag: Tag


class Landmark(NamedTuple):
    """A heading on its page."""

    entry: OutlineEntry
    top: float
    """From the upper edge of the type area, in points."""


@dataclass(slots=True)
class ComposedPage:
    """One page's type area, and what head and foot need to know."""

    number: int
    lines: list[PlacedLine] = field(default_factory=list)
    landmarks: list[Landmark] = field(default_factory=list)
    rules: list[PlacedRule] = field(default_factory=list)
    pictures: list[PlacedPicture] = field(default_factory=list)
    places: list[tuple[str, float]] = field(default_factory=list)
    """Names that links inside the document lead to, with their distance from the upper edge of the type area."""
    opening: bool = False
    """Whether a text or a part begins here: such a page has no running head."""
    text_title: str = ""
    """The title of the text that the page belongs to."""
    section_title: str = ""
    """The heading in force at the page's end, one level below the text's title."""

    @property
    def right_hand(self) -> bool:
        """Whether it lies on the right when the volume is open: odd numbers do."""
        return self.number % 2 == 1

    def lower(self, y: float, by: float) -> None:
        """Move what stands below `y` down by so many points."""
        self.lines = [line._replace(baseline=line.baseline + by) if line.baseline > y else line for line in self.lines]
        self.landmarks = [mark._replace(top=mark.top + by) if mark.top >= y else mark for mark in self.landmarks]
        self.rules = [
            rule._replace(y=rule.y + by, end_y=rule.end_y + by) if rule.y >= y else rule for rule in self.rules
        ]
        self.pictures = [shown._replace(top=shown.top + by) if shown.top >= y else shown for shown in self.pictures]
        self.places = [(name, top + by if top >= y else top) for name, top in self.places]

    def blank_behind(self) -> ComposedPage:
        """The page behind this one if it stays empty."""
        return ComposedPage(self.number + 1, text_title=self.text_title, section_title=self.section_title)


class ComposedPortion(NamedTuple):
    """The pages of what is composed by itself."""

    pages: list[ComposedPage]
    on_either_side: bool
    """Whether they would be the same if each lay on the other side of its leaf."""
