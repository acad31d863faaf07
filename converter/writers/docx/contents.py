"""The table of contents: a TOC field, filled in (docs/decisions/006-docx-contents.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.model import HeadingKind, heading_text, is_volume, outline
from converter.typeset.pages import Typesetter
from converter.writers.docx.ooxml import field, paragraph, text_run, to_text, w
from converter.writers.docx.runs import runs, runs_text
from converter.writers.docx.styles import CONTENTS_LEVELS, in_contents

if TYPE_CHECKING:
    from collections.abc import Mapping

    from converter.model import Document, OutlineEntry
    from converter.typeset.designs import TitleIndex
    from converter.typeset.theme import Theme
    from converter.writers.characters import XmlCharacters
    from converter.writers.docx.styles import StyleSheet


def wants_contents(document: Document, theme: Theme) -> bool:
    """Whether a document has contents where nobody chose: volumes do, and texts with three headings or more to list."""
    return is_volume(document) or (theme.contents and len(_listed(document)) >= 3)


def _listed(document: Document) -> list[OutlineEntry]:
    """The headings that the contents list."""
    return [entry for entry in outline(document) if in_contents(entry.section.heading)]


_NUMBER = (
    '<w:r><w:tab/></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
    '<w:r><w:instrText xml:space="preserve"> PAGEREF {name} \\h </w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{page}</w:t></w:r>'
    '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
"""The five parts of a field, without which Word shows nothing (ECMA-376 §17.16.18)."""
INDEX = "title-index"
"""The tag of the control around an index, by which readers know it."""
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
    return Typesetter(theme).page_numbers(document, title=not is_volume(document))


def contents_to_docx(
    document: Document, pages: Mapping[str, int], sheet: StyleSheet, characters: XmlCharacters
) -> str | None:
    """The contents in the frame that gives Word's users the button “Update table”; None where no heading is listed.
    `pages` is what `page_numbers` gives.
    """
    entries = [entry for entry in _listed(document) if entry.depth <= CONTENTS_LEVELS]
    if not entries:
        return None
    begin, code, separate, end = map(to_text, field(_code(sheet)))
    lines = [
        _entry(
            runs_text(heading_text(entry.section.heading), characters),
            entry.depth,
            bookmark(entry),
            pages[entry.anchor],
        )
        for entry in entries
    ]
    lines[0] = lines[0].replace("</w:pPr>", f"</w:pPr>{begin}{code}{separate}", 1)
    lines[-1] = lines[-1].removesuffix("</w:p>") + f"{end}</w:p>"
    title = "目　錄" if document.language.startswith("zh-Hant") else "目　录"
    heading = to_text(paragraph("TOCHeading", text_run(title)))
    kind = to_text(w("sdtPr", w("docPartObj", w("docPartGallery", val="Table of Contents"), w("docPartUnique"))))
    return f"<w:sdt>{kind}<w:sdtContent>{heading}{''.join(lines)}</w:sdtContent></w:sdt>"


def _code(sheet: StyleSheet) -> str:
    """What Word makes the contents of when it updates them: styles by their names, since by its levels the whole
    outline would come in.
    """
    variants = ",".join(f"{name},{level}" for name, level in sheet.contents_variants())
    return f'TOC \\o "1-{CONTENTS_LEVELS}" \\h \\z' + (f' \\t "{variants}"' if variants else "")


def index_to_docx(index: TitleIndex | None, pages: Mapping[str, int], characters: XmlCharacters) -> str | None:
    """The index of titles: entries like those of the contents, below their letters; None without an index."""
    if index is None:
        return None
    lines = [to_text(paragraph("TOCHeading", *runs(index.name)))]
    for group in index.groups:
        name = paragraph("TableHead", *runs(group.name))
        name[0].extend((w("keepNext"), w("spacing", before=120), w("jc", val="left")))
        lines.append(to_text(name))
        lines += (
            _entry(runs_text(words, characters), 2, bookmark(entry), pages[entry.anchor])
            for words, entry in group.titles
        )
    kind = to_text(w("sdtPr", w("tag", val=INDEX)))
    return f"<w:sdt>{kind}<w:sdtContent>{''.join(lines)}</w:sdtContent></w:sdt>"


def _entry(words: str, level: int, name: str, page: int) -> str:
    number = _NUMBER.format(name=name, page=page)
    return (
        f'<w:p><w:pPr><w:pStyle w:val="TOC{level}"/></w:pPr>'
        f'<w:hyperlink w:anchor="{name}">{words}{number}</w:hyperlink></w:p>'
    )
