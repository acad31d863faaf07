from __future__ import annotations

import asyncio
import os
import signal
import sys
import time
from collections import Counter
from concurrent.futures import CancelledError
from pathlib import Path

import pytest
from unit.engine.tasks import (
    bug,
    call,
    echo,
    hog,
    ignore_termination,
    kill_yourself,
    leak,
    loop,
    pid,
    wrong_input,
    wrong_request,
)

from converter.engine.pool import WorkerPool
from converter.errors import EngineError, InputError, UsageError

MB = 2**20


@pytest.fixture(scope="module")
def replaced():
    return Counter()


@pytest.fixture(scope="module")
def pool(replaced):
    def count(reason):
        replaced[reason] += 1

    with WorkerPool(
        call, workers=2, time_limit=1.5, memory_limit=256 * MB, result_limit=4 * MB, jobs_per_worker=50, replaced=count
    ) as pool:
        yield pool


def pids(pool):
    """The processes of the workers, both of them kept busy for a moment."""
    return {f.result() for f in [pool.submit((pid, 0.2)) for _ in range(pool.workers)]}


def test_a_job_comes_back_from_another_process(pool):
    assert pool.run((echo, "改革创新")) == "改革创新"
    assert os.getpid() not in pids(pool)


def test_workers_are_kept(pool):
    assert pids(pool) == pids(pool)
    assert len(pids(pool)) == 2


def comes_to(number, replaced, reason):
    """Whether so many workers are replaced in the end: a job is told its end before its worker is."""
    until = time.monotonic() + 10
    while replaced[reason] != number and time.monotonic() < until:
        time.sleep(0.01)
    return replaced[reason] == number


@pytest.mark.parametrize(
    ("order", "reason", "words"),
    [
        ((loop,), "time", "longer than 1.5 seconds"),
        ((ignore_termination,), "time", "longer than 1.5 seconds"),
        ((hog, 512), "failed", "more than 256 MB of memory"),
        ((os._exit, 3), "died", "exit status 3"),
        ((sys.exit, 3), "died", "exit status 3"),
        ((kill_yourself, signal.SIGKILL), "died", "SIGKILL"),
        ((kill_yourself, signal.SIGSEGV), "died", "SIGSEGV"),
        ((bug, "secret"), "failed", "failed here (KeyError)"),
    ],
    ids=lambda value: " ".join(str(getattr(v, "__name__", v)) for v in value) if isinstance(value, tuple) else None,
)
def test_a_bad_job_costs_its_own_worker_only(pool, replaced, order, reason, words):
    before, count = pids(pool), replaced[reason]
    with pytest.raises(EngineError) as caught:
        pool.run(order)
    assert words in caught.value.message.en
    assert caught.value.message.zh
    assert "secret" not in str(caught.value)
    assert comes_to(count + 1, replaced, reason)
    after = pids(pool)
    assert len(after & before) == 1
    assert len(after) == 2


def test_the_killed_process_is_gone(pool):
    before = pids(pool)
    with pytest.raises(EngineError):
        pool.run((loop,))
    (gone,) = before - pids(pool)
    with pytest.raises(ProcessLookupError):
        os.kill(gone, 0)


def test_time_is_counted_from_the_start_of_the_work_not_of_the_waiting(pool):
    futures = [pool.submit((pid, 0.9)) for _ in range(6)]
    assert len({f.result() for f in futures}) == 2


def test_a_worker_that_dies_while_it_waits_costs_no_job(pool):
    before = pids(pool)
    for process in before:
        os.kill(process, signal.SIGKILL)
    time.sleep(0.3)
    assert not pids(pool) & before


def test_a_result_has_a_limit(pool):
    with pytest.raises(EngineError, match="larger than 4 MB"):
        pool.run((bytes, 5 * MB))
    assert len(pool.run((bytes, 3 * MB))) == 3 * MB


def test_errors_keep_their_class_source_and_languages(pool):
    before = pids(pool)
    with pytest.raises(InputError) as caught:
        pool.run((wrong_input, "空.txt"))
    assert (caught.value.source, *caught.value.message) == ("空.txt", "It is empty.", "文件为空。")
    with pytest.raises(UsageError, match="Did you mean “docx”"):
        pool.run((wrong_request, "dcox"))
    assert pids(pool) == before


def test_a_job_that_cannot_be_sent_is_an_error_and_the_pool_goes_on(pool):
    with pytest.raises(Exception, match="pickle"):
        pool.run((echo, lambda: None))
    assert pool.run((echo, 1)) == 1


def test_a_waiting_job_can_be_cancelled(pool):
    busy = [pool.submit((pid, 0.4)) for _ in range(2)]
    waiting = pool.submit((echo, 1))
    pool.cancel(waiting)
    with pytest.raises(CancelledError):
        waiting.result()
    assert len({f.result() for f in busy}) == 2


def test_a_running_job_can_be_cancelled(pool, replaced):
    count, started = replaced["cancelled"], time.monotonic()
    running = pool.submit((ignore_termination,))
    time.sleep(0.3)
    pool.cancel(running)
    with pytest.raises(EngineError, match="cancelled"):
        running.result()
    assert time.monotonic() - started < 20  # the job itself would take a minute
    assert comes_to(count + 1, replaced, "cancelled")


def test_cancelling_what_is_done_does_nothing(pool, replaced):
    count = replaced["cancelled"]
    for n in range(50):
        future = pool.submit((echo, n))
        assert future.result() == n
        pool.cancel(future)
    assert replaced["cancelled"] == count


def test_asyncio_can_wait_for_it(pool):
    async def both():
        futures = [asyncio.wrap_future(pool.submit((echo, n))) for n in range(2)]
        return await asyncio.gather(*futures)

    assert asyncio.run(both()) == [0, 1]


def test_a_worker_retires_after_its_share_of_jobs():
    with WorkerPool(call, workers=1, jobs_per_worker=3) as pool:
        assert [n for _, n in sorted(Counter(pool.run((pid, 0)) for _ in range(9)).items())] == [3, 3, 3]


def test_a_worker_that_a_job_left_swollen_retires(pool, replaced):
    before, count = pids(pool), replaced["retired"]
    pool.run((leak, 64))
    assert len(pids(pool) & before) == 1
    assert comes_to(count + 1, replaced, "retired")
    after = pids(pool)
    pool.run((hog, 64))  # takes as much and gives it back
    assert pids(pool) == after


def test_closing_ends_running_and_waiting_jobs_and_all_processes():
    pool = WorkerPool(call, workers=1, time_limit=30)
    process = pool.run((pid, 0))
    running, waiting = pool.submit((loop,)), pool.submit((echo, 1))
    time.sleep(0.3)
    pool.close()
    with pytest.raises(EngineError, match="cancelled"):
        running.result(timeout=5)
    with pytest.raises(CancelledError):
        waiting.result(timeout=5)
    time.sleep(0.2)
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


def test_a_worker_whose_parent_is_killed_ends_itself(tmp_path):
    import subprocess

    script = tmp_path / "parent.py"
    script.write_text(
        f"import sys; sys.path.insert(0, {str(Path(__file__).parents[2])!r})\n"
        "from unit.engine.tasks import call, pid\n"
        "from converter.engine.pool import WorkerPool\n"
        "if __name__ == '__main__':\n"
        "    pool = WorkerPool(call, workers=1)\n"
        "    print(pool.run((pid, 0)), flush=True)\n"
        "    import os, signal; os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    process = int(done.stdout)
    for _ in range(50):
        time.sleep(0.1)
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return
    pytest.fail("the worker is still there")
