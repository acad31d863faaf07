"""Clients and texts that want too much: memory, time without end, connections that they hold open."""

import contextlib
import signal
import socket
import threading
import time

import httpx
import pytest
from web.faults.watch import Watch, files_in, reasoned
from web.processes import process, up
from web.service import REPORT, post

MB = 2**20
HOG = "".join(f"第{n}章 题目\n正文，说明情况。\n" for n in range(60_000)).encode()


@pytest.fixture
def server(tmp_path, temporary):
    """A service with little memory and little patience, and its temporary folder; it must stop in order and clean."""
    limits = [
        "--rate",
        "0",
        "--workers",
        "2",
        "--memory-mb",
        "60",
        "--upload-time",
        "2",
        "--upload-mb",
        "4",
        "--time-limit",
        "20",
    ]
    with process(tmp_path, *limits, temporary=temporary) as (running, address), up(address) as client:
        yield client
        assert post(client, "/v1/convert", ("报告.txt", REPORT), to="docx").status_code == 200
        running.send_signal(signal.SIGTERM)
        assert running.wait(60) == 0
    assert files_in(temporary) == files_in(tmp_path / "work") == files_in(tmp_path / "jobs") == []


def at_once(count, work):
    """What comes of the same work in so many threads; an error if one raises."""
    answers, lock = [], threading.Lock()

    def run():
        said = work()
        with lock:
            answers.append(said)

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == count
    return answers


def test_texts_that_need_more_memory_than_there_is(server):
    def work():
        with httpx.Client(base_url=server.base_url, timeout=120, trust_env=False) as client:
            return post(client, "/v1/convert", ("大.txt", HOG), to="pdf")

    with Watch(str(server.base_url)) as watch:
        answers = at_once(6, work)
    assert all(reasoned(answer) for answer in answers)
    assert {answer.status_code for answer in answers} == {503}
    assert all("memory" in answer.json()["detail"] for answer in answers)
    assert watch.worst < 1


def test_a_body_that_never_ends(server):
    """As fast as it goes, it is refused at the limit of size; slowly, at the limit of time."""

    def body(pause):
        yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
        while True:
            yield b"x" * (MB if not pause else 100)
            time.sleep(pause)

    def work(pause):
        headers = {"Content-Type": "multipart/form-data; boundary=x"}
        with httpx.Client(base_url=server.base_url, timeout=60, trust_env=False) as client:
            try:
                return client.post("/v1/convert", content=body(pause), headers=headers).status_code
            except httpx.WriteError:  # it went on sending when it had been answered and cut off
                return None

    with Watch(str(server.base_url)) as watch:
        assert set(at_once(8, lambda: work(0))) <= {413, None}
        assert set(at_once(8, lambda: work(0.05))) <= {408, None}
    assert watch.worst < 1


def test_heads_that_come_letter_by_letter(server):
    """Three hundred connections that never finish their request (slowloris) are cut off, and disturb nobody."""
    address = (server.base_url.host, server.base_url.port)
    with Watch(str(server.base_url)) as watch, contextlib.ExitStack() as stack:
        open_ones = [stack.enter_context(socket.create_connection(address)) for _ in range(300)]
        until = time.monotonic() + 15
        for one in open_ones:
            one.setblocking(False)
            one.sendall(b"POST /v1/convert HTTP/1.1\r\n")
        while open_ones and time.monotonic() < until:
            assert post(server, "/v1/convert", ("报告.txt", REPORT), to="txt").status_code == 200
            open_ones = [one for one in open_ones if still_open(one)]
            time.sleep(0.2)
    assert open_ones == []
    assert watch.worst < 1


def still_open(one):
    """Whether a connection takes another letter and has not been closed."""
    try:
        one.send(b"x")
        return one.recv(1) != b""
    except BlockingIOError:
        return True
    except OSError:
        return False


def test_answers_that_nobody_takes(server):
    """A client that asks for much and reads none of it is cut off."""
    with socket.create_connection((server.base_url.host, server.base_url.port)) as one:
        one.sendall(b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n" * 400)
        time.sleep(6)  # it may do so for two seconds
        one.settimeout(10)
        whole = len(server.get("/openapi.json", headers={"Accept-Encoding": "identity"}).content) * 400
        assert taken(one) < whole / 2


def taken(one):
    """Bytes that come before the connection ends."""
    count = 0
    while True:
        try:
            piece = one.recv(MB)
        except ConnectionResetError:
            return count
        if not piece:
            return count
        count += len(piece)
