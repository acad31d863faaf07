"""Which numbered lines are headings: standing alone, run in, or not at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from converter.model import HeadingKind
from converter.structure.numbering import Label, label_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from converter.structure.lines import Line

# The longest heading of the seeds that stands alone has 41 characters, the longest run-in one 32, numbers included.
_LONGEST = 50
_LONGEST_RUN_IN = 36
_TITLED = frozenset({HeadingKind.PART, HeadingKind.CHAPTER, HeadingKind.SECTION})
_STOP = re.compile(r"[。！？!?]")
_INNER_STOP = re.compile(r"[。！？!?；;](?=.)")
_SENTENCE = re.compile(r"[^。！？!?：:；;]{2,}[。！？!?]")


@dataclass(frozen=True, slots=True)
class HeadingLine:
    """A line that is a heading, or opens with one."""

    label: Label
    end: int
    """One past the heading's last character; the line's length where the heading stands alone."""
    run_in: bool


def headings_of(lines: Sequence[Line]) -> dict[int, HeadingLine]:
    """For the index of each line that is a heading or opens with one, what it is."""
    labels = [label_of(line.text) for line in lines]
    found = {}
    for index, (line, label) in enumerate(zip(lines, labels, strict=True)):
        if label is None or (label.words >= len(line.text) and label.kind not in _TITLED):
            continue
        following = labels[index + 1] if index + 1 < len(lines) else None
        previous = labels[index - 1] if index and index - 1 not in found else None
        # Sisters one below the other, or a last line, have no text of their own: items of a list.
        sisters = [other for other in (previous, following) if other is not None and other.kind == label.kind]
        heading = _heading(line.text, label, is_item=bool(sisters) or index + 1 == len(lines))
        if heading is not None:
            found[index] = heading
    return found


def _heading(text: str, label: Label, *, is_item: bool) -> HeadingLine | None:
    if label.kind in _TITLED:
        # 第一章 我们… in running prose ends like a sentence; a title does not.
        alone = len(text) <= _LONGEST and not _STOP.search(text) and text[-1] not in "，,；;、"
        return HeadingLine(label, len(text), run_in=False) if alone else None
    if len(text) <= _LONGEST and not _INNER_STOP.search(text) and not is_item and text[-1] not in "；;，,：:、":
        return HeadingLine(label, len(text), run_in=False)
    sentence = _SENTENCE.match(text, label.words)
    if sentence and sentence.end() <= _LONGEST_RUN_IN and sentence.end() < len(text):
        return HeadingLine(label, sentence.end(), run_in=True)
    return None
