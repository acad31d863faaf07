"""The page: paper, margins, how many characters and lines it holds; and the page numbers at its foot."""

from __future__ import annotations

from typing import TYPE_CHECKING

from converter.checking.clauses import is_face, look_of, stretches
from converter.checking.findings import Finding
from converter.checking.parts import Part, words_in, words_of
from converter.errors import Message
from converter.readers.docx.package import R, W, is_on
from converter.records import NamedTuple
from converter.regex import compiled
from converter.typeset.theme import Face

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from converter.checking.file import File, Page

MM = 72 / 25.4
_DASHED = compiled(r"\s*—\s*\d*\s*—\s*")
_ONLY_NUMBER = compiled(r"[\s\d\-–—第页共/.·~]*")
"""What a foot with nothing but a page number says."""


def check_page(file: File) -> Iterator[Finding]:
    """Everything about the page, of all sections; what several have is said once."""
    said: set[tuple[str, Message]] = set()
    for page in file.pages:
        for made in _check_paper(page) if not page.landscape else ():
            if (made.code, made.found) not in said:
                said.add((made.code, made.found))
                yield made
    yield from _check_grid(file)
    yield from _check_folios(file)


def _check_paper(page: Page) -> Iterator[Finding]:
    """5.1, 5.2.1: A4; 37 mm above, 28 mm at the binding edge, a type area of 156 × 225 mm."""
    if abs(page.width - 210 * MM) > MM or abs(page.height - 297 * MM) > MM:
        found = f"{page.width / MM:.0f} × {page.height / MM:.0f} mm"
        yield _page("GW101", "5.1", Message("paper", "纸张"), Message("A4, 210 × 297 mm", "A4（210 × 297 mm）"), found)
    for code, en, zh, wanted, found_points in (
        ("GW102", "top margin", "天头（上边距）", 37, page.top),
        ("GW103", "binding margin", "订口（左边距）", 28, page.left),
        ("GW104", "right margin", "右边距", 26, page.right),
        ("GW105", "bottom margin", "下边距", 35, page.bottom),
    ):
        if abs(found_points - wanted * MM) > 1.05 * MM:
            text = Message(f"{wanted} mm (±1)", f"{wanted} mm（±1 mm）")
            yield _page(code, "5.2.1", Message(en, zh), text, f"{found_points / MM:.1f} mm")


def _check_grid(file: File) -> Iterator[Finding]:
    """5.2.3: 28 characters a line, 22 lines a page, by the first paragraph of the body."""
    body = next((piece for piece in file.pieces if piece.part is Part.BODY), None)
    if body is None:
        return
    page, look = file.page, look_of(body, file)
    element, run, _, _ = next(stretches(body))
    run_look = file.formatting.run(element, run)
    advance = run_look.size + run_look.spacing + ((page.cell or 0) if run_look.snaps else 0)
    columns = int((page.measure + 0.3) / max(advance, 1))
    if columns != 28:
        found = Message(f"{columns} ({advance:.2f} pt each)", f"{columns} 字（每字 {advance:.2f} 磅）")
        subject, wanted = Message("characters a line", "每行字数"), Message("28", "28 字")
        yield Finding("GW106", "5.2.3", subject, wanted, found, body.number, body.words.strip()[:24])
    rows = int((page.depth + 0.05) / abs(look.line)) if look.line else 0
    if rows != 22 or look.line < 0:
        if look.line < 0:
            found = Message(
                "whatever the font gives: neither exact nor on a grid", "由字体决定（既非固定值也未对齐网格）"
            )
        else:
            found = Message(f"{rows} ({look.line:.2f} pt apart)", f"{rows} 行（行距 {look.line:.2f} 磅）")
        subject, wanted = Message("lines a page", "每面行数"), Message("22", "22 行")
        yield Finding("GW107", "5.2.3", subject, wanted, found, body.number, body.words.strip()[:24])


class Folio(NamedTuple):
    """A page number at the foot."""

    part: str
    """The name of the part that holds it."""
    paragraph: Element
    even: bool


def folios_of(file: File) -> list[Folio]:
    """The page numbers of the text's section; what a section does not say is the one before it's."""
    held: dict[str, str] = {}
    relations = file.package.relations(file.package.main)
    for section in file.sections:
        for reference in section.iterfind(W + "footerReference"):
            held[reference.get(W + "type", "default")] = relations.get(reference.get(R + "id", ""), ("", ""))[1]
    found = []
    for kind, part in held.items():
        root = file.package.xml(part) if part and kind in {"default", "even"} else None
        paragraphs = root.iter(W + "p") if root is not None else ()
        numbered = [paragraph for paragraph in paragraphs if _has_number(paragraph)]
        if numbered:
            found.append(Folio(part, numbered[-1], kind == "even"))
    return found


