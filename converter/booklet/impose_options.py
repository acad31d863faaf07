"""What can be chosen for printer's sheets, and what of it fits together."""

from __future__ import annotations

from enum import StrEnum

from converter.booklet.paper import Stock
from converter.errors import UsageError
from converter.options import option
from converter.records import dataclass

_MARKS = ("crop", "fold", "spine")


class Mode(StrEnum):
    """How the sheets become a book."""

    SADDLE = "saddle"
    """All sheets in one another, stapled in the fold (骑马订)."""
    PERFECT = "perfect"
    """Signatures on top of one another, glued or sewn at the back (胶装)."""
    LEAVES = "leaves"
    """Single leaves with a page on each side, not folded: punched or clamped."""


class Binding(StrEnum):
    """Where the spine is when the title page is in front of the reader."""

    LEFT = "left"
    RIGHT = "right"
    """Vertical Chinese."""


class Flip(StrEnum):
    """Over which edge of the sheet the printer turns it."""

    LONG = "long"
    SHORT = "short"


class Align(StrEnum):
    """Where a page lies in its part of the sheet."""

    CENTRE = "centre"
    """In the middle: for sheets that are not trimmed."""
    SPINE = "spine"
    """At the fold: for sheets that are trimmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImposeOptions:
    """What can be chosen for printer's sheets."""

    mode: Mode = option(Mode.SADDLE, "how the sheets are bound", "装订方式：骑马订、胶装、散页")
    sheet: str = option("A4", "paper in the printer: A4, A3, 大度16开, 320x450 …", "纸张：A4、A3、大度16开、320x450 等")
    up: int = option(2, "pages on one side of a folded sheet: 2 or 4", "每面页数：2（一折）或 4（两折）")
    signature: int | None = option(
        None, "sheets laid into one another; saddle: all, perfect: 1", "每帖张数；骑马订默认全部，胶装默认 1"
    )
    binding: Binding | None = option(
        None, "side of the spine; left unless the file reads from right to left", "装订边；默认由文件的阅读方向决定"
    )
    flip: Flip | None = option(
        None, "edge that the printer turns over; as one turns a page", "双面打印翻转边；默认为像翻书一样的那一边"
    )
    keep_last: int | None = option(
        None,
        "pages that stay last, blanks go before them; a page labelled as back cover does",
        "末尾保持不动的页数（封底）",
    )
    paper_weight: float = option(80, "g/m² of the paper, for creep and thickness", "纸张克重（克/平方米）")
    stock: Stock = option(Stock.OFFSET, "kind of paper", "纸张种类：胶版纸、铜版纸、哑粉纸、轻型纸")
    creep: bool = option(True, "move inner pages to the fold, by the paper's thickness", "爬移补偿：内层页面向订口移动")
    gutter: float | None = option(
        None, "mm between fold and page; perfect: by thickness, else 0", "订口加宽（毫米）；胶装默认按页数"
    )
    bleed: float = option(0, "mm shown beyond the page's edge, where the file has it", "出血（毫米）")
    margin: float = option(0, "mm at the sheet's edges that stay free", "纸边留空（毫米）")
    scale: float | None = option(
        None, "per cent; as large as fits, with crop marks at most 100", "缩放百分比；默认适合纸张，有裁切标记时不放大"
    )
    align: Align | None = option(None, "centre, or spine; spine if there are crop marks", "页面居中或靠订口")
    marks: str = option(
        "none", "crop, fold, spine with commas between, or all", "标记：裁切、折线、折标，逗号分隔，或 all"
    )


def check(options: ImposeOptions) -> None:
    """Raises UsageError for a number that is none of what an option can be."""

    def refuse(name: str, en: str, zh: str) -> None:
        value = getattr(options, name)
        raise UsageError(f"“{name}” {en}, not {value}.", f"“{name}”{zh}，而不是 {value}。")

    if options.up not in {2, 4}:
        refuse("up", "is 2 or 4", "应为 2 或 4")
    if options.signature is not None and options.signature < 1:
        refuse("signature", "is a number of sheets, at least 1", "应为张数，至少为 1")
    if options.keep_last is not None and options.keep_last < 0:
        refuse("keep_last", "is a number of pages, 0 or more", "应为页数，不小于 0")
    if not 20 <= options.paper_weight <= 500:
        refuse("paper_weight", "is from 20 to 500 g/m²", "应在 20 至 500 克/平方米之间")
    if options.scale is not None and not 1 <= options.scale <= 1000:
        refuse("scale", "is from 1 to 1000 per cent", "应为 1 至 1000 的百分数")
    for name, most in (("gutter", 100), ("bleed", 20), ("margin", 50)):
        if not 0 <= (getattr(options, name) or 0) <= most:
            refuse(name, f"is from 0 to {most} mm", f"应在 0 至 {most} 毫米之间")


def marks_of(names: str) -> frozenset[str]:
    """The marks that the names say. Raises UsageError for a name that is none."""
    found = frozenset(name.strip().lower() for name in names.replace("，", ",").split(",")) - {"", "none"}
    for name in found - {"all"}:
        if name not in _MARKS:
            raise UsageError.unknown("mark", "标记", name, (*_MARKS, "all", "none"))
    return frozenset(_MARKS) if "all" in found else found
