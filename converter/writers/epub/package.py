"""The EPUB package through EbookLib: metadata, manifest, spine, NCX, and a zip that is the same every time.

EbookLib parses and rebuilds what it is given as `EpubHtml` or `EpubNav`, and loses part of it; as `EpubItem` a page
goes in as it is. What else it leaves to be desired (STANDARDS of EPUB 3.3 and EPUB Accessibility 1.1) is mended here.
"""

from __future__ import annotations

import hashlib
import uuid
import zipfile
from datetime import date
from io import BytesIO
from typing import TYPE_CHECKING, Any

from ebooklib import epub

from converter.model import Figure, Ruby, blocks_of, characters, heading_text, inlines_of, outline
from converter.records import NamedTuple
from converter.regex import compiled
from converter.typeset.cover import cover_of
from converter.writers.epub.around import cover_address
from converter.writers.xhtml import page_title, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import datetime

    from converter.model import Document
    from converter.typeset.pictures import Picture
    from converter.writers.epub.breaks import Break
    from converter.writers.epub.fonts import Font
    from converter.writers.epub.pages import Page, Pages
    from converter.writers.xhtml import Link

_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DATE = compiled(r"(\d{4})\s*[-年./]\s*(\d{1,2})\s*[-月./]\s*(\d{1,2})\s*日?")


_LEVEL = 4
"""Of zlib's compression: three quarters of the time of its usual level 6, for two hundredths more bytes."""


class Extras(NamedTuple):
    """What a book has beside its pages."""

    cover: Picture | None = None
    """A picture that stands for the book on a shelf."""
    fonts: tuple[Font, ...] = ()
    right_to_left: bool = False
    page_size: str = ""
    """Of the printed book whose pages are marked."""


def pages_to_epub(
    document: Document, pages: Pages, extras: Extras, written: datetime, clean: Callable[[str], str]
) -> bytes:
    """The EPUB file. `clean` makes any text fit for XML."""
    book = epub.EpubBook()
    _add_metadata(book, document, clean, pictured=extras.cover is not None and cover_of(document) is not None)
    if extras.right_to_left:
        book.set_direction("rtl")
    style = "".join(font.rule for font in extras.fonts) + pages.style
    book.add_item(epub.EpubItem("style", "style.css", "text/css", style.encode()))
    for font in extras.fonts:
        book.add_item(epub.EpubItem(font.name, font.href, "font/otf" if font.is_cff else "font/ttf", font.data))
    if extras.cover is not None:
        picture = extras.cover
        shelf = epub.EpubItem("cover-picture", cover_address(picture), picture.media_type, picture.data)
        shelf.properties = ["cover-image"]
        book.add_item(shelf)
        book.add_metadata(None, "meta", "", {"name": "cover", "content": "cover-picture"})  # EPUB 2 readers look here
    items: dict[Page, epub.EpubItem] = {}
    for page in dict.fromkeys((*pages.spine, pages.navigation)):
        items[page] = epub.EpubItem(page.name, page.href, "application/xhtml+xml", clean(page.xhtml).encode())
        book.add_item(items[page])
    items[pages.navigation].properties = ["nav"]
    for address, picture in pages.pictures:
        book.add_item(epub.EpubItem(address.partition(".")[0], address, picture.media_type, picture.data))
    if pages.breaks:
        _add_page_source(book, clean(words(document).printed.format(page_title(document), extras.page_size)))
    book.spine = [items[page] for page in pages.spine]
    book.add_item(epub.EpubNcx())
    book.toc = _tree(pages.links, clean)
    output = BytesIO()
    package = _Package(output, book, written, depth=max(link.depth for link in pages.links))
    if pages.breaks:
        package.targets = _page_targets(pages.breaks, words(document).pages, len(pages.links) + 1)
        package.page_count = len(pages.breaks)
    package.write()
    return output.getvalue()


