"""A paragraph's characters with the tables that breaking and setting need."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate, groupby, repeat
from operator import add
from typing import TYPE_CHECKING

from converter.records import NamedTuple
from converter.regex import compiled
from converter.typeset.gaps import gaps_between, holds_any, in_context, with_centred_marks
from converter.typeset.hyphens import HYPHENATED, hyphenated
from converter.typeset.punctuation import GAPS, HANGING
from converter.typeset.ruby import spaces
from converter.typeset.runs import Manner, Way
from converter.typeset.unseen import visible
from converter.typeset.vertical import ACROSS, CENTRED, STANDING, UPRIGHT
from converter.typeset.zhuyin import COLUMN

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from converter.typeset.fonts import FontFace
    from converter.typeset.runs import Run

_LETTERS = compiled(r"(?<=[A-Za-z])’(?=[A-Za-z])|\.{6,}")
"""Marks that stand among letters as these do: apostrophes; rows of dots that led to a page number."""
_LONG_WORD = compiled(r"[!-~]{20,}")
_SOFT_BREAK = compiled(r"[/?&=#._-](?![/.,:;!?)\]}>])")
_BREAKS = str.maketrans({kind: "1" if gap.breaks else "0" for kind, gap in GAPS.items()})
_STRETCHES = str.maketrans({kind: "1" if gap.stretches else "0" for kind, gap in GAPS.items()})
KERN = {kind: gap.kern for kind, gap in GAPS.items()}
_GIVING = [(kind, gap.room) for kind, gap in GAPS.items() if gap.room]
_KERNED_GAPS = "".join(kind for kind, gap in GAPS.items() if gap.kern)
_KERNED = compiled(f"[{_KERNED_GAPS}]")
_APOSTROPHES = compiled("a")
_HALVES = tuple(range(0, 2_000_000, 500))
"""Multiples of half an em: where characters stand that are an em wide. To copy them is faster than to reckon them."""
_BEHIND = 60
"""Behind the ink of an apostrophe, in thousandths of an em."""
MARK_CLASSES = frozenset("OQCPFXDdEeMNonp/")


class Part(NamedTuple):
    """A stretch of a paragraph that one font file serves."""

    start: int
    end: int
    face: FontFace
    run: Run
    way: Way = Way.ALONG


class Paragraph:
    """The characters of a paragraph (or of a chunk of it) with the tables that breaking and setting need.

    `classes[i]` and `widths[i]` belong to character i, `gaps[i]` to the gap after it. `at[i]` is where character i
    begins if no line ends before it and nothing is adjusted.
    """

    def __init__(self, runs: Sequence[Run], manner: Manner = Manner()) -> None:  # noqa: B008 - it is a constant
        self.manner = manner
        runs, classes = _seen(runs)
        self.runs = runs
        """What of them is seen."""
        self.text = text = "".join([run.text for run in runs])
        self.parts = _parts(runs)
        self.starts = [part.start for part in self.parts]
        self.widths, even = _widths(runs, classes)
        classes = in_context(classes)
        if "’" in text or "......" in text:
            for letters in _LETTERS.finditer(text):
                start, end = letters.span()
                kind = "a" if text[start] == "’" else "L"
                classes = classes[:start] + kind * (end - start) + classes[end:]
        for apostrophe in _APOSTROPHES.finditer(classes) if "a" in classes else ():
            self.widths[apostrophe.start()] = self._narrow(apostrophe.start())
        if manner.vertical:
            classes = self._stood_up(classes)
        if manner.centred:
            classes = with_centred_marks(text, classes)
        self.rooms: dict[int, int] = {}
        """Index of a character → the space after it for readings."""
        shifts = self._make_room(runs) if any(run.ruby for run in runs) else []
        self.classes = classes
        self.resized = holds_any("SGZa", classes)
        self.gaps = gaps_between(classes, manner.level)
        kerned = _KERNED.finditer(self.gaps) if holds_any(_KERNED_GAPS, self.gaps) else ()
        self.kerned = [match.start() for match in kerned]
        """Where the space between two characters is another than none."""
        even = even and not shifts and not manner.vertical
        self.plain = even and not self.kerned
        """Whether the characters stand an em apart, all of them."""
        self.at = range(0, 1000 * len(self.text) + 1, 1000) if self.plain else self._places(even=even)
        if shifts:
            self.at = list(map(add, self.at, shifts))
        self.adjusted = bool(self.kerned or self.resized or self.rooms or manner.hyphenate)
        self.stretches = self.gaps.translate(_STRETCHES)
        self.breaks = self.gaps.translate(_BREAKS)
        if "LL" in classes:
            for word in _LONG_WORD.finditer(text):
                self._soften(*word.span())
        self.hyphen = runs[0].typeface.widths["-"] if manner.hyphenate and runs else 0
        if self.hyphen:
            self.breaks = hyphenated(text, self.breaks)

    def _make_room(self, runs: Sequence[Run]) -> list[int]:
        """Fill `rooms`, and make characters with zhuyin beside them wider; gives back by how much the others move."""
        self.rooms = spaces(runs, self.widths)
        shifts = list(accumulate(map(self.rooms.get, range(len(self.text)), repeat(0)), initial=0))
        for part in () if self.manner.vertical else self.parts:
            if part.run.zhuyin:
                self.widths[part.end - 1] += COLUMN
                self.rooms[part.end - 1] = COLUMN
        return shifts

    def _places(self, *, even: bool) -> list[int]:
        """Where each character begins, and where the last one ends."""
        if not even or len(self.text) * 2 >= len(_HALVES):
            taken = self.widths.copy()
            for i in self.kerned:
                taken[i] += KERN[self.gaps[i]]
            return list(accumulate(taken, initial=0))
        places: list[int] = []
        x = 0  # in half ems
        for i in self.kerned:  # between two of these the characters stand an em apart
            end = x + 2 * (i + 1 - len(places))
            places += _HALVES[x:end:2]
            x = end + KERN[self.gaps[i]] // 500
        places += _HALVES[x : x + 2 * (len(self.text) + 1 - len(places)) : 2]
        return places

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
            run, start, standing = part.run, part.start, self._standing(part)
            alone = across.keys() | standing.keys() if standing else across
            while start < part.end:
                end = start + 1
                while end < part.end and ways[end] is ways[start] and end not in alone and start not in standing:
                    end += 1
                face = standing.get(start, part.face)
                parts.append(Part(start, end, face, run, ways[start]))
                start, run = end, run._replace(ruby="")
        self.parts, self.starts = parts, [part.start for part in parts]
        return "".join(kinds)

    def _standing(self, part: Part) -> dict[int, FontFace]:
        """Index of a mark → the file that has it as it stands in columns, where that is another one."""
        marks = STANDING.finditer(self.text, part.start, part.end)
        faces = {mark.start(): part.run.typeface.standing(mark.group(), part.face) for mark in marks}
        return {index: face for index, face in faces.items() if face is not part.face}

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
        classes, at = self.classes, self.at
        if classes[end - 1] in "SIG":
            end = self.visible_end(start, end)
        if end == start:
            return 0
        width: int = at[end - 1] - at[start] + self.widths[end - 1]
        if classes[end - 1] in "CPFX":
            width -= 1000 if self.manner.hanging and self._hangs(start, end - 1) else 500
        if self.hyphen and self.divides(end):
            width += self.hyphen
        return width - 500 if classes[start] == "O" else width

    def divides(self, end: int) -> bool:
        """Whether a line that ends here ends within a word, with a hyphen."""
        return end < len(self.text) and self.breaks[end - 1] == HYPHENATED

    def _hangs(self, start: int, last: int) -> bool:
        """Whether the mark that ends a line stands in the margin: never beside another mark (clreq, 悬挂)."""
        return self.text[last] in HANGING and last > start and self.classes[last - 1] not in MARK_CLASSES

    def reducible(self, start: int, end: int) -> int:
        """How much a line can give."""
        end = self.visible_end(start, end)
        if end == start:
            return 0
        return sum([room * self.gaps.count(kind, start, end - 1) for kind, room in _GIVING])

    def fits(self, start: int, end: int, measure: float) -> bool:
        """Whether these characters go into a line of that measure, its marks squeezed if need be."""
        excess, inside = self.width(start, end) - measure, self.visible_end(start, end) - 1
        for kind, room in _GIVING:
            if excess <= 0:
                break
            excess -= room * self.gaps.count(kind, start, inside)
        return excess <= 0

    def stretching(self, start: int, end: int) -> int:
        """The number of gaps in a line that take more space."""
        return self.stretches.count("1", start, max(start, self.visible_end(start, end) - 1))

    def _narrow(self, index: int) -> int:
        """The width of an apostrophe among letters, which Chinese fonts have as wide as a quotation mark."""
        part = self.parts[bisect_right(self.starts, index) - 1]
        glyph = part.run.typeface.glyphs[self.text[index]]
        return min(glyph.width, part.face.ink(glyph.id)[1] + _BEHIND)


def _seen(runs: Iterable[Run]) -> tuple[list[Run], str]:
    """What is seen of the runs, and the classes of its characters."""
    seen: list[Run] = []
    classes, unusual = "", False
    for run in runs:
        if run.text:
            seen.append(run)
            classes += run.typeface.classes(run.text)
            unusual = unusual or run.typeface.unusual
    if unusual:
        seen = [run for run in map(visible, seen) if run.text]
        classes = "".join([run.typeface.classes(run.text) for run in seen])
    return seen, classes


def _widths(runs: Sequence[Run], classes: str) -> tuple[list[int], bool]:
    """How wide each character is, and whether all are an em wide."""
    widths = [1000] * len(classes)
    if len(runs) == 1 and runs[0].typeface.even(classes):
        return widths, True
    even, start = True, 0
    for run in runs:
        face, text = run.typeface, run.text
        stop = start + len(text)
        if not face.even(classes):
            even = False
            narrow = _NARROW if face.even(_WIDE) else _NO_IDEOGRAPHS if face.even("H") else _ANY
            for match in narrow.finditer(classes, start, stop):
                a, b = match.span()
                widths[a:b] = map(face.widths.__getitem__, text[a - start : b - start])
        start = stop
    return widths, even


_WIDE = "HCPFXO"
"""Classes of characters that are an em wide in most fonts: ideographs and the marks of Chinese text."""
_NARROW, _NO_IDEOGRAPHS, _ANY = compiled(f"[^{_WIDE}]+"), compiled("[^H]+"), compiled(".+")


def _parts(runs: Sequence[Run]) -> list[Part]:
    if len(runs) == 1 and runs[0].typeface.from_first(runs[0].text):
        return [Part(0, len(runs[0].text), runs[0].typeface.files[0], runs[0])]
    parts, start = [], 0
    for run in runs:
        glyphs, end = run.typeface.glyphs, start + len(run.text)
        if not run.typeface.from_first(run.text):
            for file, group in groupby(glyphs[character].file for character in run.text):
                stop = start + sum(1 for _ in group)
                parts.append(Part(start, stop, run.typeface.files[file], run))
                start, run = stop, run._replace(ruby="")  # noqa: PLW2901 - a reading stands above the first part only
        else:
            parts.append(Part(start, end, run.typeface.files[0], run))
        start = end
    return parts
