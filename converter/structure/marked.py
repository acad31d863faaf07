"""Headings that the author marked with #: title, headings by their depth, speakers of a transcript."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from converter.model import HeadingKind, Role
from converter.regex import compiled
from converter.structure.reading import bare
from converter.structure.reasons import Rule
from converter.structure.verdicts import Kind, Verdict

if TYPE_CHECKING:
    from converter.structure.reading import Reading

_SPEAKER = compiled(r"[^，。！？；：:]{1,20}[：:]")
_LONGEST = 120


def find_marked(reading: Reading) -> None:
    """Judges every marked line. The only one of the outermost depth, above all others, is the title."""
    marked = [i for i, line in enumerate(reading.lines) if line.depth and reading.free(i) and len(line.text) < _LONGEST]
    if not marked:
        return
    depths = Counter(reading.lines[i].depth for i in marked)
    outermost = min(depths)
    titled = depths[outermost] == 1 and reading.lines[marked[0]].depth == outermost
    spoken = [i for i in marked if _SPEAKER.fullmatch(reading.text(i))]
    turns = Counter(bare(reading.text(i)) for i in spoken)
    # Of those who speak at the depth of others who take turns, some speak once.
    depth_of_turns = {reading.lines[i].depth for i in spoken if turns[bare(reading.text(i))] > 1}
    speakers = {i for i in spoken if reading.lines[i].depth in depth_of_turns}
    for index in marked:
        if titled and index == marked[0]:
            reading.mark(index, Kind.TITLE, Rule.MARKED_TITLE)
            if index and bare(reading.text(0)) == bare(reading.text(index)) and reading.free(0):
                reading.mark(0, Kind.REPEATED, Rule.TITLE_AGAIN)
        elif index in speakers:
            reading.give(index, Role.SPEAKER, Rule.SPEAKER)
        else:
            label = reading.label(index)
            reading.verdicts[index] = Verdict(
                kind=Kind.HEADING,
                heading=label.kind if label else HeadingKind.PLAIN,
                label=label,
                depth=reading.lines[index].depth,
                rule=Rule.MARKED,
            )
