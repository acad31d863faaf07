"""The objects of a PDF file and how they are written: compressed, in object streams (ISO 32000-1 7.5.7, 7.5.8).

A tagged book has an object for every paragraph; written plainly they would weigh more than the pages. ReportLab knows
no object streams, and ends its streams in a way that PDF/A forbids (ISO 19005-2 6.1.7.1).
"""

from __future__ import annotations

import hashlib
import zlib
from typing import TYPE_CHECKING, Any

from reportlab.pdfbase import pdfdoc

if TYPE_CHECKING:
    from collections.abc import Sequence

_MANY = 200
"""Objects in one object stream: a reader who wants one has to unpack them all."""
_LEVEL = 4
"""Of compression: beyond it a long text is a hundredth smaller and takes half as long again."""
_HEADER = b"%PDF-1.7\n%\xe4\xb8\xad\xe6\x96\x87\n"


class Raw(pdfdoc.PDFObject):  # type: ignore[misc] # ReportLab is untyped
    """An object as it stands in the file."""

    def __init__(self, content: str) -> None:
        self.content = content

    def format(self, _document: Any) -> bytes:
        """The object's characters, as ReportLab asks for them."""
        return self.content.encode("latin-1")


class Stream(pdfdoc.PDFObject):  # type: ignore[misc]
    """A stream, compressed at once: the pages of a long text are many times as large before."""

    __RefOnly__ = 1

    def __init__(self, data: bytes, entries: str = "", *, compressed: bool = True, level: int = _LEVEL) -> None:
        if compressed:
            data, entries = zlib.compress(data, level), f"/Filter/FlateDecode{entries}"
        self._data = data
        self._entries = entries

    def format(self, _document: Any) -> bytes:
        """The stream, as ReportLab asks for it."""
        head = f"<<{self._entries}/Length {len(self._data)}>>\nstream\n"
        return head.encode("ascii") + self._data + b"\nendstream\n"


def utf16(words: str) -> str:
    """A text string (ISO 32000-1 7.9.2.2), in hexadecimal digits."""
    return f"<feff{words.encode('utf-16-be', 'replace').hex()}>"


def literal(words: str) -> str:
    """A string of ASCII characters in brackets (ISO 32000-1 7.3.4.2)."""
    return "(" + words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") + ")"


def number_of(document: Any, value: Any, name: str | None = None) -> int:
    """The number of an object, which becomes part of the file if it is none yet."""
    reference = document.Reference(value, name)
    number: int = document.idToObjectNumberAndVersion[reference.name][0]
    return number


def numbers_of(document: Any, values: Sequence[pdfdoc.PDFObject]) -> range:
    """The numbers of objects that are not part of the file yet: one after the other."""
    first: int = document.objectcounter + 1
    for value in values:
        document.Reference(value)
    return range(first, document.objectcounter + 1)


def serialized(document: Any) -> bytes:
    """The file with all objects of ReportLab's document."""
    root, info = number_of(document, document.Catalog), number_of(document, document.info)
    parts, offset = [_HEADER], len(_HEADER)
    places: list[tuple[int, int, int]] = [(0, 0, 65535)]  # by number: type, offset or stream, generation or index
    small: list[tuple[int, bytes]] = []
    number = 1
    while number in document.numberToId:  # objects may be added while others are formatted
        value = document.idToObject[document.numberToId[number]]
        content = value.format(document)
        places.append((1, offset, 0))
        if content.endswith(b"endstream\n") and not isinstance(value, Stream):
            content = content[:-10] + b"\nendstream\n"
        if content.endswith(b"endstream\n") or value is document.Pages:  # how many pages there are is said in plain
            parts.append(b"%d 0 obj\n%s\nendobj\n" % (number, content.rstrip(b"\n")))
            offset += len(parts[-1])
        else:
            small.append((number, content))
        number += 1
    for start in range(0, len(small), _MANY):
        packed = small[start : start + _MANY]
        for index, (inside, _) in enumerate(packed):
            places[inside] = (2, number, index)
        places.append((1, offset, 0))
        parts.append(b"%d 0 obj\n%sendobj\n" % (number, _packed(packed).format(document)))
        offset += len(parts[-1])
        number += 1
    places.append((1, offset, 0))
    rows = b"".join(bytes((kind,)) + place.to_bytes(4) + more.to_bytes(2) for kind, place, more in places)
    digest = hashlib.sha256(b"".join(parts)).hexdigest()[:32]
    trailer = f"/Root {root} 0 R/Info {info} 0 R/ID[<{digest}><{digest}>]"
    entries = f"/Type/XRef/W[1 4 2]/Size {len(places)}{trailer}"
    table = Stream(rows, entries).format(document)
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
