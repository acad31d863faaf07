"""One line a request, as JSON on standard error: an id, what was asked for, what came of it, sizes. Nothing of a text.

The id is the client's `X-Request-Id`, if it has a harmless one, and `trace` is that of its `traceparent` (W3C Trace
Context); both go back in the answer.
"""

from __future__ import annotations

import json
import logging
import secrets
from typing import TYPE_CHECKING

from converter.records import NamedTuple
from converter.regex import compiled

if TYPE_CHECKING:
    from starlette.datastructures import Headers

_ID = compiled(r"[A-Za-z0-9._-]{1,64}")
_TRACE = compiled(r"00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})")

requests = logging.getLogger("converter.web.requests")


class Ids(NamedTuple):
    """What a request is called in the log, and in the systems around us."""

    request: str
    traceparent: str
    """With a span id of our own, below that of the caller."""

    @property
    def trace(self) -> str:
        """The trace that the request is part of."""
        return self.traceparent.split("-")[1]


def ids(headers: Headers) -> Ids:
    """The ids of a request: those that it brings, or new ones."""
    given = headers.get("x-request-id", "")
    match = _TRACE.fullmatch(headers.get("traceparent", ""))
    trace, flags = match.groups() if match else (secrets.token_hex(16), "00")
    return Ids(given if _ID.fullmatch(given) else secrets.token_hex(8), f"00-{trace}-{secrets.token_hex(8)}-{flags}")


class JsonFormatter(logging.Formatter):
    """A record as one line of JSON; of an exception only what kind it is and where, since its words may be a text's."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        said = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage().partition("\n")[0],  # asyncio's others hold what a task worked on
            **getattr(record, "fields", {}),
        }
        if record.exc_info and record.exc_info[0]:
            said["exception"] = record.exc_info[0].__name__
            trace = record.exc_info[2]
            where = []
            while trace is not None:
                where.append(f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}")
                trace = trace.tb_next
            said["where"] = where[-8:]
        return json.dumps(said, ensure_ascii=False)


def set_up() -> None:
    """Sends all of this program's logging to standard error as JSON."""
    handler = logging.StreamHandler()
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
