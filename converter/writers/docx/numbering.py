"""Word's own numbers instead of typed ones: headings and lists that count themselves when somebody edits them.

Every sequence is a numbering of its own that begins with the author's number, so that a gap stays a gap. A number that
Word would write differently stays typed.
"""

from __future__ import annotations

from dataclasses import field
from typing import TYPE_CHECKING

from converter.model import heading_text
from converter.records import NamedTuple, dataclass
from converter.writers.docx.ooxml import w

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

    from converter.model import Heading
    from converter.writers.docx.package import Package


class Form(NamedTuple):
    """How a number is written (ECMA-376 §17.9.17, §17.9.11)."""

    format: str
    pattern: str
    """With %1 for the number."""
    tab: bool = False
    """Whether a tab stands behind it, or nothing."""


@dataclass(slots=True)
class Numbers:
    """The numberings of a document."""

    wanted: bool
    _forms: dict[Form, int] = field(default_factory=dict)
    _sequences: list[tuple[int, int]] = field(default_factory=list)
    """Form and first number of each."""
    _open: dict[int, tuple[Form, int, int]] = field(default_factory=dict)
    """By depth: form, sequence, and the number that goes on with it."""

    def heading(self, heading: Heading, depth: int) -> int | None:
        """The sequence that a heading's number belongs to; None where it is to be typed."""
        for deeper in [other for other in self._open if other > depth]:
            del self._open[deeper]
        found = _form(heading) if self.wanted and heading.label else None
        if found is None:
            return None
        form, ordinal = found
        known, sequence, following = self._open.get(depth, (None, 0, 0))
        if known != form or following != ordinal:
            sequence = self.sequence(form, ordinal)
        self._open[depth] = (form, sequence, ordinal + 1)
        return sequence

    def sequence(self, form: Form, start: int) -> int:
        """A new sequence of numbers of this form."""
        self._sequences.append((self._forms.setdefault(form, len(self._forms)), start))
        return len(self._sequences)

    def store(self, package: Package) -> None:
        """Put the numberings into the file, if there are any."""
        if not self._sequences:
            return
        root = w("numbering", *self._abstract())
        for number, (form, start) in enumerate(self._sequences, 1):
            override = w("lvlOverride", w("startOverride", val=start), ilvl=0)
            root.append(w("num", w("abstractNumId", val=form), override, numId=number))
        package.add("numbering", root)

    def _abstract(self) -> Iterator[Element]:
        for form, number in self._forms.items():
            level = w(
                "lvl",
                w("start", val=1),
                w("numFmt", val=form.format),
                w("suff", val="tab" if form.tab else "nothing"),
                w("lvlText", val=form.pattern),
                w("lvlJc", val="left"),
                ilvl=0,
            )
            yield w("abstractNum", w("multiLevelType", val="singleLevel"), level, abstractNumId=number)


BULLET = Form("bullet", "•", tab=True)
ITEM = Form("decimal", "%1.", tab=True)


def number_properties(sequence: int) -> Element:
    """What makes a paragraph one of a sequence (ECMA-376 §17.3.1.19)."""
    return w("numPr", w("ilvl", val=0), w("numId", val=sequence))


def _form(heading: Heading) -> tuple[Form, int] | None:
    """The form of a heading's number, and the number; None for what Word cannot count so."""
    # Here, not above: few documents want it, and the forms of numbers take their time to compile.
    from converter.structure.numbering import label_of
    from converter.text.numerals import counted

    found = label_of(heading_text(heading))
    if found is None or not 0 < found.ordinal < 100:
        return None
    ordinal, label = found.ordinal, heading.label
    wide = str(ordinal).translate({48 + digit: 0xFF10 + digit for digit in range(10)})
    ways = {
        "chineseCountingThousand": counted(ordinal),
        "decimal": str(ordinal),
        "decimalFullWidth": wide,
        "decimalEnclosedCircle": chr(0x245F + ordinal) if ordinal <= 20 else "",
    }
    for name, numeral in ways.items():
        # 1.2 has two numbers, of which the first would be the chapter's.
        rest = label.replace(numeral, "", 1) if numeral else label
        if numeral and label.count(numeral) == 1 and not any(c.isdecimal() for c in rest) and "%" not in rest:
            return Form(name, label.replace(numeral, "%1") + heading.separator), ordinal
    return None
