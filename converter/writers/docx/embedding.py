"""Our own fonts in the file, cut down to its characters: ECMA-376 part 1 §17.8.1.

Word reads TrueType outlines only, and mixed: the first 32 bytes with the key that the font table gives. What is typed
into such a document later may lack its characters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lxml import etree

from converter.diagnostics import Diagnostic, Severity
from converter.errors import Message
from converter.records import NamedTuple
from converter.typeset.fonts import typeface
from converter.typeset.missing import left_to_readers, missing
from converter.typeset.theme import Face
from converter.writers.docx.ooxml import qn, w

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from converter.typeset.fonts import FontFace
    from converter.writers.docx.package import Package

_KIND = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"


class Cut(NamedTuple):
    """How a font table calls one file of a family."""

    family: str
    tag: str
    """embedRegular or embedBold."""


def family(face: Face) -> str:
    """The family by which styles name our font of this face."""
    return typeface(face).files[0].family


def is_bold(face: Face) -> bool:
    """Whether our font of this face is the bold one of its family."""
    return face is Face.XIAOBIAOSONG


def embed(package: Package, body: str, fonts: Mapping[Face, str]) -> Iterator[Diagnostic]:
    """Put our fonts into the file with the characters of its parts; `body` is what the main one is to hold.

    A font of the user's that Word cannot read is reported.
    """
    # Here, not above: few files want it.
    import hashlib

    from docx.opc.packuri import PackURI
    from docx.opc.part import Part, XmlPart

    made = package.word
    parts = [part.element for part in made.part.package.iter_parts() if isinstance(part, XmlPart)]
    # What editing begins with comes along: letters, figures, marks.
    wanted = {*body, *(c for part in parts for words in part.itertext() for c in words), *map(chr, range(0x20, 0x7F))}
    yield from left_to_readers(set.intersection(*(missing(wanted, face, fonts) for face in Face)))
    table = next(part for part in made.part.package.iter_parts() if str(part.partname) == "/word/fontTable.xml")
    root: Any = etree.fromstring(table.blob)
    for number, face in enumerate(Face, 1):
        font = typeface(face, fonts.get(face)).files[0]
        if font.is_cff:
            yield _unreadable(font)
            continue
        data = font.cut(wanted)
        key = hashlib.md5(data, usedforsecurity=False).hexdigest().upper()  # a key is no secret: it stands in the file
        part = Part(PackURI(f"/word/fonts/font{number}.odttf"), _KIND, _obfuscated(data, key), made.part.package)
        cut = Cut(family(face), "embedBold" if is_bold(face) else "embedRegular")
        entry = next((e for e in root if e.get(qn("w:name")) == cut.family), None)
        if entry is None:
            entry = w(
                "font", w("charset", val="86"), w("family", val="auto"), w("pitch", val="variable"), name=cut.family
            )
            root.append(entry)
        guid = f"{{{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}}}"
        embedded = w(cut.tag, fontKey=guid)
        embedded.set(qn("r:id"), table.relate_to(part, _RELATION))
        entry.append(embedded)
    # python-docx has no font tables: to it they are bytes.
    table._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)  # noqa: SLF001
    zoom = made.settings.element.find("{*}zoom")
    zoom.addnext(w("saveSubsetFonts"))
    zoom.addnext(w("embedTrueTypeFonts"))


def _obfuscated(data: bytes, key: str) -> bytes:
    """The font mixed with its key, whose bytes are taken from the end (§17.8.1)."""
    mask = bytes.fromhex(key)[::-1] * 2
    return bytes(a ^ b for a, b in zip(data[:32], mask, strict=True)) + data[32:]


def _unreadable(font: FontFace) -> Diagnostic:
    return Diagnostic(
        code="OUT105",
        severity=Severity.WARNING,
        message=Message(
            f"Word embeds no cubic outlines, so {font.path.name} is not in the file: take its TrueType build.",
            f"Word 不支持嵌入三次曲线轮廓的字体，{font.path.name} 未嵌入，请改用其 TrueType 版本。",
        ),
    )
