"""Many documents made one: each text opens on a page of its own and keeps its headings, signature and date."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from converter.diagnostics import Diagnostic, Result, Severity
from converter.errors import Message, UsageError
from converter.model import Document, Heading, HeadingKind, Metadata, Origin, Section, text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def compile_booklet(
    documents: Sequence[Document],
    *,
    title: str | None = None,
    author: str | None = None,
    date: str | None = None,
) -> Result[Document]:
    """One volume of several texts, in their order.

    Each text becomes a section of kind TEXT under its title; a collection (第一篇 … 第五篇 in one file) contributes
    each of its texts. Without `title` the volume is named after its first text. Raises UsageError without a text.
    """
    if not documents:
        raise UsageError("A booklet needs at least one text.", "编成一册至少需要一篇文本。")
    sections = tuple(section for document in documents for section in _texts(document))
    first = documents[0].display_title
    volume = Document(
        metadata=Metadata(
            title=title or (f"{first}等{len(sections)}篇" if len(sections) > 1 else first),
            authors=(author,) if author else (),
            date=date or "",
        ),
        sections=sections,
        language=Counter(document.language for document in documents).most_common(1)[0][0],
    )
    return Result(volume, tuple(_untitled(documents)))


def _texts(document: Document) -> Iterator[Section]:
    if _is_collection(document):
        for part in document.sections:
            yield replace(part, heading=replace(part.heading, kind=HeadingKind.TEXT, run_in=False))
        return
    words = document.display_title
    heading = Heading(inlines=text(words), kind=HeadingKind.TEXT, origin=_origin(document))
    yield Section(heading=heading, blocks=document.front, sections=document.sections)


def _is_collection(document: Document) -> bool:
    kinds = [section.heading.kind for section in document.sections]
    untitled = not document.metadata.title and not document.front
    return untitled and len(kinds) > 1 and all(kind is HeadingKind.PART for kind in kinds)


def _origin(document: Document) -> Origin:
    return Origin.AUTHORED if document.metadata.title else Origin.INFERRED


def _untitled(documents: Sequence[Document]) -> Iterator[Diagnostic]:
    for number, document in enumerate(documents, 1):
        if not document.metadata.title and not _is_collection(document):
            words = document.display_title
            yield Diagnostic(
                code="BK101",
                severity=Severity.WARNING,
                message=Message(
                    f"Text {number} has no title; it stands in the contents as “{words}”.",
                    f"第{number}篇没有标题，目录中以“{words}”代替。",
                ),
            )
