"""A document as the pages of an EPUB: XHTML files of limited size, the navigation, and the style sheet."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from converter.model import HeadingKind, is_volume
from converter.records import NamedTuple
from converter.regex import compiled
from converter.typeset.designs import CoverDesign, TitleOrder, title_index
from converter.writers.characters import escape
from converter.writers.epub.around import (
    back_cover_to_xhtml,
    cover_to_xhtml,
    half_title_to_xhtml,
    imprint_to_xhtml,
    index_to_xhtml,
    style_of,
)
from converter.writers.epub.breaks import Break, marked, name_of
from converter.writers.xhtml import (
    GENERATOR,
    Link,
    Part,
    contents_to_xhtml,
    document_to_xhtml,
    header_to_xhtml,
    notes_to_xhtml,
    page_title,
    section_label,
    words,
)
from converter.writers.xhtml_blocks import Surroundings
from converter.writers.xhtml_style import stylesheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from converter.model import Document
    from converter.typeset.pictures import Picture
    from converter.typeset.printed import PrintedPage
    from converter.typeset.theme import Face, Theme

_MOST_BYTES = 4
"""Of a character in UTF-8."""
_OPENS_FILE = frozenset({HeadingKind.TEXT, HeadingKind.PART, HeadingKind.CHAPTER})

_PAGE = """\
<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="{lang}" xml:lang="{lang}">
<head>
<title>{title}</title>
<meta name="generator" content="{generator}"/>
<link rel="stylesheet" type="text/css" href="style.css"/>
</head>
<body>
{body}</body>
</html>
"""

# EPUB 3.3 §7: one toc nav; landmarks are for reading systems, not for readers.
_NAVIGATION = """\
<nav epub:type="toc" role="doc-toc" aria-labelledby="contents" id="toc">
<h1 id="contents" class="level-1">{name}</h1>
{contents}</nav>
<nav epub:type="landmarks" hidden="hidden">
<ol>
{landmarks}</ol>
</nav>
"""


class Page(NamedTuple):
    """One XHTML file."""

    name: str
    """Its name without ending, which is its id as well."""
    xhtml: str

    @property
    def href(self) -> str:
        """Its address inside the package."""
        return f"{self.name}.xhtml"


class Pages(NamedTuple):
    """All that a reader of the book sees."""

    spine: tuple[Page, ...]
    """The pages in reading order."""
    navigation: Page
    """The navigation document; it is in the spine only where the contents are shown as a page."""
    links: tuple[Link, ...]
    """The contents."""
    style: str
    pictures: tuple[tuple[str, Picture], ...]
    """The picture files, with their addresses."""
    lacking: int
    """Pictures that could not be shown."""
    breaks: tuple[Break, ...] = ()
    """Where the pages of the printed book begin, if that is marked."""


class _Pictures:
    """The files of the pictures; one that comes again is stored once."""

    def __init__(self) -> None:
        self.files: dict[Picture, str] = {}

    def address(self, picture: Picture) -> str:
        return self.files.setdefault(picture, f"picture-{len(self.files) + 1:04}{picture.suffix}")


_CALL = compiled(r' id="noteref-(\d+)" class="noteref"')


class _File(NamedTuple):
    """What one file of the text holds."""

    name: str
    parts: list[Part]
    nested: int
    """Sections that were opened in earlier files and go on in this one."""


class Shape(NamedTuple):
    """How a book is divided, and which way it is read."""

    cover: bool = False
    design: CoverDesign = CoverDesign.PLAIN
    half_title: bool = False
    imprint: bool = False
    titles: TitleOrder = TitleOrder.NONE
    """The order of an index of titles."""
    back_cover: bool = False
    contents: bool | None = None
    """Whether the contents are a page too; None: in compiled volumes only."""
    vertical: bool = False
    split_level: int = 1
    """Headings down to this level begin a file; texts, parts and chapters always do."""
    embedded: Mapping[Face, str] | None = None
    """The families of the fonts that the book carries, by face."""
    printed: Sequence[PrintedPage] = ()
    """The pages of the printed book, to be marked."""
    largest: int = 240_000
    """Bytes of text in one file: reading systems load a file as a whole, and old ones refuse more than 300 KB."""


def document_to_pages(document: Document, theme: Theme, shape: Shape = Shape()) -> Pages:  # noqa: B008 - a constant
    """The document's pages."""
    contents = shape.contents
    own = words(document)
    pictures = _Pictures()
    around = Surroundings(pictures.address, "notes.xhtml", len(document.notes), epub=True)
    files, breaks = _broken(list(_files(document, theme, around, shape)), shape.printed)
    spine = [_page(document, file.name, _title(file, document), _file_to_xhtml(file)) for file in files]
    links = tuple(_links(document, files))
    title_page = len(files) > 1 and len(files[0].parts) == 1 and files[0].parts[0].entry is None
    landmarks = [("bodymatter", spine[title_page].href, own.body)]
    if contents is None:
        contents = is_volume(document)
    if contents:
        landmarks.insert(0, ("toc", "nav.xhtml", own.contents))
    if shape.half_title:
        landmarks.insert(0, ("halftitlepage", "half-title.xhtml", own.half_title))
    if shape.cover:
        landmarks.insert(0, ("cover", "cover.xhtml", own.cover))
    listed = "".join(f'<li><a epub:type="{kind}" href="{href}">{label}</a></li>\n' for kind, href, label in landmarks)
    navigation = _page(
        document,
        "nav",
        own.contents,
        _NAVIGATION.format(name=own.contents, contents=contents_to_xhtml(links), landmarks=listed)
        + _page_list(breaks, own.pages),
    )
    if contents:
        spine.insert(title_page, navigation)
    spine[:0] = _opening(document, around, shape)
    homes = {int(number): page.href for page in spine for number in _CALL.findall(page.xhtml)} if document.notes else {}
    if notes := notes_to_xhtml(document, around, homes):
        spine.append(_page(document, "notes", own.notes, notes))
    spine += _ending(document, files, shape)
    stored = tuple((address, picture) for picture, address in pictures.files.items())
    return Pages(
        tuple(spine),
        navigation,
        links,
        stylesheet(document, theme, vertical=shape.vertical, embedded=shape.embedded) + _style(document, shape),
        stored,
        around.lacking,
        breaks,
    )


