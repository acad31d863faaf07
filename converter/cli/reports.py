"""Reports on what was found and changed: where they go, and what they mean for the exit code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from converter.cli import FOUND
from converter.cli.files import refuse_existing, require_folder, write_whole
from converter.diagnostics import Severity
from converter.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from converter.engine.job import Report

F = TypeVar("F", bound="Callable[..., Any]")
_GRAVE = {"error": (Severity.ERROR,), "warning": (Severity.ERROR, Severity.WARNING)}
"""What counts for each value of `--fail-on`."""


def with_report_options(function: F) -> F:
    """`--report` and `--fail-on`."""
    for decorate in (
        click.option(
            "--fail-on", metavar="warning|error", help=f"End with exit code {FOUND} if anything so grave was found."
        ),
        click.option(
            "--report", "reports", metavar="FILE.json|FILE.html", multiple=True,
            help="Write down every finding and change: .json for programs and for undo, .html for people.",
        ),
    ):  # fmt: skip
        function = decorate(function)
    return function


class ReportFiles:
    """The files that `--report` names, and the severity that `--fail-on` names."""

    def __init__(self, names: Sequence[str], fail_on: str | None, *, force: bool, dry_run: bool = False) -> None:
        """Raises UsageError for another ending, WriteError for a place that cannot be written, before any work."""
        self._paths = [Path(name) for name in names]
        self._force, self._dry_run = force, dry_run
        if fail_on and fail_on not in _GRAVE:
            raise UsageError.unknown("severity", "级别", fail_on, _GRAVE)
        self._grave = _GRAVE[fail_on] if fail_on else ()
        for path in self._paths:
            if path.suffix.lower() not in {".json", ".html"}:
                raise UsageError(
                    f"A report is .json or .html, not {path}.", f"报告应为 .json 或 .html，而不是 {path}。"
                )
            require_folder(path.parent)
        if not force:
            refuse_existing(self._paths)

    @property
    def wanted(self) -> bool:
        """Whether records are needed."""
        return bool(self._paths)

    def write(self, reports: Sequence[Report]) -> None:
        """Write the files. Raises WriteError where it cannot be done."""
        if not self._paths:
            return
        from converter.ledger.page import to_html
        from converter.ledger.record import to_json

        records = [report.record for report in reports if report.record]
        failures = [error for report in reports for error in report.errors]
        rest = [d for report in reports if not report.record for d in report.diagnostics]
        beside = next((path.name for path in self._paths if path.suffix.lower() == ".json"), "report.json")
        for path in self._paths:
            if self._dry_run:
                click.echo(str(path), err=True)
            elif path.suffix.lower() == ".json":
                write_whole(path, to_json(records, failures, rest), force=self._force)
            else:
                page = to_html(records, failures, rest, beside=beside)
                write_whole(path, page.encode(errors="replace"), force=self._force)

    def exit_code(self, reports: Sequence[Report]) -> int:
        """`FOUND` for an error, as a character that no font has, and for what `--fail-on` asks for; else 0."""
        grave = {Severity.ERROR, *self._grave}
        return FOUND if any(d.severity in grave for report in reports for d in report.diagnostics) else 0
