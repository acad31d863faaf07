"""`converter serve` in processes of its own, to be stopped and killed."""

import contextlib
import os
import subprocess
import sys
import time

import httpx


@contextlib.contextmanager
def process(folder, *arguments, data=True, temporary=None):
    """`converter serve` as a process of its own, and the address that it says.

    Its log, and its data if it is told where to have them, lie in the folder; `temporary` is its TMPDIR.
    """
    command = [sys.executable, "-m", "converter", "serve", "--port", "0", "--workers", "1", *arguments]
    command += ["--data", str(folder)] if data else []
    environment = os.environ | ({"TMPDIR": str(temporary)} if temporary else {})
    with (folder / "log").open("a") as log:
        server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True, env=environment)
    try:
        yield server, server.stdout.readline().strip().rstrip("/")
    finally:
        server.kill()
        server.communicate()


@contextlib.contextmanager
def up(address):
    """A client of a server that has come up."""
    with httpx.Client(base_url=address, timeout=30, trust_env=False) as client:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with contextlib.suppress(httpx.TransportError):
                if client.get("/readyz").status_code == 200:
                    break
            time.sleep(0.1)
        yield client
