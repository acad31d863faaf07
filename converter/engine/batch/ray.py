"""Shards on a Ray cluster: the engine moves them away from nodes that are lost, their markers make it exact."""

from __future__ import annotations

import functools
import logging
import os
import socket
from itertools import islice
from typing import TYPE_CHECKING, Any

from converter.engine.batch.plan import Plan
from converter.engine.batch.shard import Batch, job_pool, work
from converter.errors import ConverterError, EngineError, ResourceError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from converter.engine.batch.made import Made
    from converter.engine.job import Job
    from converter.engine.pool import WorkerPool

_PATIENCE = 10
"""Seconds to wait for the cluster's answer."""
_RETRIES = 20
"""How often a shard is begun again after the loss of its node."""


def run_on_ray(
    batch: Batch, numbers: Iterable[int], done: Callable[[dict[str, Any]], object], address: str | None = None
) -> Iterator[int]:
    """Does shards on the cluster at `address` (by default the one that `RAY_ADDRESS` names, else a new local one).

    Gives the number of each shard when its marker is written; `done` is told what became of each input. Source and
    target must be visible from every node. Raises ResourceError if Ray is not installed, EngineError if a shard is lost
    too often, UsageError if the places are folders of this process alone.
    """
    ray = _connected(batch, address)
    task = ray.remote(num_cpus=batch.workers, max_retries=_RETRIES)(_shard)
    shared, waiting = ray.put(batch), iter(numbers)
    running: dict[Any, int] = {}
    while True:
        # Twice as many as can run: no node waits for us. The cluster may grow or shrink meanwhile.
        room = max(2, int(2 * ray.cluster_resources().get("CPU", 1) / batch.workers)) - len(running)
        running |= {task.remote(shared, number): number for number in islice(waiting, max(0, room))}
        if not running:
            return
        for reference in ray.wait(list(running), timeout=10)[0]:
            number = running.pop(reference)
            for row in _rows(ray, reference, number):
                done(row)
            yield number


def _connected(batch: Batch, address: str | None) -> Any:
    """The module `ray`, connected to the cluster."""
    try:
        import ray
    except ImportError:
        raise ResourceError(
            "The engine “ray” is not installed: pip install 'converter-zh[ray]'.",
            "未安装 ray 引擎：请执行 pip install 'converter-zh[ray]'。",
        ) from None
    for place in (batch.source, batch.target):
        if place.is_only_here:
            raise UsageError(
                f"Other machines cannot see {place.address}: choose a shared folder or an object store.",
                f"其他机器无法访问 {place.address}：请改用共享文件夹或对象存储。",
            )
    address = address or os.environ.get("RAY_ADDRESS")
    try:
        host, colon, port = (address or "").rpartition(":")
        if colon and host and "/" not in host:
            # Ray itself tries for many minutes.
            socket.create_connection((host.strip("[]"), int(port)), timeout=_PATIENCE).close()
        ray.init(address=address, ignore_reinit_error=True, log_to_driver=False, logging_level=logging.ERROR)
    except (OSError, ValueError) as error:
        raise ResourceError(
            f"There is no Ray cluster at {address}: {error}.", f"无法连接 Ray 集群 {address}：{error}。"
        ) from None
    return ray


def _rows(ray: Any, reference: Any, number: int) -> list[dict[str, Any]]:
    """What a shard's task gave."""
    try:
        rows: list[dict[str, Any]] = ray.get(reference)
    except ray.exceptions.RayTaskError as error:
        if isinstance(error.cause, ConverterError):
            raise error.cause from None
        raise EngineError(
            f"Shard {number} failed: {error.cause!r}.", f"分片 {number} 失败：{error.cause!r}。"
        ) from None
    except ray.exceptions.RayError as error:
        what = type(error).__name__
        raise EngineError(
            f"Shard {number} was lost {_RETRIES} times ({what}); start the batch again to go on.",
            f"分片 {number} 已丢失 {_RETRIES} 次（{what}）；重新运行即可继续。",
        ) from None
    return rows


def _shard(batch: Batch, number: int) -> list[dict[str, Any]]:
    """On a node: does a shard, unless somebody has done it; what became of its inputs, as the marker has it."""
    pool = _pool(batch.workers, batch.time_limit, batch.memory_limit)
    for _ in work(batch, [number], pool):
        pass
    return Plan(batch.target).rows(number)


@functools.cache
def _pool(workers: int, time_limit: float, memory_limit: int) -> WorkerPool[Job, Made]:
    """The worker processes of this process, kept warm from shard to shard."""
    return job_pool(workers, time_limit, memory_limit)
