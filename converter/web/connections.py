"""Connections that take their time: whoever does not send the head of a request, or take an answer, is cut off.

uvicorn limits only the pause between two requests. A body that comes slowly is the form's business (`upload_time`).
"""

from __future__ import annotations

import contextlib
import sys
from typing import TYPE_CHECKING, Any

from uvicorn.protocols.http.auto import AutoHTTPProtocol

if TYPE_CHECKING:
    import asyncio

_MOST = 65_536
"""Files and connections that a server process may have open, if the system lets it."""


def patient(seconds: float) -> type[asyncio.Protocol]:
    """Uvicorn's protocol for connections that are closed where so long nothing gets on."""

    class Connection(AutoHTTPProtocol):  # type: ignore[misc, valid-type]
        def connection_made(self, transport: asyncio.Transport) -> None:
            super().connection_made(transport)
            self._since: float | None = self.loop.time()
            self._unsent, self._stuck = 0, 0
            self._timer = self.loop.call_later(seconds / 4, self._look)

        def connection_lost(self, exc: Exception | None) -> None:
            self._timer.cancel()
            super().connection_lost(exc)

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            if self.cycle is not None and not self.cycle.response_complete:
                self._since = None
            elif self._since is None:
                self._since = self.loop.time()

        def _look(self) -> None:
            """Four times within the limit: is a head still awaited, has nothing gone out?"""
            unsent = self.transport.get_write_buffer_size()
            self._stuck = self._stuck + 1 if unsent and unsent == self._unsent else 0
            self._unsent = unsent
            late = self._since is not None and self.loop.time() > self._since + seconds
            if late or self._stuck >= 4:
                self.transport.abort()
            else:
                self._timer = self.loop.call_later(seconds / 4, self._look)

    made: Any = Connection
    return made  # type: ignore[no-any-return]


def allow_many() -> None:
    """Lets this process have as many connections as the system allows it at the most."""
    if sys.platform != "win32":
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        most = _MOST if hard == resource.RLIM_INFINITY else min(hard, _MOST)
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, most), hard))
