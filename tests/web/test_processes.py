from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time

import httpx
import pytest
from web.faults.watch import files_in
from web.processes import process, up
from web.service import REPORT, begin, ended

LONG = "".join(f"第{n}章 题目\n正文，说明情况。\n" for n in range(4000)).encode()


@pytest.mark.parametrize("data", [True, False], ids=["data", "no data"])
@pytest.mark.parametrize("processes", ["1", "2"])
def test_a_server_that_is_killed_leaves_nothing_for_ever(tmp_path, temporary, data, processes):
    """What a killed server leaves, the next one removes; what that one has itself goes when it is stopped."""
    options = {"data": data, "temporary": temporary}
    with process(tmp_path, "--processes", processes, **options) as (server, address), up(address) as client:
        begin(client, ("报告.txt", REPORT), to="pdf,docx,epub")
        server.send_signal(signal.SIGKILL)
        server.wait()
        left = files_in(tmp_path) + files_in(temporary)
        assert any("converter-worker-" in path for path in left)
        assert any("pymp-" in path for path in left)
        until = time.monotonic() + 60  # with a supervisor, the servers see that it is gone and stop by themselves
        while time.monotonic() < until and answers(address):
            time.sleep(0.1)
    with process(tmp_path, "--processes", "1", **options) as (server, address), up(address):
        until = time.monotonic() + 60
        kinds = ("pymp-*", "converter-jobs-*")
        while time.monotonic() < until and any(len(list(temporary.glob(kind))) > 1 for kind in kinds):
            time.sleep(0.1)
        server.send_signal(signal.SIGTERM)
        assert server.wait(60) == 0
    assert files_in(temporary) == []
    if data:
        assert files_in(tmp_path / "work") == files_in(tmp_path / "servers") == []


def answers(address):
    with contextlib.suppress(httpx.TransportError):
        return bool(httpx.get(f"{address}/healthz", trust_env=False, timeout=2).status_code)
    return False


def test_jobs_survive_a_server_that_is_killed(tmp_path):
    with process(tmp_path) as (server, address), up(address) as client:
        places = [begin(client, (f"{n}.txt", LONG), to="pdf,docx,epub") for n in range(3)]
        until = time.monotonic() + 30
        while client.get(places[0]).json()["state"] == "queued" and time.monotonic() < until:
            time.sleep(0.02)
        server.send_signal(signal.SIGKILL)
        server.wait()
    with process(tmp_path) as (server, address), up(address) as client:
        said = [ended(client, place, 120) for place in places]
        assert [one["state"] for one in said] == ["succeeded"] * 3
        assert all(one["attempts"] <= 2 for one in said)
        server.send_signal(signal.SIGTERM)
        assert server.wait(60) in {0, -signal.SIGTERM}


def test_of_a_job_whose_server_was_killed_twice_a_reason_is_left_and_no_file(tmp_path):
    place = ""
    for attempt in (1, 2):
        with process(tmp_path) as (server, address), up(address) as client:
            place = place or begin(client, ("长.txt", LONG), to="pdf,docx,epub")
            until = time.monotonic() + 60
            while client.get(place).json()["attempts"] < attempt and time.monotonic() < until:
                time.sleep(0.01)
            assert client.get(place).json()["state"] == "running"
            server.send_signal(signal.SIGKILL)
            server.wait()
    with process(tmp_path) as (server, address), up(address) as client:
        said = ended(client, place)
        assert (said["state"], said["problem"]["type"]) == ("failed", "/problems/interrupted")
        until = time.monotonic() + 10
        while files_in(tmp_path / "jobs") and time.monotonic() < until:
            time.sleep(0.1)
        assert files_in(tmp_path / "jobs") == []


def test_a_stop_waits_for_what_runs_and_the_log_tells_nothing(tmp_path):
    with process(tmp_path) as (server, address), up(address) as client:
        secret = "绝密文件，不得外传。".encode() * 3000
        place = begin(client, ("绝密.txt", secret), to="pdf,docx")
        time.sleep(0.3)
        server.send_signal(signal.SIGTERM)
        server.wait(60)
        log = (tmp_path / "log").read_text()
    with process(tmp_path) as (_, address), up(address) as client:
        assert ended(client, place)["attempts"] == 1
    lines = [json.loads(line) for line in log.splitlines()]
    assert any(line["message"] == "request" and line["route"] == "/v1/jobs" for line in lines)
    assert "绝密" not in log


