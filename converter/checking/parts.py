"""Which paragraph is which part of an official document.

The words decide, by the same rules that read plain text (`converter.structure`): a title is a title whatever style it
has. Styles decide for files of ours, whose styles are the parts, and for what no rule knows: contents, captions, code.
"""

from __future__ import annotations

from dataclasses import field
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING

from converter.model import HeadingKind, Role
from converter.readers.docx.numbering import Numbering
from converter.readers.docx.package import W, content_of, gallery_of, is_on, tag_of, value
from converter.records import dataclass
from converter.regex import compiled
from converter.source import SourceText
from converter.structure.classify import classify
from converter.structure.lines import lines_of
from converter.structure.numbering import label_of
from converter.structure.reading import Reading
from converter.structure.verdicts import Kind
from converter.typeset.ends import ATTACHED
from converter.typeset.word_names import ROLE_STYLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from converter.checking.formatting import Formatting
    from converter.readers.docx.package import Package
    from converter.structure.verdicts import Verdict


class Part(Enum):
    """The elements of GB/T 9704-2012 7.1, as far as a paragraph can be one."""

    LETTERHEAD = "letterhead"
    """发文机关标志"""
    NUMBER = "number"
    """发文字号, with 签发人 if there is one."""
    TITLE = "title"
    ADDRESSEE = "addressee"
    """主送机关, or 同志们："""
    BODY = "body"
    LEVEL_1 = "level 1"
    """一、"""
    LEVEL_2 = "level 2"
    """（一）"""
    LEVEL_3 = "level 3"
    """1."""
    LEVEL_4 = "level 4"
    """（1）"""
    ATTACHMENT_NOTE = "attachment note"
    """附件说明"""
    SIGNATURE = "signature"
    """发文机关署名"""
    DATE = "date"
    """成文日期"""
    NOTE = "note"
    """附注"""
    ATTACHMENT = "attachment"
    """附件1, at the head of what is attached."""
    IMPRINT = "imprint"
    """版记"""
    OTHER = "other"
    """What the standard says nothing of."""


LEVELS = {
    HeadingKind.COUNT: Part.LEVEL_1,
    HeadingKind.PAREN_COUNT: Part.LEVEL_2,
    HeadingKind.DECIMAL: Part.LEVEL_3,
    HeadingKind.PAREN_DECIMAL: Part.LEVEL_4,
}
_ROLES = {
    Role.BODY: Part.BODY,
    Role.CLOSING: Part.BODY,
    Role.LIST_ITEM: Part.BODY,
    Role.LETTERHEAD: Part.LETTERHEAD,
    Role.DOCUMENT_NUMBER: Part.NUMBER,
    Role.SALUTATION: Part.ADDRESSEE,
    Role.ATTACHMENT: Part.ATTACHMENT_NOTE,
    Role.SIGNATURE: Part.SIGNATURE,
    Role.DATE: Part.DATE,
    Role.NOTE: Part.NOTE,
    Role.IMPRINT: Part.IMPRINT,
}
_OURS = {name.lower(): _ROLES.get(role, Part.OTHER) for role, (name, _) in ROLE_STYLES.items()}
_SILENT = compiled(
    r"toc( heading| \d)?|contents.*|table.*|caption|image caption|figure|captioned figure|quote|intense quote|"
    r"block text|poem|verse|html preformatted|source code|list|list continue|no text|separator|"
    r"footnote text|endnote text|header|footer|bibliography|definition.*|compact"
)
"""Styles of paragraphs that the standard says nothing of."""
_ADDRESS = compiled(r".{2,200}[：:]")


@dataclass(slots=True)
class Piece:
    """One paragraph as people see it: a run-in heading whose mark is hidden and its text are one."""

    number: int
    """Counted from 1."""
    elements: list[Element]
    words: str
    part: Part = Part.OTHER
    label: str = ""
    """The number that it begins with, if it is a heading."""
    head: int = 0
    """How many of its characters are a run-in heading."""
    automatic: int = 0
    """How many of its characters are an automatic number."""
    empty_above: list[Element] = field(default_factory=list)
    """Empty paragraphs right above it."""


def pieces_of(package: Package, formatting: Formatting) -> list[Piece]:
    """The paragraphs that hold words, in order, each with its part."""
    body = package.root.find(W + "body")
    numbering = Numbering(package.related("numbering")[1])
    pieces: list[Piece] = []
    empty: list[Element] = []
    joined = False
    for number, element in enumerate(_paragraphs(body) if body is not None else (), 1):
        words = words_of(element)
        if not words.strip():
            if _is_empty(element):
                empty.append(element)
            continue
        if joined:
            pieces[-1].elements.append(element)
            pieces[-1].words += words
        else:
            level = formatting.number(element)
            automatic = numbering.next(*level) if level and not numbering.is_bullet(*level) else ""
            pieces.append(Piece(number, [element], automatic + words, automatic=len(automatic), empty_above=empty))
        empty = []
        joined = is_on(element.find(f"{W}pPr/{W}rPr"), "specVanish")
        if joined:
            pieces[-1].head = len(pieces[-1].words)
    _classify(pieces, formatting)
    return pieces


