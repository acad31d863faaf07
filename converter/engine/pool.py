"""A pool of worker processes that can be killed: who works on what, and who waits.

A worker that runs over its time, dies, or has done its share of jobs is replaced; the others never notice.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from converter.engine.sockets import socket_folder
from converter.engine.worker import Limits, Worker
from converter.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from converter.engine.worker import Progress

J = TypeVar("J")
R = TypeVar("R")

# A fork server, where there is one: workers share what it has loaded, and start in milliseconds.
_METHOD = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
_LATELY = 16
"""Jobs over which the usual time of one is averaged."""


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
        self._limits = Limits(time_limit, memory_limit, result_limit, cpu_limit or time_limit, confined)
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
        self._running: dict[Future[R], Worker] = {}
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

    def _started(self) -> Worker:
        return Worker(self._context, self._task, self._limits, self._folder)

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

    def _free(self) -> Worker:
        """A worker that lives: one that waits, or a new one."""
        while self._idle:
            worker = self._idle.pop()
            if worker.process.is_alive():
                return worker
            self._replaced("died")
        return self._started()

    def _back(self, worker: Worker) -> None:
        if worker.jobs >= self._jobs_per_worker and not worker.killed:
            worker.kill("retired")
        if worker.killed:
            self._replaced(worker.killed)
        else:
            self._idle.append(worker)
