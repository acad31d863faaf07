"""Worker processes that can be killed: one job at a time each, with limits on time, memory and size of result.

A worker that runs over its time, dies, or has done its share of jobs is replaced; the others never notice. It has no
network, runs no programs, and its temporary files lie in a folder of its own that goes with it.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import multiprocessing
import os
import pickle
import shutil
import signal
import tempfile
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from multiprocessing.connection import wait
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from converter.engine.progress import listening
from converter.engine.run import internal_error
from converter.engine.sandbox import confine, limit_file_size, limit_memory, limit_processor_time, taken
from converter.engine.sockets import socket_folder
from converter.errors import ConverterError, EngineError
from converter.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    Progress = Callable[[int, int], object]

J = TypeVar("J")
R = TypeVar("R")

_log = logging.getLogger(__name__)

# A fork server, where there is one: workers share what it has loaded, and start in milliseconds.
_METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
_LATELY = 16
"""Jobs over which the usual time of one is averaged."""
_GRACE = 5
"""Seconds after the time limit when a worker whose parent is gone ends itself."""


class WorkerPool(Generic[J, R]):
    """Worker processes that do `task`, which must be a function of a module.

    `task` takes a job and gives a result; both, and `task`, must be picklable. Close the pool, or use it in a `with`.
    """

    def __init__(
        self,
        task: Callable[[J], R],
        *,
        workers: int | None = None,
        time_limit: float = 60,
        memory_limit: int = 2**30,
        result_limit: int = 2**28,
        cpu_limit: float | None = None,
        confined: bool = False,
        folder: Path | None = None,
        jobs_per_worker: int = 200,
        replaced: Callable[[str], object] = str,
    ) -> None:
        """Starts the workers.

        `workers` is their number, by default one for each processor; `time_limit` in seconds, `memory_limit` in bytes
        beyond what the program itself takes, `result_limit` in bytes and `cpu_limit` in seconds of a processor are for
        each job. Workers that are `confined` have no network and run no programs (`converter.engine.sandbox`). Their
        temporary files lie in `folder`, by default in the system's. `replaced` is told why whenever a worker is
        replaced: "time", "died", "failed", "cancelled", or "retired" after `jobs_per_worker` jobs or when a job left
        much memory taken.
        """
        self.workers = workers or os.cpu_count() or 1
        self._limits = _Limits(time_limit, memory_limit, result_limit, cpu_limit or time_limit, confined)
        self._folder = folder
        self._task, self._jobs_per_worker, self._replaced = task, jobs_per_worker, replaced
        self._context: Any = multiprocessing.get_context(_METHOD)
        if _METHOD == "forkserver":
            socket_folder()
            self._context.set_forkserver_preload(["converter.engine.preload"])
        self._lock = threading.Lock()
        self._closed = False
        self._pending = 0
        """Jobs that wait or run."""
        self._usual = 0.0
        """Seconds that a job has a worker, lately."""
        self._running: dict[Future[R], _Worker] = {}
        self._idle = [self._started() for _ in range(self.workers)]
        self._threads = ThreadPoolExecutor(self.workers, thread_name_prefix="converter-worker")

    def __enter__(self) -> WorkerPool[J, R]:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def run(self, job: J) -> R:
        """The result of the job; waits for it. Raises what the task raises, and EngineError as `submit` says."""
        return self.submit(job).result()

    @property
    def idle(self) -> int:
        """Workers that have nothing to do and nothing to expect."""
        with self._lock:
            return self.workers - self._pending

    def wait(self, jobs: int = 0) -> float:
        """Seconds until a worker is likely to be free for one more, if so many wait or run, or as many as do now."""
        with self._lock:
            return max(0, max(jobs, self._pending) - self.workers + 1) / self.workers * self._usual

    def require_worker(self) -> None:
        """Raises EngineError if no worker waits or works and none can be started."""
        with self._lock:
            if self._running or any(worker.process.is_alive() for worker in self._idle):
                return
        try:
            self._idle.append(self._started())
        except Exception as error:
            raise EngineError(
                f"No worker process can be started ({type(error).__name__}).",
                f"无法启动工作进程（{type(error).__name__}）。",
            ) from error

    def submit(self, job: J, progress: Progress | None = None, *, times: float = 1) -> Future[R]:
        """The result of the job, later; `progress` is told in a thread how many steps of how many are done.

        The job may take so many `times` the usual time.

        A ConverterError that the task raises is the future's exception; EngineError if the job takes too long, needs
        too much memory, gives too large a result, kills its worker, or if the task has a fault. For asyncio, wrap it
        with `asyncio.wrap_future`.
        """
        future: Future[R] = Future()
        with self._lock:
            self._pending += 1
        self._threads.submit(self._serve, future, job, progress, times)
        return future

    def cancel(self, future: Future[R]) -> None:
        """Gives up a job: one that waits never starts, one that runs loses its worker."""
        with self._lock:
            if not future.cancel() and not future.done() and (worker := self._running.get(future)):
                worker.kill("cancelled")

    def close(self) -> None:
        """Ends the workers. Jobs that wait are cancelled, those that run are killed."""
        with self._lock:
            self._closed = True
            for worker in self._running.values():
                worker.kill("cancelled")
        self._threads.shutdown()
        for worker in self._idle:
            worker.kill("retired")
        self._idle.clear()

    def _started(self) -> _Worker:
        return _Worker(self._context, self._task, self._limits, self._folder)

    def _serve(self, future: Future[R], job: J, progress: Progress | None, times: float) -> None:
        """In a thread of the pool: one job from beginning to end. There are as many threads as workers."""
        worker, started = None, 0.0
        try:
            worker = self._free()
            with self._lock:
                if self._closed:
                    future.cancel()
                if not future.set_running_or_notify_cancel():
                    return
                self._running[future] = worker
            started = time.monotonic()
            future.set_result(worker.run(job, progress, times))
        except Exception as error:  # noqa: BLE001 - it is raised where the result is asked for
            future.set_exception(error)
        finally:
            with self._lock:
                self._running.pop(future, None)
                self._pending -= 1
                if started:
                    taken = time.monotonic() - started
                    self._usual += (taken - self._usual) / (_LATELY if self._usual else 1)
            if worker is not None:
                self._back(worker)

    def _free(self) -> _Worker:
        """A worker that lives: one that waits, or a new one."""
        while self._idle:
            worker = self._idle.pop()
            if worker.process.is_alive():
                return worker
            self._replaced("died")
        return self._started()

    def _back(self, worker: _Worker) -> None:
        if worker.jobs >= self._jobs_per_worker and not worker.killed:
            worker.kill("retired")
        if worker.killed:
            self._replaced(worker.killed)
        else:
            self._idle.append(worker)


class _Limits(NamedTuple):
    """What one job may take."""

    time: float
    memory: int
    result: int
    cpu: float
    confined: bool


class _Worker:
    """The parent's end of one worker process."""

    def __init__(self, context: Any, task: Callable[[Any], Any], limits: _Limits, folder: Path | None) -> None:
        self.connection, child = context.Pipe()
        self.folder = tempfile.mkdtemp(prefix="converter-worker-", dir=folder)
        self.process = context.Process(
            target=_work, args=(child, task, limits, self.folder), name="converter-worker", daemon=True
        )
        self.process.start()
        child.close()
        self.limits = limits
        self.jobs = 0
        self.killed = ""
        """Why it was killed; empty while it may live."""

    def kill(self, reason: str) -> None:
        """Ends the process at once and for good."""
        self.killed = self.killed or reason
        self.process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, job: Any, progress: Progress | None = None, times: float = 1) -> Any:
        """The task's result for the job, or its exception. If the worker is of no more use, it is killed."""
        self.jobs += 1
        try:
            self.connection.send((job, times, progress is not None))
            succeeded, swollen, value = self._answer(progress, self.limits.time * times)
        except (EOFError, OSError):
            self.kill("died")
            self.process.join()
            raise self._death() from None
        if not succeeded and isinstance(value, EngineError):
            self.kill("failed")
        elif swollen:
            self.kill("retired")
        if succeeded:
            return value
        raise value

    def _answer(self, progress: Progress | None, most: float) -> tuple[bool, bool, Any]:
        """What the worker says in the end; what it says before is how far it is."""
        until = time.monotonic() + most
        while wait([self.connection, self.process.sentinel], max(0, until - time.monotonic())):
            first, second, third = pickle.loads(self.connection.recv_bytes())  # noqa: S301 - from our own process
            if first is not None:
                return first, second, third
            if progress:
                progress(second, third)
        self.kill("time")
        raise EngineError(
            f"The work took longer than {most:g} seconds and was stopped. Try shorter texts.",
            f"处理时间超过 {most:g} 秒，已停止。请缩短文本。",
        )

    def _death(self) -> EngineError:
        code = self.process.exitcode or 0
        if self.killed == "cancelled":
            return EngineError("The work was cancelled.", "处理已取消。")
        if -code == getattr(signal, "SIGXCPU", None):
            return EngineError(
                f"The work took {self.limits.cpu:g} seconds of a processor and was stopped. Try shorter texts.",
                f"处理所用的处理器时间超过 {self.limits.cpu:g} 秒，已停止。请缩短文本。",
            )
        how = signal.Signals(-code).name if code < 0 else f"exit status {code}"
        return EngineError(
            f"The process that did the work ended unexpectedly ({how}); the text may need more memory than there is.",
            f"处理进程意外终止（{how}），可能是文本所需内存超出限制。",
        )


