"""Line composition: a paragraph's characters into lines, with the place of each character.

The paragraph becomes a string of gap kinds and running sums of widths; a line is then found by bisection and its slack
is shared out by the order of clreq: what has to be taken away comes out of the marks, what has to be added goes
between all characters alike. `_breaks` alone decides where lines end, so that it can be replaced by one that looks at
the whole paragraph. All lengths are thousandths of an em of the paragraph's size.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from enum import Enum
from itertools import accumulate, chain, groupby, pairwise
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from converter.typeset.hyphens import HYPHENATED, SOFT_HYPHEN, hyphenated
from converter.typeset.punctuation import CENTRED as CENTRED_MARKS
from converter.typeset.punctuation import END_PROHIBITED, EXPANSION, GAPS, HANGING, START_PROHIBITED, Level, pairs
from converter.typeset.theme import Align
from converter.typeset.vertical import ACROSS, CENTRED, UPRIGHT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from converter.typeset.fonts import FontFace, Typeface
    from converter.typeset.tags import Tag


class Run(NamedTuple):
    """Characters set in one typeface."""

    text: str
    typeface: Typeface
    dotted: bool = False
    """Whether emphasis dots (着重号) stand below the characters."""
    link: str = ""
    """Where the characters lead: an address, or `#` and the name of a place in the document."""
    ruby: str = ""
    """What stands above the characters."""
    tag: Tag | None = None
    """What they are part of; an artifact if None."""
    beside: str = ""
    """What runs beside them: "line" (专名号), "wave" (书名号甲式)."""


class Way(Enum):
    """How the characters of a piece stand in their line."""

    ALONG = "along"
    """As the line goes: all of a horizontal line, and Latin words in a column."""
    UPRIGHT = "upright"
    """One below the other, in a column."""
    ACROSS = "across"
    """Beside one another in the width of one em, across a column."""


class Piece(NamedTuple):
    """Part of a line: characters of one font."""

    text: str
    face: FontFace
    spread: float
    """Space after every character, beside what `kerns` says."""
    kerns: tuple[tuple[int, float], ...]
    """(index, space) for the characters with more or less space after them; indices rise."""
    dotted: bool
    link: str = ""
    ruby: str = ""
    tag: Tag | None = None
    way: Way = Way.ALONG
    beside: str = ""
    shift: tuple[int, int] = (0, 0)
    """How far to the right and up its last character is drawn from where it stands, in thousandths of an em."""

    @property
    def advance(self) -> float:
        """What it takes of its line."""
        match self.way:
            case Way.ALONG:
                width = sum(self.face.advance(self.face.glyph(character)) for character in self.text)
            case Way.UPRIGHT:
                width = 1000 * len(self.text)
            case Way.ACROSS:
                width = 1000
        return width + self.spread * len(self.text) + sum(kern for _, kern in self.kerns)


class Line(NamedTuple):
    """One line; its text is the paragraph's, without the spaces at its end."""

    x: float
    """Where the first character stands, from the left edge of the measure; negative where the blank half of an opening
    mark is cut off."""
    width: float
    """From `x` to the end of the last character's ink box; a mark at the end counts half an em."""
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The line's characters."""
        return "".join(piece.text for piece in self.pieces)

    def untagged(self) -> Line:
        """The line as an artifact: what has been said once already."""
        return self._replace(pieces=tuple(piece._replace(tag=None) for piece in self.pieces))


class Manner(NamedTuple):
    """The rules that a text's lines are composed by, as far as they are a matter of choice."""

    level: Level = Level.GB
    hanging: bool = False
    """Whether one 、，。 at the end of a line may hang in the margin."""
    vertical: bool = False
    """Whether the lines are columns: `typeset.vertical`."""
    hyphenate: bool = False
    """Whether Latin words may be divided where a line would gape."""
    centred: bool = False
    """Whether stops stand in the middle of their em and keep all of it, as in Taiwan and Hong Kong."""


class Shape(NamedTuple):
    """The room that a paragraph's lines have, and the rules for them."""

    measure: float
    align: Align = Align.JUSTIFY
    first_indent: float = 0
    right_indent: float = 0
    manner: Manner = Manner()


