"""An Outcome as a response: the file itself, a zip of several, or JSON."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.responses import Response

from converter.engine.job import Kind, Output
from converter.engine.names import safe, stem, unique
from converter.inspection import diagnostic_json, json_bytes
from converter.web.languages import asking
from converter.web.problems import Json, error_problem, failed

if TYPE_CHECKING:
    from converter.engine.job import Job, Outcome, Report

_ATTR_CHAR = "!#$&+-.^_`|~"
"""What RFC 8187 leaves as it is beside letters and digits."""


def answer(job: Job, outcome: Outcome, accept: str) -> Response:
    """The response: JSON where it is asked for or nothing else fits, a problem where nothing could be made.

    The shape depends on the request, not on what came of it: one file of one format is sent as it is, anything else as
    a zip, with a `report.json` in it and `Converter-Failures` in the header if something could not be made.
    """
    made = [r for r in outcome.reports if r.outputs or r.inspection is not None]
    if outcome.errors and not made:
        return failed(outcome.errors)
    if tells(job, accept):
        return Json({"reports": [report_json(r, contents=True) for r in outcome.reports]})
    if len(job.to) == 1 and (job.kind is Kind.BOOKLET or len(job.inputs) == 1):
        return _file(outcome.outputs[0])
    if job.kind is Kind.BOOKLET:
        name = safe(made[-1].name)
    else:
        name = stem(job.inputs[0].name) if len(job.inputs) == 1 else "converted"
    response = _file(Output(f"{name}.zip", "application/zip", zipped(outcome)))
    if outcome.errors:
        response.headers["Converter-Failures"] = str(len(outcome.errors))
    return response


def tells(job: Job, accept: str) -> bool:
    """Whether the response tells in JSON what was found, and not files alone."""
    return job.kind not in {Kind.CONVERT, Kind.BOOKLET} or wants_json(accept)


def wants_json(accept: str) -> bool:
    """Whether a client asks for JSON and not, as browsers do for forms, for a page."""
    return bool(re.search(r"application/json\s*(?:[,;]|$)", accept))


def report_json(report: Report, *, contents: bool) -> dict[str, Any]:
    """What became of one input as plain data; with `contents` the files themselves, in Base64."""
    errors = [error_problem(error) for error in report.errors]
    if report.inspection is not None:
        return {"name": report.name, **report.inspection, "errors": errors}
    outputs = []
    for output in report.outputs:
        entry: dict[str, Any] = {"name": output.name, "media_type": output.media_type, "size": len(output.data)}
        if contents:
            entry["base64"] = base64.b64encode(output.data).decode()
        outputs.append(entry)
    notes = []
    for diagnostic, position in zip(report.diagnostics, report.positions, strict=True):
        note = diagnostic_json(diagnostic, None)
        notes.append(note | position._asdict() if position else note)
    said = {"name": report.name, "title": report.title, "outputs": outputs, "diagnostics": notes, "errors": errors}
    return said if report.pages is None else said | {"pages": report.pages}


def tag(fingerprint: str, *, as_json: bool) -> str:
    """The ETag of a result, which is another one in other characters."""
    form = "file" if not as_json else "json-hant" if asking() == "zh-Hant" else "json"
    return f'"{fingerprint[:32]}-{form}"'


def zipped(outcome: Outcome) -> bytes:
    """All outputs in one zip, the same bytes for the same outputs; names in UTF-8, dates fixed."""
    entries = [(output.name, output.data) for output in outcome.outputs]
    if outcome.errors:
        reports = [report_json(report, contents=False) for report in outcome.reports]
        *_, name = unique([*((name, "") for name, _ in entries), ("report.json", "")])
        entries.append((name, json_bytes({"reports": reports}, indent=2)))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            entry = zipfile.ZipInfo(name)  # without a date of its own it is 1980-01-01
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            archive.writestr(entry, data)
    return buffer.getvalue()


def _file(output: Output) -> Response:
    headers = {"Content-Disposition": disposition(output.name), "Cache-Control": "no-store"}
    response = Response(output.data, headers=headers)
    response.headers["Content-Type"] = output.media_type
    return response


def disposition(name: str) -> str:
    """`Content-Disposition` for a download under this name (RFC 6266), any other than ASCII in `filename*` (RFC 8187).

    >>> print(disposition("报告.pdf"))
    attachment; filename="document.pdf"; filename*=UTF-8''%E6%8A%A5%E5%91%8A.pdf
    """
    ending = re.search(r"\.[A-Za-z0-9]+$", name)
    plain = name if re.fullmatch(r"[A-Za-z0-9 ._()+-]+", name) else "document" + (ending[0] if ending else "")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe=_ATTR_CHAR)}"
