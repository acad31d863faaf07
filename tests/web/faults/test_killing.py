"""Workers and servers are killed (`kill -9`) at random moments under load: nothing is lost, nothing runs on for ever."""

import contextlib
import io
import os
import random
import signal
import threading
import time
import zipfile

import httpx
from web.faults.watch import Watch, children, files_in, kill, reasoned, workers
from web.processes import process, up
from web.service import REPORT, post

SECONDS = float(os.environ.get("FAULT_SECONDS", "12"))
SEED = int(os.environ.get("FAULT_SEED", "1"))
LONG = "".join(f"第{n}章 题目\n正文，说明情况。\n" for n in range(600)).encode()


def asking(address, stop, jobs, strange, seed):
    """One client: now small work, now a job; what it was promised goes into `jobs`, what it may not hear into `strange`."""
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    for number in range(10_000):
        if stop.is_set():
            return
        text, to = (LONG, "pdf,docx") if chance.random() < 0.3 else (REPORT, chance.choice(["docx", "pdf", "epub,txt"]))
        if chance.random() < 0.5:
            answer = answered(address, "/v1/convert", text, to, {}, times=1)
        else:
            # Whoever heard nothing asks again: the job may have been taken before the answer was lost.
            key = {"Idempotency-Key": f"{seed}-{number}"}
            answer = answered(address, "/v1/jobs", text + b"%d-%d" % (seed, number), to, key, times=50)
            if answer is not None and answer.status_code == 202:
                jobs.append(answer.json()["links"]["self"])
        if answer is not None and not reasoned(answer):
            strange.append((answer.status_code, answer.text[:500]))
        time.sleep(chance.random() / 4)


def answered(address, path, text, to, headers, *, times):
    """The answer to this text; None if each server that was asked was killed."""
    for _ in range(times):
        with (
            contextlib.suppress(httpx.TransportError),
            httpx.Client(base_url=address, timeout=60, trust_env=False) as client,
        ):
            return post(client, path, ("报告.txt", text), to=to, headers=headers)
        time.sleep(0.1)
    return None


def ended(client, place, until):
    while time.monotonic() < until:
        with contextlib.suppress(httpx.TransportError):
            answer = client.get(place)
            assert answer.status_code == 200, answer.text
            if answer.json()["state"] in {"succeeded", "failed", "cancelled"}:
                return answer.json()
        time.sleep(0.1)
    raise AssertionError(client.get(place).json())


def test_nothing_is_lost_when_workers_and_servers_are_killed(tmp_path, temporary):
    chance = random.Random(SEED)  # noqa: S311 - moments, not secrets
    jobs, strange, stop = [], [], threading.Event()
    options = ["--processes", "2", "--workers", "2", "--rate", "0"]
    with process(tmp_path, *options, temporary=temporary) as (server, address), up(address) as client:
        clients = [threading.Thread(target=asking, args=(address, stop, jobs, strange, n)) for n in range(4)]
        for thread in clients:
            thread.start()
        with Watch(address) as watch:
            until, killed = time.monotonic() + SECONDS, {"worker": 0, "server": 0}
            while time.monotonic() < until:
                time.sleep(0.2 + chance.random() / 2)
                serving = [one for one in children(server.pid) if workers(one)]
                if len(serving) == 2 and chance.random() < 0.25:
                    kill(chance.choice(serving))
                    killed["server"] += 1
                elif mine := [worker for one in serving for worker in workers(one)]:
                    kill(chance.choice(mine))
                    killed["worker"] += 1
            stop.set()
            for thread in clients:
                thread.join()
            said = [ended(client, place, time.monotonic() + 120) for place in jobs]
        assert strange == []
        assert min(killed.values()) > 0
        assert watch.worst < 1, watch.worst
        assert len(said) > 10
        for one in said:
            assert one["attempts"] <= 2
            if one["state"] == "succeeded":
                answer = client.get(one["links"]["result"])
                assert answer.status_code == 200
                assert len(answer.content) == int(answer.headers["content-length"])
                if answer.headers["content-type"] == "application/zip":
                    assert zipfile.ZipFile(io.BytesIO(answer.content)).testzip() is None
            else:
                assert one["problem"]["type"] in {"/problems/stopped", "/problems/interrupted"}, one
        made = {one["id"] for one in said if one["state"] == "succeeded"}
        server.send_signal(signal.SIGTERM)
        assert server.wait(60) == 0
    assert files_in(temporary) == files_in(tmp_path / "work") == files_in(tmp_path / "servers") == []
    left = files_in(tmp_path / "jobs")
    assert {path.split("/")[0] for path in left} == made
    assert [path for path in left if "/" in path and path.split("/")[1] != "made"] == []
