"""Findings as SARIF 2.1.0 (OASIS Static Analysis Results Interchange Format), which code hosts and editors show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from converter.diagnostics import Severity
from converter.lint.rules import Rule
from converter.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from converter.diagnostics import Diagnostic
    from converter.source import SourceText, Span

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_RULES = {rule.code: number for number, rule in enumerate(Rule)}


def to_sarif(files: Iterable[tuple[str, SourceText | None, Sequence[Diagnostic]]]) -> dict[str, Any]:
    """One run over files: for each its path, its text, and what was found in it. Lines and columns count from 1."""
    rules = [
        {
            "id": rule.code,
            "name": rule.name.title().replace("_", ""),
            "shortDescription": {"text": f"{rule.title.en} ({rule.title.zh})."},
            "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        }
        for rule in Rule
    ]
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "converter", "version": __version__, "rules": rules}},
                "columnKind": "unicodeCodePoints",
                "results": [_result(name, text, finding) for name, text, found in files for finding in found],
            }
        ],
    }


def _result(name: str, text: SourceText | None, finding: Diagnostic) -> dict[str, Any]:
    # §3.4: artifact locations are URIs; a relative path is one once it is percent-encoded.
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(name.replace("\\", "/"))}}
    if text is not None and finding.span is not None:
        place["region"] = _region(text, finding.span)
    return {
        "ruleId": finding.code,
        "ruleIndex": _RULES[finding.code],
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.message.en} {finding.message.zh}"},
        "locations": [{"physicalLocation": place}],
    }


def _region(text: SourceText, span: Span) -> dict[str, int]:
    first, last = text.position(span.start), text.position(span.end)
    return {"startLine": first.line, "startColumn": first.column, "endLine": last.line, "endColumn": last.column}
