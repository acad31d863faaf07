"""The state of reading a text: its lines, their numbers, and what they have been taken for so far."""

from __future__ import annotations

from dataclasses import field, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from converter.model import HeadingKind, Role
from converter.records import dataclass
from converter.regex import compiled
from converter.structure.numbering import FORMAL, LONGEST_NUMBERED_BEHIND, Label, label_of, numbered_behind
from converter.structure.verdicts import Kind, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from converter.structure.lines import Line
    from converter.structure.notes import Call
    from converter.structure.reasons import Rule

TITLED = frozenset({HeadingKind.PART, HeadingKind.CHAPTER, HeadingKind.SECTION})
"""第一篇, 第一章, 第一节: kinds whose words are a title, never a sentence."""
RANK = {kind: rank for rank, kind in enumerate(HeadingKind)}
"""How far out a kind of heading usually stands; 0 is outermost."""
_LONGEST_ALONE = 30
_SHORT = 80
"""Characters of a line that any rule for short ones may take."""
HEAD = 12
"""So many characters of a line are looked at for a colon behind a word."""
_WEAK_OUTLINE = compiled(r"(\d{1,2})[ \u3000]{1,4}(?=[\u4e00-\u9fff])")


@dataclass(slots=True)
class Reading:
    """Lines, numbers and verdicts, index by index. A step may judge a line that no earlier step has judged."""

    lines: Sequence[Line]
    texts: list[str] = field(init=False)
    """The words of each line."""
    headed: list[int] = field(init=False)
    """The lines with a colon among their first characters: 记者：…, 组　长：…"""
    labels: list[Label | None] = field(init=False)
    verdicts: list[Verdict | None] = field(init=False)
    calls: tuple[Call, ...] = ()
    """The marks of notes."""
    _by_first: dict[str, list[int]] = field(init=False)
    """The lines by their first character."""
    _short: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.texts = [line.text for line in self.lines]
        heads = [text[:HEAD] for text in self.texts]
        self.headed = [index for index, head in enumerate(heads) if "：" in head or ":" in head]
        self._by_first = {}
        for index, text in enumerate(self.texts):
            self._by_first.setdefault(text[0], []).append(index)
        self._short = [index for index, text in enumerate(self.texts) if len(text) <= _SHORT]
        self.labels = [label_of(text) for text in self.texts]
        self.verdicts = [None] * len(self.lines)
        self._number_formally()
        self._number_outlines()
        self._number_ends()

    def _number_formally(self) -> None:
        """壹、 stands above 一、, where a text has both, and one of these below it."""
        counts = [i for i, label in enumerate(self.labels) if label is not None and label.kind is HeadingKind.COUNT]
        formal = [i for i in counts if self.texts[i][0] in FORMAL]
        common = [i for i in counts if self.texts[i][0] not in FORMAL]
        if len(formal) > 1 and common and formal[0] < common[-1]:
            for index in formal:
                self.labels[index] = replace(self.labels[index], kind=HeadingKind.CHAPTER)  # type: ignore[type-var]

    def _number_outlines(self) -> None:
        """1　总则 is a heading only where 1.1 编制目的 is one, and so is 1. 总则 above it."""
        if sum(label is not None and label.kind is HeadingKind.OUTLINE for label in self.labels) < 2:
            return
        self._number_above_outlines()
        for index, text in enumerate(self.texts):
            match = _WEAK_OUTLINE.match(text) if self.labels[index] is None else None
            if match:
                label = Label(HeadingKind.OUTLINE, match[1], int(match[1]), match.end())
                self.labels[index] = label

    def _number_above_outlines(self) -> None:
        """1. and 2. where 1.1 and 2.1 stand below them; and 3. behind them, short as they are, with nothing below."""
        below, above = 0, list[tuple[int, int]]()
        for index in range(len(self.lines) - 1, -1, -1):
            match self.labels[index]:
                case Label(kind=HeadingKind.OUTLINE, text=text, ordinal=1):
                    below = int(text.replace("．", ".").split(".")[0])
                case Label(kind=HeadingKind.DECIMAL, ordinal=ordinal) if ordinal == below:
                    above.append((index, ordinal))
                    below = 0
        above.reverse()
        for (index, ordinal), (end, stop) in pairwise((*above, (len(self.lines), 0))):
            at, number = index, ordinal
            while at >= 0:
                self.labels[at] = replace(self.labels[at], kind=HeadingKind.OUTLINE)  # type: ignore[type-var]
                number += 1
                alone = [] if number == stop else [i for i in range(at, end) if self._is_heading_alone(i, number)]
                at = max(alone, default=-1)

    def _is_heading_alone(self, index: int, ordinal: int) -> bool:
        """Whether a line has this number, is as short as a heading, and has no item of a list beside it."""
        label, text = self.labels[index], self.lines[index].text
        numbered = label is not None and label.kind is HeadingKind.DECIMAL and label.ordinal == ordinal
        beside = [self.label(index - 1), self.label(index + 1)]
        alone = not any(other is not None and other.kind is HeadingKind.DECIMAL for other in beside)
        return numbered and alone and len(text) <= _LONGEST_ALONE and text[-1] not in "。；：，;:,"

    def _number_ends(self) -> None:
        """学而第一, 为政第二: chapters of classics, numbered behind their names."""
        short = [index for index, text in enumerate(self.texts) if len(text) <= LONGEST_NUMBERED_BEHIND]
        found = {index: ordinal for index in short if (ordinal := numbered_behind(self.texts[index]))}
        ordinals = list(found.values())
        if len(ordinals) >= 3 and sum(b == a + 1 for a, b in pairwise(ordinals)) * 2 > len(ordinals):
            for index, ordinal in found.items():
                self.labels[index] = Label(HeadingKind.CHAPTER, "", ordinal, 0)

    def __len__(self) -> int:
        return len(self.lines)

    def text(self, index: int) -> str:
        """The words of a line; empty beyond the ends."""
        return self.texts[index] if 0 <= index < len(self.texts) else ""

    def beginning(self, signs: Iterable[str]) -> list[int]:
        """The lines that begin with one of these characters, in order."""
        return sorted(index for sign in set(signs) for index in self._by_first.get(sign, ()))

    def short(self, longest: int) -> list[int]:
        """The lines of so many characters at most, in order; `longest` is 80 at most."""
        return [index for index in self._short if len(self.texts[index]) <= longest]

    def free(self, index: int) -> bool:
        """Whether there is such a line and nothing has been decided about it."""
        return 0 <= index < len(self.texts) and self.verdicts[index] is None

    def label(self, index: int) -> Label | None:
        """The number that a line begins with; None beyond the ends."""
        return self.labels[index] if 0 <= index < len(self.texts) else None

    def role(self, index: int) -> Role | None:
        """The role that a line was given; None where it has none yet."""
        verdict = self.verdicts[index] if 0 <= index < len(self.texts) else None
        return verdict.role if verdict else None

    def is_heading(self, index: int) -> bool:
        """Whether a line was taken for a heading or its continuation."""
        verdict = self.verdicts[index] if 0 <= index < len(self.texts) else None
        return verdict is not None and verdict.kind in _HEADINGS

    def give(self, index: int, role: Role, rule: Rule) -> None:
        """Take a line for a paragraph with this role."""
        self.verdicts[index] = Verdict(kind=Kind.PARAGRAPH, role=role, rule=rule)

    def head(self, index: int, rule: Rule, kind: HeadingKind | None = None, label: Label | None = None) -> None:
        """Take a line for a heading that stands alone."""
        found = kind or (label.kind if label else HeadingKind.PLAIN)
        self.verdicts[index] = Verdict(kind=Kind.HEADING, heading=found, label=label, rule=rule)

    def mark(self, index: int, kind: Kind, rule: Rule) -> None:
        """Take a line for a title line, a continuation or a repetition."""
        self.verdicts[index] = Verdict(kind=kind, rule=rule)


_HEADINGS = frozenset({Kind.HEADING, Kind.RUN_IN, Kind.CONTINUED, Kind.TITLE})


def bare(text: str) -> str:
    """The letters, digits and ideographs of a line: what two ways to write one title have in common."""
    return "".join(filter(str.isalnum, text))
