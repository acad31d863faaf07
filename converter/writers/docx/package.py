"""The template as a python-docx document, and a document as bytes that are the same every time."""

from __future__ import annotations

import functools
import io
import re
import zipfile
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from docx.opc.pkgwriter import PackageWriter
from lxml import etree

from converter.writers.characters import escape
from converter.writers.dates import time_of_writing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from docx.document import Document as WordDocument
    from lxml.etree import _Element as Element

    from converter.model import Document
    from converter.writers.characters import XmlCharacters

_MARK = "written"
_MARKED = re.compile(rb"<\?written (\d+)\?>")
_LEVEL = 4
"""Of zlib's compression: less than half the time of its usual level 6, for seven hundredths more bytes at most."""
_LONGEST_PROPERTY = 255
"""Characters; python-docx refuses more."""


def from_template() -> WordDocument:
    """An empty document with our styles and settings, none of python-docx's."""
    return docx.Document(io.BytesIO(_template()))


def set_properties(made: WordDocument, document: Document, characters: XmlCharacters) -> None:
    """Title, authors, subject, keywords, language and dates (ECMA-376 part 2 §11).

    Raises UsageError if SOURCE_DATE_EPOCH is set and is no time.
    """
    metadata, core = document.metadata, made.core_properties

    def fit(text: str) -> str:
        return re.sub("[\t\r\n]+", " ", characters.clean(text))[:_LONGEST_PROPERTY]

    core.title = fit(document.display_title)
    core.author = fit("; ".join(metadata.authors))
    core.subject = fit(metadata.subject)
    core.keywords = fit(", ".join(metadata.keywords))
    core.language = document.language
    core.created = core.modified = time_of_writing()
    own = (
        ("Subtitle", metadata.subtitle),
        ("Date", metadata.date),
        ("Publisher", metadata.publisher),
        ("Edition", metadata.edition),
        ("Source", metadata.source),
    )
    if metadata.number:
        core.identifier = fit(metadata.number)
    if known := [(name, characters.clean(value)) for name, value in own if value]:
        part = Part(PackURI("/docProps/custom.xml"), CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, _custom(known))
        made.part.package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)


def _custom(known: Iterable[tuple[str, str]]) -> bytes:
    """Properties that Word has no place for, under names of our own (ECMA-376 §22.3)."""
    properties = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name="{name}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(known, 2)
    )
    spaces = "http://schemas.openxmlformats.org/officeDocument/2006/"
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties xmlns="{spaces}custom-properties" '
        f'xmlns:vt="{spaces}docPropsVTypes">{properties}</Properties>'
    ).encode()


def apart(content: Iterable[Element | str]) -> tuple[list[Element], list[str]]:
    """The elements with a mark for each stretch of text between them, and those stretches, for `to_bytes`.

    What is written down already need not be made into elements, only to be written down again.
    """
    elements: list[Element] = []
    written: list[str] = []
    for is_text, together in groupby(content, key=lambda item: isinstance(item, str)):
        if is_text:
            elements.append(etree.ProcessingInstruction(_MARK, str(len(written))))
            written.append("".join(str(item) for item in together))
        else:
            elements.extend(item for item in together if not isinstance(item, str))
    return elements, written


def written_in(made: WordDocument, written: Sequence[str]) -> set[str]:
    """All characters of the document."""
    found = set().union(*written)
    for part in made.part.package.iter_parts():
        if isinstance(part, XmlPart):
            found.update(*part.element.itertext())
    return found


def to_bytes(made: WordDocument, written: Sequence[str]) -> bytes:
    """The document as a zip archive whose entries have one fixed date; `written` stands where `apart` put marks."""
    package, packed = made.part.package, io.BytesIO()
    for part in package.parts:
        part.before_marshal()
    with zipfile.ZipFile(packed, "w") as archive:
        entries = _Entries(archive, made.part.partname, written)
        # The three steps of PackageWriter.write, which would open an archive of its own with the time of the day.
        steps: Any = PackageWriter
        steps._write_content_types_stream(entries, package.parts)  # noqa: SLF001
        steps._write_pkg_rels(entries, package.rels)  # noqa: SLF001
        steps._write_parts(entries, package.parts)  # noqa: SLF001
    return packed.getvalue()


class _Entries:
    """Takes the parts from python-docx's own writer, and puts what was written down into the main one."""

    def __init__(self, archive: zipfile.ZipFile, main: str, written: Sequence[str]) -> None:
        self._archive, self._main, self._written = archive, main, written

    def write(self, name: PackURI, data: bytes) -> None:
        if name == self._main:
            pieces = _MARKED.split(data)
            pieces[1::2] = [self._written[int(number)].encode() for number in pieces[1::2]]
            data = b"".join(pieces)
        self._archive.writestr(zipfile.ZipInfo(name.membername), data, zipfile.ZIP_DEFLATED, _LEVEL)


@functools.cache
def _template() -> bytes:
    """Not compressed: it is only packed because python-docx opens packages."""
    packed, folder = io.BytesIO(), Path(__file__).with_name("template")
    with zipfile.ZipFile(packed, "w") as archive:
        for entry in sorted(folder.rglob("*")):
            if entry.is_file():
                archive.writestr(zipfile.ZipInfo(entry.relative_to(folder).as_posix()), entry.read_bytes())
    return packed.getvalue()
