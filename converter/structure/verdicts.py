"""What each line of a text is taken for, and why."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from converter.model import HeadingKind, Role
from converter.records import dataclass
from converter.structure.reasons import Rule

if TYPE_CHECKING:
    from converter.structure.numbering import Label


class Kind(Enum):
    """What a line can be."""

    TITLE = "title"
    """The title, or one of its lines."""
    HEADING = "heading"
    """A heading that stands alone, though a text may follow on its line that somebody forgot to break."""
    RUN_IN = "run_in"
    """A heading and its text on one line, where they belong."""
    PARAGRAPH = "paragraph"
    """Everything else; `role` says which part it plays."""
    ROW = "row"
    """A row of a table; `end` says how many cells."""
    CELL = "cell"
    """One cell of a table; `end` says how many make a row."""
    NOTE = "footnote"
    """A note that stands after the text; `end` is one past its mark."""
    NOTES_WORD = "notes"
    """注释 above the notes; taken out."""
    CONTINUED = "continued"
    """More of the heading or title on the line above."""
    REPEATED = "repeated"
    """A title that has been said already; taken out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What one line is taken for."""

    kind: Kind
    rule: Rule
    """The reason: what a reader of `inspect` sees."""
    role: Role = Role.BODY
    label: Label | None = None
    """The number of a heading."""
    heading: HeadingKind = HeadingKind.PLAIN
    end: int = 0
    """One past the last character of a heading with text on its line; of rows and cells, the number of columns."""
    depth: int = 0
    """How deep the author said that a heading stands, 1 outermost; 0 where the form of its number decides."""


PLAIN = Verdict(kind=Kind.PARAGRAPH, rule=Rule.PLAIN)
"""What most lines are taken for: a paragraph, since they are nothing else."""
