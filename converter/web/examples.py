"""What OpenAPI shows: examples of answers and of problems, made by the code that makes the real ones."""

from __future__ import annotations

from typing import Any

from converter.errors import Message
from converter.web.problems import KINDS, MEDIA_TYPE, problem

_STATUS = {
    "id": "nB3o0uJm1cVvqk2yJmZ0Qw7e",
    "kind": "convert",
    "state": "running",
    "position": 0,
    "progress": {"done": 3, "total": 10},
    "attempts": 1,
    "failures": 0,
    "created": "Fri, 27 Nov 2026 08:00:00 GMT",
    "started": "Fri, 27 Nov 2026 08:00:01 GMT",
    "finished": None,
    "expires": None,
    "links": {
        "self": "/v1/jobs/nB3o0uJm1cVvqk2yJmZ0Qw7e",
        "events": "/v1/jobs/nB3o0uJm1cVvqk2yJmZ0Qw7e/events",
    },
}

JOB: dict[str, Any] = {
    "description": "Where the job stands",
    "content": {"application/json": {"example": _STATUS, "schema": {"type": "object"}}},
}


def PROBLEMS(*statuses: int) -> dict[int | str, dict[str, Any]]:  # noqa: N802 - it is used as a table
    """The problems of a route by status, each kind of that status with an example."""
    return {
        status: {
            "description": "A problem (RFC 9457)",
            "content": {
                MEDIA_TYPE: {
                    "schema": {"type": "object", "required": ["type", "title", "status", "detail"]},
                    "examples": {
                        name: {"value": problem(name, Message(kind.title.en, kind.title.zh))}
                        for name, kind in KINDS.items()
                        if kind.status.value == status
                    },
                }
            },
        }
        for status in statuses
    }
