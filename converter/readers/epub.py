"""EPUB 2 and 3: our own books without loss; of others the chapters in order, with the headings of their contents."""

from __future__ import annotations

import posixpath
import re
from dataclasses import field
from functools import partial
from html.entities import html5
from typing import TYPE_CHECKING
from urllib.parse import unquote

from converter.diagnostics import Result
from converter.errors import InputError
from converter.model import Metadata, Note, Text
from converter.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from converter.model import Document
    from converter.readers.limits import Archive

_OPS = "{http://www.idpf.org/2007/ops}type"
_NOTES = frozenset({"footnote", "endnote", "rearnote", "doc-footnote", "doc-endnote"})
_CALLS = frozenset({"noteref", "doc-noteref"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PAGES = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml"})
_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,30});")
_XML_NAMES = frozenset({b"amp", b"lt", b"gt", b"quot", b"apos"})
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")


@dataclass(frozen=True, slots=True, kw_only=True)
class EpubOptions:
    """How to read EPUB: there is only one way."""


class EpubReader:
    """Reads e-books."""

    name = "epub"
    media_types = ("application/epub+zip",)
    suffixes = (".epub",)
    options_type = EpubOptions

    def read(self, data: bytes, options: EpubOptions) -> Result[Document]:
        """The book in `data`. Raises InputError for what is none, is protected, or asks for too much."""
        from converter.readers.limits import Archive

        try:
            return _read(_Book(Archive(data)))
        except RecursionError:
            raise InputError("The elements of this book are nested too deeply.", "此电子书的元素嵌套过深。") from None


def _by_number(match: re.Match[bytes]) -> bytes:
    """A named character of HTML, which XML does not know without its DTD, by its number."""
    characters = html5.get(match[1].decode() + ";", "")
    if match[1] in _XML_NAMES or not characters:
        return match[0]
    return "".join(f"&#{ord(character)};" for character in characters).encode()


@dataclass(slots=True)
class _Entry:
    """A line of the contents."""

    depth: int
    title: str
    anchor: str


