"""EPUB 3.3: one XHTML file a chapter, nested navigation, NCX for old readers, in a package that EbookLib writes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from converter.diagnostics import Diagnostic, Result, Severity
from converter.errors import Message
from converter.options import option
from converter.typeset.pictures import lacking
from converter.writers.characters import XmlCharacters
from converter.writers.dates import time_of_writing
from converter.writers.epub.package import pages_to_epub
from converter.writers.epub.pages import document_to_pages
from converter.writers.xhtml import page_title, words

if TYPE_CHECKING:
    from converter.model import Document
    from converter.typeset.theme import Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class EpubOptions:
    """How to write EPUB."""

    cover: bool = option(False, "Begin with a cover page: title, authors, date", "以封面页开头：书名、作者、日期")
    imprint: bool = option(
        False, "A page with title, authors, publisher, edition, date", "版权页：书名、编著、编印、版次、日期"
    )
    contents: bool | None = option(
        None,
        "Show the contents as a page too; if not said, compiled volumes do",
        "另设目录页；未指定时仅汇编本设目录页",
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
        pages = document_to_pages(
            document, theme, cover=options.cover, imprint=options.imprint, contents=options.contents
        )
        data = pages_to_epub(document, pages, written, characters.clean)
        return Result(data, (*_nameless(document), *characters.diagnostics(self.name), *lacking(pages.lacking)))


def _nameless(document: Document) -> tuple[Diagnostic, ...]:
    if document.display_title.strip():
        return ()
    name = words(document).untitled
    message = Message(
        f"The text has no title and no words to make one of; the book is called “{page_title(document)}”.",
        f"文本没有标题，也没有可用作标题的文字；书名暂作“{name}”。",
    )
    return (Diagnostic(code="OUT103", severity=Severity.WARNING, message=message),)
