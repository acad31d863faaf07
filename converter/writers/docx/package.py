"""The file as a package of parts, and as bytes that are the same every time (ECMA-376 part 2)."""

from __future__ import annotations

import functools
import io
import re
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lxml import etree

from converter.writers.characters import escape
from converter.writers.dates import time_of_writing
from converter.writers.docx.ooxml import qn, to_text

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.opc.packuri import PackURI
    from lxml.etree import _Element as Element

    from converter.model import Document
    from converter.writers.characters import XmlCharacters

MAIN = "word/document.xml"
STYLES = "word/styles.xml"
SETTINGS = "word/settings.xml"
_CORE = "docProps/core.xml"
_TYPES = "[Content_Types].xml"
_PACKAGE_RELATIONS = "_rels/.rels"
_MAIN_RELATIONS = "word/_rels/document.xml.rels"
_BODY, _BODY_END = b"<w:body>", b"</w:body>"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
_KIND = "application/vnd.openxmlformats-officedocument."
_UNSEEN = re.compile(rb"<!--.*?-->|(?<=>)\s+(?=<)", re.DOTALL)
_LEVEL = 4
"""Of zlib's compression: less than half the time of its usual level 6, for seven hundredths more bytes at most."""
_LONGEST_PROPERTY = 255
"""Characters; python-docx, and so whoever reads the file with it, refuses more."""


class Package:
    """The parts of a file: those of the template, with what is added to them.

    Texts are mostly words. Their few parts are bytes here and go into the file as they are; what has parts that belong
    together, such as pictures, notes, links, comments, the user's own template, is python-docx's work, from the moment
    that somebody asks for `word`. To load it takes longer than to write a short text.
    """

    def __init__(self) -> None:
        self._parts = dict(_template())
        self._word: WordDocument | None = None

    def __getitem__(self, name: str) -> bytes:
        """A part of the template."""
        return self._parts[name]

    def __setitem__(self, name: str, data: bytes) -> None:
        """Put this in the place of a part of the template."""
        self._parts[name] = data

    @property
    def word(self) -> WordDocument:
        """The package as python-docx has it; its main part stays empty."""
        if self._word is None:
            import docx

            self._word = docx.Document(io.BytesIO(_packed(self._parts, zipfile.ZIP_STORED)))
        return self._word

    @word.setter
    def word(self, word: WordDocument) -> None:
        self._word = word
        if (background := word.element.find(qn("w:background"))) is not None:
            self._parts[MAIN] = self._parts[MAIN].replace(_BODY, to_text(background).encode() + _BODY)

    def add(self, name: str, root: Element) -> str:
        """Add a part that the main one is related to, such as `footer2`; the id of the relationship is given back.

        What is one of its kind goes before that of a reference.
        """
        kind = name.rstrip("0123456789")
        data = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
        return self._related(f"word/{name}.xml", data, f"wordprocessingml.{kind}+xml", f"relationships/{kind}")

    def set_properties(self, document: Document, characters: XmlCharacters) -> None:
        """Title, authors, subject, keywords, language and dates (ECMA-376 part 2 §11).

        Raises UsageError if SOURCE_DATE_EPOCH is set and is no time.
        """
        core = _core(document, characters)
        if self._word is None:
            self._parts[_CORE] = core
        else:
            properties: Any = self._word.core_properties
            properties._element[:] = list(etree.fromstring(core))  # noqa: SLF001 - one by one, others' would stay
        if custom := _custom(document, characters):
            kind = "custom-properties"
            self._related("docProps/custom.xml", custom, f"{kind}+xml", f"relationships/{kind}", _PACKAGE_RELATIONS)

    def _related(self, name: str, data: bytes, kind: str, relation: str, relations: str = _MAIN_RELATIONS) -> str:
        kind, relation = _KIND + kind, _OFFICE + relation
        if self._word is not None:
            return _related_in(self._word, name, data, kind, relation)
        self._parts[name] = data
        self._add_to(_TYPES, f'<Override PartName="/{name}" ContentType="{kind}"/>')
        identifier = f"rId{self._parts[relations].count(b'<Relationship ') + 1}"
        target = name.removeprefix("word/")
        self._add_to(relations, f'<Relationship Id="{identifier}" Type="{relation}" Target="{target}"/>')
        return identifier

    def _add_to(self, name: str, element: str) -> None:
        inside, end, tag = self._parts[name].rpartition(b"</")
        self._parts[name] = inside + element.encode() + end + tag

    def to_bytes(self, body: str) -> bytes:
        """The file: a zip archive whose entries have one fixed date."""
        opening, end, closing = self._parts[MAIN].partition(_BODY_END)
        main = b"".join((opening, body.encode(), end, closing))
        if self._word is None:
            return _packed(self._parts | {MAIN: main}, zipfile.ZIP_DEFLATED)
        from docx.opc.pkgwriter import PackageWriter

        package = self._word.part.package
        for part in package.parts:
            part.before_marshal()
        entries = _Entries({self._word.part.partname.membername: main})
        # The three steps of PackageWriter.write, which would open an archive of its own with the time of the day.
        steps: Any = PackageWriter
        steps._write_content_types_stream(entries, package.parts)  # noqa: SLF001
        steps._write_pkg_rels(entries, package.rels)  # noqa: SLF001
        steps._write_parts(entries, package.parts)  # noqa: SLF001
        return _packed(entries.taken, zipfile.ZIP_DEFLATED)


