"""EPUB 3.3: one XHTML file a chapter, nested navigation, NCX for old readers, in a package that EbookLib writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from converter.diagnostics import Diagnostic, Result, Severity
from converter.errors import Message
from converter.options import option
from converter.records import dataclass
from converter.typeset.cover import cover_of, unshown_cover
from converter.typeset.designs import CoverDesign, TitleOrder
from converter.typeset.pictures import Picture, lacking
from converter.typeset.printed import PrintOptions, printed_pages
from converter.units import Pt, mm
from converter.writers.characters import XmlCharacters
from converter.writers.dates import time_of_writing
from converter.writers.epub.package import Extras, pages_to_epub
from converter.writers.epub.pages import Shape, document_to_pages
from converter.writers.xhtml import page_title, words

if TYPE_CHECKING:
    from converter.model import Document
    from converter.typeset.theme import Face, Theme
    from converter.writers.epub.fonts import Font


@dataclass(frozen=True, slots=True, kw_only=True)
class EpubOptions(PrintOptions):
    """How to write EPUB."""

    cover: bool = option(False, "Begin with a cover page: title, authors, date", "以封面页开头：书名、作者、日期")
    cover_design: CoverDesign = option(
        CoverDesign.PLAIN,
        "What the cover looks like: plain, in a frame, with a band, or with a label",
        "封面样式：素面、文武边框、色带、题签",
    )
    half_title: bool = option(False, "A half-title: the title alone on a page", "扉页：只列书名")
    imprint: bool = option(
        False, "A page with title, authors, publisher, edition, date", "版权页：书名、编著、编印、版次、日期"
    )
    contents: bool | None = option(
        None,
        "Show the contents as a page too; if not said, compiled volumes do",
        "另设目录页；未指定时仅汇编本设目录页",
    )
    index: TitleOrder = option(
        TitleOrder.NONE,
        "An index of the titles of a volume's texts, by sound or by strokes",
        "篇名索引：按音序或笔画",
    )
    back_cover: bool = option(False, "A back cover as the last page", "封底")
    vertical: bool = option(False, "Columns from top to bottom, pages from right to left", "竖排：自上而下、自右而左")
    page_list: bool = option(
        False,
        "Mark where the pages of the printed book (PDF) begin, and list them",
        "标出印本（PDF）各页的起点，并附页码表",
    )
    split_level: int = option(
        1,
        "Headings down to this level begin a file of their own; chapters always do",
        "到第几级标题另起文件；章、回总是另起",
    )
    largest_kb: int = option(240, "Files of more than so many KB are divided", "单个文件超过多少 KB 时拆分")
    embed_fonts: bool = option(
        False, "Carry our fonts along, cut down to the characters that are used", "嵌入字体（仅含用到的字）"
    )


class EpubWriter:
    """Writes EPUB 3."""

    name = "epub"
    media_type = "application/epub+zip"
    suffix = ".epub"
    options_type = EpubOptions
    cannot_show: frozenset[Any] = frozenset()

    def write(self, document: Document, theme: Theme, options: EpubOptions) -> Result[bytes]:
        """The EPUB: the same bytes for the same document, theme and options, wherever and whenever it is written.

        Raises UsageError if SOURCE_DATE_EPOCH is set and is no time.
        """
        written, characters = time_of_writing(), XmlCharacters()
        fonts, families, left = _embedded(document, theme) if options.embed_fonts else ((), {}, ())
        shelf, geta = _shelf(document, theme, options) if options.cover else (None, ())
        shape = Shape(
            embedded=families,
            cover=options.cover,
            design=options.cover_design,
            half_title=options.half_title,
            titles=options.index,
            back_cover=options.back_cover,
            imprint=options.imprint,
            contents=options.contents,
            vertical=options.vertical,
            split_level=options.split_level,
            printed=tuple(printed_pages(document, theme, options, cover=options.cover, vertical=options.vertical))
            if options.page_list
            else (),
            largest=max(1, options.largest_kb) * 1000,
        )
        pages = document_to_pages(document, theme, shape)
        extras = Extras(
            cover=shelf,
            fonts=fonts,
            right_to_left=options.vertical,
            page_size=" × ".join(f"{side / mm(1):.0f}" for side in (theme.page.width, theme.page.height)),
        )
        unshown = unshown_cover(document) if options.cover else ()
        data = pages_to_epub(document, pages, extras, written, characters.clean)
        about = (*lacking(pages.lacking), *unshown, *left, *geta)
        return Result(data, (*_nameless(document), *characters.diagnostics(self.name), *about))


# The next two import what they need: most books have no fonts of ours and no cover that we draw.


def _embedded(document: Document, theme: Theme) -> tuple[tuple[Font, ...], dict[Face, str], tuple[Diagnostic, ...]]:
    """Our fonts for the book, what its style sheet calls them by face, and what there is to say of them."""
    from converter.typeset.missing import left_to_readers
    from converter.writers.epub.fonts import families_of, fonts_for, lacking_in

    fonts = fonts_for(document, theme)
    return fonts, families_of(fonts), left_to_readers(lacking_in(document, theme))


def _shelf(document: Document, theme: Theme, options: EpubOptions) -> tuple[Picture, tuple[Diagnostic, ...]]:
    """The picture that stands for the book, its own, else one that we draw; and what there is to say of it."""
    if found := cover_of(document):
        return found[0], ()
    from converter.typeset.missing import drawn_as_geta
    from converter.writers.epub.cover import HEIGHT, WIDTH, drawn_cover, lacking_on_cover

    drawn = drawn_cover(document, theme, options.cover_design, right_bound=options.vertical)
    return Picture(drawn, "image/png", Pt(WIDTH), Pt(HEIGHT)), drawn_as_geta(lacking_on_cover(document, theme))


def _nameless(document: Document) -> tuple[Diagnostic, ...]:
    if document.display_title.strip():
        return ()
    name = words(document).untitled
    message = Message(
        f"The text has no title and no words to make one of; the book is called “{page_title(document)}”.",
        f"文本没有标题，也没有可用作标题的文字；书名暂作“{name}”。",
    )
    return (Diagnostic(code="OUT103", severity=Severity.WARNING, message=message),)
