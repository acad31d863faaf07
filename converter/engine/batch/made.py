"""What a worker process does for a batch, and what it tells of it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from converter.engine.run import run
from converter.records import NamedTuple

if TYPE_CHECKING:
    from converter.engine.job import Job, Output
    from converter.errors import ConverterError


class Made(NamedTuple):
    """What a worker tells of an input: the findings of a long text, one by one, would take longer to tell than it takes
    to write a file.
    """

    outputs: tuple[Output, ...]
    errors: tuple[ConverterError, ...]
    title: str
    changes: int
    """How many were made in the text."""
    found: dict[str, int]
    """How often each finding occurs, by severity and code."""


def make(job: Job) -> Made:
    """Does a job of one input."""
    report = run(job).reports[0]
    found = Counter(f"{d.severity.value} {d.code}" for d in report.diagnostics)
    changes = sum(d.applied for d in report.diagnostics)
    return Made(report.outputs, report.errors, report.title, changes, dict(sorted(found.items())))