CHUNK = 16384
"""Characters composed at a time, so that a paragraph of millions needs no more memory than its lines."""
_LOOSE = 500
"""A line that lacks no more than this is spaced out: nobody sees half an em among thirty characters. If more is
missing, the next character is pushed in if the marks give enough room (先挤进，后推出)."""
_GAPING = 150
"""A line spaced wider than this between any two characters is worse than a break inside an address."""
_MOST_BALANCED = 4
"""Centred paragraphs of more lines than this are no titles."""
_TORN = 500
"""A line that would have to be spaced wider than this is left short."""
_LETTERSPACED = 150.0
"""Where a line has too few gaps, its words are letterspaced, by this at most, so that the margin is straight."""
_LOOSE_GAP = 120
"""A line that is spaced wider than this between two characters has the whole paragraph looked at."""
_LONGEST_LOOKED_AT = 4096
"""Characters of a paragraph above which its lines are found one by one."""
_PASSED_OVER = 6
"""Ems that a line may lack to be thought of when the whole paragraph is looked at."""

# Default_Ignorable_Code_Point (UAX #44) and controls: nothing to see, nothing to set.
_IGNORED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
_LETTERS = re.compile(r"(?<=[A-Za-z])’(?=[A-Za-z])|\.{6,}")
"""Marks that stand among letters as these do: apostrophes; rows of dots that led to a page number."""
_LONG_WORD = re.compile(r"[!-~]{20,}")
_SOFT_BREAK = re.compile(r"[/?&=#._-](?![/.,:;!?)\]}>])")

_BREAKS = str.maketrans({kind: "1" if gap.breaks else "0" for kind, gap in GAPS.items()})
_STRETCHES = str.maketrans({kind: "1" if gap.stretches else "0" for kind, gap in GAPS.items()})
_KERN = {kind: gap.kern for kind, gap in GAPS.items()}
_ROOM = {kind: gap.room for kind, gap in GAPS.items()}
_UNUSUAL = re.compile("[^ac]")
_RESIZED_CLASSES = frozenset("SGZ")
_RESIZED = re.compile("[SGZ]")
_NEVER_FIRST = frozenset("deZ")
_ADDRESS = 20
"""Characters from which a word is taken for an address, which may be broken anywhere."""
_MARK_CLASSES = frozenset("OQCPFXDdEeMNonp/")
_TRIMMED_END = frozenset("CPFX")


def compose(runs: Iterable[Run], shape: Shape) -> list[Line]:
    """The lines of a paragraph; none for a paragraph without a visible character.

    No line begins with a mark of LINE_START_PROHIBITED or ends with one of LINE_END_PROHIBITED (clreq, GB/T 15834),
    unless a row of such marks is longer than the measure; the last line is never one character alone (clreq, 孤字).
    The lines of a centred paragraph, a title as a rule, are made as equal as they can be.
    """
    runs = list(runs)
    lines = _composed(runs, shape)
    if shape.align is not Align.CENTER or not 1 < len(lines) <= _MOST_BALANCED:
        return lines
    return _balanced(runs, shape, len(lines)) or lines


def _balanced(runs: Sequence[Run], shape: Shape, count: int) -> list[Line]:
    """So many lines, as equal as the words allow: a line of a title ends where its author left a space, after a mark,
    or after 的, rather than within a word (GB/T 9704-2012 7.3.1: 词意完整). None if the measure is too narrow for that.
    """
    paragraph = _Paragraph([run for run in map(_visible, runs) if run.text], shape.manner)
    length = len(paragraph.text)
    target = paragraph.width(0, length) / count
    ends = [match.end() for match in _POSSIBLE.finditer(paragraph.breaks)] + [length]
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for number in range(1, count + 1):
        reached: dict[int, tuple[float, tuple[int, ...]]] = {}
        for start, (cost, before) in best.items():
            for end in ends:
                if end <= start or (number == count) != (end == length):
                    continue
                width = paragraph.width(start, end)
                if width > shape.measure:
                    break
                total = cost + ((width - target) / 1000) ** 2 + _parted(paragraph, end)
                if end not in reached or total <= reached[end][0]:
                    reached[end] = (total, (*before, end))
        best = reached
    found = best.get(length, (0.0, ()))[1]
    return [paragraph.line(start, end, shape, first=not start, last=True) for start, end in pairwise((0, *found))]


_AFTER_WORDS = frozenset("的和与與及暨并")
"""Characters after which a title may be divided without parting a word."""


