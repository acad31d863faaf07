"""The repair rules, in the order in which they are applied.

A rule is a module: its docstring says what damage it repairs and how it knows; `CODE` is its stable name and `NAME`
what people call it; `CASES` are pairs of damaged and repaired text that a test runs, among them clean text that must
stay; `find` gives the findings in a whole text, sorted and not overlapping. To add a rule, write its file and put it
into `RULES`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Protocol, cast

from converter.diagnostics import Diagnostic, Result, Severity
from converter.errors import UsageError
from converter.repair import (
    byte_slips,
    compatibility,
    confused_glyphs,
    control_characters,
    cut_off_end,
    ellipsis_and_dashes,
    hard_wraps,
    invisible_characters,
    lost_characters,
    page_numbers,
    paywall,
    pinyin,
    punctuation,
    quotes,
    running_heads,
    spaces,
    web_chrome,
    width,
    wrong_decoding,
)
from converter.source import Edit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from converter.errors import Message
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
    cast("Rule", byte_slips),
    # Whole lines: first those that are no part of the text, then what is left is joined.
    cast("Rule", web_chrome),
    cast("Rule", paywall),
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which rules run, and how bold they are."""

    only: frozenset[str] = frozenset()
    """Codes of the rules that run; empty for all."""
    skip: frozenset[str] = frozenset()
    """Codes of rules that do not run."""
    unsafe: bool = False
    """Whether doubtful repairs are carried out too."""
    chrome: frozenset[str] = frozenset()
    """Fingerprints of lines that are no part of this text, since they stand around others too."""

    def finder(self, rule: Rule) -> Callable[[str], Iterable[Finding]]:
        """What finds the damage that a rule is about."""
        return partial(web_chrome.find, recurring=self.chrome) if rule.CODE == web_chrome.CODE else rule.find

    def rules(self) -> list[Rule]:
        """The chosen rules, in their order. Raises UsageError for a code that no rule has."""
        known = {rule.CODE for rule in RULES}
        for code in sorted(self.only | self.skip):
            if code not in known:
                raise UsageError.unknown("rule", "规则", code, known)
        return [rule for rule in RULES if (not self.only or rule.CODE in self.only) and rule.CODE not in self.skip]


def repair(source: SourceText, selection: Selection | None = None) -> Result[SourceText]:
    """The text with every chosen rule applied, and a diagnostic for each change, made or only proposed.

    The edit of a diagnostic says what its rule saw and wrote; its span is in the decoded original. Raises UsageError
    for an unknown rule.
    """
    selection = selection or Selection()
    diagnostics: list[Diagnostic] = []
    for rule in selection.rules():
        findings = [(f, selection.unsafe or f.confidence >= CERTAIN) for f in selection.finder(rule)(source.text)]
        diagnostics += (_diagnostic(rule.CODE, finding, source, applied=applied) for finding, applied in findings)
        source = source.edited(finding[:3] for finding, applied in findings if applied)
    return Result(source, tuple(diagnostics))


def _diagnostic(code: str, finding: Finding, source: SourceText, *, applied: bool) -> Diagnostic:
    span = source.span(finding.start, finding.end)
    before = source.text[finding.start : finding.end]
    return Diagnostic(
        code=code,
        severity=finding.severity if applied else Severity.WARNING,
        message=finding.message,
        span=span,
        edit=Edit(span=span, before=before, after=finding.replacement) if before != finding.replacement else None,
        applied=applied and before != finding.replacement,
        confidence=finding.confidence,
    )
