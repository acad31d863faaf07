"""What each line of a text is taken for, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from converter.model import HeadingKind, Role

if TYPE_CHECKING:
    from converter.structure.numbering import Label


class Kind(Enum):
    """What a line can be."""

    TITLE = "title"
    """The title, or one of its lines."""
    HEADING = "heading"
    """A heading on a line of its own."""
    RUN_IN = "run_in"
    """A heading and its text on one line."""
    PARAGRAPH = "paragraph"
    """Everything else; `role` says which part it plays."""
    CONTINUED = "continued"
    """More of the heading or title on the line above."""
    REPEATED = "repeated"
    """A title that has been said already; taken out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one line is taken for."""

    kind: Kind
    rule: str
    """The reason, in a few words: what a reader of `inspect` sees."""
    role: Role = Role.BODY
    label: Label | None = None
    """The number of a heading."""
    heading: HeadingKind = HeadingKind.PLAIN
    end: int = 0
    """One past the last character of a run-in heading, in its line."""
