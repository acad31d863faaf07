"""Pages that our writers made, read back without loss: classes and `data-kind` say what everything was."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from converter.model import (
    Heading,
    HeadingKind,
    LineBreak,
    List,
    Mark,
    Note,
    NoteRef,
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
from converter.readers.elements import HEADINGS, as_links, figure_of, ruby_of, tag_of, whole_number
from converter.readers.growing import Growing, lines_of, merged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from lxml.etree import _Element as Element

    from converter.model import Block, Inline

GENERATOR = "converter-zh"
"""What our pages say made them."""

_ROLES = {role.value: role for role in Role}
_KINDS = {kind.value: kind for kind in HeadingKind}


def has_class(element: Element, name: str) -> bool:
    """Whether the element is of this class."""
    return name in (element.get("class") or "").split()


_MARKS = {"strong": Mark.STRONG, "em": Mark.EMPHASIS, "u": Mark.NAME, "cite": Mark.TITLE}


class OwnPages:
    """Reads pages that our writers made. Feed them in order, then take `growing`, `title` and `notes`."""

    def __init__(self, picture_at: Callable[[str], bytes]) -> None:
        self.growing = Growing()
        self.title = ""
        self.notes: list[Note] = []
        self._picture_at = picture_at

    def read(self, body: Element) -> None:
        """One page."""
        self._children(body, 0)

    def _children(self, parent: Element, depth: int) -> None:
        for element in parent.iterchildren(tag="*"):
            tag = tag_of(element)
            if tag in {"main", "header"}:
                self._children(element, depth)
            elif tag == "section" and has_class(element, "notes"):
                self.notes += (
                    Note(blocks=tuple(self._blocks(aside, note=True))) for aside in element.iterchildren("*")
                )
            elif tag == "section":
                if not has_class(element, "cover"):
                    self._section(element, depth + 1)
            elif has_class(element, "title"):
                self.title = plain(self._inlines(element))
            elif has_class(element, "continued"):
                self.growing.continue_paragraph(self._inlines(element))
            elif tag != "nav":
                self.growing.blocks.extend(self._block(element))

    def _section(self, section: Element, depth: int) -> None:
        """A section; one without a heading goes on from the file before."""
        first = next(section.iterchildren("*"), None)
        if first is not None and (tag_of(first) in HEADINGS or first.get("role") == "heading"):
            self.growing.heading(self._heading(first, section, run_in=False), depth)
            section.remove(first)
        elif first is not None and has_class(first, "run-in") and (head := first.find("{*}span")) is not None:
            self.growing.heading(self._heading(head, section, run_in=True), depth)
            if not has_class(first, "alone"):
                inlines = merged(self._text(head.tail, frozenset()) + self._of_children(first, skip=head))
                self.growing.blocks.append(Paragraph(inlines=inlines, role=_role(first)))
            section.remove(first)
        self._children(section, depth)

    def _heading(self, element: Element, section: Element, *, run_in: bool) -> Heading:
        kind = _KINDS.get(section.get("data-kind", ""), HeadingKind.PLAIN)
        number = next((e for e in element.iterchildren("*") if has_class(e, "number")), None)
        if number is None:
            return Heading(inlines=self._inlines(element), kind=kind, run_in=run_in)
        label = "".join(map(str, number.itertext()))
        tail = number.tail or ""
        if label[-1:].isalnum():
            tail = tail.removeprefix("\u3000")
        inlines = merged(self._text(tail, frozenset()) + self._of_children(element, skip=number))
        return Heading(inlines=inlines, label=label, kind=kind, run_in=run_in)

    def _blocks(self, parent: Element, *, note: bool = False) -> Iterator[Block]:
        for element in parent.iterchildren("*"):
            if not (note and has_class(element, "label")):
                yield from self._block(element)

    def _block(self, element: Element) -> Iterator[Block]:
        match tag_of(element):
            case "p" if has_class(element, "stanzas"):
                yield Verse(lines=lines_of(self._inlines(element)))
            case "p":
                yield Paragraph(inlines=self._inlines(element), role=_role(element))
            case "hr":
                yield Separator()
            case ("ul" | "ol") as tag:
                items = tuple(tuple(self._blocks(item)) for item in element.iterchildren("*"))
                yield List(items=items, ordered=tag == "ol", start=whole_number(element.get("start"), 1))
            case "blockquote":
                yield Quote(blocks=tuple(self._blocks(element)))
            case "pre":
                yield Preformatted(text="".join(map(str, element.itertext())))
            case "table":
                parts = {tag_of(part): part for part in element.iterchildren("*")}
                head, rows = (self._rows(parts.get(name)) for name in ("thead", "tbody"))
                yield Table(head=head, rows=rows)
            case "figure":
                yield from self._figure(element)

    def _rows(self, part: Element | None) -> tuple[tuple[tuple[Inline, ...], ...], ...]:
        rows = part.iterchildren("*") if part is not None else ()
        return tuple(tuple(self._inlines(cell) for cell in row.iterchildren("*")) for row in rows)

    def _figure(self, element: Element) -> Iterator[Block]:
        caption: tuple[Inline, ...] = ()
        figure = None
        for part in element.iterchildren("*"):
            if tag_of(part) == "img":
                figure = figure_of(self._picture_at(part.get("src", "")), part.get("alt", ""))
            elif tag_of(part) == "figcaption":
                caption = self._inlines(part)
        if figure:
            yield replace(figure, caption=caption)

    def _inlines(self, element: Element) -> tuple[Inline, ...]:
        return merged(self._of_children(element))

    def _of_children(
        self, element: Element, marks: frozenset[Mark] = frozenset(), skip: Element | None = None
    ) -> tuple[Inline, ...]:
        made: list[Inline] = [] if skip is not None else [*self._text(element.text, marks)]
        for child in element.iterchildren("*"):
            if child is skip:
                continue
            tail = child.tail or ""
            match tag_of(child):
                case "br":
                    made.append(LineBreak())
                    tail = tail.removeprefix("\n")
                case tag if tag in _MARKS:
                    made += self._of_children(child, marks | {_MARKS[tag]})
                case "a" if has_class(child, "noteref"):
                    made.append(NoteRef(number=whole_number(child.get("href", "").rpartition("-")[2], 0)))
                case "a":
                    made += as_links(merged(self._of_children(child, marks)), child.get("href", ""))
                case "ruby":
                    made.append(ruby_of(child))
                case _:
                    made += self._of_children(child, marks)
            made += self._text(tail, marks)
        return tuple(made)

    @staticmethod
    def _text(text: str | None, marks: frozenset[Mark]) -> tuple[Inline, ...]:
        return (Text(text=text, marks=marks),) if text else ()


def _role(element: Element) -> Role:
    names = (element.get("class") or "").split()
    return next((_ROLES[name] for name in names if name in _ROLES), Role.BODY)