def _parted(paragraph: _Paragraph, end: int) -> float:
    """What it costs to end a line of a title here, in square ems of inequality."""
    text = paragraph.text
    if end == len(text) or paragraph.visible_end(0, end) < end:
        return 0.0
    if paragraph.classes[end - 1] in _MARK_CLASSES:
        return 1.0
    if text[end] in _AFTER_WORDS:
        return 30.0
    if text[end - 1] in _AFTER_WORDS:
        return 4.0
    from converter.text.bigrams import inside_a_word

    return 6.0 + 24.0 * inside_a_word(text[end - 1], text[end])


def blank_lines(runs: Iterable[Run], shape: Shape) -> list[Line]:
    """As many lines as `compose` makes of the runs, with nothing in them: for whoever counts pages."""
    return _composed(runs, shape, blank=True)


def _composed(runs: Iterable[Run], shape: Shape, *, blank: bool = False) -> list[Line]:
    todo = [_visible(run) for run in runs]
    todo = [run for run in todo if run.text]
    lines: list[Line] = []
    while todo:
        chunk, rest = _split(todo, CHUNK)
        paragraph = _Paragraph(chunk, shape.manner)
        done = 0
        breaks = _breaks(paragraph, shape, first=not lines, last=not rest)
        for start, end in breaks:
            last = not rest and end == len(paragraph.text)
            if blank:
                lines += [_BLANK] * (paragraph.visible_end(start, end) > start)
                done = end
                continue
            lines.append(paragraph.line(start, end, shape, first=not lines, last=last))
            done = end
        todo = [*_split(chunk, done)[1], *rest]
    return lines if blank else [line for line in lines if line.pieces]


_BLANK = Line(0, 0, ())


def _visible(run: Run) -> Run:
    return run._replace(text=_IGNORED.sub("", run.text)) if _IGNORED.search(run.text) else run


def _split(runs: Sequence[Run], length: int) -> tuple[list[Run], list[Run]]:
    """The runs cut in two after `length` characters."""
    before: list[Run] = []
    for number, run in enumerate(runs):
        if len(run.text) > length:
            if length:
                before.append(run._replace(text=run.text[:length]))
            return before, [run._replace(text=run.text[length:], ruby=""), *runs[number + 1 :]]
        before.append(run)
        length -= len(run.text)
    return before, []


class _Part(NamedTuple):
    """A stretch of a paragraph that one font file serves."""

    start: int
    end: int
    face: FontFace
    run: Run
    way: Way = Way.ALONG
    shift: tuple[int, int] = (0, 0)


