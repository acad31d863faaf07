"""What stands before every route: how many may come in, how much they may bring, and what every answer carries.

Written against ASGI itself, so that a request is refused before its body is read.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
import time
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response

from converter.web import logs
from converter.web.compression import Gzip
from converter.web.desk import is_full, no_room
from converter.web.guards import Keys, Rates, foreign, no_key
from converter.web.languages import hear
from converter.web.problems import Refusal, handler

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from converter.web.desk import Desk
    from converter.web.metrics import Metrics
    from converter.web.settings import Settings

_log = logging.getLogger(__name__)

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
}
_JOBS = "/v1/jobs"
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, POST, DELETE",
    "Access-Control-Allow-Headers": "Authorization, Content-Type, Idempotency-Key, If-None-Match, X-API-Key",
    "Access-Control-Max-Age": "600",
}
_RETRY_AFTER = "5"
"""Seconds; a conversion seldom takes longer."""
_DRAIN = 2.0
"""Seconds that the rest of a refused upload is read and thrown away. A connection that is closed at once is reset, and
the client never sees the answer."""


class Gate:
    """The ASGI application behind limits, with security headers on every answer; counts and logs what passes."""

    def __init__(self, app: ASGIApp, *, settings: Settings, places: int, metrics: Metrics, desk: Desk) -> None:
        self.app, self.places, self.metrics, self.desk = app, places, metrics, desk
        self.settings, self.upload_limit = settings, settings.upload_mb << 20
        self.keys, self.rates = Keys(settings.api_keys), Rates(settings.rate)
        self.allowed = frozenset(part.strip() for part in settings.allow_origin.split(",") if part.strip())
        self.taken = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, headers = time.perf_counter(), Headers(scope=scope)
        called = logs.ids(headers)
        hear(headers.get("accept-language", ""))
        extra = {"X-Request-Id": called.request, "Traceparent": called.traceparent, **self._sharing(headers)}
        exchange = _Exchange(scope, receive, Gzip(send, headers.get("accept-encoding", "")), self.upload_limit, extra)
        works = scope["method"] == "POST" and scope["path"] != _JOBS
        refusal = self._refusal(scope, headers)
        if scope["method"] == "OPTIONS" and headers.get("origin", "") in self.allowed:
            await Response(status_code=204, headers=_PREFLIGHT)(scope, exchange.receive, exchange.send)
        elif refusal:
            self.metrics.refused.labels(refusal.kind).inc()
            await handler(None, refusal)(scope, exchange.receive, exchange.send)
        else:
            self.taken += works
            self.metrics.working.set(self.taken)
            try:
                await self.app(scope, exchange.receive, exchange.send)
            except Exception as error:  # the last stop: logged, and told to the client as a problem
                if exchange.started:
                    raise
                if is_full(error):
                    error = no_room()
                else:
                    _log.exception("%s", scope["method"], extra={"fields": {"id": called.request}})
                await handler(None, error)(scope, exchange.receive, exchange.send)
            finally:
                self.taken -= works
                self.metrics.working.set(self.taken)
        seconds = time.perf_counter() - started
        self.metrics.request(scope, exchange.status, seconds, exchange.received, exchange.sent)
        fields = {
            "id": called.request,
            "trace": called.trace,
            "method": scope["method"],
            "route": getattr(scope.get("route"), "path", "other"),
            "status": exchange.status,
            "seconds": round(seconds, 4),
            "received": exchange.received,
            "sent": exchange.sent,
        }
        logs.requests.info("request", extra={"fields": fields})

    def _sharing(self, headers: Headers) -> dict[str, str]:
        """What tells a browser that a page of an allowed site may read the answer (CORS)."""
        origin = headers.get("origin", "")
        if origin not in self.allowed:
            return {}
        return {
            "Access-Control-Allow-Origin": origin,
            "Access-Control-Expose-Headers": "Location, ETag, Retry-After, Content-Disposition, Converter-Failures",
            "Cross-Origin-Resource-Policy": "cross-origin",
            "Vary": "Origin",
        }

    def _refusal(self, scope: Scope, headers: Headers) -> Refusal | None:
        """Why a request cannot come in. What it costs to say so is little, and its body has not been read."""
        method, path = scope["method"], scope["path"]
        if self.keys.needed and (path == "/" or path.startswith("/v1/")) and method != "OPTIONS":
            name = self.keys.name(headers)
            if name is None:
                return no_key()
            scope["converter.client"] = f"key {name}"
        else:
            scope["converter.client"] = f"address {(scope.get('client') or ('',))[0]}"
        if method in {"GET", "HEAD", "OPTIONS"}:
            return None
        refusal = foreign(headers, self.allowed)
        if refusal or method != "POST":
            return refusal
        return self._work_refusal(path, headers) or self.rates.refusal(scope["converter.client"])

    def _work_refusal(self, path: str, headers: Headers) -> Refusal | None:
        """Why a request that brings work cannot come in."""
        if self.desk.draining:
            return Refusal(
                "draining",
                "The service is being stopped. Try again in a moment.",
                "服务正在停止，请稍后重试。",
                Retry_After=_RETRY_AFTER,
            )
        wait = self.desk.pool.wait(self.taken) if self.desk.pool else 0
        if path == _JOBS:
            busy = self.desk.store.waiting() >= self.settings.max_jobs
        else:
            busy = self.taken >= self.places or wait > self.settings.queue_time
        if busy:
            after = str(max(1, math.ceil(wait)))
            return Refusal(
                "busy",
                f"All workers are busy, and as many wait as may. Try again in {after} seconds.",
                f"服务繁忙，排队已满。请在 {after} 秒后重试。",
                Retry_After=after,
            )
        declared = headers.get("content-length", "")
        return _too_large(self.upload_limit) if declared.isdecimal() and int(declared) > self.upload_limit else None


class _Exchange:
    """The two channels of one request, counted and limited."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, limit: int, extra: dict[str, str]) -> None:
        self._receive, self._send, self.limit, self._extra = receive, send, limit, extra
        self.received = self.sent = 0
        self.status = 500
        self.started = False
        """Whether the answer has begun."""
        headers = Headers(scope=scope)
        self.complete = "content-length" not in headers and "transfer-encoding" not in headers
        """Whether the whole body has been read, or there is none."""

    async def receive(self) -> Message:
        message = await self._receive()
        self.complete = not message.get("more_body", False)
        self.received += len(message.get("body", b""))
        if self.received > self.limit:
            raise _too_large(self.limit)
        return message

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status, self.started = message["status"], True
            headers = MutableHeaders(scope=message)
            for name, value in (self._extra | {k: v for k, v in _HEADERS.items() if k not in self._extra}).items():
                if name == "Vary":
                    headers.add_vary_header(value)
                else:
                    headers.setdefault(name, value)
        else:
            self.sent += len(message.get("body", b""))
            if not self.complete and not message.get("more_body", False):
                await self._send({**message, "more_body": True})
                await self._drain()
                message = {"type": "http.response.body"}
        await self._send(message)

    async def _drain(self) -> None:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_DRAIN):
                while not self.complete:
                    self.complete = not (await self._receive()).get("more_body", False)


def _too_large(limit: int) -> Refusal:
    return Refusal(
        "too-large",
        f"The request is larger than {limit >> 20} MB. Send fewer or smaller files.",
        f"请求超过 {limit >> 20} MB。请减少文件或缩小文件。",
    )
