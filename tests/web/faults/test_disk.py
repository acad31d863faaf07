"""The disk is full: jobs are refused or fail with a reason, and all works again when there is room."""

import contextlib
import errno
import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from web.faults.watch import Watch, files_in, reasoned
from web.processes import process, up
from web.service import REPORT, ended, post

from converter.web.desk import is_full

LONG = "".join(f"第{n}章 题目\n正文，说明情况。\n" for n in range(1500)).encode()


@pytest.fixture
def small_disk():
    """A file system in memory with 24 MB, at a short path: temporary files lie there, sockets among them."""
    if not sys.platform.startswith("linux") or os.getuid() != 0:
        pytest.skip("mounting a small file system takes root on Linux")
    place = Path(tempfile.mkdtemp())
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", place], capture_output=True, check=False
    )
    if mounted.returncode:
        place.rmdir()
        pytest.skip(f"this system does not mount: {mounted.stderr.decode().strip()}")
    yield place
    subprocess.run(["umount", "-l", place], check=True)
    place.rmdir()


def fill(path):
    """Takes all the room there is."""
    with contextlib.suppress(OSError), path.open("wb", buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            with contextlib.suppress(OSError):
                while True:
                    file.write(b"x" * size)


def test_a_store_without_room_is_told_from_other_trouble(tmp_path):
    database = sqlite3.connect(tmp_path / "full.sqlite")
    with contextlib.closing(database):
        database.execute("CREATE TABLE words (word)")
        database.execute("PRAGMA max_page_count = 2")
        with pytest.raises(sqlite3.OperationalError) as full:
            database.execute("INSERT INTO words VALUES (?)", ("x" * 100_000,))
        with pytest.raises(sqlite3.OperationalError) as wrong:
            database.execute("INSERT INTO nothing VALUES (1)")
    assert is_full(full.value)
    assert not is_full(wrong.value)
    assert is_full(OSError(errno.ENOSPC, "no space"))


@pytest.mark.parametrize("when", ["before", "meanwhile"])
def test_a_full_disk_is_a_reason_and_not_an_end(small_disk, when):
    """Full before jobs come, or while they run; temporary files lie on the same disk."""
    (data := small_disk / "data").mkdir()
    (temporary := small_disk / "tmp").mkdir()
    answers, jobs = [], []
    with (
        process(data, "--rate", "0", "--max-jobs", "1000", temporary=temporary) as (server, address),
        up(address) as client,
    ):
        with Watch(address) as watch:
            if when == "before":
                fill(small_disk / "filler")
            for number in range(30):
                answer = post(client, "/v1/jobs", ("长.txt", LONG + b"%d" % number), to="docx,pdf")
                answers.append(answer)
                if answer.status_code == 202:
                    jobs.append(answer.json()["links"]["self"])
                answers.append(post(client, "/v1/convert", ("报告.txt", REPORT), to="docx"))
                if number == 4:
                    fill(small_disk / "filler")
            answers += [client.get(place) for place in jobs] + [client.delete(place) for place in jobs[:1]]
            (small_disk / "filler").unlink()
            said = [ended(client, place) for place in jobs[1:]]
        assert [answer.text for answer in answers if not reasoned(answer)] == []
        assert any(answer.status_code == 507 for answer in answers)
        assert watch.worst < 1
        for one in said:
            if one["state"] == "failed":
                assert one["problem"]["type"] in {"/problems/no-room", "/problems/stopped"}
                assert "room" in one["problem"]["detail"], one
            else:
                assert client.get(one["links"]["result"]).status_code == 200
            assert client.delete(one["links"]["self"]).status_code == 204
        answer = post(client, "/v1/jobs", ("报告.txt", REPORT), to="txt")
        assert answer.status_code == 202, answer.text
        assert ended(client, answer.headers["location"])["state"] == "succeeded"
        assert client.delete(answer.headers["location"]).status_code == 204
        server.send_signal(signal.SIGTERM)
        assert server.wait(60) == 0
    assert files_in(temporary) == files_in(data / "work") == files_in(data / "jobs") == []
