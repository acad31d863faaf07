"""The template as a python-docx document, and a document as bytes that are the same every time."""

from __future__ import annotations

import functools
import io
import re
import zipfile
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

import docx
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from converter.writers.dates import time_of_writing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from importlib.resources.abc import Traversable

    from docx.document import Document as WordDocument

    from converter.model import Document
    from converter.writers.characters import XmlCharacters

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


def to_bytes(made: WordDocument) -> bytes:
    """The document as a zip archive whose entries have one fixed date."""
    saved, fixed = io.BytesIO(), io.BytesIO()
    made.save(saved)
    with zipfile.ZipFile(saved) as source:
        _zip(fixed, ((name, source.read(name)) for name in source.namelist()))
    return fixed.getvalue()


@functools.cache
def _template() -> bytes:
    packed = io.BytesIO()
    _zip(packed, _entries(files(__package__) / "template"))
    return packed.getvalue()


def _entries(folder: Traversable, prefix: str = "") -> Iterator[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.is_dir():
            yield from _entries(entry, f"{prefix}{entry.name}/")
        else:
            yield prefix + entry.name, entry.read_bytes()


def _zip(target: io.BytesIO, entries: Iterator[tuple[str, bytes]]) -> None:
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in entries:
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
