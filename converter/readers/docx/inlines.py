"""Runs as inlines, drawings as figures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from converter.model import LineBreak, Mark, NoteRef, Ruby, Text
from converter.readers.docx.package import R, W, content_of, is_on, tag_of, value
from converter.readers.elements import as_links, figure_of
from converter.readers.growing import merged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element as Element

    from converter.model import Figure, Inline
    from converter.readers.docx.package import Package
    from converter.readers.growing import LeftOut

_PART = {"footnoteReference": "footnote", "endnoteReference": "endnote"}


class InlineReader:
    """Reads the runs of one part. `call` gives a note's number by its kind and id, None for one that is not there."""

    def __init__(self, package: Package, part: str, left_out: LeftOut, call: Callable[[str, str], int | None]) -> None:
        self._archive, self._relations = package.archive, package.relations(part)
        self._left_out, self._call = left_out, call

    def inlines(self, parent: Element, *, without: str = "") -> tuple[Inline, ...]:
        """The inlines of a paragraph, without the runs of one character style."""
        return merged(self._runs(parent, without))

    def _runs(self, parent: Element, without: str) -> Iterator[Inline]:
        for element in parent.iterchildren("*"):
            match tag_of(element):
                case "r":
                    style = value(element.find(W + "rPr"), "rStyle")
                    if not (without and style == without) and style != "NoteGap":
                        yield from self._run(element)
                case "hyperlink":
                    kind, target = self._relations.get(element.get(R + "id", ""), ("", ""))
                    linked = merged(self._runs(element, without))
                    yield from as_links(linked, target) if kind == "hyperlink" else linked
                case "ins" | "moveTo" | "smartTag" | "customXml" | "fldSimple" | "dir" | "bdo":
                    yield from self._runs(element, without)
                case "sdt":
                    yield from self._runs(content_of(element), without)
                case "oMath" | "oMathPara":
                    self._left_out.add("formulas", "公式")
                    words = "".join(map(str, element.itertext())).strip()
                    yield from (Text(text=words),) if words else ()

    def _run(self, run: Element) -> Iterator[Inline]:
        properties = run.find(W + "rPr")
        if is_on(properties, "vanish"):
            return
        style = value(properties, "rStyle").lower()
        marks = set()
        if is_on(properties, "b") or style == "strong":
            marks.add(Mark.STRONG)
        if is_on(properties, "i") or is_on(properties, "em") or style == "emphasis":
            marks.add(Mark.EMPHASIS)
        if (line := value(properties, "u")) and line != "none":
            marks |= (
                {Mark.TITLE} if line == "wave" else {Mark.NAME, Mark.TITLE} if line == "wavyDouble" else {Mark.NAME}
            )
        for element in run.iterchildren("*"):
            # Where our writer has ended a line of a title, the title goes on.
            if style != "lineend" or tag_of(element) != "br":
                yield from self._piece(element, frozenset(marks))

    def _piece(  # noqa: C901, PLR0912 - one branch for each kind of element
        self, element: Element, marks: frozenset[Mark]
    ) -> Iterator[Inline]:
        match tag_of(element):
            case "t":
                yield from (Text(text=element.text, marks=marks),) if element.text else ()
            case "tab" | "ptab":
                yield Text(text="\t", marks=marks)
            case "br" if element.get(W + "type") in {"page", "column"}:
                pass
            case "br" | "cr":
                yield LineBreak()
            case "noBreakHyphen":
                yield Text(text="‑", marks=marks)
            case "sym":
                code = element.get(W + "char", "")
                if re.fullmatch("[0-9A-Fa-f]{4}", code) and not 0xD800 <= int(code, 16) < 0xE000:
                    yield Text(text=chr(int(code, 16)), marks=marks)
            case ("footnoteReference" | "endnoteReference") as kind:
                number = self._call(kind.removesuffix("Reference"), element.get(W + "id", ""))
                yield from (NoteRef(number=number),) if number else ()
            case "ruby":
                base, above = (element.find(W + part) for part in ("rubyBase", "rt"))
                words = [
                    "".join(t.text or "" for t in part.iter(W + "t")) if part is not None else ""
                    for part in (base, above)
                ]
                yield Ruby(base=words[0], annotation=words[1])
            case "AlternateContent":
                chosen = next(element.iterchildren("{*}Choice"), None)
                for inside in chosen.iterchildren("*") if chosen is not None else ():
                    yield from self._piece(inside, marks)
            case "drawing" | "pict" | "object" as kind:
                if next(element.iter(W + "txbxContent"), None) is not None:
                    self._left_out.add("text boxes", "文本框")
                elif kind == "object":
                    self._left_out.add("embedded objects", "嵌入对象")

    def figures(self, paragraph: Element) -> Iterator[Figure]:
        """The pictures that a paragraph holds and the file has."""
        for drawing in paragraph.iter(W + "drawing", W + "pict"):
            if next(drawing.iterancestors(W + "del", W + "txbxContent", "{*}Fallback"), None) is not None:
                continue
            alt = next((e.get("descr") or "" for e in drawing.iter("{*}docPr")), "")
            for blip in drawing.iter("{*}blip", "{*}imagedata"):
                name = blip.get(R + "embed") or blip.get(R + "id") or ""
                kind, target = self._relations.get(name, ("", ""))
                figure = figure_of(self._archive.read(target), alt) if kind == "image" else None
                if figure:
                    yield figure
                else:
                    self._left_out.add("pictures that are not in the file, or damaged", "文件中没有或已损坏的图片")
