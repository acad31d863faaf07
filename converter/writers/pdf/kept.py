"""What is kept of a portion of the text for the next time: its drawn pages, and what the file has to know of them.

It is kept under a key that holds everything that its pages depend on: its words, the theme, the fonts, the manner, on
which side it begins, the numbers of its notes. Page numbers, running heads and links into the outline are no part of
it. What is kept is made of numbers, strings and sequences alone, and nothing else is accepted when it is read.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import zlib
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any

from converter.model import NoteRef, is_volume
from converter.records import NamedTuple
from converter.typeset.fonts import font_files
from converter.writers.pdf.drawn import Drawn, DrawnPage, Element, Linked, Operators, PageFacts, Placed

if TYPE_CHECKING:
    from converter.model import Document
    from converter.typeset.pages import Typesetter
    from converter.typeset.portions import Portion

_LIBRARIES = ("uharfbuzz", "Pyphen")
"""Those that decide where lines end."""


class KeptPortion(NamedTuple):
    """A portion once it is drawn."""

    facts: list[PageFacts]
    drawn: Drawn
    used: list[tuple[str, str, str, bool]]
    """By the name of the font, the characters it shows, those of them that stand upright in columns, and whether any
    are shown from the middle of their upper edge.
    """


class Keys:
    """The keys of a document's portions."""

    def __init__(self, document: Document, typesetter: Typesetter, *, right_hand: bool) -> None:
        self._document = document
        files = [(path, index, path.stat()) for path, index in font_files(typesetter.fonts)]
        parts = (
            typesetter.theme,
            sorted((face.value, path) for face, path in typesetter.fonts.items()),
            typesetter.manner,
            [(str(path), index, found.st_size, found.st_mtime_ns) for path, index, found in files],
            (document.language, is_volume(document), bool(document.metadata.title), right_hand),
            (_versions(), zlib.ZLIB_RUNTIME_VERSION),
        )
        self._common = repr(parts)

    def of(self, portion: Portion, *, titled: bool) -> str:
        """The key of a portion, whichever page it begins on; `titled` says whether the document's title is printed."""
        document = self._document
        said = [self._common]
        calls: list[int] = []
        held: list[Any] = [portion.title, portion.begins, portion.ends, tuple(portion.notes)]
        if portion.begins:
            held += (titled and document.metadata.title, document.front)
        for entry in portion.entries:
            held += (entry.depth, entry.section.heading, entry.section.blocks)
        known = len(document.notes)
        held.append(document.notes if portion.ends else tuple(document.notes[n - 1] for n in portion.notes))
        for node in held:
            _say(node, said, calls)
        if calls or (portion.ends and known):
            said.append(repr((len(str(known)), [1 <= number <= known for number in calls])))
        if portion.ends and known:
            said.append(repr(sorted(portion.called)))
        return hashlib.sha256("\0".join(said).encode("utf-8", "surrogatepass")).hexdigest()


@cache
def _versions() -> list[str]:
    from importlib import metadata

    found = []
    for name in _LIBRARIES:
        try:
            found.append(metadata.version(name))
        except metadata.PackageNotFoundError:
            found.append("")
    return found


def _say(node: Any, said: list[str], calls: list[int]) -> None:
    """Everything that a part of a document says and is, without where it was read from."""
    kind: Any = type(node)
    if kind is str:
        said.append(f"{len(node)}:{node}")
    elif kind is tuple:
        said.append(f"({len(node)}")
        for each in node:
            _say(each, said, calls)
    elif names := _fields(kind):
        said.append(kind.__name__)
        for name in names:
            _say(getattr(node, name), said, calls)
        if kind is NoteRef:
            calls.append(node.number)
    elif kind is frozenset:
        said.append(f"{{{len(node)}")
        said += sorted(map(str, node))
    elif kind is bytes:
        said.append(hashlib.sha256(node).hexdigest())
    else:
        said.append(str(node) if isinstance(node, Enum) else repr(node))


@cache
def _fields(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.compare) if is_dataclass(kind) else ()


def to_bytes(portion: KeptPortion) -> bytes:
    """The portion as it is kept."""
    pages, elements = portion.drawn
    plain = (
        [tuple(facts) for facts in portion.facts],
        [
            (
                tuple(page.operators),
                page.pieces,
                [tuple(link) for link in page.links],
                [tuple(place) for place in page.places],
                [tuple(place) for place in page.headings],
            )
            for page in pages
        ],
        [tuple(element) for element in elements],
        portion.used,
    )
    return pickle.dumps(plain, protocol=pickle.HIGHEST_PROTOCOL)


def from_bytes(data: bytes) -> KeptPortion | None:
    """The portion that was kept so; None if this is none."""
    try:
        facts, pages, elements, used = _Plain(io.BytesIO(data)).load()
        drawn = Drawn(
            [
                DrawnPage(
                    Operators(*operators),
                    pieces,
                    [Linked(*link) for link in links],
                    [Placed(*place) for place in places],
                    [Placed(*place) for place in headings],
                    [],
                )
                for operators, pieces, links, places, headings in pages
            ],
            [Element(*element) for element in elements],
        )
        return KeptPortion([PageFacts(*each) for each in facts], drawn, used)
    except (pickle.UnpicklingError, ValueError, TypeError, EOFError, AttributeError, IndexError, MemoryError):
        return None


class _Plain(pickle.Unpickler):
    """Reads numbers, strings and sequences."""

    def find_class(self, module: str, name: str) -> Any:
        raise pickle.UnpicklingError(f"{module}.{name}")