@dataclass(slots=True)
class _Book:
    """The package: its metadata, its pages, its contents."""

    archive: Archive
    folder: str = ""
    metadata: dict[str, list[str]] = field(default_factory=dict)
    number: str = ""
    """An identifier beside that of the package: in our own books the document's number."""
    spine: list[str] = field(default_factory=list)
    navigation: str = ""
    ncx: str = ""

    def __post_init__(self) -> None:
        self._refuse_protected()
        container = self.archive.xml("META-INF/container.xml")
        root = container.find(".//{*}rootfile") if container is not None else None
        path = root.get("full-path", "") if root is not None else ""
        package = self.archive.xml(path)
        if package is None:
            raise InputError("This EPUB has no package document: it is damaged.", "此 EPUB 缺少包文档，文件已损坏。")
        self.folder = posixpath.dirname(path)
        pages: dict[str, str] = {}
        for item in package.iterfind(".//{*}manifest/{*}item"):
            name = self.path(item.get("href", ""))
            if item.get("media-type") in _PAGES:
                pages[item.get("id", "")] = name
            if "nav" in item.get("properties", "").split():
                self.navigation = name
            if item.get("media-type") == "application/x-dtbncx+xml":
                self.ncx = name
        refs = (ref.get("idref", "") for ref in package.iterfind(".//{*}spine/{*}itemref"))
        self.spine = [pages[ref] for ref in refs if ref in pages]
        # What counts the pages is no place where the text was published (EPUB 3.3 D.4.1.7).
        refining = (m for m in package.iterfind(".//{*}metadata/{*}meta") if m.get("property") == "source-of")
        counting = {m.get("refines", "").removeprefix("#") for m in refining}
        for element in package.iterfind(".//{*}metadata/*"):
            if element.get("id", "") in counting:
                continue
            tag = str(element.tag).rpartition("}")[2]
            name = element.get("property", "") if tag == "meta" else tag
            self.metadata.setdefault(name, []).append((element.text or "").strip())
            if name == "identifier" and not element.get("id"):
                self.number = (element.text or "").strip()

    def path(self, href: str, base: str | None = None) -> str:
        """The name in the archive of what a page in the folder `base` calls `href`."""
        folder = self.folder if base is None else base
        return posixpath.normpath(posixpath.join(folder, unquote(href.partition("#")[0])))

    def page(self, name: str) -> Element | None:
        """The root of a page; pages that are no XML are read as browsers read them."""
        from converter.readers.html import page_of
        from converter.readers.limits import parse_xml
        from converter.text.decoding import decode

        data = self.archive.read(name)
        if not data:
            return None
        if b"<!ENTITY" in data[:4096]:
            return parse_xml(data, name)  # which refuses it
        try:
            return parse_xml(_NAMED.sub(_by_number, data), name)
        except InputError:
            return page_of(decode(data).value.text)

    def picture(self, name: str, href: str) -> bytes:
        """The picture that the page of this name calls `href`; empty if it is not in the book."""
        from converter.readers.elements import data_of

        return (
            data_of(href) if href.startswith("data:") else self.archive.read(self.path(href, posixpath.dirname(name)))
        )

    def contents(self) -> dict[str, list[_Entry]]:
        """The lines of the contents by the page that they lead to."""
        found: dict[str, list[_Entry]] = {}
        for name, lines in ((self.navigation, _nav_lines), (self.ncx, _ncx_lines)):
            root = self.page(name) if name else None
            if root is None:
                continue
            for depth, title, href in lines(root):
                page = self.path(href, posixpath.dirname(name))
                found.setdefault(page, []).append(_Entry(depth, title, href.partition("#")[2]))
            if found:
                break
        return found

    def _refuse_protected(self) -> None:
        rights = self.archive.xml("META-INF/encryption.xml")
        methods = rights.iterfind(".//{*}EncryptedData/{*}EncryptionMethod") if rights is not None else ()
        if any(method.get("Algorithm") not in _FONTS for method in methods):
            raise InputError(
                "This e-book is protected against copying (DRM).", "此电子书带有版权保护（DRM），无法读取。"
            )


def _nav_lines(root: Element) -> Iterator[tuple[int, str, str]]:
    for nav in root.iter("{*}nav", "nav"):
        if nav.get(_OPS, "toc") == "toc":
            for link in nav.iter("{*}a", "a"):
                depth = sum(1 for above in link.iterancestors("{*}ol", "ol"))
                yield depth, " ".join("".join(map(str, link.itertext())).split()), link.get("href", "")
            return


def _ncx_lines(root: Element) -> Iterator[tuple[int, str, str]]:
    for point in root.iter("{*}navPoint"):
        depth = 1 + sum(1 for _ in point.iterancestors("{*}navPoint"))
        title, content = point.find("{*}navLabel/{*}text"), point.find("{*}content")
        if title is not None and content is not None:
            yield depth, " ".join((title.text or "").split()), content.get("src", "")


def _body(root: Element) -> Element:
    found = root.find("{*}body")
    return found if found is not None else root


def _read(book: _Book) -> Result[Document]:
    from converter.readers.own_pages import GENERATOR

    for name in book.spine:
        root = book.page(name)
        if root is not None:
            said = [meta.get("content") for meta in root.iter("{*}meta") if meta.get("name") == "generator"]
            return _own(book) if said == [GENERATOR] else _foreign(book)
    raise InputError("This e-book has no page of text.", "此电子书没有文字页面。")