def _add_metadata(book: epub.EpubBook, document: Document, clean: Callable[[str], str], *, pictured: bool) -> None:
    metadata = document.metadata
    book.metadata.clear()  # EbookLib's own name and version, and a random identifier
    book.set_identifier(f"urn:uuid:{_identifier(document)}")
    book.set_title(clean(page_title(document)))
    book.set_language(document.language)
    for number, author in enumerate(filter(str.strip, metadata.authors), 1):
        book.add_metadata("DC", "creator", clean(author), {"id": f"creator-{number}"})
        role = {"refines": f"#creator-{number}", "property": "role", "scheme": "marc:relators"}
        book.add_metadata(None, "meta", "aut", role)
    day = _iso_date(metadata.date)
    values = [
        ("date", day),
        ("publisher", metadata.publisher),
        ("description", metadata.subject),
        ("source", metadata.source),
        ("identifier", metadata.number),
    ]
    for name, value in (*values, *(("subject", keyword) for keyword in metadata.keywords)):
        if value.strip():
            book.add_metadata("DC", name, clean(value))
    if metadata.date.strip() and metadata.date != day:
        book.add_metadata(None, "meta", clean(metadata.date), {"property": "dcterms:date"})
    for name, value in (("alternativeHeadline", metadata.subtitle), ("bookEdition", metadata.edition)):
        if value.strip():
            book.add_metadata(None, "meta", clean(value), {"property": f"schema:{name}"})
    for name, value in _accessibility(document, pictured=pictured):
        book.add_metadata(None, "meta", value, {"property": f"schema:{name}"})


def _add_page_source(book: epub.EpubBook, source: str) -> None:
    """Which book's pages are marked, and that they are (EPUB Accessibility 1.1 §3.3, §3.4)."""
    book.add_metadata("DC", "source", source, {"id": "page-source"})
    book.add_metadata(None, "meta", "pagination", {"refines": "#page-source", "property": "source-of"})
    book.add_metadata(None, "meta", source, {"property": "pageBreakSource"})
    for feature in ("pageBreakMarkers", "pageNavigation"):
        book.add_metadata(None, "meta", feature, {"property": "schema:accessibilityFeature"})


def _page_targets(breaks: Sequence[Break], name: str, first: int) -> str:
    """The list of pages for old readers (OPF 2.0.1 §2.4.1.2); play orders go on from `first`."""
    targets = "".join(
        f'<pageTarget id="page-{number}" type="normal" value="{place.label}" playOrder="{first + number}">'
        f'<navLabel><text>{place.label}</text></navLabel><content src="{place.href}"/></pageTarget>'
        for number, place in enumerate(breaks)
    )
    return f"<pageList><navLabel><text>{name}</text></navLabel>{targets}</pageList>"


def _accessibility(document: Document, *, pictured: bool) -> Iterable[tuple[str, str]]:
    """What EPUB Accessibility 1.1 §2 wants said. No conformance is claimed: nobody has looked at the book yet."""
    pictures = [block for block in blocks_of(document) if isinstance(block, Figure)]
    yield "accessMode", "textual"
    if pictures or pictured:
        yield "accessMode", "visual"
    yield "accessModeSufficient", "textual" if all(figure.alt for figure in pictures) else "textual,visual"
    if pictured or any(figure.alt for figure in pictures):
        yield "accessibilityFeature", "alternativeText"
    yield "accessibilityFeature", "displayTransformability"
    yield "accessibilityFeature", "readingOrder"
    if any(isinstance(inline, Ruby) for inline in inlines_of(document)):
        yield "accessibilityFeature", "rubyAnnotations"
    if document.sections:
        yield "accessibilityFeature", "structuralNavigation"
        yield "accessibilityFeature", "tableOfContents"
    yield "accessibilityHazard", "none"
    yield (
        "accessibilitySummary",
        f"本書自動轉換而成，{'含圖片' if pictures or pictured else '僅含文字'}，未經人工檢查。"
        if document.language.startswith("zh-Hant")
        else f"本书自动转换而成，{'含图片' if pictures or pictured else '仅含文字'}，未经人工检查。",
    )


