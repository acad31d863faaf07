"""The desk: takes jobs in, has them done by the workers of this process in their turn, and clears away what is old.

Several server processes may share a folder; each has a desk, and the store says which job is whose.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import shutil
import sqlite3
import time
from pathlib import Path
from typing import TYPE_CHECKING

from converter.engine.reading import internal_error
from converter.errors import ConverterError, Message
from converter.web import folders
from converter.web.answers import report_json
from converter.web.folders import Work
from converter.web.problems import Refusal, error_problem, problem
from converter.web.scratch import Scratch, temporary_data
from converter.web.servers import Membership
from converter.web.store import State, Store

if TYPE_CHECKING:
    from concurrent.futures import Future

    from converter.engine.job import Job, Outcome
    from converter.engine.pool import WorkerPool
    from converter.web.metrics import Metrics
    from converter.web.settings import Settings
    from converter.web.store import Entry

_log = logging.getLogger(__name__)

_LOOK = 0.25
"""Seconds between two looks at the store: other servers put jobs into it too."""
_CLEAN = 2.0
"""Seconds between two rounds of clearing away."""
_TOLD = 0.2
"""Seconds between two notes about the progress of a job."""


class Desk:
    """The jobs of this server process."""

    def __init__(self, settings: Settings, metrics: Metrics) -> None:
        """Opens the store in `settings.data`, or in a temporary folder that `close` removes."""
        self._settings, self._metrics, self.stop_time = settings, metrics, settings.stop_time
        self._temporary = None if settings.data else temporary_data()
        root = Path(settings.data or self._temporary or "")
        self._folders = root / "jobs"
        self._folders.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.member = Membership(root / "servers")
        self.scratch = Scratch(root, self.member)
        self.store = Store(root / "jobs.sqlite")
        self.pool: WorkerPool[Job | Work, Outcome] | None = None
        self.draining = False
        """Whether no more jobs are begun."""
        self.closing = False
        """Whether those that run are being killed: they stay in the store for whoever comes next."""
        self._futures: dict[str, Future[Outcome]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._wake = asyncio.Event()
        self._cleaned = 0.0

    def close(self) -> None:
        """Leaves: jobs that still run are other servers' to run again, or this one's when it comes back."""
        self.store.close()
        self.scratch.close()
        self.member.leave()
        if self._temporary:
            shutil.rmtree(self._temporary, ignore_errors=True)

    def folder(self, job: str) -> Path:
        """Where a job lies."""
        return self._folders / job

    def require_room(self, size: int) -> None:
        """Raises Refusal if there is no room for a job of so many bytes."""
        free = shutil.disk_usage(self._folders).free
        if self.store.size() + size > self._settings.disk_mb << 20 or free < size + (16 << 20):
            raise no_room()

    def wake(self) -> None:
        """There is a new job."""
        self._wake.set()

    async def run(self) -> None:
        """Has jobs done until it is cancelled. A fault of the disk or the store is logged and does not stop it."""
        while True:
            self._wake.clear()
            try:
                await self._round()
            except Exception:  # noqa: BLE001 - the disk is full, the store is locked: later it may not be
                _log.exception("jobs")
                await asyncio.sleep(_LOOK)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(_LOOK):
                    await self._wake.wait()

    async def drain(self, seconds: float) -> None:
        """Begins no more jobs, and waits so long for those that run."""
        self.draining = True
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=seconds)

    async def _round(self) -> None:
        assert self.pool is not None  # noqa: S101 - for the type checker
        while not self.draining and (self.pool.idle > 0 or not self._tasks):
            entry = await asyncio.to_thread(self.store.claim, self.member.id)
            if entry is None:
                break
            task = asyncio.create_task(self._work(entry))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        if self._futures:
            mine = await asyncio.to_thread(self.store.running, self.member.id)
            for job, future in list(self._futures.items()):
                if job not in mine and not future.done():
                    self.pool.cancel(future)
        if time.monotonic() > self._cleaned + _CLEAN:
            self._cleaned = time.monotonic()
            await asyncio.to_thread(self._clean)

    async def _work(self, entry: Entry) -> None:
        """One job from its start to its end in the store."""
        assert self.pool is not None  # noqa: S101 - for the type checker
        work, told = Work(str(self.folder(entry.id)), entry.attempts), 0.0
        started = time.perf_counter()

        def progress(done: int, total: int) -> None:
            nonlocal told
            if time.monotonic() > told + _TOLD:
                told = time.monotonic()
                with contextlib.suppress(Exception):  # it is only how far we are
                    self.store.progress(entry.id, self.member.id, done, total)

        future = self._futures[entry.id] = self.pool.submit(work, progress, times=self._settings.job_times)
        why, failures, size, came = None, 0, 0, "done"
        try:
            outcome = await asyncio.wrap_future(future)
            if outcome.errors and not outcome.outputs and all(r.inspection is None for r in outcome.reports):
                why = error_problem(outcome.errors[0])
                why |= {"errors": [error_problem(e) for e in outcome.errors]} if len(outcome.errors) > 1 else {}
            else:
                failures = len(outcome.errors)
                size = await asyncio.to_thread(_finish, work, outcome)
            came = "failed" if why else "partly" if failures else "done"
        except asyncio.CancelledError:
            if not self.closing:
                await asyncio.to_thread(shutil.rmtree, self.folder(entry.id), ignore_errors=True)
            return
        except ConverterError as error:
            if self.closing:
                return
            why = error_problem(error)
            came = why["type"].removeprefix("/problems/")
        except Exception as error:  # noqa: BLE001 - whatever it is, the job has ended
            if not is_full(error):
                _log.exception("the end of a job")
            why = no_room_problem() if is_full(error) else error_problem(internal_error(error))
            came = str(why["type"]).removeprefix("/problems/")
        finally:
            self._futures.pop(entry.id, None)
        await self._record(entry, failures=failures, size=size, why=why)
        self._metrics.jobs.labels(entry.kind, came).inc()
        self._metrics.job_seconds.labels(entry.kind).observe(time.perf_counter() - started)

    async def _record(self, entry: Entry, *, failures: int, size: int, why: dict[str, object] | None) -> None:
        """Writes down how a job ended, however long the store cannot be written to."""
        while True:
            try:
                kept = await asyncio.to_thread(
                    self.store.finish, entry.id, self.member.id, failures=failures, size=size, why=why
                )
            except Exception:  # noqa: BLE001 - whatever it is, it may pass
                _log.exception("the end of a job cannot be recorded yet")
                await asyncio.to_thread(self._make_room)
                await asyncio.sleep(1)
            else:
                if not kept or why:  # cancelled meanwhile, or nothing to keep
                    await asyncio.to_thread(shutil.rmtree, self.folder(entry.id), ignore_errors=True)
                return

    def _clean(self) -> None:
        """Takes over from dead servers, forgets what is old, removes folders that belong to nothing."""
        self.scratch.clean()
        taken, over = self.store.recover(self.member.is_living)
        if taken:
            self._metrics.replaced.labels("server").inc(taken)
        for entry in over:
            shutil.rmtree(self.folder(entry.id), ignore_errors=True)
        for entry in self.store.expired(time.time() - self._settings.result_age):
            self.remove(entry.id)
        long_ago = time.time() - max(60, 2 * self._settings.upload_time)
        for entry in self.store.torn(long_ago):  # the disk was so full that they could not even be taken back
            self.remove(entry.id)
        for path in self._folders.iterdir():
            if path.stat().st_mtime < long_ago and _is_over(self.store.find(path.name)):
                shutil.rmtree(path, ignore_errors=True)
        self._metrics.queued.set(self.store.waiting())

    def _make_room(self) -> None:
        for entry in self.store.expired(time.time())[:1]:
            if entry.state is not State.RUNNING:
                shutil.rmtree(self.folder(entry.id), ignore_errors=True)

    def remove(self, job: str) -> None:
        """Takes a job and its files away."""
        shutil.rmtree(self.folder(job), ignore_errors=True)
        self.store.forget(job)


def _finish(work: Work, outcome: Outcome) -> int:
    return folders.finish(work, [report_json(report, contents=False) for report in outcome.reports])


def _is_over(entry: Entry | None) -> bool:
    """Whether nobody needs the files of a job any more."""
    return entry is None or entry.state is State.CANCELLED or (entry.state.final and entry.problem is not None)


def is_full(error: BaseException) -> bool:
    """Whether something failed because the disk is full."""
    if isinstance(error, sqlite3.Error):
        return (getattr(error, "sqlite_errorcode", 0) & 0xFF) in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}
    return isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}


def no_room() -> Refusal:
    """The answer where there is no room for a job."""
    return Refusal("no-room", *_NO_ROOM, Retry_After="60")


def no_room_problem() -> dict[str, object]:
    """Why a job failed for which there was no room."""
    return problem("no-room", _NO_ROOM)


_NO_ROOM = Message(
    "There is no room for this job now. Try again later, or delete results that you no longer need.",
    "存储空间不足，请稍后重试，或删除不再需要的结果。",
)
