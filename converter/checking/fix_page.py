"""The corrected page: paper, margins, grid, and page numbers at the foot."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from lxml import etree

from converter.checking.elements import SECTPR, child, strip, to_xml
from converter.readers.docx.package import R, W, tag_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from converter.checking.file import File

_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_FOOTER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
_SETTINGS_BEFORE = frozenset(
    [
        "writeProtection",
        "view",
        "zoom",
        "removePersonalInformation",
        "removeDateAndTime",
        "doNotDisplayPageBoundaries",
        "displayBackgroundShape",
        "printPostScriptOverText",
        "printFractionalCharacterWidth",
        "printFormsData",
        "embedTrueTypeFonts",
        "embedSystemFonts",
        "saveSubsetFonts",
        "saveFormsData",
        "mirrorMargins",
        "alignBordersAndEdges",
        "bordersDoNotSurroundHeader",
        "bordersDoNotSurroundFooter",
        "gutterAtTop",
        "hideSpellingErrors",
        "hideGrammaticalErrors",
        "activeWritingStyle",
        "proofState",
        "formsDesign",
        "attachedTemplate",
        "linkStyles",
        "stylePaneFormatFilter",
        "stylePaneSortMethod",
        "documentType",
        "mailMerge",
        "revisionView",
        "trackRevisions",
        "doNotTrackMoves",
        "doNotTrackFormatting",
        "documentProtection",
        "autoFormatOverride",
        "styleLockTheme",
        "styleLockQFSet",
        "defaultTabStop",
        "autoHyphenation",
        "consecutiveHyphenLimit",
        "hyphenationZone",
        "doNotHyphenateCaps",
        "showEnvelope",
        "summaryLength",
        "clickAndTypeStyle",
        "defaultTableStyle",
    ]
)
"""What stands before `evenAndOddHeaders` in the settings (ECMA-376 §17.15.1.78)."""


def set_paper(section: Element) -> None:
    """5.1, 5.2: A4, 37 mm and 28 mm, 156 × 225 mm, 28 × 22. Pages on their side keep it."""
    size = child(section, "pgSz", SECTPR)
    if size.get(W + "orient") == "landscape":
        return
    size.set(W + "w", "11906")
    size.set(W + "h", "16838")
    margins = child(section, "pgMar", SECTPR)
    figures = (("top", 2098), ("right", 1474), ("bottom", 1984), ("left", 1587), ("footer", 1506), ("gutter", 0))
    for name, value in figures:
        margins.set(W + name, str(value))
    margins.set(W + "header", margins.get(W + "header") or "851")
    grid = child(section, "docGrid", SECTPR)
    for name, text in (("type", "linesAndChars"), ("linePitch", "579"), ("charSpace", "-849")):
        grid.set(W + name, text)


def set_folios(file: File) -> dict[str, bytes]:
    """7.5: two new feet for odd and even pages, in all sections; the parts that change."""
    folder = posixpath.dirname(file.package.main)
    rels_name = posixpath.join(folder, "_rels", posixpath.basename(file.package.main) + ".rels")
    rels, types = file.archive.xml(rels_name), file.archive.xml("[Content_Types].xml")
    if rels is None or types is None:
        return {}
    changed: dict[str, bytes] = {}
    for section in file.sections or [child(_body(file), "sectPr", ("sectPr",))]:
        for reference in section.findall(W + "footerReference"):
            section.remove(reference)
        for title_page in section.findall(W + "titlePg"):
            section.remove(title_page)
    for kind, name in (("default", "foot-odd"), ("even", "foot-even")):
        part = posixpath.join(folder, f"{name}.xml")
        changed[part] = _foot("left" if kind == "even" else "right")
        identifier = f"rIdOfficial{kind.title()}"
        if not any(e.get("Id") == identifier for e in rels):
            etree.SubElement(
                rels,
                rels.tag.rpartition("}")[0] + "}Relationship",
                {"Id": identifier, "Type": _TYPE + "footer", "Target": f"{name}.xml"},
            )
            etree.SubElement(
                types,
                types.tag.rpartition("}")[0] + "}Override",
                {"PartName": f"/{part}", "ContentType": _FOOTER_TYPE},
            )
        for section in file.sections:
            made = etree.Element(W + "footerReference", {W + "type": kind, R + "id": identifier})
            section.insert(len(section.findall(W + "headerReference")), made)
    if file.settings is not None:
        _set_facing(file.settings)
        changed[file.settings_name] = to_xml(file.settings)
    return changed | {rels_name: to_xml(rels), "[Content_Types].xml": to_xml(types)}


def _body(file: File) -> Element:
    body = file.package.root.find(W + "body")
    return body if body is not None else file.package.root


def _set_facing(settings: Element) -> None:
    found = settings.find(W + "evenAndOddHeaders")
    if found is None:
        found = etree.Element(W + "evenAndOddHeaders")
        after = [e for e in settings if tag_of(e) in _SETTINGS_BEFORE]
        settings.insert(settings.index(after[-1]) + 1 if after else 0, found)
    strip(found, "val")


def _foot(side: str) -> bytes:
    """A foot with a page number between dashes, one character in."""
    look = (
        '<w:rPr><w:rFonts w:hint="eastAsia" w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体" w:cs="宋体"/>'
        '<w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr>'
    )

    def run(inside: str) -> str:
        return f"<w:r>{look}{inside}</w:r>"

    words = '<w:t xml:space="preserve">{}</w:t>'
    field = "".join(
        run(part)
        for part in (
            words.format("— "),
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            words.format("1"),
            '<w:fldChar w:fldCharType="end"/>',
            words.format(" —"),
        )
    )
    place = (
        '<w:spacing w:before="0" w:after="0" w:line="280" w:lineRule="exact"/>'
        f'<w:ind w:{side}Chars="100" w:{side}="280" w:firstLineChars="0" w:firstLine="0"/><w:jc w:val="{side}"/>'
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<w:ftr xmlns:w="{W[1:-1]}"><w:p><w:pPr>{place}</w:pPr>{field}</w:p></w:ftr>'
    ).encode()