class _Paragraph:
    """The characters of a paragraph (or of a chunk of it) with the tables that breaking and setting need.

    `classes[i]` and `widths[i]` belong to character i, `gaps[i]` to the gap after it. `at[i]` is where character i
    begins if no line ends before it and nothing is adjusted.
    """

    def __init__(self, runs: Sequence[Run], manner: Manner = Manner()) -> None:  # noqa: B008 - it is a constant
        self.manner = manner
        self.text = "".join(run.text for run in runs)
        classes = _in_context("".join(run.text.translate(run.typeface.classes) for run in runs))
        self.parts = list(_parts(runs))  # by now the typefaces have looked at every character
        self.starts = [part.start for part in self.parts]
        for letters in _LETTERS.finditer(self.text):
            start, end = letters.span()
            classes = classes[:start] + "L" * (end - start) + classes[end:]
        self.widths = list(chain.from_iterable(map(run.typeface.widths.__getitem__, run.text) for run in runs))
        if manner.vertical:
            classes = self._stood_up(classes)
        if manner.centred and not manner.vertical:
            classes = self._with_centred_marks(classes)
        self.classes = classes
        self.resized = not _RESIZED_CLASSES.isdisjoint(classes)
        self.gaps = "".join(map(pairs(manner.level).__getitem__, map(add, self.classes, self.classes[1:] + "S")))
        kerns = map(_KERN.__getitem__, self.gaps)
        self.at: list[int] = list(accumulate(map(add, self.widths, kerns), initial=0))
        self.stretches = self.gaps.translate(_STRETCHES)
        self.breaks = self.gaps.translate(_BREAKS)
        for word in _LONG_WORD.finditer(self.text):
            self._soften(*word.span())
        self.hyphen = runs[0].typeface.widths["-"] if manner.hyphenate and runs else 0
        if self.hyphen:
            self.breaks = hyphenated(self.text, self.breaks)

    def _stood_up(self, classes: str) -> str:
        """The classes of a column; what stands upright or across it becomes a part of its own, an em long."""
        kinds = [
            "N" if char in CENTRED and kind in "PX" else kind for char, kind in zip(self.text, classes, strict=True)
        ]
        ways = [Way.UPRIGHT if kind in UPRIGHT else Way.ALONG for kind in kinds]
        across = {match.start(): match.end() for match in ACROSS.finditer(self.text)}
        for start, end in across.items():
            ways[start:end] = [Way.ACROSS] * (end - start)
            kinds[start:end] = ["H", *("Z" * (end - start - 1))]
            self.widths[start:end] = [1000, *([0] * (end - start - 1))]
        for i, way in enumerate(ways):
            if way is Way.UPRIGHT:
                self.widths[i] = 1000
        parts = []
        for part in self.parts:
            run, start = part.run, part.start
            while start < part.end:
                end = start + 1
                while end < part.end and ways[end] is ways[start] and end not in across:
                    end += 1
                parts.append(_Part(start, end, part.face, run, ways[start]))
                start, run = end, run._replace(ruby="")
        self.parts, self.starts = parts, [part.start for part in parts]
        return "".join(kinds)

    def _with_centred_marks(self, classes: str) -> str:
        """The classes where stops have no blank half. Each is moved when it is drawn, and is a part with the character
        before it, so that it is copied behind that one wherever it stands.
        """
        marks = {i for i, kind in enumerate(classes) if kind in "PFXN" and self.text[i] in CENTRED_MARKS}
        parts: list[_Part] = []
        for part in self.parts:
            start, run = part.start, part.run
            for at in sorted(i for i in marks if part.start <= i < part.end):
                begin = at - 1 if at > start else at
                if begin > start:
                    parts.append(part._replace(start=start, end=begin, run=run))
                    run = run._replace(ruby="")
                parts.append(_Part(begin, at + 1, part.face, run, part.way, part.face.off_centre(self.text[at])))
                start, run = at + 1, run._replace(ruby="")
            if start < part.end:
                parts.append(part._replace(start=start, run=run))
        self.parts, self.starts = parts, [part.start for part in parts]
        return "".join("N" if i in marks else kind for i, kind in enumerate(classes))

    def _soften(self, start: int, end: int) -> None:
        """Mark where an address may be broken if it has to be: after / ? & = and the like."""
        marks = bytearray(self.breaks[start:end], "ascii")
        for match in _SOFT_BREAK.finditer(self.text, start, end - 1):
            if marks[match.start() - start] == ord("0"):
                marks[match.start() - start] = ord("2")
        self.breaks = self.breaks[:start] + marks.decode() + self.breaks[end:]

    def visible_end(self, start: int, end: int) -> int:
        """The end of a line without the spaces there."""
        while end > start and self.classes[end - 1] in "SIG":
            end -= 1
        return end

    def width(self, start: int, end: int) -> int:
        """The natural width of a line: the blank half of a mark at either edge is not counted (GB/T 15834 5.1.10)."""
        end = self.visible_end(start, end)
        if end == start:
            return 0
        width = self.at[end - 1] - self.at[start] + self.widths[end - 1]
        if self.classes[end - 1] in _TRIMMED_END:
            width -= 1000 if self._hangs(start, end - 1) else 500
        if self.hyphen and self._divides(end):
            width += self.hyphen
        return width - 500 * (self.classes[start] == "O")

    def _divides(self, end: int) -> bool:
        """Whether a line that ends here ends within a word, with a hyphen."""
        return end < len(self.text) and self.breaks[end - 1] == HYPHENATED

    def _hangs(self, start: int, last: int) -> bool:
        """Whether the mark that ends a line stands in the margin: never beside another mark (clreq, 悬挂)."""
        return (
            self.manner.hanging
            and self.text[last] in HANGING
            and last > start
            and self.classes[last - 1] not in _MARK_CLASSES
        )

    def reducible(self, start: int, end: int) -> int:
        """How much a line can give."""
        end = self.visible_end(start, end)
        return sum(map(_ROOM.__getitem__, self.gaps[start : end - 1])) if end > start else 0

    def stretching(self, start: int, end: int) -> int:
        """The number of gaps in a line that take more space."""
        return self.stretches.count("1", start, max(start, self.visible_end(start, end) - 1))

    def line(self, start: int, end: int, shape: Shape, *, first: bool, last: bool) -> Line:
        """The line of these characters, set."""
        whole, end = end, self.visible_end(start, end)
        indent = shape.first_indent if first else 0
        measure = shape.measure - indent - shape.right_indent
        width: float = self.width(start, end)
        slack = measure - width
        taken: dict[int, float] = {}
        given: dict[str, float] = {}
        spread = 0.0
        if slack < 0:
            taken = self._reduced(start, end, -slack)
            width = measure
        elif shape.align is Align.JUSTIFY and not last:
            given, spread = self._expanded(start, end, slack)
            if spread > _GAPING and self.classes.count("I", end, whole) >= 2:
                given, spread = {}, 0.0  # two ems and more between words are the author's own way of ending a line
            width = measure if given or spread else width
        x = indent
        if shape.align in (Align.CENTER, Align.RIGHT):
            x += (measure - width) * (0.5 if shape.align is Align.CENTER else 1)
        if start < end and self.classes[start] == "O":
            x -= 500
        return Line(x, width, tuple(self._pieces(start, end, spread, taken, given)))

    def _expanded(self, start: int, end: int, slack: float) -> tuple[dict[str, float], float]:
        """What to add to each gap of some kinds, and what goes between all characters (clreq, expansion)."""
        given: dict[str, float] = {}
        for kind, most in EXPANSION:
            if slack > 0 and (number := self.gaps.count(kind, start, end - 1)):
                given[kind] = min(slack / number, most)
                slack -= given[kind] * number
        count = self.stretching(start, end)
        if slack <= 0:
            return given, 0.0
        if count and slack / count <= _GAPING:
            return given, slack / count
        # Too few gaps: the letters of words are spaced as well, which a reader notices less than holes between words.
        if end - start > 1 and slack / (end - start - 1) <= _LETTERSPACED:
            share = slack / (end - start - 1)
            return given | {"b": share}, share
        return (given, slack / count) if count and slack / count <= _TORN else ({}, 0.0)

    def _reduced(self, start: int, end: int, excess: float) -> dict[int, float]:
        """What to take from which gap: step after step, within a step from all alike (clreq, reduction)."""
        taken: dict[int, float] = {}
        steps: dict[int, list[tuple[int, int]]] = {}
        for match in _UNUSUAL.finditer(self.gaps, start, end - 1):
            gap = GAPS[match.group()]
            if gap.room and gap.step:
                steps.setdefault(gap.step, []).append((match.start(), gap.room))
        for _, here in sorted(steps.items()):
            room = sum(r for _, r in here)
            share = min(1.0, excess / room)
            taken.update((i, r * share) for i, r in here)
            excess -= room * share
            if excess <= 0:
                break
        return taken

    def _pieces(
        self, start: int, end: int, spread: float, taken: dict[int, float], given: dict[str, float]
    ) -> Iterator[Piece]:
        kerns: dict[int, float] = {}
        for match in _UNUSUAL.finditer(self.gaps, start, end - 1):
            i, kind = match.start(), match.group()
            kerns[i] = _KERN[kind] - taken.get(i, 0) + given.get(kind, 0) - (spread if kind == "b" else 0)
        divided = bool(self.hyphen) and self._divides(end)
        if divided:
            kerns[end - 1] = -spread
        if self.resized:
            for match in _RESIZED.finditer(self.classes, start, end):
                kerns[match.start()] = kerns.get(match.start(), 0) + self._resize(match.start())
        for part in self.parts[bisect_right(self.starts, start) - 1 :]:
            if part.start >= end:
                break
            begin, stop = max(start, part.start), min(end, part.end)
            inside: tuple[tuple[int, float], ...] = ()
            if kerns:
                inside = tuple(
                    sorted((i - begin, kern) for i, kern in kerns.items() if begin <= i < stop and abs(kern) > 0.05)
                )
            run = part.run
            ruby = run.ruby if begin == part.start else ""
            yield Piece(
                self.text[begin:stop],
                part.face,
                spread,
                inside,
                run.dotted,
                run.link,
                ruby,
                run.tag,
                part.way,
                run.beside,
                part.shift if stop == part.end else (0, 0),
            )
            if divided and stop == end:
                yield Piece(SOFT_HYPHEN, part.face, 0, (), dotted=False, way=part.way)

    def _resize(self, index: int) -> int:
        """What a space or a combining mark takes in the line beyond its glyph's own width."""
        part = self.parts[bisect_right(self.starts, index) - 1]
        glyph = part.run.typeface.glyphs[self.text[index]]
        return glyph.width - part.face.advance(glyph.id)


