"""The objects of a PDF file and how they are written: compressed, in object streams (ISO 32000-1 7.5.7, 7.5.8).

A tagged book has an object for every paragraph; written plainly they would weigh more than the pages.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from converter.writers.pdf.digest import sha256

if TYPE_CHECKING:
    from collections.abc import Sequence

_MANY = 200
"""Objects in one object stream: a reader who wants one has to unpack them all."""
_LEVEL = 4
"""Of compression: beyond it a long text is a hundredth smaller and takes half as long again."""
_HEADER = b"%PDF-1.7\n%\xe4\xb8\xad\xe6\x96\x87\n"


class Raw:
    """An object as it stands in the file; `plain` ones are not packed into an object stream."""

    def __init__(self, content: str = "", *, plain: bool = False) -> None:
        self.content = content
        self.plain = plain


class Stream:
    """A stream, compressed at once: the pages of a long text are many times as large before."""

    def __init__(self, data: bytes, entries: str = "", *, compressed: bool = True, level: int = _LEVEL) -> None:
        if compressed:
            data, entries = zlib.compress(data, level), f"/Filter/FlateDecode{entries}"
        head = f"<<{entries}/Length {len(data)}>>\nstream\n"
        self.content = b"".join((head.encode("ascii"), data, b"\nendstream\n"))

    @classmethod
    def written(cls, content: bytes) -> Stream:
        """One that has been written already."""
        made = cls.__new__(cls)
        made.content = content
        return made


def utf16(words: str) -> str:
    """A text string (ISO 32000-1 7.9.2.2), in hexadecimal digits."""
    return f"<feff{words.encode('utf-16-be', 'replace').hex()}>"


def literal(words: str) -> str:
    """A string of ASCII characters in brackets (ISO 32000-1 7.3.4.2)."""
    return "(" + words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") + ")"


def words_of(words: str) -> str:
    """A text string: readable where it is of ASCII characters that are printed."""
    return literal(words) if words.isascii() and words.isprintable() else utf16(words)


class Objects:
    """The objects of a file in the making, numbered from 1 as they are added; what they say is fixed at the end."""

    def __init__(self) -> None:
        self._objects: list[Raw | Stream] = []

    def add(self, value: Raw | Stream) -> int:
        """The number of a new object."""
        self._objects.append(value)
        return len(self._objects)

    def extend(self, values: Sequence[Raw | Stream]) -> range:
        """The numbers of new objects: one after the other."""
        first = self.next
        self._objects += values
        return range(first, self.next)

    @property
    def next(self) -> int:
        """The number that the next object will have."""
        return len(self._objects) + 1

    def serialized(self, root: int, info: int) -> bytes:
        """The file; its catalogue and its information are the objects of these numbers."""
        parts, offset = [_HEADER], len(_HEADER)
        places: list[tuple[int, int, int]] = [(0, 0, 65535)]  # by number: type, offset or stream, generation or index
        small: list[tuple[int, bytes]] = []
        for number, value in enumerate(self._objects, 1):
            places.append((1, offset, 0))
            if isinstance(value, Raw) and not value.plain:
                small.append((number, value.content.encode("latin-1")))
                continue
            content = value.content.encode("latin-1") if isinstance(value, Raw) else value.content
            parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, content.rstrip(b"\n")))
            offset += len(parts[-1])
        number = self.next
        for start in range(0, len(small), _MANY):
            packed = small[start : start + _MANY]
            for index, (inside, _) in enumerate(packed):
                places[inside] = (2, number, index)
            places.append((1, offset, 0))
            parts.append(b"%d 0 obj\n%sendobj\n" % (number, _packed(packed).content))
            offset += len(parts[-1])
            number += 1
        places.append((1, offset, 0))
        rows = b"".join(bytes((kind,)) + place.to_bytes(4) + more.to_bytes(2) for kind, place, more in places)
        digest = sha256(b"".join(parts)).hex()[:32]
        trailer = f"/Root {root} 0 R/Info {info} 0 R/ID[<{digest}><{digest}>]"
        table = Stream(rows, f"/Type/XRef/W[1 4 2]/Size {len(places)}{trailer}").content
        return b"".join((*parts, b"%d 0 obj\n%sendobj\nstartxref\n%d\n%%%%EOF\n" % (number, table, offset)))


def _packed(objects: list[tuple[int, bytes]]) -> Stream:
    """An object stream."""
    index, body, offset = [], [], 0
    for number, content in objects:
        index.append(f"{number} {offset}")
        body.append(content)
        offset += len(content) + 1
    head = (" ".join(index) + "\n").encode("ascii")
    return Stream(head + b"\n".join(body), f"/Type/ObjStm/N {len(objects)}/First {len(head)}")
