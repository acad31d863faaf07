"""What the tests of faults share: a watch over health, and a look at the processes and files of a service."""

import contextlib
import http.client
import os
import signal
import threading
import time
from pathlib import Path

import httpx

from converter.web.problems import KINDS

REASONED = {503, 507}
"""The only answers of the 5xx kind, and each says why."""


class Watch:
    """Asks five times a second whether the service is alive; `worst` is the longest that it took to hear so."""

    def __init__(self, address):
        self._place, self._stop = httpx.URL(address), threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.worst, self.asked = 0.0, 0

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join()

    def _run(self):
        while not self._stop.wait(0.2):
            started = time.monotonic()
            while not self._answers() and not self._stop.is_set():
                time.sleep(0.01)  # the process that was asked was killed just now
            self.worst, self.asked = max(self.worst, time.monotonic() - started), self.asked + 1

    def _answers(self):
        connection = http.client.HTTPConnection(self._place.host, self._place.port, timeout=10)
        with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        return False


def reasoned(response):
    """Whether an answer is one that is allowed in trouble: it went well, or it says why not, in both languages."""
    if response.status_code < 400:
        return True
    body = response.json()
    kind = body["type"].removeprefix("/problems/")
    said = KINDS[kind].status.value == response.status_code and body["detail"] and body["detail_zh"]
    return bool(said) and (response.status_code < 500 or response.status_code in REASONED)


def children(number):
    """The processes that a process has started, in any of its threads."""
    with contextlib.suppress(OSError):
        return [int(n) for file in Path(f"/proc/{number}/task").glob("*/children") for n in file.read_text().split()]
    return []


def workers(server):
    """The worker processes of a server process: what its fork server has started."""
    return [worker for helper in children(server) for worker in children(helper)]


def kill(number):
    with contextlib.suppress(ProcessLookupError):
        os.kill(number, signal.SIGKILL)


def files_in(folder):
    """All files and folders below a folder."""
    return sorted(str(path.relative_to(folder)) for path in Path(folder).rglob("*"))
