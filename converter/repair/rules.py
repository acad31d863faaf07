"""The repair rules, in the order in which they are applied.

A rule is a module with `CODE`, its stable name; `CASES`, pairs of damaged and repaired text that a test runs, among
them clean text that must stay; and `find`, which gives the findings in `text`, sorted and not overlapping. To add a
rule, write its file and put it in `RULES`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, cast

from converter.diagnostics import Diagnostic, Result
from converter.repair import control_characters
from converter.source import Edit

if TYPE_CHECKING:
    from collections.abc import Iterable

    from converter.repair.finding import Finding
    from converter.source import SourceText


class Rule(Protocol):
    """One kind of damage, and how it is repaired."""

    CODE: str
    CASES: tuple[tuple[str, str], ...]

    def find(self, text: str) -> Iterable[Finding]:
        """The damage in `text`."""
        ...


RULES = (cast("Rule", control_characters),)


def repair(source: SourceText) -> Result[SourceText]:
    """The text with every rule applied, and an applied diagnostic for each change.

    The edit of a diagnostic says what its rule saw and wrote; its span is in the decoded original.
    """
    diagnostics: list[Diagnostic] = []
    for rule in RULES:
        findings = tuple(rule.find(source.text))
        diagnostics += (_diagnostic(rule.CODE, finding, source) for finding in findings)
        source = source.edited(finding[:3] for finding in findings)
    return Result(source, tuple(diagnostics))


def _diagnostic(code: str, finding: Finding, source: SourceText) -> Diagnostic:
    span = source.span(finding.start, finding.end)
    before = source.text[finding.start : finding.end]
    return Diagnostic(
        code=code,
        severity=finding.severity,
        message=finding.message,
        span=span,
        edit=Edit(span=span, before=before, after=finding.replacement),
        applied=True,
        confidence=finding.confidence,
    )