def _work(connection: Connection, task: Callable[[Any], Any], limits: _Limits, folder: str) -> None:
    """The worker process: jobs in, results out, until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s")
    tempfile.tempdir = folder
    if limits.confined:
        confine()
        limit_file_size(limits.result)
    before = limit_memory(limits.memory)
    with contextlib.suppress(EOFError, OSError):
        while True:
            job, times, told = connection.recv()
            if hasattr(signal, "alarm"):
                signal.alarm(int(limits.time * times) + _GRACE)
            limit_processor_time(limits.cpu * times)
            with listening(partial(_tell, connection)) if told else contextlib.nullcontext():
                succeeded, value = _answer(task, job, limits.memory)
            # What a job leaves behind is missing from the allowance of the next.
            swollen = taken() > before + limits.memory // 8
            answer = pickle.dumps((succeeded, swollen, value))
            if len(answer) > limits.result:
                error = EngineError(
                    f"The result is larger than {limits.result >> 20} MB. Try fewer or shorter texts.",
                    f"结果超过 {limits.result >> 20} MB。请减少文件或缩短文本。",
                )
                answer = pickle.dumps((False, swollen, error))
            for left in Path(folder).iterdir():
                shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)
            connection.send_bytes(answer)
            if hasattr(signal, "alarm"):
                signal.alarm(0)


def _tell(connection: Connection, done: int, of: int) -> None:
    """How far the job is."""
    connection.send_bytes(pickle.dumps((None, done, of)))


def _answer(task: Callable[[Any], Any], job: Any, memory_limit: int) -> tuple[bool, Any]:
    """Whether the task succeeded, and its result or its error."""
    try:
        return True, task(job)
    except ConverterError as error:
        return False, error
    except MemoryError:
        return False, EngineError(
            f"The work needs more than {memory_limit >> 20} MB of memory and was stopped. Try fewer or shorter texts.",
            f"处理所需内存超过 {memory_limit >> 20} MB，已停止。请减少文件或缩短文本。",
        )
    except Exception as error:  # noqa: BLE001 - logged here, and told to the parent
        if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
            full = "There is no room on disk for this work. Try again later.", "磁盘空间不足，无法处理，请稍后重试。"
            return False, EngineError(*full)
        _log.exception("a job failed")
        return False, internal_error(error)
