"""What stands before every route: how many may come in, how much they may bring, and what every answer carries.

Written against ASGI itself, so that a request is refused before its body is read.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders

from converter.web.problems import Refusal, handler

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from converter.web.metrics import Metrics

_log = logging.getLogger(__name__)

_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
}
_RETRY_AFTER = "5"
"""Seconds; a conversion seldom takes longer."""
_DRAIN = 2.0
"""Seconds that the rest of a refused upload is read and thrown away. A connection that is closed at once is reset, and
the client never sees the answer."""


class Gate:
    """The ASGI application behind limits, with security headers on every answer; counts what passes."""

    def __init__(self, app: ASGIApp, *, places: int, upload_limit: int, metrics: Metrics) -> None:
        self.app, self.places, self.upload_limit, self.metrics = app, places, upload_limit, metrics
        self.taken = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = time.perf_counter()
        exchange = _Exchange(scope, receive, send, self.upload_limit)
        works = scope["method"] == "POST"
        refusal = self._refusal(scope) if works else None
        if refusal:
            await handler(None, refusal)(scope, exchange.receive, exchange.send)
        else:
            self.taken += works
            self.metrics.working.set(self.taken)
            try:
                await self.app(scope, exchange.receive, exchange.send)
            except Exception as error:  # the last stop: logged, and told to the client as a problem
                if exchange.started:
                    raise
                _log.exception("%s %s", scope["method"], scope["path"])
                await handler(None, error)(scope, exchange.receive, exchange.send)
            finally:
                self.taken -= works
                self.metrics.working.set(self.taken)
        self.metrics.request(scope, exchange.status, time.perf_counter() - started, exchange.received, exchange.sent)

    def _refusal(self, scope: Scope) -> Refusal | None:
        """Why a request that brings work cannot come in."""
        if self.taken >= self.places:
            return Refusal(
                "busy",
                f"All workers are busy and the queue is full. Try again in {_RETRY_AFTER} seconds.",
                f"服务繁忙，队列已满。请在 {_RETRY_AFTER} 秒后重试。",
                Retry_After=_RETRY_AFTER,
            )
        declared = Headers(scope=scope).get("content-length", "")
        return _too_large(self.upload_limit) if declared.isdecimal() and int(declared) > self.upload_limit else None


class _Exchange:
    """The two channels of one request, counted and limited."""

    def __init__(self, scope: Scope, receive: Receive, send: Send, limit: int) -> None:
        self._receive, self._send, self.limit = receive, send, limit
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
            for name, value in _HEADERS.items():
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
