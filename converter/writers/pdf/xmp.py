"""The metadata of a PDF as XMP, with what the file claims to be: PDF/A-2u, PDF/UA-1 (ISO 16684-1, ISO 19005-2 6.6)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.regex import compiled
from converter.writers.characters import XmlCharacters, escape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from converter.model import Metadata

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
{}
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Which part of ISO 14289 the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
_ISO_DATE = compiled(r"[0-9]{4}(?:-[0-9]{2}){0,2}")


def xmp_packet(metadata: Metadata, title: str, stamp: str) -> str:
    """The packet; `stamp` is the time of writing (ISO 8601)."""
    return XmlCharacters().clean(_XMP.format("\n".join(_properties(metadata, title, stamp))))


def _properties(metadata: Metadata, title: str, stamp: str) -> Iterable[str]:
    def alternative(name: str, value: str) -> str:
        return f'<{name}><rdf:Alt><rdf:li xml:lang="x-default">{escape(value)}</rdf:li></rdf:Alt></{name}>'

    def several(name: str, kind: str, values: Iterable[str]) -> str:
        items = "".join(f"<rdf:li>{escape(value)}</rdf:li>" for value in values)
        return f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>"

    yield "<dc:format>application/pdf</dc:format>"
    yield alternative("dc:title", title)
    if metadata.authors:
        yield several("dc:creator", "Seq", metadata.authors)
    if metadata.subject:
        yield alternative("dc:description", metadata.subject)
    if metadata.publisher:
        yield several("dc:publisher", "Bag", (metadata.publisher,))
    if _ISO_DATE.fullmatch(metadata.date):  # XMP (ISO 16684-1 §8.2.1.2) knows no other
        yield several("dc:date", "Seq", (metadata.date,))
    for name, value in (("dc:source", metadata.source), ("dc:identifier", metadata.number)):
        if value:
            yield f"<{name}>{escape(value)}</{name}>"
    if metadata.keywords:
        yield several("dc:subject", "Bag", metadata.keywords)
        yield f"<pdf:Keywords>{escape(', '.join(metadata.keywords))}</pdf:Keywords>"
    yield "<pdf:Producer>converter</pdf:Producer>"
    yield "<xmp:CreatorTool>converter</xmp:CreatorTool>"
    yield f"<xmp:CreateDate>{stamp}</xmp:CreateDate><xmp:ModifyDate>{stamp}</xmp:ModifyDate>"
