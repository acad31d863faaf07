"""The server process, or several: listens, and stops in order when it is told to.

The first signal stops new work, lets `/readyz` fail, and ends the process when what runs is done or `stop_time` is
over; the second does not wait. One of several processes that dies is replaced.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import uvicorn

from converter.engine.sandbox import end_with_parent
from converter.errors import UsageError, reason_of
from converter.web import logs
from converter.web.app import create_app
from converter.web.connections import allow_many, patient
from converter.web.metrics import SHARED, forget_process
from converter.web.scratch import shared_data
from converter.web.settings import Settings, from_environment, to_environment

if TYPE_CHECKING:
    from types import FrameType

    from fastapi import FastAPI

_LEAST = 0.5
"""Seconds for which a server that is stopped says that it is not ready, so that others notice."""
_WATCH = 0.2
"""Seconds between two looks whether all processes live."""
_SILENT = 10
"""Seconds that a connection may be silent between two requests."""


def serve(host: str = "127.0.0.1", port: int = 8000, *, settings: Settings | None = None, processes: int = 1) -> None:
    """Runs the service until it is told to stop; port 0 takes a free one.

    Raises UsageError if the address or the settings cannot be used.
    """
    settings = settings or Settings()
    if settings.data:
        _require_folder(settings.data)
    try:
        listener = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        if error.errno and error.errno > 0:
            error.strerror = os.strerror(error.errno)  # the socket's own repeats the address
        en, zh = reason_of(error)
        raise UsageError(
            f"The service cannot listen on {host}:{port}: {en}. Choose another address or port.",
            f"无法监听 {host}:{port}：{zh}。请换一个地址或端口。",
        ) from None
    shown = f"[{host}]" if ":" in host else host
    with listener, contextlib.ExitStack() as stack, contextlib.suppress(KeyboardInterrupt):
        os.environ.update(to_environment(settings))
        create_app(settings).state.desk.close()  # what is wrong with the settings is said here, once
        if processes > 1:  # what they share must lie in one place
            data, metrics = stack.enter_context(shared_data(settings.data))
            os.environ |= {"CONVERTER_DATA": str(data), SHARED: str(metrics)}
        print(f"http://{shown}:{listener.getsockname()[1]}/", flush=True)  # noqa: T201 - what the user opens
        if processes > 1:
            _supervise(listener, processes)
        else:
            _run(listener)


def _run(listener: socket.socket) -> None:
    allow_many()
    config = uvicorn.Config(
        "converter.web.server:app",
        factory=True,
        http=patient(from_environment().upload_time),
        server_header=False,
        access_log=False,
        log_config=None,
        timeout_keep_alive=_SILENT,
        timeout_graceful_shutdown=5,
    )
    Server(config).run(sockets=[listener])


def _supervise(listener: socket.socket, processes: int) -> None:
    """Keeps so many server processes running until it gets a signal, which it hands on."""
    listener.set_inheritable(True)
    command = [sys.executable, "-m", "converter.web.server", str(listener.fileno()), str(os.getpid())]
    children: list[subprocess.Popen[bytes]] = []
    told: list[int] = []

    def hand_on(number: int, _frame: FrameType | None) -> None:
        told.append(number)
        for child in children:
            child.send_signal(number)

    signal.signal(signal.SIGTERM, hand_on)
    signal.signal(signal.SIGINT, hand_on)
    while True:
        for child in children:
            if child.poll() is not None:
                forget_process(child.pid)
        children[:] = [child for child in children if child.returncode is None]
        if told and not children:
            return
        while not told and len(children) < processes:
            children.append(
                subprocess.Popen(command, pass_fds=[listener.fileno()], start_new_session=True)  # noqa: S603 - ourselves
            )
        time.sleep(_WATCH)


def app() -> FastAPI:
    """The application with the settings of the environment, for any ASGI server: `uvicorn --factory`."""
    logs.set_up()
    settings = from_environment()
    made = create_app(settings)
    if settings.metrics_port is not None:
        _serve_metrics(settings.metrics_port, made)
    return made


def _serve_metrics(port: int, application: FastAPI) -> None:
    """Serves the metrics, and nothing else, on a port of their own of this machine."""
    from prometheus_client import start_http_server

    with contextlib.suppress(OSError):  # another process of this service has it
        start_http_server(port, addr="127.0.0.1", registry=application.state.metrics.collected())


class Server(uvicorn.Server):
    """A server that drains before it stops."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Called on each signal."""
        application: Any = getattr(self.config, "loaded_app", None)
        desk = _desk(application)
        if desk is None or desk.draining:
            super().handle_exit(sig, frame)
            return
        desk.draining = True  # uvicorn would end the process by the signal, with no time to clear up
        threading.Thread(target=self._leave, args=(desk,), daemon=True).start()

    def _leave(self, desk: Any) -> None:
        until = time.monotonic() + desk.stop_time
        time.sleep(_LEAST)
        while time.monotonic() < until and desk.pool is not None and desk.pool.idle < desk.pool.workers:
            time.sleep(0.05)
        self.should_exit = True


def _desk(application: Any) -> Any:
    """The desk of an application inside what uvicorn wrapped around it."""
    while application is not None and not hasattr(application, "state"):
        application = getattr(application, "app", None)
    return getattr(application.state, "desk", None) if application is not None else None


def _require_folder(path: str) -> None:
    try:
        Path(path).mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=path):
            pass
    except OSError as error:
        en, zh = reason_of(error)
        raise UsageError(
            f"The folder for jobs “{path}” cannot be used: {en}.", f"任务目录“{path}”无法使用：{zh}。"
        ) from None


if __name__ == "__main__":
    end_with_parent(signal.SIGTERM, int(sys.argv[2]))
    _run(socket.socket(fileno=int(sys.argv[1])))
