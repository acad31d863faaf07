"""The printing guide: one page that says, in Chinese and English, how to print, fold and bind these sheets."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from converter.booklet.impose_options import Binding, Flip, Mode
from converter.booklet.sketch import Sketch
from converter.errors import Message
from converter.typeset.theme import Align, Face, Style
from converter.units import Pt, mm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from converter.booklet.layout import Layout
    from converter.booklet.signatures import Sheet

_TITLE = Style(face=Face.HEI, size=Pt(18), leading=Pt(26), align=Align.LEFT)
_FACTS = Style(face=Face.KAI, size=Pt(10.5), leading=Pt(16), align=Align.LEFT)
_ZH = Style(face=Face.SONG, size=Pt(10.5), leading=Pt(16.5), align=Align.LEFT)
_EN = Style(face=Face.SONG, size=Pt(9), leading=Pt(12.5), align=Align.LEFT)
_LABEL = Style(face=Face.HEI, size=Pt(7.5), leading=Pt(10), align=Align.CENTER)
_FOLIO = Style(face=Face.HEI, size=Pt(10.5), leading=Pt(12), align=Align.CENTER)


def guide(layout: Layout, title: str, *, split: bool = False, reverse_backs: bool = False) -> bytes:
    """The guide for sheets of this plan, a PDF of one A4 page. `split`: fronts and backs are two files, the backs in
    reverse order if `reverse_backs`.
    """
    page = Sketch()
    page.text(title, _TITLE)
    page.text("打印装订说明　Printing guide", _FACTS)
    page.stroke((page.left, page.y + 4), (page.left + page.width, page.y + 4), width=0.8)
    page.y += 12
    facts = _facts(layout)
    page.text(facts.zh, _FACTS)
    page.text(facts.en, _EN)
    page.y += 8
    steps = list(_steps(layout, split=split, reverse_backs=reverse_backs))
    for number, words in enumerate(steps, 1):
        page.text(f"{number}．{words.zh}", _ZH)
    page.y += 4
    for number, words in enumerate(steps, 1):
        page.text(f"{number}. {words.en}", _EN)
    page.y += 10
    _pictures(page, layout)
    _sheets_drawn(page, layout)
    return page.finish(f"{title} · 打印装订说明 Printing guide")


def _message(zh: str, en: str) -> Message:
    return Message(en, zh)


def _facts(layout: Layout) -> Message:
    options, sheets = layout.options, len(layout.sheets)
    places = sheets * 2 * len(layout.sheets[0].front)
    blank = places - layout.pages
    signatures = layout.sheets[-1].signature + 1
    thick = layout.thickness / mm(1)
    mode_zh, mode_en = {
        Mode.SADDLE: ("骑马订", "saddle stitch"),
        Mode.PERFECT: ("胶装", "perfect binding"),
        Mode.LEAVES: ("散页", "single leaves"),
    }[options.mode]
    several_zh = f"，{signatures} 帖" if options.mode is not Mode.LEAVES and signatures > 1 else ""
    several_en = f", {signatures} signatures" if several_zh else ""
    side_zh, side_en = ("右", "right") if options.binding is Binding.RIGHT else ("左", "left")
    return _message(
        f"{options.sheet} 纸 {sheets} 张，双面；书页 {layout.pages} 页，空白 {blank} 页。"
        f"{mode_zh}{several_zh}，{side_zh}侧装订；{options.paper_weight:g} 克纸，书芯约厚 {thick:.1f} 毫米。",
        f"{sheets} sheet{'s' * (sheets > 1)} of {options.sheet}, both sides; {layout.pages} pages, {blank} blank. "
        f"{mode_en.capitalize()}{several_en}, bound at the {side_en}; about {thick:.1f} mm thick on paper of "
        f"{options.paper_weight:g} g/m².",
    )


def _steps(layout: Layout, *, split: bool, reverse_backs: bool) -> Iterator[Message]:
    yield _message(
        "打印时选“实际大小”（100%），不要“适合页面”；先打印第一张，折好检查。",
        "Print at actual size (100 %), do not fit to page. Print the first sheet alone, fold it and check.",
    )
    yield _printing(layout, split=split, reverse_backs=reverse_backs)
    mode, up = layout.options.mode, layout.options.up
    per_signature = max(sum(1 for s in layout.sheets if s.signature == n) for n in (0, layout.sheets[-1].signature))
    if mode is not Mode.LEAVES:
        if up == 4:
            yield _message(
                "每张先将上半部分向后折（头对头），再进行下一步；装订后裁开书头。",
                "Fold the upper half of each sheet back first (head to head); cut the heads open after binding.",
            )
        if per_signature > 1:
            yield _message(
                f"{'全部' if layout.sheets[-1].signature == 0 else f'每 {per_signature} 张'}按顺序叠齐，"
                "第 1 张在最外，封面朝外，沿中线一起对折。",
                f"Lay {'all sheets' if layout.sheets[-1].signature == 0 else f'every {per_signature} sheets'} on one "
                "another in order, the first outermost with its front outside, and fold them together in the middle.",
            )
        else:
            yield _message("每张正面朝外，沿中线对折。", "Fold each sheet in the middle, its front outside.")
    yield _binding(layout)
    if "crop" in layout.marks:
        yield _message("装订后按裁切线裁切三边。", "Trim three sides at the crop marks after binding.")


def _printing(layout: Layout, *, split: bool, reverse_backs: bool) -> Message:
    edge_zh, edge_en = ("长边", "long") if layout.flip is Flip.LONG else ("短边", "short")
    if not split:
        return _message(f"双面打印，沿{edge_zh}翻转。", f"Print on both sides, flipped on the {edge_en} edge.")
    order_zh, order_en = ("（反面文件已倒序）", " (already in reverse order)") if reverse_backs else ("", "")
    return _message(
        f"先打印全部正面，整叠沿{edge_zh}翻面放回，再打印反面{order_zh}；先用两张试打，确认顺序和方向。",
        f"Print all fronts, turn the stack over its {edge_en} edge, put it back, print the backs{order_en}. "
        "Try with two sheets first.",
    )


def _binding(layout: Layout) -> Message:
    match layout.options.mode:
        case Mode.SADDLE if layout.sheets[-1].signature == 0:
            return _message(
                "展开，从外面沿折线订两枚书钉（约在上、下四分之一处），再合上压平。",
                "Open, staple twice through the fold from outside, a quarter from head and foot; close and press.",
            )
        case Mode.SADDLE:
            return _message("各帖按折标顺序叠齐，锁线成册。", "Gather the signatures in order and sew them.")
        case Mode.PERFECT:
            return _message(
                "各帖按顺序叠齐、夹紧，书背上胶，粘上封面。",
                "Gather in order, clamp, glue the backs and wrap the cover around.",
            )
        case Mode.LEAVES:
            return _message("按顺序叠齐，打孔或夹装。", "Put the leaves in order; punch or clamp them.")


def _pictures(page: Sketch, layout: Layout) -> None:
    """Turning, folding and binding in three small pictures."""
    top, pitch = page.y, page.width / 3
    middles = [page.left + pitch * (n + 0.5) for n in range(3)]
    _turning(page, layout, middles[0], top + 12)
    page.label("翻面 Turn", middles[0], top + 62, _LABEL)
    if layout.options.mode is not Mode.LEAVES:
        _open_sheet(page, middles[1], top + 6)
        page.arrow(middles[1] - 34, top + 2, 5, -60)
        page.arrow(middles[1] + 34, top + 2, 5, 60)
        page.label("对折，正面朝外 Fold, front outside", middles[1], top + 62, _LABEL)
    _bound(page, layout, middles[2], top + 6)
    page.label("装订 Bind", middles[2], top + 62, _LABEL)
    page.y += 82


def _turning(page: Sketch, layout: Layout, middle: float, top: float) -> None:
    """A sheet, the axis that it is turned over, and the way it goes."""
    scale = 40 / max(layout.width, layout.height)
    wide, high = layout.width * scale, layout.height * scale
    page.box(middle - wide / 2, top, wide, high)
    vertical = (layout.flip is Flip.LONG) == (layout.height >= layout.width)
    if vertical:
        page.stroke((middle, top - 12), (middle, top + high + 6), dash="6 2 1 2")
        path = [(middle - 14 * math.cos(a / 10), top - 2 - 8 * math.sin(a / 10)) for a in range(32)]
        page.stroke(*path)
        page.arrow(middle + 14, top - 1, 5, 180)
    else:
        y, right = top + high / 2, middle + wide / 2
        page.stroke((middle - wide / 2 - 8, y), (right + 14, y), dash="6 2 1 2")
        path = [(right + 2 + 8 * math.sin(a / 10), y - 12 * math.cos(a / 10)) for a in range(32)]
        page.stroke(*path)
        page.arrow(right + 1, y + 12, 5, 270)


def _open_sheet(page: Sketch, middle: float, top: float, lift: float = 12) -> None:
    """A folded sheet that stands open."""
    for side in (-1, 1):
        page.stroke(
            (middle, top), (middle + side * 30, top + lift), (middle + side * 30, top + lift + 36), (middle, top + 36)
        )
    page.stroke((middle, top), (middle, top + 36), dash="2 2")


def _bound(page: Sketch, layout: Layout, middle: float, top: float) -> None:
    """Staples in the fold, a glued back, or punched holes."""
    mode = layout.options.mode
    if mode is Mode.SADDLE:
        _open_sheet(page, middle, top)
        for part in (0.25, 0.75):
            page.stroke((middle, top + 36 * part - 4), (middle, top + 36 * part + 4), width=2)
        return
    spine = 1 if layout.options.binding is Binding.RIGHT else -1
    page.box(middle - 17, top, 34, 48)
    if mode is Mode.PERFECT:
        page.stroke((middle + spine * 17, top), (middle + spine * 17, top + 48), width=3)
    else:
        for part in (0.3, 0.7):
            page.stroke(
                (middle + spine * 13 - 1.5, top + 48 * part), (middle + spine * 13 + 1.5, top + 48 * part), width=3
            )


def _sheets_drawn(page: Sketch, layout: Layout) -> None:
    """Fronts and backs of the sheets as they come out of the printer; of many, the middle ones are left out."""
    wide, high, gap, columns = 74.0, 74.0 * layout.height / layout.width, 6.0, 3
    if high > wide:
        wide, high = 1.2 * wide * wide / high, 1.2 * wide
    row, pitch = high + 24, page.width / columns
    page.text("各张正反面的页码（▲ 指向页头；封面是第 1 页）　Pages on each sheet; ▲ points to the head", _FACTS)
    page.y += 4
    rows = max(1, math.floor((page.bottom - page.y) / row))
    chosen: list[int | None] = list(range(len(layout.sheets)))
    if len(chosen) > rows * columns:
        chosen = [*chosen[: rows * columns - 2], None, chosen[-1]]
    for place, number in enumerate(chosen):
        left, top = page.left + place % columns * pitch, page.y + place // columns * row
        if number is None:
            page.label("……", left + wide, top + high / 2, _FOLIO)
            continue
        for back in (False, True):
            x = left + back * (wide + gap)
            page.label(f"{number + 1} {'反 back' if back else '正 front'}", x + wide / 2, top, _LABEL)
            _side_drawn(page, layout, layout.sheets[number], back=back, left=x, top=top + 11, scale=wide / layout.width)


def _side_drawn(
    page: Sketch, layout: Layout, sheet: Sheet, *, back: bool, left: float, top: float, scale: float
) -> None:
    width, height = layout.width * scale, layout.height * scale
    bottom, middle = top + height, left + width / 2
    page.box(left, top, width, height)
    if layout.edges.columns == 2:
        page.stroke((middle, top), (middle, bottom), dash="2 2")
    if layout.edges.rows == 2:
        page.stroke((left, top + height / 2), (left + width, top + height / 2), dash="2 2")
    for placed in layout.side(sheet, back=back):
        x = left + (placed.trim.x + placed.trim.width / 2) * scale
        y = bottom - (placed.trim.y + placed.trim.height / 2) * scale
        half = placed.trim.height * scale / 2 - 3
        page.arrow(x, y + half if placed.turned else y - half, 4, 180 if placed.turned else 0)
        page.label("空" if placed.page is None else str(placed.page + 1), x, y - 5, _FOLIO)
