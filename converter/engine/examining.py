"""Jobs that make no file: what is said of a text, of a Word file, or of several files beside one another."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from converter.engine.job import Input, Job, Kind, Report
from converter.engine.names import split, unique
from converter.engine.reading import attempt, found_in, recorded
from converter.errors import UsageError

if TYPE_CHECKING:
    from converter.engine.progress import Steps


def inspected(job: Job, source: Input, steps: Steps) -> Report:
    """What `converter inspect` and `converter lint` say of a text."""
    from converter.inspection import diagnostic_json, inspect

    found, report = found_in(job, source, steps)
    if found is None:
        return report
    if job.kind is Kind.LINT:
        from converter.lint import lint

        findings = [diagnostic_json(finding, found.value.source) for finding in lint(found.value)]
        return replace(report, inspection={"title": found.value.metadata.title or None, "findings": findings})
    inspection = inspect(found)
    if job.original:
        from converter.ledger.record import marked

        inspection |= marked(found)
    if found.value.source is not None:
        from converter.text.decoding import candidates

        inspection["encodings"] = [candidate._asdict() for candidate in candidates(source.data)]
    return recorded(job, source, found.value, replace(report, inspection=inspection))


def checked(source: Input, steps: Steps) -> Report:
    """What `converter check` says of one Word file."""
    from converter.checking import check_docx, findings_json

    found, report = attempt(Report(name=source.name), partial(check_docx, source.data))
    steps.step()
    return report if found is None else replace(report, inspection={"findings": findings_json(found)})


def verified(job: Job, steps: Steps) -> list[Report]:
    """What `converter verify` says: the files are compared if all of them can be read."""
    from converter.agreement import said_in, verify

    if len(job.inputs) < 2:
        raise UsageError("Send two files at least.", "请至少上传两个文件。")
    names = unique(split(source.name) for source in job.inputs)
    said, reports = {}, []
    for name, source in zip(names, job.inputs, strict=True):
        found, report = attempt(Report(name=name), partial(said_in, source.data, source.name))
        steps.step()
        reports.append(report)
        if found is not None:
            said[name] = found
    if len(said) < len(names):
        return [report for report in reports if report.errors]
    differences = [difference._asdict() for difference in verify(said)]
    return [Report(name=names[0], inspection={"files": names, "differences": differences})]