def _metadata(book: _Book, title: str) -> Metadata:
    def one(*names: str) -> str:
        return next((book.metadata[name][0] for name in names if book.metadata.get(name)), "")

    return Metadata(
        title=title,
        subtitle=one("schema:alternativeHeadline"),
        authors=tuple(filter(None, book.metadata.get("creator", ()))),
        date=one("dcterms:date", "date"),
        subject=one("description"),
        publisher=one("publisher"),
        edition=one("schema:bookEdition"),
        keywords=tuple(filter(None, book.metadata.get("subject", ()))),
        source=one("source"),
        number=book.number,
    )


def _own(book: _Book) -> Result[Document]:
    from converter.readers.own_pages import OwnPages

    pages = OwnPages(partial(book.picture, book.spine[0]))
    for name in book.spine:
        root = book.page(name)
        if root is not None and name != book.navigation:
            pages.read(_body(root))
    language = next(iter(book.metadata.get("language", ())), "")
    document = pages.growing.document(_metadata(book, pages.title), notes=pages.notes, language=language)
    return Result(document)


def _foreign(book: _Book) -> Result[Document]:
    from converter.readers.growing import Growing, LeftOut, heading_of
    from converter.readers.markup import Page

    growing, left_out, notes, contents = Growing(), LeftOut(), _Notes(book), book.contents()
    roots = {name: book.page(name) for name in book.spine if name != book.navigation}
    bodies = {name: _body(root) for name, root in roots.items() if root is not None}
    for name, body in bodies.items():
        notes.collect(name, body)
    for name, body in bodies.items():
        page = Page(growing, left_out, partial(book.picture, name), partial(notes.number, name))
        entry, level = next(iter(contents.get(name, ())), None), _first_level(body)
        if entry and level is None and entry.title:
            growing.heading(heading_of((Text(text=entry.title),)), entry.depth)
        page.read(body, shift=entry.depth - level if entry and level else 0)
    # Notes may call other notes: the list grows while it is read.
    made = [
        Note(blocks=Page(Growing(), left_out, partial(book.picture, name), partial(notes.number, name)).blocks(element))
        for name, element in notes.called
    ]
    title = next(iter(book.metadata.get("title", ())), "")
    return Result(growing.document(_metadata(book, title), notes=made), left_out.diagnostics())


def _first_level(body: Element) -> int | None:
    from converter.readers.elements import tag_of

    levels = (int(tag[1]) for element in body.iter("*") if (tag := tag_of(element)) in _HEADINGS)
    return next(levels, None)


class _Notes:
    """The notes of a book, taken out of its pages, and numbered as they are called."""

    def __init__(self, book: _Book) -> None:
        self.called: list[tuple[str, Element]] = []
        self._book = book
        self._known: dict[tuple[str, str], Element] = {}
        self._numbers: dict[tuple[str, str], int] = {}

    def collect(self, name: str, body: Element) -> None:
        """Take the notes out of a page."""
        for element in [e for e in body.iter("*") if e.get("id") and _says(e, _NOTES)]:
            parent, before = element.getparent(), element.getprevious()
            if parent is None or any(_says(above, _NOTES) for above in element.iterancestors()):
                continue
            self._known[name, element.get("id", "")] = element
            tail, element.tail = element.tail or "", None
            parent.remove(element)
            if before is not None:
                before.tail = (before.tail or "") + tail
            else:
                parent.text = (parent.text or "") + tail

    def number(self, name: str, element: Element) -> int | None:
        """The number of the note that a link on this page calls; None for another element."""
        href = element.get("href", "")
        if not _says(element, _CALLS) or "#" not in href:
            return None
        page = self._book.path(href, posixpath.dirname(name)) if href.partition("#")[0] else name
        key = (page, href.partition("#")[2])
        if key not in self._known:
            return None
        if key not in self._numbers:
            self.called.append((page, self._known[key]))
            self._numbers[key] = len(self.called)
        return self._numbers[key]


def _says(element: Element, kinds: frozenset[str]) -> bool:
    return not kinds.isdisjoint(
        f"{element.get(_OPS, '')} {element.get('epub:type', '')} {element.get('role', '')}".split()
    )
