from __future__ import annotations

import re
import socket
import threading
import time

import httpx
import pytest
from web.service import REPORT, post, problem, running

from converter.errors import UsageError
from converter.web.server import serve

MB = 2**20


def replaced(client, reason):
    found = re.search(rf'workers_replaced_total{{reason="{reason}"}} (\d+)', client.get("/metrics").text)
    return int(found[1]) if found else 0


def still_works(client):
    assert post(client, "/v1/convert", ("报告.txt", REPORT), to="txt").status_code == 200


@pytest.mark.parametrize(
    ("order", "reason", "words"),
    [
        (b"loop", "time", "longer than 1 seconds"),
        (b"die", "died", "SIGKILL"),
        (b"hog", "failed", "300 MB"),
        (b"bug", "failed", "KeyError"),
    ],
)
def test_a_bad_job_costs_one_worker_and_the_service_goes_on(narrow, order, reason, words):
    count = replaced(narrow, reason)
    response = post(narrow, "/v1/convert", ("坏.txt", order), to="txt")
    assert words in problem(response, 503, "stopped")["detail"]
    assert "secret" not in response.text
    assert replaced(narrow, reason) == count + 1
    still_works(narrow)


def test_a_request_too_large_by_its_own_account(narrow):
    with pytest.raises(httpx.ReadTimeout):  # what fits is waited for
        early(narrow, MB)
    assert early(narrow, MB + 1).startswith(b"HTTP/1.1 413 ")
    problem(post(narrow, "/v1/convert", ("大.txt", b"x" * 30 * MB), to="txt"), 413, "too-large")
    still_works(narrow)


def early(client, length):
    """The answer to a request that says how long its body is and then sends none of it."""
    with socket.create_connection((client.base_url.host, client.base_url.port), timeout=0.5) as connection:
        connection.sendall(
            b"POST /v1/convert HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=x\r\n"
            b"Content-Length: %d\r\n\r\n" % length
        )
        try:
            return connection.recv(4096)
        except TimeoutError:
            raise httpx.ReadTimeout("no answer yet") from None


def test_a_request_too_large_without_a_length(narrow):
    def body():
        yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
        for _ in range(30):
            yield b"x" * MB
        yield b"\r\n--x--\r\n"

    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    problem(narrow.post("/v1/convert", content=body(), headers=headers), 413, "too-large")
    still_works(narrow)


def test_a_field_that_is_not_a_file_has_limits_as_well():
    with running(workers=1) as client:
        problem(post(client, "/v1/convert", ("a.txt", REPORT), to="x" * 2 * MB), 400, "bad-request")
        fields = {f"f{n}": "x" for n in range(200)}
        problem(post(client, "/v1/convert", ("a.txt", REPORT), **fields), 400, "bad-request")


def test_too_many_files(narrow):
    files = [(f"{n}.txt", REPORT) for n in range(4)]
    assert post(narrow, "/v1/convert", *files[:3], to="txt").status_code == 200
    for many in (files, files * 10):
        assert "3 files" in problem(post(narrow, "/v1/convert", *many, to="txt"), 413, "too-many-files")["detail"]


def test_a_slow_upload_does_not_hold_its_place_for_ever(narrow):
    def body():
        yield b"--x\r\n"
        time.sleep(1.5)
        yield b"x"

    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    problem(narrow.post("/v1/convert", content=body(), headers=headers), 408, "slow-upload")
    still_works(narrow)


def test_a_full_queue_refuses_before_the_body_is_read(narrow):
    answers = []

    def work():
        with httpx.Client(base_url=narrow.base_url, timeout=30, trust_env=False) as client:
            answers.append(post(client, "/v1/convert", ("慢.txt", b"sleep 0.8"), to="txt").status_code)

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    while "converter_requests_in_work 2.0" not in narrow.get("/metrics").text:
        time.sleep(0.02)
    refused = early(narrow, 1000)
    assert refused.startswith(b"HTTP/1.1 429 ")
    response = post(narrow, "/v1/convert", ("报告.txt", REPORT), to="txt")
    problem(response, 429, "busy")
    assert int(response.headers["Retry-After"]) > 0
    assert narrow.get("/healthz").status_code == 200
    for thread in threads:
        thread.join()
    assert answers == [200, 200]
    still_works(narrow)


def test_who_would_wait_too_long_is_told_so_at_once():
    """The queue has room, but what was asked for lately took so long that there is no use in it."""
    with running(workers=1, queue=16, queue_time=0.5) as client:

        def work():
            with httpx.Client(base_url=client.base_url, timeout=30, trust_env=False) as other:
                return post(other, "/v1/convert", ("慢.txt", b"sleep 1.2"), to="txt")

        assert work().status_code == 200
        thread = threading.Thread(target=work)
        thread.start()
        while "converter_requests_in_work 1.0" not in client.get("/metrics").text:
            time.sleep(0.02)
        response = post(client, "/v1/convert", ("报告.txt", REPORT), to="txt")
        problem(response, 429, "busy")
        assert response.headers["Retry-After"] == "2"
        thread.join()
        still_works(client)


def test_work_for_a_client_that_left_is_given_up(narrow):
    count = replaced(narrow, "cancelled")
    with (
        pytest.raises(httpx.ReadTimeout),
        httpx.Client(base_url=narrow.base_url, timeout=0.3, trust_env=False) as client,
    ):
        post(client, "/v1/convert", ("慢.txt", b"loop"), to="txt")
    time.sleep(0.3)
    assert replaced(narrow, "cancelled") == count + 1
    still_works(narrow)


def test_an_address_that_is_taken_is_one_sentence(narrow):
    with pytest.raises(UsageError, match=r"Address already in use\. Choose another"):
        serve("127.0.0.1", narrow.base_url.port)
    with pytest.raises(UsageError, match=r"cannot listen on no\.such\.host\.invalid:0"):
        serve("no.such.host.invalid", 0)
