"""The parts of a Word file, what they relate to, and what their elements say."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

from converter.errors import InputError
from converter.readers.limits import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from converter.readers.limits import Archive

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_STRICT_R = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
_OFF = frozenset({"0", "false", "off", "none"})


class Package:
    """The parts of the file, and what each relates to."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        office = self.relations("")
        self.main = next((target for kind, target in office.values() if kind == "officeDocument"), "word/document.xml")
        found = self.xml(self.main)
        if found is None or found.tag != W + "document":
            raise InputError("This is not a Word document (DOCX).", "此文件不是 Word 文档（DOCX）。")
        self.root = found

    def xml(self, name: str) -> Element | None:
        """The root of a part, in the transitional namespace."""
        data = self.archive.read(name)
        if _STRICT in data[:8192]:
            # ISO/IEC 29500 strict: the same elements under other names.
            data = data.replace(_STRICT, W[1:-1].encode())
            data = data.replace(_STRICT_R, R[1:-1].encode())
        return parse_xml(data, name) if data else None

    def relations(self, name: str) -> dict[str, tuple[str, str]]:
        """By id, the kind and target of what a part relates to; addresses outside stay as they are."""
        folder, own = posixpath.split(name)
        root = self.archive.xml(posixpath.join(folder, "_rels", f"{own}.rels"))
        found = {}
        for relation in root.iterchildren("*") if root is not None else ():
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[relation.get("Id", "")] = (relation.get("Type", "").rpartition("/")[2], target)
        return found

    def related(self, kind: str) -> tuple[str, Element | None]:
        """The part of this kind that the main part relates to."""
        name = next((target for found, target in self.relations(self.main).values() if found == kind), "")
        return name, self.xml(name) if name else None


def value(element: Element | None, name: str, otherwise: str = "") -> str:
    """The `w:val` of a child, or what stands for it where there is none."""
    found = element.find(W + name) if element is not None else None
    return (found.get(W + "val") or otherwise) if found is not None else otherwise


def tag_of(element: Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def is_on(properties: Element | None, name: str) -> bool:
    """Whether a property is there and not switched off (ECMA-376 §17.17.4)."""
    found = properties.find(W + name) if properties is not None else None
    return found is not None and (found.get(W + "val") or "true") not in _OFF


def gallery_of(element: Element) -> str:
    """The gallery that a content control belongs to: Table of Contents, Cover Pages."""
    return next((e.get(W + "val", "") for e in element.iterfind(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")), "")


def group_of(element: Element) -> str | None:
    """What a content control of ours groups: quote, list, ordered 1, item."""
    tag = value(element.find(W + "sdtPr"), "tag") if tag_of(element) == "sdt" else ""
    return tag if re.fullmatch(r"quote|list|item|ordered -?\d{1,9}", tag) else None


def is_index(element: Element) -> bool:
    """Whether a content control is our index of titles."""
    return tag_of(element) == "sdt" and value(element.find(W + "sdtPr"), "tag") == "title-index"


def content_of(element: Element) -> Element:
    """What a content control holds; another element itself."""
    found = element.find(W + "sdtContent")
    return found if found is not None else element
