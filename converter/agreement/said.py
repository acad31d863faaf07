"""What a file says, in one form for all formats: headings with their levels, and the words below each.

White space does not count: a line may end anywhere. What no author wrote does not count either: numbers of pages and
lists, marks of notes, contents, running heads. The words of notes come last, wherever a format has them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.errors import InputError
from converter.model import Document, Separator, blocks_of, heading_text, outline, passages_of, plain
from converter.pipeline import read
from converter.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from converter.model import Block

LOWEST = 6
"""Levels below this one count as this one: PDF and HTML have no more."""


class Passage(NamedTuple):
    """A heading, and what stands between it and the next one."""

    level: int
    """1 for the title, or for the outermost headings where there is no title; 0 before the first heading, and for
    notes."""
    heading: str
    words: str
    """Without white space."""


def said_in(data: bytes, name: str) -> list[Passage]:
    """What a file says; the ending of `name` tells how to read it.

    Raises InputError for what cannot be read, UsageError for an ending that nothing reads.
    """
    if name.lower().endswith(".pdf"):
        from converter.agreement.pdf import said_in_pdf

        return said_in_pdf(data)
    suffix = name.rpartition(".")[2].lower()
    try:
        return said(read(data, format="txt" if suffix == "text" else suffix).value)
    except InputError as error:
        raise error.about(name) from None


def said(document: Document) -> list[Passage]:
    """What a document says."""
    above = 1 if document.metadata.title else 0
    passages = [Passage(0, "", _words(document.front))]
    if above:
        passages = [Passage(0, "", ""), Passage(1, bare(document.metadata.title), _words(document.front))]
    for entry in outline(document):
        heading = bare(heading_text(entry.section.heading))
        passages.append(Passage(min(entry.depth + above, LOWEST), heading, _words(entry.section.blocks)))
    notes = "".join(_words(note.blocks) for note in document.notes)
    return arranged([*passages, Passage(0, "", notes)])


def arranged(passages: Sequence[Passage]) -> list[Passage]:
    """The passages with what stands above the first heading below it, as official documents have their letterhead; the
    last one, the notes, stays apart. Headings without words do not count.
    """
    *body, notes = passages
    joined: list[Passage] = []
    for passage in body:
        if joined and not passage.heading:
            joined[-1] = joined[-1]._replace(words=joined[-1].words + passage.words)
        else:
            joined.append(passage)
    if len(joined) > 1 and not joined[0].heading:
        first, second, *rest = joined
        joined = [second._replace(words=first.words + second.words), *rest]
    return [*joined, notes]


def bare(text: str) -> str:
    """The text without white space and invisible characters."""
    return "".join(c for c in text if not c.isspace() and c.isprintable())


def _words(blocks: Iterable[Block]) -> str:
    """What blocks say, with those inside them."""
    inside = blocks_of(Document(front=tuple(blocks)))
    return bare(
        "".join(
            plain(passage) for block in inside if not isinstance(block, Separator) for passage in passages_of(block)
        )
    )
