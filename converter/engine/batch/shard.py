"""One shard, from its inputs to its marker."""

from __future__ import annotations

import hashlib
import posixpath
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from converter.engine.batch.made import Made, make
from converter.engine.batch.plan import FOLDER, Plan
from converter.engine.job import Input, Job
from converter.engine.pool import WorkerPool
from converter.errors import ConverterError, ResourceError, WriteError
from converter.records import dataclass

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from converter.engine.batch.places import Place
    from converter.engine.batch.plan import Entry

QUARANTINE = "quarantine"
"""Beside the plan: copies of the inputs that could not be converted, each with its reason."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What every shard of a run needs to know. Can be pickled."""

    source: Place
    target: Place
    job: Job
    """What is done with each input; its own inputs are none."""
    workers: int = 1
    """Processes that convert at the same time."""
    time_limit: float = 300
    """Seconds for an input; a worker that takes longer is killed."""
    memory_limit: int = 2**31
    """Bytes for an input."""


def job_pool(workers: int, time_limit: float, memory_limit: int) -> WorkerPool[Job, Made]:
    """Processes that convert, each of which can be killed; limits as in `Batch`."""
    return WorkerPool(
        make,
        workers=workers,
        time_limit=time_limit,
        memory_limit=memory_limit,
        result_limit=2**30,
        jobs_per_worker=1000,
    )


def work(
    batch: Batch, numbers: Iterable[int], pool: WorkerPool[Job, Made], done: Callable[[dict[str, Any]], object] = str
) -> Iterator[int]:
    """Does shards that are not done; gives the number of each when its marker is written.

    `done` is told what became of each input. While the last inputs of one shard are worked on, the next one begins.
    Raises WriteError where the target takes nothing more, ResourceError where a store is away: neither is a fault of
    the texts.
    """
    plan = Plan(batch.target)
    recurring = plan.recurring()
    running: list[tuple[int, list[Future[dict[str, Any]]]]] = []

    def finished() -> int:
        number, futures = running.pop(0)
        rows = []
        for future in futures:
            rows.append(future.result())
            done(rows[-1])
        plan.finish(number, rows)
        return number

    # One more thread than workers: while these convert, it reads and writes.
    threads = ThreadPoolExecutor(pool.workers + 1, thread_name_prefix="batch")
    try:
        for number in numbers:
            if plan.is_done(number):
                continue
            futures = [
                threads.submit(_converted, batch, pool, entry, _chrome(recurring, entry))
                for entry in plan.entries(number)
            ]
            running.append((number, futures))
            if len(running) > 2:
                yield finished()
        while running:
            yield finished()
    finally:
        threads.shutdown(cancel_futures=True)


def _converted(batch: Batch, pool: WorkerPool[Job, Made], entry: Entry, chrome: str) -> dict[str, Any]:
    """What became of an input: a row of the manifest."""
    began = time.monotonic()
    row: dict[str, Any] = {"input": entry.path, "bytes": entry.size, "status": "done", "outputs": []}
    data = b""
    try:
        data = batch.source.read(entry.path)
        row |= {"bytes": len(data), "sha256": hashlib.sha256(data).hexdigest()}
        rules = batch.source.read(entry.rules).decode("utf-8-sig", "replace") if entry.rules else ""
        job = replace(batch.job, inputs=(Input(entry.path, data, rules, chrome),))
        made = pool.run(job)
        for output in made.outputs:
            path = entry.stem + PurePosixPath(output.name).suffix
            batch.target.write(path, output.data)
            digest = hashlib.sha256(output.data).hexdigest()
            row["outputs"].append({"path": path, "bytes": len(output.data), "sha256": digest})
        row |= {"title": made.title, "changes": made.changes, "diagnostics": made.found}
        errors: list[ConverterError] = list(made.errors)
    except (WriteError, ResourceError):
        raise
    except ConverterError as error:
        errors = [error]
    if errors:
        row |= {"status": "broken", "errors": [{"kind": type(e).__name__, **e.message._asdict()} for e in errors]}
        _quarantine(batch.target, entry, data, errors)
    row["seconds"] = round(time.monotonic() - began, 3)
    return row


def _chrome(recurring: dict[str, list[str]], entry: Entry) -> str:
    return "\n".join(recurring.get(posixpath.dirname(entry.path), ()))


def _quarantine(target: Place, entry: Entry, data: bytes, errors: list[ConverterError]) -> None:
    """A copy of a broken input, and why it is there."""
    path = f"{FOLDER}/{QUARANTINE}/{entry.stem}{PurePosixPath(entry.path).suffix}"
    reasons = "".join(f"{error.message.en}\n{error.message.zh}\n" for error in errors)
    target.write(path, data)
    target.write(f"{path}.reason.txt", reasons.encode())