def _parts(runs: Sequence[Run]) -> Iterator[_Part]:
    start = 0
    for run in runs:
        glyphs, end = run.typeface.glyphs, start + len(run.text)
        if not run.typeface.elsewhere.isdisjoint(run.text):
            for file, group in groupby(glyphs[character].file for character in run.text):
                stop = start + sum(1 for _ in group)
                yield _Part(start, stop, run.typeface.files[file], run)
                start, run = stop, run._replace(ruby="")  # noqa: PLW2901 - a reading stands above the first part only
        else:
            yield _Part(start, end, run.typeface.files[0], run)
        start = end


def _in_context(classes: str) -> str:
    """Classes that depend on their neighbours: two dashes are one mark, a comma after an ideograph is a Chinese one."""
    if "D" in classes:
        classes = re.sub("D(?!d)", "N", classes.replace("DD", "Dd"))
    if "E" in classes:
        classes = re.sub("E(?!e)", "N", classes.replace("EE", "Ee"))
    if "n" in classes:
        classes = re.sub("(?<=[HCN])n", "p", classes)
    return classes


def _breaks(paragraph: _Paragraph, shape: Shape, *, first: bool, last: bool) -> list[tuple[int, int]]:
    """Start and end of each line, greedily. Unless the paragraph's end is there (`last`), the lines near the chunk's
    end are left for the next chunk, which knows what follows.
    """
    ends: list[int] = []
    start, length = 0, len(paragraph.text)
    while start < length:
        indent = shape.first_indent if first and not start else 0
        start = _line_end(paragraph, start, shape.measure - shape.right_indent - indent)
        ends.append(start)
    if last:
        _rescue_lone_end(paragraph, ends, shape, first=first)
        if shape.align is Align.JUSTIFY and first and length <= _LONGEST_LOOKED_AT and len(ends) > 1:
            ends = _better(paragraph, ends, shape)
    else:
        ends = ends[:-2] or ends
    return list(pairwise([0, *ends]))


