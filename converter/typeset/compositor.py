"""The words of a paragraph as lines in the faces of a theme."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from converter.model import LineBreak, Link, Mark, NoteRef, Ruby, Text
from converter.records import NamedTuple
from converter.text.addresses import web_address
from converter.typeset.fonts import typeface
from converter.typeset.footnotes import NAME
from converter.typeset.lines import Line, Manner, Run, Shape, blank_lines, compose
from converter.typeset.tags import Tag
from converter.typeset.theme import Align, Face
from converter.typeset.zhuyin import syllables

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from converter.model import Inline
    from converter.typeset.fonts import Typeface
    from converter.typeset.theme import Style, Theme

_STRONG = {Face.SONG: Face.XIAOBIAOSONG}


class Place(NamedTuple):
    """Where across the type area a block stands, in points from its edges."""

    left: float = 0
    right: float = 0
    style: Style | None = None
    """How paragraphs without a role look there, if not like the body."""
    tag: Tag | None = None
    """What the block is part of, if not of the document itself."""

    def inward(self, room: float, left: float, right: float = 0) -> Place:
        """A place within this one, so much further from the edges, if there is still `room` between them: lists in
        lists in lists must not end outside the paper.
        """
        fits = self.left + left + self.right + right <= room
        return self._replace(left=self.left + left, right=self.right + right) if fits else self


BODY = Place()


class Compositor:
    """Composes the lines of one theme.

    `fonts` names font files of the user's by face; `manner` says by which rules lines are broken.
    """

    def __init__(self, theme: Theme, fonts: Mapping[Face, str] | None, manner: Manner) -> None:
        self.theme = theme
        self.manner = manner
        self.typefaces: dict[Face, Typeface] = {}
        """The typefaces used so far."""
        self.fonts = {**dict(theme.fonts), **(fonts or {})}
        """Font files of the user's by face."""
        self.counting = False
        """Whether nobody will look at the lines: as many blank ones do."""
        self.notes_known = 0
        """How many notes there are for marks to lead to."""
        begun = [style for _, style in theme.roles if manner.vertical and style.first_indent]
        self._headings = frozenset((theme.title, *theme.headings, *begun)) - {theme.body}
        """What ends its lines where words end, also where these begin at the margin."""

    def typeface(self, face: Face) -> Typeface:
        """The typeface of a face, loaded when first asked for."""
        if face not in self.typefaces:
            self.typefaces[face] = typeface(face, self.fonts.get(face))
        return self.typefaces[face]

    def line(self, text: str, style: Style, measure: float | None = None, tag: Tag | None = None) -> Line:
        """One line, ragged, of as much of `text` as the measure holds (points; the theme's if None), with … if cut."""
        room = (self.theme.page.measure if measure is None else measure) * 1000 / style.size
        face = self.typeface(style.face)
        shape = Shape(room, style.align, manner=self.manner)
        lines = compose([Run(text, face, tag=tag)], shape)
        if len(lines) > 1:
            lines = compose([Run(lines[0].text[:-1] + "…", face, tag=tag)], shape)
        return lines[0] if lines else Line(0, 0, ())

    def paragraph(
        self, inlines: Iterable[Inline], style: Style, tag: Tag, place: Place = BODY, lead: Run | None = None
    ) -> list[Line]:
        """The lines of a paragraph; `lead` is a run-in heading. Without characters there is none."""
        runs = [lead] if lead else []
        lines: list[Line] = []
        for inline in inlines:
            match inline:
                case Text(text=text, marks=marks) if not marks:
                    runs.append(Run(text, self.typeface(style.face), tag=tag))
                case Text(text=text, marks=marks):
                    face = _STRONG.get(style.face, Face.HEI) if Mark.STRONG in marks else style.face
                    runs.append(Run(text, self.typeface(face), Mark.EMPHASIS in marks, tag=tag, beside=_beside(marks)))
                case Link(text=text, marks=marks, target=target):
                    face = _STRONG.get(style.face, Face.HEI) if Mark.STRONG in marks else style.face
                    address = web_address(target)
                    part = Tag("Link", tag) if address else tag
                    dotted = Mark.EMPHASIS in marks
                    runs.append(Run(text, self.typeface(face), dotted, address, tag=part, beside=_beside(marks)))
                case NoteRef(number=number):
                    link = f"#{NAME}{number}" if 1 <= number <= self.notes_known else ""
                    part = Tag("Link", Tag("Reference", tag)) if link else tag
                    runs.append(Run(f"〔{number}〕", self.typeface(style.face), link=link, tag=part))
                case Ruby(base=base, annotation=annotation):
                    runs += self._annotated(base, annotation, self.typeface(style.face), tag)
                case LineBreak():
                    lines += self._lines(runs, style, place, first=not lines)
                    runs = []
                case _:
                    assert_never(inline)
        return lines + self._lines(runs, style, place, first=not lines)

    def _annotated(self, base: str, annotation: str, face: Typeface, tag: Tag) -> Iterator[Run]:
        """Words with what tells their sound; each character by itself if that is zhuyin."""
        sounds = syllables(base, annotation)
        for words, reading in zip(base, sounds, strict=True) if sounds else ((base, annotation),):
            yield Run(words, face, ruby=reading, tag=Tag("RB", Tag("Ruby", tag)), zhuyin=bool(sounds))

    def _lines(self, runs: list[Run], style: Style, place: Place, *, first: bool) -> list[Line]:
        """The lines between two breaks, at their place across the type area."""
        left, right = place.left * 1000 / style.size, place.right * 1000 / style.size
        measure = self.theme.page.measure * 1000 / style.size - left - right
        indent = style.first_indent * 1000
        heading = style.align is Align.LEFT and style in self._headings
        block = heading and self.manner.vertical
        if block:  # all columns of a heading begin at one height
            left, measure = left + indent, measure - indent
        if block or not first:
            indent = 0
        shape = Shape(measure, style.align, indent, style.right_indent * 1000, self.manner, heading)
        if self.counting and not any(run.link for run in runs):
            return blank_lines(runs, shape)
        lines = compose(runs, shape)
        return [line._replace(x=line.x + left) for line in lines] if left else lines


def _beside(marks: frozenset[Mark]) -> str:
    return "line" if Mark.NAME in marks else "wave" if Mark.TITLE in marks else ""