def test_several_processes_share_the_jobs_and_a_dead_one_is_replaced(tmp_path):
    with process(tmp_path, "--processes", "2") as (server, address), up(address) as client:
        until = time.monotonic() + 60
        while len(servers(tmp_path, server)) < 2 and time.monotonic() < until:
            time.sleep(0.1)
        places = [begin(client, (f"{n}.txt", REPORT), to="txt") for n in range(6)]
        os.kill(servers(tmp_path, server)[0], signal.SIGKILL)
        for place in places:
            assert status_of(address, place) == "succeeded"
        server.send_signal(signal.SIGTERM)
        assert server.wait(60) == 0


def status_of(address, place):
    """How a job ends, asked over connections of their own: any of them may be with the server that is killed."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        with contextlib.suppress(httpx.TransportError):
            said = httpx.get(address + place, trust_env=False, timeout=5).json()
            if said["state"] not in {"queued", "running"}:
                return said["state"]
        time.sleep(0.1)
    raise AssertionError(place)


def servers(data, supervisor):
    """The numbers of the processes that serve."""
    locks = (data / "servers").glob("*.lock")
    return [number for lock in locks if (number := int(lock.name.partition("-")[0])) != supervisor.pid]


def test_metrics_are_the_sum_over_processes(tmp_path):
    """Whichever process answers; what a process that died had counted stays."""
    name = 'converter_requests_total{method="GET",route="/v1/formats",status="200"}'
    with process(tmp_path, "--processes", "2") as (server, address), up(address):
        until = time.monotonic() + 60
        while metric(address, "converter_workers") < 2 and time.monotonic() < until:
            time.sleep(0.1)
        counted, number = set(), 0
        while len(counted) < 2 and time.monotonic() < until:
            number += 1
            assert httpx.get(f"{address}/v1/formats", trust_env=False).status_code == 200
            while metric(address, name) < number and time.monotonic() < until:
                time.sleep(0.05)  # an answer is counted once it is sent
            assert metric(address, name) == number
            counted = who_counted(tmp_path, name)
        assert counted == {str(pid) for pid in servers(tmp_path, server)}
        victim = servers(tmp_path, server)[0]
        os.kill(victim, signal.SIGKILL)
        while victim in servers(tmp_path, server) and time.monotonic() < until:
            time.sleep(0.1)
        assert metric(address, name) == number
        while metric(address, "converter_workers") != 2 and time.monotonic() < until:
            time.sleep(0.1)
        assert metric(address, "converter_workers") == 2
        shared = [link.readlink() for link in (tmp_path / "work").glob("*/memory")]
        server.send_signal(signal.SIGTERM)
        assert server.wait(60) == 0
    assert [path.exists() for path in shared] == [False]


def metric(address, name):
    """Its value, asked over a connection of its own; a process that was just killed does not answer."""
    with contextlib.suppress(httpx.TransportError):
        text = httpx.get(f"{address}/metrics", trust_env=False).text
        return next((float(line.split()[-1]) for line in text.splitlines() if line.startswith(f"{name} ")), 0)
    return -1


def who_counted(data, name):
    """The numbers of the processes that have counted something under a name."""
    folder = next((data / "work").glob("*/memory"))
    route = re.search(r'route="([^"]+)"', name)[1].encode()
    return {re.search(r"\d+", path.name)[0] for path in folder.glob("counter_*.db") if route in path.read_bytes()}


def test_a_server_process_that_comes_up_after_its_supervisor_is_gone_ends_at_once(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        gone = subprocess.Popen([sys.executable, "-c", "pass"])
        gone.wait()
        command = [sys.executable, "-m", "converter.web.server", str(listener.fileno()), str(gone.pid)]
        done = subprocess.run(command, pass_fds=[listener.fileno()], timeout=60, check=False)
        assert done.returncode == 0