def _better(paragraph: _Paragraph, ends: list[int], shape: Shape) -> list[int]:
    """The ends of the lines found one by one, or better ones if any of these is loose: those by which the lines of the
    whole paragraph are least bad together (Knuth and Plass).
    """
    costs = [_badness(paragraph, start, end, shape) for start, end in pairwise([0, *ends])][:-1]
    if max(costs) <= _cost(_LOOSE_GAP):
        return ends
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    length = len(paragraph.text)
    whole: tuple[float, list[int]] = (sum(costs), ends)
    for start in (0, *(match.end() for match in _POSSIBLE.finditer(paragraph.breaks))):
        if start not in best or start == length:
            continue
        cost, before = best.pop(start)
        for end in _candidates(paragraph, start, shape):
            total = cost + (0 if end == length else _badness(paragraph, start, end, shape))
            if end == length:
                lone = bool(before) and _is_lone(paragraph.classes[start:end])
                if total < whole[0] and not lone:
                    whole = (total, [*before, end])
            elif end not in best or total < best[end][0]:
                best[end] = (total, [*before, end])
    return whole[1]


_POSSIBLE = re.compile("[123]")


def _candidates(paragraph: _Paragraph, start: int, shape: Shape) -> Iterator[int]:
    """Where a line from `start` might end: all that it can hold, and not much less."""
    measure = shape.measure - shape.right_indent - (0 if start else shape.first_indent)
    length = len(paragraph.text)
    least = bisect_right(paragraph.at, paragraph.at[start] + measure - 1000 * _PASSED_OVER, start)
    for match in _POSSIBLE.finditer(paragraph.breaks, max(start, least - 1)):
        end = match.end()
        excess = paragraph.width(start, end) - measure
        if excess > paragraph.reducible(start, end):
            if paragraph.at[end] - paragraph.at[start] > measure + 4000:
                return
            continue
        yield end
    if paragraph.width(start, length) - measure <= paragraph.reducible(start, length):
        yield length


