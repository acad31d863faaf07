"""The repair rules, in the order in which they are applied.

A rule is a module: its docstring says what damage it repairs and how it knows; `CODE` is its stable name and `NAME`
what people call it; `CASES` are pairs of damaged and repaired text that a test runs, among them clean text that must
stay; `find` gives the findings in a whole text, sorted and not overlapping. To add a rule, write its file and put it
into `RULES`.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Protocol, cast

from converter.diagnostics import Diagnostic, Result, Severity
from converter.errors import Message, UsageError
from converter.records import NamedTuple, dataclass
from converter.repair import (
    byte_slips,
    compatibility,
    confused_glyphs,
    control_characters,
    cut_off_end,
    ellipsis_and_dashes,
    emphasis_marks,
    entities,
    forum_codes,
    hard_wraps,
    inserted_points,
    invisible_characters,
    layout_bars,
    lost_characters,
    number_stops,
    numbered_bullets,
    page_numbers,
    paywall,
    pinyin,
    punctuation,
    quotes,
    reading_sites,
    running_heads,
    spaces,
    swallowed_tags,
    web_chrome,
    width,
    wrong_decoding,
)
from converter.source import Edit, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from converter.repair.finding import Finding
    from converter.source import SourceText


class Rule(Protocol):
    """One kind of damage, and how it is repaired."""

    CODE: str
    """`ZH` and three digits."""
    NAME: Message
    CASES: tuple[tuple[str, str], ...]
    """Damaged and repaired; equal where the text must be left alone."""

    def find(self, text: str) -> Iterable[Finding]:
        """The damage in a whole text."""
        ...


RULES: tuple[Rule, ...] = (
    # What was decoded wrongly is no text to look at until it has been decoded again.
    cast("Rule", wrong_decoding),
    cast("Rule", lost_characters),
    # These need the form feeds that the next one takes away.
    cast("Rule", running_heads),
    cast("Rule", page_numbers),
    cast("Rule", control_characters),
    cast("Rule", pinyin),
    cast("Rule", swallowed_tags),
    cast("Rule", byte_slips),
    # Whole lines: first those that are no part of the text, then what is left is joined.
    cast("Rule", entities),
    cast("Rule", forum_codes),
    cast("Rule", layout_bars),
    cast("Rule", web_chrome),
    cast("Rule", paywall),
    cast("Rule", reading_sites),
    cast("Rule", numbered_bullets),
    cast("Rule", emphasis_marks),
    cast("Rule", inserted_points),
    cast("Rule", number_stops),
    cast("Rule", hard_wraps),
    cast("Rule", cut_off_end),
    # From here on single characters are put right, first those that the later rules look at.
    cast("Rule", confused_glyphs),
    cast("Rule", invisible_characters),
    cast("Rule", compatibility),
    cast("Rule", width),
    cast("Rule", spaces),
    cast("Rule", ellipsis_and_dashes),
    cast("Rule", quotes),
    cast("Rule", punctuation),
)

CERTAIN = 0.9
"""A finding below this confidence is reported and left as it is: a wrong repair is worse than none."""


class Change(NamedTuple):
    """One change by its name: the rule's code and the span in the decoded original, as in `ZH201@22-23`."""

    code: str
    span: Span

    def __str__(self) -> str:
        return f"{self.code}@{self.span.start}-{self.span.end}"


def read_changes(names: Iterable[str]) -> frozenset[Change]:
    """The changes of these names. Raises UsageError for what is no name of a change."""
    matches = [(name, re.fullmatch(r"([A-Z]+[0-9]+)@([0-9]{1,15})-([0-9]{1,15})", name)) for name in names]
    for name, match in matches:
        if match is None:
            raise UsageError(
                f"“{name}” names no change. Write its rule and its span, as in ZH201@22-23; `inspect --json` has both.",
                f"“{name}”不是修改的名称，应写规则代码和起止位置，如 ZH201@22-23，见 inspect --json。",
            )
    return frozenset(Change(m[1], Span(int(m[2]), int(m[3]))) for _, m in matches if m)


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which rules run, and how bold they are."""

    only: frozenset[str] = frozenset()
    """Codes of the rules that run; empty for all."""
    skip: frozenset[str] = frozenset()
    """Codes of rules that do not run."""
    unsafe: bool = False
    """Whether doubtful repairs are carried out too."""
    accept: frozenset[Change] = frozenset()
    """Single changes that are made however doubtful they are."""
    reject: frozenset[Change] = frozenset()
    """Single changes that are not made."""
    chrome: frozenset[str] = frozenset()
    """Fingerprints of lines that are no part of this text, since they stand around others too."""

    def finder(self, rule: Rule) -> Callable[[str], Iterable[Finding]]:
        """What finds the damage that a rule is about."""
        return partial(web_chrome.find, recurring=self.chrome) if rule.CODE == web_chrome.CODE else rule.find

    def rules(self) -> list[Rule]:
        """The chosen rules, in their order. Raises UsageError for a code that no rule has."""
        known = {rule.CODE for rule in RULES}
        for code in sorted(self.only | self.skip | {change.code for change in self.accept | self.reject}):
            if code not in known:
                raise UsageError.unknown("rule", "规则", code, known)
        return [rule for rule in RULES if (not self.only or rule.CODE in self.only) and rule.CODE not in self.skip]

    def makes(self, change: Change, confidence: float) -> bool:
        """Whether a change that a rule is so sure of is made."""
        return change not in self.reject and (self.unsafe or confidence >= CERTAIN or change in self.accept)


def repair(source: SourceText, selection: Selection | None = None) -> Result[SourceText]:
    """The text with every chosen rule applied, and a diagnostic for each change, made or only proposed.

    The edit of a diagnostic says what its rule saw and wrote; its span is in the decoded original. Raises UsageError
    for an unknown rule.
    """
    selection = selection or Selection()
    diagnostics: list[Diagnostic] = []
    named = selection.accept | selection.reject
    for rule in selection.rules():
        changes = []
        for finding in selection.finder(rule)(source.text):
            change = Change(rule.CODE, source.span(finding.start, finding.end))
            made, asked = selection.makes(change, finding.confidence), change in named
            diagnostics.append(_diagnostic(change, finding, source, applied=made, asked=asked))
            if made:
                changes.append(finding[:3])
            if asked:
                named -= {change}
        source = source.edited(changes)
    return Result(source, (*diagnostics, *_not_found(named)))


def _diagnostic(change: Change, finding: Finding, source: SourceText, *, applied: bool, asked: bool) -> Diagnostic:
    """What there is to say of a finding; what somebody decided (`asked`) needs no warning."""
    before, span = source.text[finding.start : finding.end], change.span
    return Diagnostic(
        code=change.code,
        severity=finding.severity if applied or asked else Severity.WARNING,
        message=finding.message,
        span=span,
        edit=Edit(span=span, before=before, after=finding.replacement) if before != finding.replacement else None,
        applied=applied and before != finding.replacement,
        confidence=finding.confidence,
    )


def _not_found(named: Iterable[Change]) -> Iterator[Diagnostic]:
    for change in sorted(named, key=lambda change: (change.span, change.code)):
        yield Diagnostic(
            code="ZH191",
            severity=Severity.WARNING,
            message=Message(
                f"There is no change {change} in this text to accept or to reject.",
                f"本文中没有可接受或拒绝的修改 {change}。",
            ),
        )
