"""Many documents made one: each text opens on a page of its own and keeps its headings, signature and date."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields, is_dataclass, replace
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeVar

from converter.booklet.duplicates import duplicates
from converter.booklet.manifest import Manifest, arranged, names_file
from converter.booklet.order import by_titles, is_counted, title_from_name
from converter.diagnostics import Diagnostic, Result, Severity
from converter.errors import Message, UsageError
from converter.model import (
    Document,
    Figure,
    Heading,
    HeadingKind,
    Metadata,
    NoteRef,
    Origin,
    Paragraph,
    Role,
    Section,
    text,
)
from converter.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class _Text(NamedTuple):
    """A document of the volume, and what is known about it."""

    name: str
    """Its file; empty if nobody said."""
    document: Document
    title: str
    origin: Origin


def compile_booklet(
    documents: Sequence[Document],
    *,
    title: str | None = None,
    author: str | None = None,
    date: str | None = None,
    names: Sequence[str] = (),
    manifest: Manifest | None = None,
    sort: bool = False,
    cover: Figure | None = None,
) -> Result[Document]:
    """One volume of several texts, in their order or in the manifest's.

    Each text becomes a section of kind TEXT under its title; a collection (第一篇 … 第五篇 in one file) contributes
    each of its texts; the manifest's parts become sections of kind PART above them. `names` are the texts' files, which
    the manifest lists and which give titles to texts that have none; `cover` is a picture for the cover. `title`,
    `author`, `date` go before the manifest's. Without a title the volume is named after its first text. With `sort`,
    texts whose names have no number follow the numbers in their titles, if all have one. What is in the volume twice
    is reported.
    Raises UsageError without a text, and for a text that the manifest lists and nobody gave.
    """
    if not documents:
        raise UsageError("A booklet needs at least one text.", "编成一册至少需要一篇文本。")
    manifest = manifest or Manifest()
    files = list(names) or [""] * len(documents)
    order = arranged(manifest, files)
    texts = [_text(documents[at], files[at], manifest) for at in order]
    if sort and not manifest.listed and not any(is_counted(PurePath(one.name).stem) for one in texts):
        texts = by_titles(texts, [one.title for one in texts])
    sections = tuple(_sections(_notes_counted_on(texts), manifest))
    count = sum(1 for part in sections for s in ([part] if part.heading.kind is HeadingKind.TEXT else part.sections))
    language = Counter(one.document.language for one in texts).most_common(1)[0][0]
    if manifest.contributors and (listed := _contributors(texts, language)):
        before = len(sections) - bool(manifest.colophon)
        sections = (*sections[:before], listed, *sections[before:])
    first = texts[0].title
    volume = Document(
        metadata=Metadata(
            title=title or manifest.title or (f"{first}等{count}篇" if count > 1 else first),
            subtitle=manifest.subtitle,
            authors=(author,) if author else manifest.authors,
            date=date or manifest.date,
            publisher=manifest.organisation,
            edition=manifest.edition,
        ),
        sections=sections,
        notes=tuple(note for one in texts for note in one.document.notes),
        cover=cover,
        language=language,
    )
    return Result(
        volume, (*_untitled(texts), *_twice(texts), *left_out(files[at] for at in range(len(files)) if at not in order))
    )


def _text(document: Document, name: str, manifest: Manifest) -> _Text:
    if given := manifest.title_of(name):
        return _Text(name, document, given, Origin.AUTHORED)
    if document.metadata.title:
        return _Text(name, document, document.metadata.title, Origin.AUTHORED)
    return _Text(name, document, title_from_name(name) or document.display_title, Origin.INFERRED)


def _notes_counted_on(texts: Sequence[_Text]) -> list[_Text]:
    """The same texts, their notes numbered through the volume."""
    counted, before = [], 0
    for one in texts:
        counted.append(one._replace(document=_renumbered(one.document, before)) if before else one)
        before += len(one.document.notes)
    return counted


_Node = TypeVar("_Node")


def _renumbered(node: _Node, by: int) -> _Node:
    """The same part of a document, the marks of its notes higher by `by`."""
    if isinstance(node, NoteRef):
        return replace(node, number=node.number + by)
    if isinstance(node, tuple):
        return tuple(_renumbered(item, by) for item in node)  # type: ignore[return-value]
    if isinstance(node, Document):
        return replace(node, front=_renumbered(node.front, by), sections=_renumbered(node.sections, by))
    if not is_dataclass(node) or isinstance(node, type):
        return node
    held = {field.name: getattr(node, field.name) for field in fields(node) if field.name != "span"}
    return replace(
        node, **{name: _renumbered(value, by) for name, value in held.items() if isinstance(value, tuple | Heading)}
    )


def _sections(texts: Sequence[_Text], manifest: Manifest) -> Iterator[Section]:
    parts = {listed: part for part in manifest.parts for listed in part.texts}
    done = set()
    for one in texts:
        part = next((part for listed, part in parts.items() if names_file(listed, one.name)), None)
        if part is None:
            yield from _texts(one)
        elif part.title not in done:
            done.add(part.title)
            within = [t for t in texts if any(names_file(listed, t.name) for listed in part.texts)]
            heading = Heading(inlines=text(part.title), kind=HeadingKind.PART)
            yield Section(heading=heading, sections=tuple(s for t in within for s in _texts(t)))


def _texts(one: _Text) -> Iterator[Section]:
    if _is_collection(one.document) and one.origin is Origin.INFERRED:
        for part in one.document.sections:
            yield replace(part, heading=replace(part.heading, kind=HeadingKind.TEXT, run_in=False))
        return
    heading = Heading(inlines=text(one.title), kind=HeadingKind.TEXT, origin=one.origin)
    yield Section(heading=heading, blocks=one.document.front, sections=one.document.sections)


def _contributors(texts: Sequence[_Text], language: str) -> Section | None:
    """The list of authors (作者名录), by sound, each with the titles of the texts; None where no author is known."""
    from converter.text.collation import by_pinyin

    titles: dict[str, list[str]] = {}
    for one in texts:
        for author in one.document.metadata.authors:
            titles.setdefault(author, []).append(f"《{one.title}》")
    if not titles:
        return None
    return Section(
        heading=Heading(
            inlines=text("作者名錄" if language.startswith("zh-Hant") else "作者名录"),
            kind=HeadingKind.TEXT,
            origin=Origin.INFERRED,
        ),
        blocks=tuple(
            Paragraph(
                inlines=text(f"{author}\u3000{''.join(titles[author])}"), role=Role.LIST_ITEM, origin=Origin.INFERRED
            )
            for author in sorted(titles, key=by_pinyin)
        ),
    )


def _is_collection(document: Document) -> bool:
    kinds = [section.heading.kind for section in document.sections]
    untitled = not document.metadata.title and not document.front
    return untitled and len(kinds) > 1 and all(kind is HeadingKind.PART for kind in kinds)


def _untitled(texts: Sequence[_Text]) -> Iterator[Diagnostic]:
    for number, one in enumerate(texts, 1):
        if one.origin is Origin.INFERRED and not _is_collection(one.document):
            yield _warning(
                "BK101",
                f"Text {number} has no title; it stands in the contents as “{one.title}”.",
                f"第{number}篇没有标题，目录中以“{one.title}”代替。",
            )


def _twice(texts: Sequence[_Text]) -> Iterator[Diagnostic]:
    for found in duplicates([one.document for one in texts]):
        first, second = (texts[at].name or texts[at].title for at in (found.first, found.second))
        if found.shared == 1:
            yield _warning("BK102", f"{second} is the same text as {first}.", f"{second} 与 {first} 内容相同。")
        else:
            yield _warning(
                "BK103",
                f"{second} is nearly the same text as {first}: {found.shared:.0%} of the shorter is in both.",
                f"{second} 与 {first} 大体相同：较短的一篇有 {found.shared:.0%} 的内容重复。",
            )


def left_out(names: Iterable[str]) -> Iterator[Diagnostic]:
    """A warning for each of these files that were given and are not listed."""
    for name in names:
        yield _warning(
            "BK104", f"{name} is not listed in the manifest and was left out.", f"{name} 未列入清单，没有收入。"
        )


def _warning(code: str, en: str, zh: str) -> Diagnostic:
    return Diagnostic(code=code, severity=Severity.WARNING, message=Message(en, zh))