def foot_words(file: File) -> str:
    """What the feet say beside page numbers."""
    parts = {target for kind, target in file.package.relations(file.package.main).values() if kind == "footer"}
    said = ""
    for part in sorted(parts):
        root = file.package.xml(part)
        for paragraph in root.iter(W + "p") if root is not None else ():
            words = words_of(paragraph)
            said += "" if _ONLY_NUMBER.fullmatch(words) else words
    return said


def _has_number(paragraph: Element) -> bool:
    if any(words_in(f).strip().startswith("PAGE") for f in paragraph.iter(W + "instrText")):
        return True
    return any(f.get(W + "instr", "").strip().startswith("PAGE") for f in paragraph.iter(W + "fldSimple"))


def _check_folios(file: File) -> Iterator[Finding]:
    """7.5: 4号 宋体 figures between dashes, 7 mm below the type area, outside, one character in."""
    folios = folios_of(file)
    if not folios:
        wanted, none = Message("— 1 —, outside", "— 1 —，单页居右、双页居左"), Message("none", "无")
        yield Finding("GW301", "7.5", Message("page number", "页码"), wanted, none)
        return
    facing = is_on(file.settings, "evenAndOddHeaders")
    if not facing or not any(folio.even for folio in folios):
        found = Message("the same on all pages", "单双页相同")
        wanted = Message("right on odd pages, left on even ones", "单页居右、双页居左")
        yield Finding("GW302", "7.5", Message("place of the page number", "页码位置"), wanted, found)
    for folio in folios:
        yield from _check_folio(folio, file)
    below = (file.page.bottom - file.page.footer) / MM
    if not 5 <= below <= 13:
        wanted = Message("7 mm below the type area", "版心下边缘之下 7 mm")
        found = Message(f"{below:.1f} mm", f"{below:.1f} mm")
        yield Finding("GW306", "7.5", Message("the foot of the page number", "页码距版心"), wanted, found)


def _check_folio(folio: Folio, file: File) -> Iterator[Finding]:
    paragraph, formatting = folio.paragraph, file.formatting
    words = words_of(paragraph)
    if not _DASHED.fullmatch(words):
        yield Finding(
            "GW303",
            "7.5",
            Message("form of the page number", "页码形式"),
            Message("— 1 —", "— 1 —"),
            Message(words, words),
        )
    runs = [formatting.run(paragraph, run) for run in paragraph.iter(W + "r")]
    sizes = sorted({run.size for run in runs})
    if any(not 13.7 <= size <= 14.01 for size in sizes):
        found = " ".join(f"{size:g} pt" for size in sizes)
        subject = Message("size of the page number", "页码字号")
        yield Finding("GW304", "7.5", subject, Message("四号 (14 pt)", "四号（14 磅）"), Message(found, found))
    if wrong := next((run.latin for run in runs if not is_face(run.latin, Face.SONG)), None):
        subject, wanted = Message("face of the page number", "页码字体"), Message("宋体 (Song)", "宋体")
        yield Finding("GW305", "7.5", subject, wanted, Message(wrong, wrong))
    side = "left" if folio.even else "right"
    look = formatting.paragraph(paragraph, 14, None)
    frame = paragraph.find(f"{W}pPr/{W}framePr")
    framed = frame is not None and frame.get(W + "xAlign") in {"outside", side}
    inset = (look.left if folio.even else look.right) / 14
    aligned = look.align in ({"left", "both", "start"} if folio.even else {"right", "end"})
    if not framed and is_on(file.settings, "evenAndOddHeaders") and (not aligned or abs(inset - 1) > 0.15):
        en = f"{look.align}, {inset:.1f} characters in"
        zh = f"{ {'left': '居左', 'right': '居右', 'center': '居中'}.get(look.align, look.align) }，空 {inset:.1f} 字"
        wanted = Message(f"{side}, 1 character in", f"{'居左' if folio.even else '居右'}空一字")
        page = "双页" if folio.even else "单页"
        subject = Message(f"page number on {'even' if folio.even else 'odd'} pages", f"{page}页码")
        yield Finding("GW302", "7.5", subject, wanted, Message(en, zh))


def _page(code: str, clause: str, subject: Message, wanted: Message, found: str) -> Finding:
    return Finding(code, clause, subject, wanted, Message(found, found))