def _identifier(document: Document) -> uuid.UUID:
    """The same for the same words, whatever they look like and wherever in a file they stood (UUID version 5)."""
    metadata = document.metadata
    content = [document.language, metadata.title, *metadata.authors, metadata.date]
    content += (heading_text(entry.section.heading) for entry in outline(document))
    content += map(characters, inlines_of(document))
    name = "converter-zh:" + "\0".join(content)
    # As `uuid.uuid5` does, but the words are encoded once.
    named = hashlib.sha1(uuid.NAMESPACE_URL.bytes, usedforsecurity=False)
    named.update(name.encode(errors="backslashreplace"))
    return uuid.UUID(bytes=named.digest()[:16], version=5)


def _iso_date(written: str) -> str:
    """2012年7月11日 as 2012-07-11, the form of a dc:date; empty for what is no full date in digits."""
    match = _DATE.fullmatch(written.strip())
    try:
        return date(*map(int, match.groups())).isoformat() if match else ""
    except ValueError:
        return ""


def _tree(links: Iterable[Link], clean: Callable[[str], str]) -> list[Any]:
    """The links as EbookLib nests them: (link, [children]) all the way down."""
    open_lists: list[list[Any]] = [[]]
    for link in links:
        del open_lists[link.depth :]
        children: list[Any] = []
        open_lists[-1].append((epub.Link(link.href, clean(link.label)), children))
        open_lists.append(children)
    return open_lists[0]


class _Package(epub.EpubWriter):  # type: ignore[misc]  # EbookLib has no types
    """EbookLib's writer with the package's language, a truthful NCX, and one date for all files of the zip."""

    def __init__(self, output: BytesIO, book: epub.EpubBook, written: datetime, *, depth: int) -> None:
        super().__init__(output, book, {"mtime": written, "play_order": {"enabled": True, "start_from": 1}})
        self._depth = depth
        self.targets = ""
        """The list of printed pages, as the NCX has it."""
        self.page_count = 0

    def write(self) -> None:
        with _DatedZip(self.file_name, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as self.out:
            self.out.date = self.options["mtime"]
            self.out.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
            self._write_container()
            self._write_opf()
            self._write_items()

    def _write_opf_file(self, root: Any) -> None:
        root.set(_XML_LANG, self.book.language)
        super()._write_opf_file(root)

    def _get_ncx(self) -> bytes:
        language, depth = self.book.language, self._depth
        content: bytes = super()._get_ncx()
        content = content.replace(b"<ncx ", f'<ncx xml:lang="{language}" '.encode(), 1)
        content = content.replace(b'content="0" name="dtb:depth"', f'content="{depth}" name="dtb:depth"'.encode(), 1)
        if self.page_count:
            for name in (b"totalPageCount", b"maxPageNumber"):
                counted = b'content="%d" name="dtb:%s"' % (self.page_count, name)
                content = content.replace(b'content="0" name="dtb:%s"' % name, counted, 1)
            content = content.replace(b"</navMap>", b"</navMap>" + self.targets.encode(), 1)
        return content


class _DatedZip(zipfile.ZipFile):
    """A zip whose files all bear the same date, and nothing of the machine that wrote it."""

    date: datetime

    def writestr(
        self, zinfo_or_arcname: Any, data: Any, compress_type: int | None = None, compresslevel: int | None = None
    ) -> None:
        # The zip format counts years from 1980 to 2107.
        year = min(max(self.date.year, 1980), 2107)
        info = zipfile.ZipInfo(zinfo_or_arcname, (year, *self.date.timetuple()[1:6]))
        info.create_system = 3
        info.external_attr = 0o644 << 16
        level = self.compresslevel if compresslevel is None else compresslevel
        super().writestr(info, data, self.compression if compress_type is None else compress_type, level)
