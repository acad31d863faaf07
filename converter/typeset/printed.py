"""Where the pages of the printed book begin, for formats that have none: by the words that they begin with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.model import is_volume
from converter.options import option
from converter.records import NamedTuple, dataclass
from converter.typeset.punctuation import Level

if TYPE_CHECKING:
    from collections.abc import Iterator

    from converter.model import Document
    from converter.typeset.composed import ComposedPage
    from converter.typeset.lines import Line
    from converter.typeset.tags import Tag
    from converter.typeset.theme import Theme

CENTRING = ("zh-Hant", "zh-TW", "zh-HK", "zh-MO")
"""Languages whose stops stand in the middle of their squares (clreq, "glyphs, sizes and positions")."""
_APART = frozenset({"Note", "Lbl", "Reference", "Artifact"})
"""Tags of what does not stand in the running text: notes and their marks, numbers of lists."""
_SEPARATOR = frozenset("＊*")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintOptions:
    """What decides in print where lines and pages end; the names, meanings and defaults are those of PDFs."""

    right_hand: bool = option(False, "In print, texts of a volume open on right-hand pages", "印本各篇另页右起")
    line_breaking: Level = option(
        Level.GB, "In print, how strictly marks are kept from the edges of lines", "印本避头尾的宽严程度"
    )
    hyphenate: bool = option(False, "In print, Latin words may be divided", "印本西文可断词")
    centred_marks: bool | None = option(None, "In print, stops in the middle of their squares", "印本点号居中")
    hanging: bool = option(False, "In print, 、，。 may hang in the margin", "印本行末的、，。可悬挂")


class PrintedPage(NamedTuple):
    """A page of the printed book, as far as others need it."""

    label: str
    """Its number as printed."""
    begins: str
    """The words of its first line, without white space; empty where it has none."""
    length: int
    """How many characters of the text, white space not counted, stand on it."""


def printed_pages(
    document: Document, theme: Theme, options: PrintOptions, *, cover: bool, vertical: bool
) -> Iterator[PrintedPage]:
    """The pages of the text in print: what a PDF with these options has, without what stands around the text."""
    from converter.typeset.lines import Manner
    from converter.typeset.pages import Typesetter

    centred = document.language.startswith(CENTRING) if options.centred_marks is None else options.centred_marks
    manner = Manner(options.line_breaking, options.hanging, hyphenate=options.hyphenate, centred=centred)
    typesetter = Typesetter(theme, manner=manner)
    body = typesetter.turned() if vertical else typesetter
    titled = not (cover and is_volume(document))
    for page in body.pages(document, title=titled, right_hand=options.right_hand):
        lines = list(filter(None, map(_said, _of_the_text(page))))
        yield PrintedPage(str(page.number), lines[0] if lines else "", sum(map(len, lines)))


def _of_the_text(page: ComposedPage) -> Iterator[Line]:
    for placed in page.lines:
        pieces = placed.line.pieces
        if pieces and pieces[0].tag and not _APART.intersection(_kinds(pieces[0].tag)):
            yield placed.line


def _kinds(tag: Tag | None) -> Iterator[str]:
    while tag:
        yield tag.kind
        tag = tag.parent


def _said(line: Line) -> str:
    """The words of a line without white space and marks of notes; a line of asterisks says nothing."""
    words = "".join(piece.text for piece in line.pieces if not _APART.intersection(_kinds(piece.tag)))
    words = bare(words)
    return "" if _SEPARATOR.issuperset(words) else words


def bare(text: str) -> str:
    """Text without white space and signs that are not seen."""
    return "".join(c for c in text if not c.isspace() and c.isprintable())
