"""Shards in worker processes of this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from converter.engine.batch.shard import Batch, job_pool, work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


def run_here(batch: Batch, numbers: Iterable[int], done: Callable[[dict[str, Any]], object]) -> Iterator[int]:
    """Does shards in `batch.workers` processes; gives the number of each when its marker is written.

    `done` is told what became of each input. Raises WriteError where the target takes nothing more.
    """
    with job_pool(batch.workers, batch.time_limit, batch.memory_limit) as pool:
        yield from work(batch, numbers, pool, done)
