"""Portions of a document: each opens a page and is composed by itself, whatever stands in the others.

A volume has one for each text, any other document only one. The heading of a part that stands alone on its page belongs
to the text that follows it there.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.model import HeadingKind, NoteRef, blocks_within, heading_text, is_volume, outline, passages_of
from converter.records import dataclass
from converter.typeset.ends import is_attached

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from converter.model import Block, Document, Heading, OutlineEntry


@dataclass(slots=True)
class Portion:
    """What is composed by itself."""

    entries: list[OutlineEntry]
    title: str
    """What its pages belong to until it says so itself: the document, or the part that the text stands in."""
    begins: bool
    """Whether it has what stands before the first heading: the document's title and front."""
    notes: list[int]
    """The numbers of the notes that it calls and that none before it does."""
    ends: bool = False
    """Whether it has the notes that stand at no page's foot."""
    called: frozenset[int] = frozenset()
    """The numbers of all notes that it or one before it calls."""


def portions(
    document: Document,
    opens_page: Callable[[Heading, int], bool],
    heads: Callable[[Sequence[Block]], bool],
    *,
    title: bool,
) -> list[Portion]:
    """The portions in their order, at least one. `heads` says whether blocks do no more than head what follows them: a
    byline; `title` whether the document's title is printed.
    """
    volume = is_volume(document)
    made = [Portion([], document.display_title, begins=True, notes=[])]
    part, bare = "", not (title and document.metadata.title) and heads(document.front)
    for entry in outline(document):
        heading = entry.section.heading
        parted = volume and entry.depth <= _DEEPEST and heading.kind in _PARTING and opens_page(heading, entry.depth)
        if parted and not bare:
            made.append(Portion([], part if entry.depth > 1 else "", begins=False, notes=[]))
        bare = (bare or parted) and not heading.run_in and heads(entry.section.blocks)
        bare |= any(map(is_attached, entry.section.blocks[-1:]))  # 附件1, which stays with the title below it
        part = heading_text(heading) if entry.depth == 1 else part
        made[-1].entries.append(entry)
    made[-1].ends = True
    _share_notes(document, made)
    return made


_DEEPEST = 2
"""Texts stand at the top, or in parts."""
_PARTING = frozenset({HeadingKind.TEXT, HeadingKind.PART})


def _share_notes(document: Document, among: list[Portion]) -> None:
    """Give each note to the portion that calls it first."""
    if not document.notes:
        return
    called = set[int]()
    for portion in among:
        new = {number for number in _calls(document, portion) if 1 <= number <= len(document.notes)} - called
        called |= new
        portion.notes, portion.called = sorted(new), frozenset(called)


def _calls(document: Document, portion: Portion) -> Iterator[int]:
    inlines = [inline for entry in portion.entries for inline in entry.section.heading.inlines]
    held = [document.front] if portion.begins else []
    held += (entry.section.blocks for entry in portion.entries)
    for blocks in held:
        inlines += (i for block in blocks_within(blocks) for passage in passages_of(block) for i in passage)
    return (inline.number for inline in inlines if isinstance(inline, NoteRef))
