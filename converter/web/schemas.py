"""The shapes of answers, as OpenAPI's components (JSON Schema 2020-12); `examples.py` has one of each."""

from __future__ import annotations

from typing import Any

from converter.diagnostics import Severity
from converter.engine.job import Kind
from converter.web.problems import KINDS
from converter.web.store import State

Schema = dict[str, Any]


def ref(name: str) -> Schema:
    """One of SCHEMAS, where it is used."""
    return {"$ref": f"#/components/schemas/{name}"}


def _object(needed: Schema, more: Schema | None = None) -> Schema:
    return {"type": "object", "required": list(needed), "properties": needed | (more or {})}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _reports(one: str) -> Schema:
    return _object({"reports": _list(ref(one))})


_TEXT: Schema = {"type": "string"}
_YES_OR_NO: Schema = {"type": "boolean"}
_COUNT: Schema = {"type": "integer", "minimum": 0}
_PLACE: Schema = {"type": "integer", "minimum": 1}
_SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
_SPAN: Schema = {"type": "array", "items": _COUNT, "minItems": 2, "maxItems": 2}
_TIME: Schema = _or_null({"type": "string", "description": "A date as in HTTP: Fri, 27 Nov 2026 08:00:00 GMT"})
_BOTH = _object({"en": _TEXT, "zh": _TEXT})
_ERRORS = _list(ref("Problem"))
_OUTPUT = {"name": _TEXT, "media_type": _TEXT, "size": _COUNT}

SCHEMAS: dict[str, Schema] = {
    "Problem": _object(
        {
            "type": {"type": "string", "format": "uri-reference", "enum": [f"/problems/{name}" for name in KINDS]},
            "title": _TEXT,
            "title_zh": _TEXT,
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": _TEXT,
            "detail_zh": _TEXT,
        },
        {"source": {"type": "string", "description": "The file that it is about"}, "errors": _ERRORS},
    ),
    "Diagnostic": _object(
        {
            "code": _TEXT,
            "severity": {"type": "string", "enum": [severity.value for severity in Severity]},
            "message": _TEXT,
            "message_zh": _TEXT,
            "confidence": _SHARE,
            "hints": _list(_TEXT),
        },
        {
            "span": _SPAN,
            "line": _PLACE,
            "column": _PLACE,
            "before": _TEXT,
            "after": _TEXT,
            "applied": _YES_OR_NO,
        },
    ),
    "Report": _object(
        {
            "name": _TEXT,
            "title": _TEXT,
            "outputs": _list(_object(_OUTPUT | {"base64": {"type": "string", "contentEncoding": "base64"}})),
            "diagnostics": _list(ref("Diagnostic")),
            "errors": _ERRORS,
        },
        {"pages": _COUNT},
    ),
    "Reports": _reports("Report"),
    "Line": _object(
        {"line": _PLACE, "class": _TEXT, "rule": _TEXT, "reason": _TEXT, "reason_zh": _TEXT, "evidence": _TEXT},
        {"evidence_zh": _TEXT, "instead": _or_null(_TEXT)},
    ),
    "Inspection": _object(
        {"name": _TEXT, "errors": _ERRORS},
        {
            "title": _or_null(_TEXT),
            "language": _or_null(_TEXT),
            "blocks": _list(
                _object(
                    {"type": _TEXT, "level": _or_null(_COUNT), "text": _TEXT, "run_in": _or_null(_TEXT)},
                    {"line": _or_null(_PLACE), "why": _or_null(ref("Line"))},
                )
            ),
            "other_lines": _list(ref("Line")),
            "removed": _list({"type": "object"}),
            "edits": _list(ref("Diagnostic")),
            "diagnostics": _list(ref("Diagnostic")),
            "encodings": _list(_object({"encoding": _TEXT, "confidence": _SHARE, "sample": _TEXT})),
            "original": _TEXT,
            "changes": _list(_object({"span": _SPAN, "before": _TEXT, "after": _TEXT, "made_by": _list(_TEXT)})),
        },
    ),
    "Inspections": _reports("Inspection"),
    "Lint": _object(
        {"name": _TEXT, "errors": _ERRORS}, {"title": _or_null(_TEXT), "findings": _list(ref("Diagnostic"))}
    ),
    "Lints": _reports("Lint"),
    "Check": _object(
        {"name": _TEXT, "errors": _ERRORS},
        {
            "findings": _list(
                _object(
                    {
                        "code": _TEXT,
                        "clause": _TEXT,
                        "paragraph": _or_null(_PLACE),
                        "words": _TEXT,
                        "subject": _BOTH,
                        "wanted": _BOTH,
                        "found": _BOTH,
                        "message": _BOTH,
                        "fixable": _YES_OR_NO,
                    }
                )
            )
        },
    ),
    "Checks": _reports("Check"),
    "Comparison": _object(
        {"name": _TEXT, "errors": _ERRORS},
        {
            "files": _list(_TEXT),
            "differences": _list(
                _object({"one": _TEXT, "other": _TEXT, "what": _TEXT}, {"expected": _TEXT, "found": _TEXT})
            ),
        },
    ),
    "Comparisons": _reports("Comparison"),
    "Job": _object(
        {
            "id": _TEXT,
            "kind": {"type": "string", "enum": [kind.value for kind in Kind]},
            "state": {"type": "string", "enum": [state.value for state in State if state is not State.RECEIVING]},
            "position": _COUNT,
            "progress": _object({"done": _COUNT, "total": _COUNT}),
            "attempts": {"type": "integer", "minimum": 0, "maximum": 2},
            "failures": _COUNT,
            "created": _TIME,
            "started": _TIME,
            "finished": _TIME,
            "expires": _TIME,
            "links": _object({"self": _TEXT, "events": _TEXT}, {"result": _TEXT}),
        },
        {"problem": ref("Problem")},
    ),
    "Results": _object(
        {
            "reports": _list(
                _object(
                    {"name": _TEXT, "errors": _ERRORS},
                    {"outputs": _list(_object(_OUTPUT | {"number": _COUNT, "href": _TEXT}))},
                )
            )
        }
    ),
    "Formats": _object(
        {
            "writers": _list(_object({"name": _TEXT, "origin": _TEXT}, {"problem": _TEXT, "options": _list({})})),
            "readers": _list(_object({"name": _TEXT, "origin": _TEXT}, {"problem": _TEXT})),
            "themes": _list(_TEXT),
            "scripts": _list(_TEXT),
            "limits": {"type": "object"},
        }
    ),
    "Health": _object({"status": {"const": "ok"}, "version": _TEXT}),
    "Readiness": _object({"status": {"const": "ready"}}),
}