def words_of(paragraph: Element) -> str:
    """What a paragraph says; a break or a tab is a space."""
    return "".join(text for _, text in runs_of(paragraph))


def words_in(element: Element) -> str:
    """All text in an element."""
    return "".join(map(str, element.itertext()))


def runs_of(paragraph: Element) -> Iterator[tuple[Element, str]]:
    """Its runs with what they say, those of links and insertions too."""
    for run in paragraph.iter(W + "r"):
        text = "".join(
            (child.text or "") if tag_of(child) == "t" else " " if tag_of(child) in {"br", "tab", "cr"} else ""
            for child in run.iterchildren("*")
        )
        if text:
            yield run, text


def _paragraphs(parent: Element) -> Iterator[Element]:
    """The paragraphs outside tables, contents and covers."""
    for element in parent.iterchildren("*"):
        if tag_of(element) == "p":
            yield element
        elif tag_of(element) in {"sdt", "customXml", "ins", "moveTo", "smartTag"} and not gallery_of(element):
            yield from _paragraphs(content_of(element))


def _is_empty(paragraph: Element) -> bool:
    """Whether nothing at all would be lost with it."""
    kept = (
        paragraph.iter(W + tag)
        for tag in ("sectPr", "drawing", "pict", "object", "br", "footnoteReference", "instrText")
    )
    return not any(next(found, None) is not None for found in kept) and value(paragraph, "bookmarkStart") == ""


def _classify(pieces: list[Piece], formatting: Formatting) -> None:
    """Give each piece its part."""
    names = [formatting.style_name(piece.elements[0]) for piece in pieces]
    ours = "document number" in formatting.names() and "letterhead" in formatting.names()
    lines = [piece.words.replace("\n", " ") for piece in pieces]
    # What others leave empty, between the title and the addressee say, is a sign; so it stays as empty lines.
    text = "".join("\n" * (len(piece.empty_above) + 1) + line for piece, line in zip(pieces, lines, strict=True))
    read = list(lines_of(SourceText(text), {}))
    verdicts = classify(Reading(read))
    starts: dict[int, Verdict] = {}
    for line, verdict in zip(read, verdicts, strict=True):
        starts[text.count("\n", 0, line.start)] = verdict
    at, title = 0, False
    for piece, name in zip(pieces, names, strict=True):
        at += len(piece.empty_above) + 1
        given = starts.get(at)
        piece.part = _part(given, after_title=title) if given else Part.OTHER
        title = piece.part is Part.TITLE
        if given and given.label and piece.part in LEVELS.values():
            piece.label = piece.words.strip()[: given.label.words]
            if given.kind is Kind.RUN_IN and not piece.head:
                piece.head = given.end + len(piece.words) - len(piece.words.lstrip())
        _by_style(piece, name, ours=ours)
    _addressee(pieces)


def _part(verdict: Verdict, *, after_title: bool) -> Part:
    match verdict.kind:
        case Kind.TITLE:
            return Part.TITLE
        case Kind.CONTINUED if after_title:
            return Part.TITLE
        case Kind.HEADING | Kind.RUN_IN:
            return LEVELS.get(verdict.heading, Part.OTHER)
        case Kind.PARAGRAPH:
            return _ROLES.get(verdict.role, Part.OTHER)
        case _:
            return Part.OTHER


def _by_style(piece: Piece, name: str, *, ours: bool) -> None:
    """What a style says goes before the words where it is one that says it."""
    if ATTACHED.fullmatch(piece.words.strip()):
        piece.part = Part.ATTACHMENT
    elif _SILENT.fullmatch(name):
        piece.part = Part.OTHER
    elif name == "title":
        piece.part = Part.TITLE
    elif ours and name in _OURS:
        piece.part, piece.label = _OURS[name], ""
    elif ours and name.startswith("heading "):
        label = label_of(piece.words.strip())
        piece.part = LEVELS.get(label.kind, Part.OTHER) if label else Part.OTHER
        piece.label = label.text if label and piece.part is not Part.OTHER else ""
        piece.head = piece.head if len(piece.elements) > 1 else 0


def _addressee(pieces: list[Piece]) -> None:
    """The first line below the title that ends with a colon is whom it addresses (7.3.2)."""
    for above, piece in pairwise(pieces):
        if above.part is Part.TITLE and piece.part is Part.BODY and _ADDRESS.fullmatch(piece.words.strip()):
            piece.part = Part.ADDRESSEE
