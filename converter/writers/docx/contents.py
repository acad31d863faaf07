"""The table of contents: a TOC field, filled in (docs/decisions/006-docx-contents.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.model import HeadingKind, heading_text, is_volume, outline
from converter.typeset.pages import Typesetter
from converter.writers.docx.ooxml import field, paragraph, text_run, w
from converter.writers.docx.runs import runs
from converter.writers.docx.styles import CONTENTS_LEVELS

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from converter.model import Document, OutlineEntry
    from converter.typeset.theme import Theme
    from converter.writers.characters import XmlCharacters


def wants_contents(document: Document, theme: Theme) -> bool:
    """Whether a document has contents where nobody chose: volumes do, and texts with three headings or more."""
    return is_volume(document) or (theme.contents and sum(1 for _ in outline(document)) >= 3)


_LONGEST = 40
"""Characters in the name of a bookmark."""


def bookmark(entry: OutlineEntry) -> str:
    """The name of the bookmark for a section; Word allows letters, digits and underscores, and hides names in `_`.

    It ends with the form of the heading's number, for whoever reads the file back.
    """
    name, kind = "_Toc_" + entry.anchor.replace("-", "_"), entry.section.heading.kind
    told = name if kind is HeadingKind.PLAIN else f"{name}_{kind.value}"
    return told if len(told) <= _LONGEST else name


def page_numbers(document: Document, theme: Theme) -> dict[str, int]:
    """The page of each section by its anchor, as our own layout has it; page 1 is the first after the contents."""
    pages = Typesetter(theme).pages(document, title=not is_volume(document))
    return {landmark.entry.anchor: page.number for page in pages for landmark in page.landmarks}


def contents_to_docx(document: Document, theme: Theme, characters: XmlCharacters) -> Element | None:
    """The contents in the frame that gives Word's users the button “Update table”; None where nothing has a heading."""
    entries = [entry for entry in outline(document) if entry.depth <= CONTENTS_LEVELS]
    if not entries:
        return None
    pages = page_numbers(document, theme)
    lines = [_entry(entry, pages[entry.anchor], characters) for entry in entries]
    begin, code, separate, end = field(f'TOC \\o "1-{CONTENTS_LEVELS}" \\h \\z \\u')
    for part in (separate, code, begin):
        lines[0].insert(1, part)
    lines[-1].append(end)
    title = "目錄" if document.language.startswith("zh-Hant") else "目录"
    heading = paragraph("TOCHeading", text_run(title))
    return w(
        "sdt",
        w("sdtPr", w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique"))),
        w("sdtContent", heading, *lines),
    )


def _entry(entry: OutlineEntry, page: int, characters: XmlCharacters) -> Element:
    link = w("hyperlink", *runs(characters.clean(heading_text(entry.section.heading))), anchor=bookmark(entry))
    link.append(text_run("\t"))
    link.extend(field(f"PAGEREF {bookmark(entry)} \\h", text_run(str(page))))
    return paragraph(f"TOC{entry.depth}", link)