class _Entries:
    """Takes the parts from python-docx's own writer, but for those that are known better."""

    def __init__(self, known: dict[str, bytes]) -> None:
        self.taken: dict[str, bytes] = {}
        self._known = known

    def write(self, name: PackURI, data: bytes) -> None:
        self.taken[name.membername] = self._known.get(name.membername, data)


def _related_in(word: WordDocument, name: str, data: bytes, kind: str, relation: str) -> str:
    """Add a part to a file of python-docx's, for those of its kind that it has."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    of: Any = word.part if name.startswith("word/") else word.part.package
    for other, old in list(of.rels.items()):
        if old.reltype == relation:
            del of.rels[other]
    return str(of.relate_to(Part(PackURI(f"/{name}"), kind, data, word.part.package), relation))


def _packed(parts: dict[str, bytes], compression: int) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data, compression, _LEVEL)
    return packed.getvalue()


@functools.cache
def _template() -> dict[str, bytes]:
    """The parts of the template, without comments and the white space between elements."""
    folder = Path(__file__).with_name("template")
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): _UNSEEN.sub(b"", file.read_bytes()) for file in files}


def _core(document: Document, characters: XmlCharacters) -> bytes:
    metadata, made = document.metadata, f"{time_of_writing():%Y-%m-%dT%H:%M:%SZ}"

    def element(name: str, words: str) -> str:
        words = re.sub("[\t\r\n]+", " ", characters.clean(words))[:_LONGEST_PROPERTY]
        return f"<{name}>{escape(words)}</{name}>" if words else ""

    return (
        f'{_DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-'
        'properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        + element("dc:title", document.display_title)
        + element("dc:creator", "; ".join(metadata.authors))
        + element("dc:subject", metadata.subject)
        + element("cp:keywords", ", ".join(metadata.keywords))
        + element("dc:language", document.language)
        + f'<dcterms:created xsi:type="dcterms:W3CDTF">{made}</dcterms:created>'
        + f'<dcterms:modified xsi:type="dcterms:W3CDTF">{made}</dcterms:modified>'
        + element("dc:identifier", metadata.number)
        + "</cp:coreProperties>"
    ).encode()


def _custom(document: Document, characters: XmlCharacters) -> bytes:
    """Properties that Word has no place for, under names of our own (ECMA-376 §22.3); nothing if there are none."""
    metadata = document.metadata
    named = (
        ("Subtitle", metadata.subtitle),
        ("Date", metadata.date),
        ("Publisher", metadata.publisher),
        ("Edition", metadata.edition),
        ("Source", metadata.source),
    )
    properties = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name="{name}">'
        f"<vt:lpwstr>{escape(characters.clean(value))}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(((name, value) for name, value in named if value), 2)
    )
    if not properties:
        return b""
    return (
        f'{_DECLARATION}<Properties xmlns="{_OFFICE}custom-properties" xmlns:vt="{_OFFICE}docPropsVTypes">'
        f"{properties}</Properties>"
    ).encode()
