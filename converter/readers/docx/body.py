"""Paragraphs and tables as blocks and sections."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from lxml import etree

from converter.diagnostics import Result
from converter.model import (
    Figure,
    Heading,
    HeadingKind,
    LineBreak,
    List,
    Note,
    Paragraph,
    Preformatted,
    Quote,
    Role,
    Separator,
    Table,
    Text,
    Verse,
    plain,
)
from converter.readers.docx.inlines import InlineReader
from converter.readers.docx.package import W, content_of, gallery_of, group_of, is_index, is_on, tag_of, value
from converter.readers.docx.properties import metadata_of
from converter.readers.docx.styles import Looks
from converter.readers.growing import Growing, LeftOut, heading_of, lines_of, merged
from converter.regex import compiled
from converter.typeset.official import HEAD_ROLES
from converter.typeset.word_names import ROLE_STYLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element as Element

    from converter.model import Block, Document, Inline
    from converter.readers.docx.package import Package

_BOOKMARK = compiled(r"_Toc_s(\d+(?:_\d+)*)(?:_([a-z_]+))?")
_KINDS = {kind.value: kind for kind in HeadingKind}


class Reading:
    """One document on its way to the model."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._looks = Looks(package)
        self._roles = {name.lower(): role for role, (name, _) in ROLE_STYLES.items()}
        self._growing, self._left_out = Growing(), LeftOut()
        self._notes = self._known_notes()
        self._numbers: dict[tuple[str, str], int] = {}
        self._title = self._cover_title = ""
        self._read = InlineReader(package, package.main, self._left_out, self._call)

    def document(self) -> Result[Document]:
        """The document, and what was left out."""
        body = self._package.root.find(W + "body")
        if body is not None:
            self._body(body)
        notes = self._read_notes()
        metadata, language = metadata_of(self._package, self._title or self._cover_title)
        return Result(self._growing.document(metadata, notes=notes, language=language), self._left_out.diagnostics())

    # Blocks

    def _body(self, parent: Element) -> None:
        """Blocks of the outermost level, with headings among them."""
        pending: list[Element] = []
        for element in parent.iterchildren("*"):
            control = gallery_of(element)
            if control == "Cover Pages":
                words = (self._read.inlines(p) for p in element.iter(W + "p") if self._looks.style(p).name == "title")
                self._cover_title = self._cover_title or plain(next(words, ()))
            elif (
                control == "Table of Contents"
                or is_index(element)
                or (tag_of(element) == "p" and self._looks.style(element).name.startswith("toc "))
            ):
                pass
            elif tag_of(element) == "p" and (level := self._looks.heading_level(element)) is not None:
                self._flush(pending)
                self._heading(element, level)
            elif tag_of(element) == "p" and self._looks.style(element).name == "title" and not self._title:
                self._flush(pending)
                self._title = plain(self._read.inlines(element))
            elif tag_of(element) in {"sdt", "customXml", "ins", "moveTo"} and not group_of(element):
                self._flush(pending)
                self._body(content_of(element))
            else:
                pending.append(element)
        self._flush(pending)

    def _flush(self, pending: list[Element]) -> None:
        self._growing.blocks.extend(self._blocks(pending))
        pending.clear()

    def _heading(self, element: Element, level: int) -> None:
        properties = element.find(W + "pPr")
        mark = properties.find(W + "rPr") if properties is not None else None
        run_in = " run-in" in self._looks.style(element).name or is_on(mark, "specVanish")
        names = (start.get(W + "name", "") for start in element.iter(W + "bookmarkStart"))
        ours = next(filter(None, map(_BOOKMARK.fullmatch, names)), None)
        if ours is None:
            inlines = self._read.inlines(element)
            number = self._looks.number(element)
            if number:
                inlines = merged((Text(text=number + "　"), *inlines))
            if inlines or run_in:
                self._growing.heading(heading_of(inlines, run_in=run_in), level)
            return
        label = "".join(
            t.text or ""
            for run in element.iter(W + "r")
            if value(run.find(W + "rPr"), "rStyle") == "HeadingNumber"
            for t in run.iter(W + "t")
        )
        label = label or self._looks.number(element)
        if label[-1:] == "\u3000" and label[-2:-1].isalnum():
            label = label[:-1]
        kind = _KINDS.get(ours[2] or "", HeadingKind.PLAIN)
        # Word has nine levels; deeper ones are told by their place.
        depth = level if level < 9 else max(9, ours[1].count("_") + 1)
        heading = Heading(
            inlines=self._read.inlines(element, without="HeadingNumber"), label=label, kind=kind, run_in=run_in
        )
        # The red head of a text in a volume stands above its title, and belongs to it.
        above = self._growing.blocks
        red: list[Block] = []
        while kind is HeadingKind.TEXT and above and getattr(above[-1], "role", None) in HEAD_ROLES:
            red.insert(0, above.pop())
        self._growing.heading(heading, depth)
        self._growing.blocks.extend(red)

    def _blocks(self, elements: Iterable[Element]) -> list[Block]:
        """Blocks that stand together: bullets below one another are one list, a caption belongs to its picture."""
        made: list[Block] = []
        bullets: list[tuple[int, Element]] = []
        for element in elements:
            level = self._looks.bullet(element) if tag_of(element) == "p" else None
            if level is not None:
                bullets.append((level, element))
                continue
            made += self._lists(bullets)
            bullets = []
            last = made[-1] if made else None
            if tag_of(element) == "p" and self._looks.style(element).name == "caption" and isinstance(last, Figure):
                made[-1] = replace(last, caption=self._read.inlines(element))
            else:
                made += self._block(element)
        return [*made, *self._lists(bullets)]

    def _lists(self, bullets: list[tuple[int, Element]]) -> Iterator[Block]:
        """Bulleted paragraphs as lists, by their levels."""
        if not bullets:
            return
        least = min(level for level, _ in bullets)
        items: list[list[Block]] = []
        below: list[tuple[int, Element]] = []
        for level, element in bullets:
            if level == least:
                if below and items:
                    items[-1] += self._lists(below)
                elif below:
                    items.append(list(self._lists(below)))
                below = []
                items.append([Paragraph(inlines=self._read.inlines(element))])
            else:
                below.append((level, element))
        if below:
            items[-1] += self._lists(below)
        yield List(items=tuple(map(tuple, items)))

    def _block(self, element: Element) -> Iterator[Block]:
        match tag_of(element):
            case "p":
                yield from self._paragraph(element)
            case "tbl" if self._is_imprint(element):
                for row in element.iter(W + "tr"):
                    inlines = merged(inline for p in row.iter(W + "p") for inline in self._read.inlines(p))
                    yield Paragraph(inlines=inlines, role=Role.IMPRINT)
            case "tbl":
                yield self._table(element)
            case "sdt" if (tag := group_of(element)) is not None:
                content = list(content_of(element).iterchildren("*"))
                if tag == "quote":
                    yield Quote(blocks=tuple(self._blocks(content)))
                elif tag == "item":
                    yield from self._blocks(content)
                else:
                    # The list says how its items are marked.
                    groups = [content_of(e) for e in content if group_of(e)]
                    etree.strip_elements(element, W + "numPr")
                    items = tuple(tuple(self._blocks(inside.iterchildren("*"))) for inside in groups)
                    start = int(tag.partition(" ")[2] or 1)
                    yield List(items=items, ordered=tag.startswith("ordered"), start=start)
            case "sdt" | "customXml" | "ins" | "moveTo":
                yield from self._blocks(content_of(element).iterchildren("*"))
            case "altChunk":
                self._left_out.add("documents inside the document", "嵌入的其他文档")

    def _paragraph(self, element: Element) -> Iterator[Block]:
        name = self._looks.style(element).name
        if name == "no text" or (element.find(f"{W}pPr/{W}sectPr") is not None and not self._read.inlines(element)):
            return
        inlines = self._read.inlines(element, without="ListMarker")
        if name == "poem":
            yield Verse(lines=lines_of(inlines))
        elif name == "html preformatted":
            yield Preformatted(text=plain(inlines))
        elif name == "separator":
            yield Separator()
        else:
            figures = list(self._read.figures(element))
            number = self._looks.number(element)
            if number:
                inlines = (Text(text=number), *inlines)
            if inlines or not figures:
                yield Paragraph(inlines=inlines, role=self._roles.get(name, Role.BODY))
            yield from figures

    def _is_imprint(self, element: Element) -> bool:
        """Whether a table is how our writer puts the imprint of an official document at the foot of its page."""
        styles = {self._looks.style(paragraph).name for paragraph in element.iter(W + "p")}
        return styles == {ROLE_STYLES[Role.IMPRINT][0].lower()}

    def _table(self, element: Element) -> Table:
        head: list[tuple[tuple[Inline, ...], ...]] = []
        body: list[tuple[tuple[Inline, ...], ...]] = []
        for row in element.iter(W + "tr"):
            if next(row.iterancestors(W + "tbl"), None) is not element:
                continue
            cells: list[tuple[Inline, ...]] = []
            for cell in row.iter(W + "tc"):
                if next(cell.iterancestors(W + "tr"), None) is row:
                    wide = value(cell.find(W + "tcPr"), "gridSpan", "1")
                    cells += [self._cell(cell)] + [()] * (int(wide) - 1 if re.fullmatch(r"\d{1,2}", wide) else 0)
            is_head = is_on(row.find(W + "trPr"), "tblHeader") and not body
            (head if is_head else body).append(tuple(cells))
        return Table(head=tuple(head), rows=tuple(body))

    def _cell(self, cell: Element) -> tuple[Inline, ...]:
        """The lines of a cell; of a table inside it too."""
        made: list[Inline] = []
        for number, paragraph in enumerate(cell.iter(W + "p")):
            label = self._looks.number(paragraph)
            words = self._read.inlines(paragraph)
            made += [*([LineBreak()] if number else []), *((Text(text=label),) if label else ()), *words]
            for _ in self._read.figures(paragraph):
                self._left_out.add("pictures in tables", "表格中的图片")
        while made and isinstance(made[-1], LineBreak) and len(list(cell.iter(W + "p"))) > 1:
            del made[-1]
        return merged(made)

    # Notes

    def _known_notes(self) -> dict[tuple[str, str], tuple[str, Element]]:
        """The notes by kind and id, each with the name of its part."""
        found = {}
        for kind in ("footnote", "endnote"):
            part, root = self._package.related(f"{kind}s")
            for note in root.iterfind(W + kind) if root is not None else ():
                if note.get(W + "type", "normal") == "normal":
                    found[kind, note.get(W + "id", "")] = (part, note)
        return found

    def _call(self, kind: str, name: str) -> int | None:
        """The number of a note, given when it is called first."""
        key = (kind, name)
        return self._numbers.setdefault(key, len(self._numbers) + 1) if key in self._notes else None

    def _read_notes(self) -> list[Note]:
        """The notes in the order of their marks, then those that nothing calls."""
        made: list[Note] = []
        for key in self._notes:
            if key not in self._numbers:
                self._numbers[key] = len(self._numbers) + 1
        while len(made) < len(self._numbers):
            part, note = self._notes[next(key for key, number in self._numbers.items() if number == len(made) + 1)]
            self._read = InlineReader(self._package, part, self._left_out, self._call)
            made.append(Note(blocks=tuple(self._blocks(note.iterchildren("*")))))
        return made