def _broken(files: list[_File], printed: Sequence[PrintedPage]) -> tuple[list[_File], tuple[Break, ...]]:
    """The files with marks where the pages of the printed book begin, and those places."""
    if not printed:
        return files, ()
    homes = [file.name for file in files for _ in file.parts]
    texts, found = marked([part.xhtml for file in files for part in file.parts], printed)
    left = iter(texts)
    files = [file._replace(parts=[part._replace(xhtml=next(left)) for part in file.parts]) for file in files]
    return files, tuple(Break(label, f"{homes[piece]}.xhtml#{name_of(label)}") for label, piece in found)


def _page_list(breaks: Sequence[Break], name: str) -> str:
    """The list of pages in the navigation (EPUB 3.3 §7.4.2.3); empty if none are marked."""
    if not breaks:
        return ""
    rows = "".join(f'<li><a href="{place.href}">{escape(place.label)}</a></li>\n' for place in breaks)
    kind = 'epub:type="page-list" role="doc-pagelist"'
    return f'<nav {kind} aria-label="{name}" hidden="hidden">\n<ol>\n{rows}</ol>\n</nav>\n'


def _style(document: Document, shape: Shape) -> str:
    usual = shape.design is CoverDesign.PLAIN and not (shape.half_title or shape.titles is not TitleOrder.NONE)
    return "" if usual else style_of(shape.design, document, vertical=shape.vertical)


def _opening(document: Document, around: Surroundings, shape: Shape) -> Iterator[Page]:
    """The pages before the text."""
    own = words(document)
    if shape.cover:
        yield _page(document, "cover", own.cover, cover_to_xhtml(document, around, shape.design))
    if shape.half_title:
        yield _page(document, "half-title", own.half_title, half_title_to_xhtml(document, around))
    if shape.imprint:
        yield _page(document, "imprint", own.imprint, imprint_to_xhtml(document))


def _ending(document: Document, files: Iterable[_File], shape: Shape) -> Iterator[Page]:
    """The pages behind it."""
    if index := title_index(document, shape.titles):
        places = {
            part.entry.anchor: f"{file.name}.xhtml{'' if part is file.parts[0] else f'#{part.entry.anchor}'}"
            for file in files
            for part in file.parts
            if part.entry
        }
        yield _page(document, "index", index.name, index_to_xhtml(index, places))
    if shape.back_cover:
        yield _page(document, "back-cover", words(document).back_cover, back_cover_to_xhtml(document, shape.design))


def _page(document: Document, name: str, title: str, body: str) -> Page:
    return Page(name, _PAGE.format(lang=escape(document.language), title=escape(title), body=body, generator=GENERATOR))


def _files(document: Document, theme: Theme, around: Surroundings, shape: Shape) -> Iterator[_File]:
    """The files of the text: the title page, then one for each chapter, or more where a chapter is too large."""
    header = header_to_xhtml(document, theme, around)
    parts = chain([Part(header)] if header else (), document_to_xhtml(document, theme, around, top=1))
    nested = 0
    for number, group in enumerate(list(_grouped(parts, shape)) or [[Part("")]], 1):
        yield _File(f"text-{number:04}", group, nested)
        nested += sum(part.nesting for part in group)


def _grouped(parts: Iterable[Part], shape: Shape) -> Iterator[list[Part]]:
    group: list[Part] = []
    # Bytes are counted where it matters: of the first `counted` parts they are `size`, of the others `most` at most.
    size = counted = most = 0
    for part in parts:
        most += _MOST_BYTES * len(part.xhtml)
        if size + most > shape.largest:
            size, counted, most = size + sum(map(_bytes, group[counted:])), len(group), _bytes(part)
        full = size + most > shape.largest and part.nesting >= 0
        if group and (full or _opens_file(part, shape.split_level)):
            yield group
            group, size, counted, most = [], 0, 0, _MOST_BYTES * len(part.xhtml)
        group.append(part)
    if group:
        yield group


def _bytes(part: Part) -> int:
    return len(part.xhtml.encode(errors="surrogatepass"))


def _opens_file(part: Part, level: int) -> bool:
    if part.entry is None:
        return False
    heading = part.entry.section.heading
    # What opens a file opens a page in readers: a line of the text does not.
    return (part.entry.depth <= max(1, level) and not heading.run_in) or heading.kind in _OPENS_FILE


def _file_to_xhtml(file: _File) -> str:
    left_open = file.nested + sum(part.nesting for part in file.parts)
    return "".join(("<section>\n" * file.nested, *(part.xhtml for part in file.parts), "</section>\n" * left_open))


def _title(file: _File, document: Document) -> str:
    entry = next((part.entry for part in file.parts if part.entry), None)
    return section_label(entry, document) if entry else page_title(document)


def _links(document: Document, files: list[_File]) -> Iterator[Link]:
    """The title page, if there is one, and every section; a section that begins a file is that file."""
    if files[0].parts[0].entry is None:
        yield Link(1, f"{files[0].name}.xhtml", page_title(document))
    for file in files:
        for part in file.parts:
            if part.entry is not None:
                place = "" if part is file.parts[0] else f"#{part.entry.anchor}"
                yield Link(part.entry.depth, f"{file.name}.xhtml{place}", section_label(part.entry, document))
