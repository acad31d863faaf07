"""Real servers on free ports of this machine, and how they are spoken to."""

import contextlib
import re
import socket
import threading
import time

import httpx
import uvicorn
from web.tasks import run_or_misbehave

from converter.web.app import create_app
from converter.web.settings import Settings

REPORT = "关于工作的报告\n\n一、总体要求\n坚持学习制度。\n".encode()


@contextlib.contextmanager
def running(**limits):
    """A service with these limits, as a client that knows its address."""
    app = create_app(Settings(**{"workers": 2, "rate": 0, **limits}), task=run_or_misbehave)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=2))
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.02)
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    try:
        with httpx.Client(base_url=address, timeout=30, trust_env=False) as client:
            yield client
    finally:
        server.should_exit = True
        thread.join(10)
        listener.close()
    assert not thread.is_alive()


def post(client, path="/v1/convert", *files, headers=None, **fields):
    parts = [("files", file) for file in files]
    return client.post(path, files=parts, data=fields, headers=headers)


def problem(response, status, kind):
    assert response.headers["content-type"] == "application/problem+json"
    body = response.json()
    assert (response.status_code, body["status"], body["type"]) == (status, status, f"/problems/{kind}")
    assert body["title"]
    assert body["detail"]
    assert re.search("[一-龥]", body["detail_zh"])
    assert "Traceback" not in response.text
    return body


def begin(client, *files, headers=None, **fields):
    response = post(client, "/v1/jobs", *files, headers=headers, **fields)
    assert response.status_code == 202, response.text
    assert response.headers["location"] == response.json()["links"]["self"]
    return response.headers["location"]


def ended(client, place, seconds=60):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        said = client.get(place).json()
        if said["state"] in {"succeeded", "failed", "cancelled"}:
            return said
        time.sleep(0.05)
    raise AssertionError(said)
