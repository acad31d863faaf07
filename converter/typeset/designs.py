"""What the parts of a bound book look like, for every format: designs of the cover, the index of titles."""

from __future__ import annotations

from enum import StrEnum
from itertools import groupby
from typing import TYPE_CHECKING

from converter.model import HeadingKind, outline, plain
from converter.records import NamedTuple

if TYPE_CHECKING:
    from converter.model import Document, OutlineEntry

INK = "#8c2f28"
"""The colour of the band: a dark red that stays apart from black on a grey printer."""
_LONGEST_LABEL = 12
"""Characters of a title on a label."""


class CoverDesign(StrEnum):
    """What a cover of type looks like."""

    PLAIN = "plain"
    """Title above the middle, a short rule."""
    FRAME = "frame"
    """The same in a frame of a thick and a thin rule (文武边框)."""
    BAND = "band"
    """A broad coloured band along the spine, the words flush left beside it."""
    LABEL = "label"
    """A framed label with the title from top to bottom, as on thread-bound books (题签); titles of other signs than
    Chinese characters, and of more than twelve, get the frame."""


class TitleOrder(StrEnum):
    """How an index of titles is ordered."""

    NONE = "none"
    PINYIN = "pinyin"
    STROKES = "strokes"


def possible(design: CoverDesign, title: str) -> CoverDesign:
    """The design itself, or the frame for a title that cannot be set from top to bottom, one character below the other:
    one of other signs than Chinese characters, or too long.
    """
    fits = 0 < len(title) <= _LONGEST_LABEL and all("\u4e00" <= c <= "\u9fff" for c in title)
    return design if design is not CoverDesign.LABEL or fits else CoverDesign.FRAME


class Group(NamedTuple):
    """The titles below one letter, or one number of strokes."""

    name: str
    """A, B …; 5画; `#` for others."""
    titles: tuple[tuple[str, OutlineEntry], ...]
    """In their order: the words, and the text that they are the title of."""


class TitleIndex(NamedTuple):
    """The index of titles (篇名索引): the texts of a volume by sound or by strokes."""

    name: str
    groups: tuple[Group, ...]


def title_index(document: Document, order: TitleOrder) -> TitleIndex | None:
    """The index of a volume's titles; None where none is wanted, and for what is no volume."""
    if order is TitleOrder.NONE:
        return None
    from converter.text.collation import by_pinyin, by_strokes

    strokes, hant = order is TitleOrder.STROKES, document.language.startswith("zh-Hant")
    place = by_strokes if strokes else by_pinyin
    listed = [
        (place(words), words, entry)
        for entry in outline(document)
        if entry.section.heading.kind is HeadingKind.TEXT
        and (words := plain(entry.section.heading.inlines).replace("\n", " "))
    ]
    if not listed:
        return None
    groups = (
        Group(name.replace("画", "畫") if hant else name, tuple((words, entry) for _, words, entry in titles))
        for name, titles in groupby(sorted(listed, key=lambda one: one[0]), key=lambda one: one[0].group)
    )
    name = ("篇名筆畫索引" if hant else "篇名笔画索引") if strokes else "篇名音序索引"
    return TitleIndex(name, tuple(groups))