def _badness(paragraph: _Paragraph, start: int, end: int, shape: Shape) -> float:
    """How bad a line is that is not the last: by the share of what it can give, or by how wide its gaps are."""
    measure = shape.measure - shape.right_indent - (0 if start else shape.first_indent)
    slack = measure - paragraph.width(start, end)
    if slack < 0:
        return float((100 * -slack / max(1, paragraph.reducible(start, end))) ** 2 / 4)
    stop = paragraph.visible_end(start, end)
    for kind, most in EXPANSION:
        slack -= min(slack, most * paragraph.gaps.count(kind, start, max(start, stop - 1)))
    penalty = {"2": _SOFT_COST, HYPHENATED: _SOFT_COST / 2}.get(paragraph.breaks[end - 1], 0.0)
    return penalty + _cost(slack / max(0.2, paragraph.stretching(start, end)))


_SOFT_COST = 5000.0
"""Of a break inside an address."""


def _cost(gap: float) -> float:
    return gap * gap


def _line_end(paragraph: _Paragraph, start: int, measure: float) -> int:  # noqa: PLR0911 - one rule after the other
    """Where the line from `start` ends."""
    p, length = paragraph, len(paragraph.text)
    limit = p.at[start] + measure + (500 if p.classes[start] == "O" else 0)
    fits = bisect_right(p.at, limit, start) - 1
    if fits >= length:
        return length
    out = max(start, p.breaks.rfind("1", start, fits) + 1)
    following = p.breaks.find("1", out) + 1 or length
    while p.width(start, following) <= measure:
        out = following
        if out == length:
            return length
        following = p.breaks.find("1", out) + 1 or length
    slack = measure - p.width(start, out)
    if out > start and slack <= _LOOSE:
        return out
    if p.width(start, following) - measure <= p.reducible(start, following):
        return following
    if out > start and slack <= _GAPING * p.stretching(start, out):
        return out
    if p.hyphen and (part := _divided(p, start, (out, fits), measure)):
        return part
    soft = p.breaks.rfind("2", out, fits) + 1
    if soft > out and measure - p.width(start, soft) <= _GAPING * p.stretching(start, soft):
        return soft
    # A word, or a row of marks, longer than the line breaks where it must; so does a long address before it tears one.
    address = following - out >= _ADDRESS and not p.text[out:fits].isalpha()
    if out > start and not address and p.width(out, following) <= measure:
        return out
    return _anywhere(p, start, fits)


def _divided(paragraph: _Paragraph, start: int, between: tuple[int, int], measure: float) -> int:
    """The last place between these two where a word may be divided and its hyphen has room; 0 if there is none."""
    out, fits = between
    part = paragraph.breaks.rfind(HYPHENATED, out, fits) + 1
    while part > out and paragraph.width(start, part) > measure:
        part = paragraph.breaks.rfind(HYPHENATED, out, part - 1) + 1
    return part if part > out else 0


def _anywhere(paragraph: _Paragraph, start: int, fits: int) -> int:
    """Where a line ends that can end nowhere by the rules: not beside a mark, if a place is near."""
    fits = max(fits, start + 1)
    if soft := paragraph.breaks.rfind("2", max(start, fits - 8), fits) + 1:
        return soft
    starts = START_PROHIBITED[paragraph.manner.level] | _NEVER_FIRST
    ends = END_PROHIBITED[paragraph.manner.level] | {"S"}
    classes = paragraph.classes
    for end in range(min(fits, len(classes) - 1), max(start, fits - 8), -1):
        if classes[end] not in starts and classes[end - 1] not in ends:
            return end
    return fits


def _rescue_lone_end(paragraph: _Paragraph, ends: list[int], shape: Shape, *, first: bool) -> None:
    """Change the last line end so that no character stands alone on the last line: push it in, else bring another
    down.
    """
    while len(ends) > 1 and _is_lone(paragraph.classes[ends[-2] : ends[-1]]):
        start = ends[-3] if len(ends) > 2 else 0
        indent = shape.first_indent if first and start == 0 else 0
        measure = shape.measure - shape.right_indent - indent
        if paragraph.width(start, ends[-1]) - measure <= paragraph.reducible(start, ends[-1]):
            del ends[-2]
            return
        down = paragraph.breaks.rfind("1", start, ends[-2] - 1) + 1
        if paragraph.gaps[ends[-2] - 1] == "b" and ends[-2] - start > _ADDRESS:
            down = ends[-2] - 3  # of an address that is broken anywhere
        slack = measure - paragraph.width(start, down)
        if down <= start or slack > _TORN * paragraph.stretching(start, down):
            return
        ends[-2] = down


def _is_lone(classes: str) -> bool:
    return len(_MARKS.sub("", classes)) <= 1


_MARKS = re.compile("[OQCPFXDdEeMNonp/SIGZ-]")
