"""Answers in words go out compressed to clients that take gzip; files that are compressed already go as they are."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders

from converter.regex import compiled

if TYPE_CHECKING:
    from starlette.types import Message, Send

_WORDS = compiled(r"text/(?!event-stream)|application/(?:(?:[a-z]+\+)?json|javascript|xml)|image/svg")
_LEAST = 1000
"""Bytes: less is not worth it."""


class Gzip:
    """Sends the messages of one answer on, compressed if that is worth it."""

    def __init__(self, send: Send, accept: str) -> None:
        self._send = send
        self._wanted = bool(re.search(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))", accept))
        self._packer: zlib._Compress | None = None

    async def __call__(self, message: Message) -> None:
        """One message."""
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            length = int(headers.get("content-length", _LEAST))
            if _WORDS.match(headers.get("content-type", "")) and "content-encoding" not in headers:
                headers.add_vary_header("Accept-Encoding")
                if self._wanted and length >= _LEAST and message["status"] not in {204, 206, 304}:
                    self._packer = zlib.compressobj(5, wbits=31)
                    headers["Content-Encoding"] = "gzip"
                    del headers["Content-Length"]
                    if (tag := headers.get("etag")) and not tag.startswith("W/"):
                        headers["ETag"] = f"W/{tag}"
        elif self._packer is not None:
            body = self._packer.compress(message.get("body", b""))
            if not message.get("more_body", False):
                body += self._packer.flush()
            message = {**message, "body": body}
        await self._send(message)
