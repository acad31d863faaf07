"""DOCX: a Word document with real styles, fields and properties from a template of our own; made with python-docx where
the document has more parts than that.

package.py   the parts of the file, and the file as bytes
styles.py    a theme as Word styles
body.py      sections, blocks and inlines as paragraphs and runs
titles.py    titles on several lines
contents.py  the table of contents, a field filled in
covers.py    cover, half-title, imprint, back cover
pages.py     paper, margins, grid, running heads and page numbers
numbering.py numbers that Word counts
official.py  the parts of an official document
embedding.py our fonts in the file
reference.py a file of the user's as the template
review.py    what was changed in the text, as comments or tracked changes
ooxml.py     elements of WordprocessingML
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any

from converter.diagnostics import Result
from converter.options import option
from converter.records import dataclass
from converter.typeset.designs import CoverDesign, TitleOrder

if TYPE_CHECKING:
    from converter.model import Document
    from converter.typeset.theme import Theme


class Comments(StrEnum):
    """How a document shows what was changed in its text."""

    NONE = "none"
    COMMENTS = "comments"
    """Each change is explained in a comment at its place."""
    CHANGES = "changes"
    """Each change is a tracked change, to be accepted or rejected; what was only proposed is a comment."""


class Numbering(StrEnum):
    """How headings and lists are numbered."""

    TYPED = "typed"
    """The author's numbers are words like others."""
    WORD = "word"
    """Word counts, where it would count as the author did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocxOptions:
    """What can be chosen about a Word document."""

    contents: bool | None = option(
        None,
        "table of contents; without a choice, volumes have one, and texts with three headings or more",
        "目录；不指定时，合订本以及有三个以上标题的文章带目录",
    )
    cover: bool = option(False, "a cover with title, authors and date", "封面，列出题名、作者和日期")
    cover_design: CoverDesign = option(
        CoverDesign.PLAIN,
        "what the cover looks like: plain, in a frame, with a band, or with a label",
        "封面样式：素面、文武边框、色带、题签",
    )
    half_title: bool = option(False, "a half-title: the title alone on a right-hand page", "扉页：另页右侧只印书名")
    imprint: bool = option(
        False,
        "an imprint on the back of cover or half-title: title, authors, publisher, edition, date",
        "封面或扉页背面的版权页：书名、编著、编印、版次、日期",
    )
    index: TitleOrder = option(
        TitleOrder.NONE,
        "an index of the titles of a volume's texts, by sound or by strokes",
        "篇名索引：按音序或笔画",
    )
    back_cover: bool = option(False, "a back cover as the last page", "封底")
    running_head: bool | None = option(
        None, "running heads; without a choice, as the theme has it", "页眉；不指定时由版式决定"
    )
    numbering: Numbering = option(
        Numbering.TYPED,
        "numbers of headings and lists: typed as the author wrote them, or Word's own, which count themselves",
        "标题与列表的编号：按原文输入为文字（typed），或使用 Word 自动编号（word）",
    )
    vertical: bool = option(
        False,
        "vertical writing, lines from right to left, bound at the right",
        "直排（竖排），行序自右至左，右侧装订",
    )
    embed_fonts: bool = option(
        False,
        "set in our own fonts, which the file holds cut down to its characters",
        "使用本软件自带字体，并将所用字符的字体子集嵌入文件",
    )
    comments: Comments = option(
        Comments.NONE,
        "what was changed in the text: as comments, or as tracked changes",
        "对原文的修改：以批注列出，或以修订标记列出，由编辑逐条取舍",
    )


class DocxWriter:
    """Writes Word documents (ECMA-376, transitional)."""

    name = "docx"
    media_type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    suffix = ".docx"
    options_type = DocxOptions
    cannot_show: frozenset[Any] = frozenset()

    def write(self, document: Document, theme: Theme, options: DocxOptions) -> Result[bytes]:
        """The file's bytes. Characters that XML cannot hold are replaced and reported.

        Raises UsageError if SOURCE_DATE_EPOCH is set and is no time.
        """
        # Here, not above: the options are wanted without all that writes.
        from converter.writers.docx.body import document_to_docx

        package, body, diagnostics = document_to_docx(document, theme, options)
        return Result(package.to_bytes(body), diagnostics)
