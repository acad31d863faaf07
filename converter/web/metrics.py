"""What Prometheus sees: names with one base unit each and without labels of many values.

Several server processes keep theirs in files of one folder, which the variable SHARED of the environment names
(prometheus_client's multiprocess mode); each of them answers with the sum. It must be set before prometheus_client is
imported.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, multiprocess
from prometheus_client.exposition import choose_encoder

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from starlette.types import Scope

SHARED = "PROMETHEUS_MULTIPROC_DIR"
_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120)
_BYTES = (1e3, 1e4, 1e5, 1e6, 1e7, 1e8)


class Metrics:
    """The metrics of one application, in a registry of their own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ours: dict[str, Any] = {"namespace": "converter", "registry": self.registry}
        sums, latest = {"multiprocess_mode": "livesum", **ours}, {"multiprocess_mode": "livemostrecent", **ours}
        seconds, sizes = {"buckets": _SECONDS, **ours}, {"buckets": _BYTES, **ours}
        self._requests = Counter("requests", "HTTP requests answered.", ("method", "route", "status"), **ours)
        self._seconds = Histogram(
            "request_duration_seconds", "Time from a request to the end of its answer.", ("method", "route"), **seconds
        )
        self._uploads = Histogram("upload_size_bytes", "Bodies of requests.", **sizes)
        self._answers = Histogram("response_size_bytes", "Bodies of answers.", ("method", "route"), **sizes)
        self.jobs = Counter("jobs", "Jobs that workers did, by what came of them.", ("kind", "outcome"), **ours)
        self.job_seconds = Histogram(
            "job_duration_seconds", "Time from a job's arrival to its end, waiting included.", ("kind",), **seconds
        )
        self.working = Gauge("requests_in_work", "Requests that bring work, waiting or worked on.", **sums)
        self.queued = Gauge("jobs_waiting", "Jobs in the store that have not begun.", **latest)
        self.cached = Counter("jobs_cached", "Jobs answered with the result of the same one before.", **ours)
        self.formats = Counter("outputs", "Files made, by format.", ("format",), **ours)
        self.refused = Counter("refusals", "Requests refused at the door.", ("reason",), **ours)
        self.workers = Gauge("workers", "Worker processes.", **sums)
        self.replaced = Counter("workers_replaced", "Worker processes ended and replaced.", ("reason",), **ours)

    def request(self, scope: Scope, status: int, seconds: float, received: int, sent: int) -> None:
        """Counts one request."""
        route = getattr(scope.get("route"), "path", "other")
        method = scope["method"] if scope["method"] in {"GET", "HEAD", "POST", "DELETE"} else "other"
        self._requests.labels(method, route, str(status)).inc()
        self._seconds.labels(method, route).observe(seconds)
        self._answers.labels(method, route).observe(sent)
        if received:
            self._uploads.observe(received)

    def made(self, formats: Iterable[str], outputs: Sequence[object]) -> None:
        """Counts the formats of files that were made."""
        for name in formats if outputs else ():
            self.formats.labels(name).inc()

    def collected(self) -> CollectorRegistry:
        """These metrics; where several processes share theirs, the sums."""
        if SHARED not in os.environ:
            return self.registry
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return registry

    def text(self, accept: str) -> tuple[bytes, str]:
        """All of them as text, in OpenMetrics or the older format, and the media type."""
        encode, media_type = choose_encoder(accept)
        return encode(self.collected()), media_type


def forget_process(number: int) -> None:
    """Takes what a dead process had at hand out of the sums; what it had counted stays."""
    multiprocess.mark_process_dead(number)  # type: ignore[no-untyped-call]
