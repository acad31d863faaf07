"""PDF, print-ready: our own line and page composition, tagged; pictures by ReportLab."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.diagnostics import Diagnostic, Result, Severity
from converter.errors import Message
from converter.model import Preformatted
from converter.options import option
from converter.records import dataclass
from converter.typeset.cover import remarks
from converter.typeset.designs import CoverDesign, TitleOrder
from converter.typeset.lines import Manner
from converter.typeset.pages import Typesetter
from converter.typeset.pictures import lacking
from converter.typeset.printed import CENTRING
from converter.typeset.punctuation import Level

if TYPE_CHECKING:
    from collections.abc import Mapping

    from converter.model import Document
    from converter.plugins import Store
    from converter.typeset.theme import Face, Theme


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfOptions:
    """What can be chosen for a PDF."""

    cover: bool = option(False, "a cover page with title, authors and date", "封面：标题、作者、日期")
    cover_design: CoverDesign = option(
        CoverDesign.PLAIN,
        "what the cover looks like: plain, in a frame, with a band, or with a label",
        "封面样式：素面、文武边框、色带、题签",
    )
    half_title: bool = option(False, "a half-title: the title alone on a right-hand page", "扉页：另页右侧只印书名")
    imprint: bool = option(
        False, "an imprint: title, authors, publisher, edition, date", "版权页：书名、编著、编印、版次、日期"
    )
    contents: bool = option(False, "contents with page numbers", "目录（带页码）")
    contents_depth: int = option(2, "how many levels of headings the contents show", "目录包含的标题级数")
    index: TitleOrder = option(
        TitleOrder.NONE,
        "an index of the titles of a volume's texts, by sound or by strokes",
        "篇名索引：按音序或笔画",
    )
    back_cover: bool = option(False, "a back cover, which stays outside when sheets are folded", "封底")
    right_hand: bool = option(False, "texts of a volume open on right-hand pages", "各篇另页右起（自单数页开始）")
    running_head: bool | None = option(None, "running heads; left to the theme if not given", "书眉；默认由版式决定")
    page_numbers: bool = option(True, "page numbers", "页码")
    line_breaking: Level = option(Level.GB, "how strictly marks are kept from the edges of lines", "避头尾的宽严程度")
    vertical: bool = option(
        False,
        "lines from top to bottom, columns from right to left, bound at the right",
        "竖排：自上而下、自右而左，右侧装订",
    )
    hyphenate: bool = option(
        False, "Latin words may be divided where a line would gape (needs Pyphen)", "行过疏时西文可断词（需 Pyphen）"
    )
    centred_marks: bool | None = option(
        None,
        "stops in the middle of their squares; those of Traditional texts, as in Taiwan and Hong Kong, if not given",
        "点号居中（台港式）；默认用于繁体文本",
    )
    hanging: bool = option(False, "、，。 may hang in the margin at the end of a line", "行末的、，。可悬挂于版心之外")


class PdfWriter:
    """Writes a document as PDF 1.7, tagged: PDF/A-2u and PDF/UA-1.

    `fonts` names font files of the user's by face, `file.ttc#2` for one of a collection, before those of the theme;
    they are arguments, not options, since options may come from strangers over HTTP.
    """

    name = "pdf"
    media_type = "application/pdf"
    suffix = ".pdf"
    options_type = PdfOptions
    cannot_show: frozenset[object] = frozenset({Preformatted})
    """Code is not set in a face of equal widths."""
    keeps = True

    def __init__(self, fonts: Mapping[Face, str] | None = None) -> None:
        self._fonts = dict(fonts or {})

    def write(self, document: Document, theme: Theme, options: PdfOptions, store: Store | None = None) -> Result[bytes]:
        """The PDF file; the drawn pages of its texts are kept in `store`, and taken from there. Diagnostic PDF101 names
        the characters that no font has; they are drawn as 〓 and copy as themselves.

        Raises ResourceError for a font file that cannot be used.
        """
        from converter.writers.pdf.volume import document_to_pdf

        centred = options.centred_marks
        if centred is None:
            centred = document.language.startswith(CENTRING)
        manner = Manner(options.line_breaking, options.hanging, hyphenate=options.hyphenate, centred=centred)
        typesetter = Typesetter(theme, self._fonts, manner)
        data, missing = document_to_pdf(document, typesetter, options, store)
        said = (_missing(missing),) if missing else ()
        page = theme.page
        about = remarks(document, page.width, page.height) if options.cover else ()
        return Result(data, (*said, *lacking(typesetter.lacking), *about))


def _missing(characters: list[str]) -> Diagnostic:
    shown = " ".join(f"{c} (U+{ord(c):04X})" for c in characters[:20])
    more = len(characters) - 20
    return Diagnostic(
        code="PDF101",
        severity=Severity.ERROR,
        message=Message(
            f"No font has these characters, drawn as 〓: {shown}{f' and {more} more' if more > 0 else ''}.",
            f"下列字符没有可用的字形，以〓代替：{shown}{f'，另有 {more} 个' if more > 0 else ''}。",
        ),
    )
