"""The HTTP service from Python: typed, and nothing of the converter itself is loaded. Needs `httpx` (extra `client`).

with Client("http://127.0.0.1:8000") as client:
    pdf = client.convert({"报告.txt": data}, to="pdf")
    job = client.begin({"报告.txt": data}, to="docx,pdf")
    while not job.ended:
        job = client.wait(job)
    archive = client.result(job)
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import httpx

from converter.errors import Message

if TYPE_CHECKING:
    from collections.abc import Mapping

_EVERY = 0.3
"""Seconds between two looks at a job."""


class ProblemError(Exception):
    """The service said no; `kind` is the last part of the problem's type, `problem` all that it said."""

    def __init__(self, problem: Mapping[str, Any]) -> None:
        super().__init__(str(problem.get("detail", "")))
        self.message = Message(str(problem.get("detail", "")), str(problem.get("detail_zh", "")))
        self.source: str | None = problem.get("source")
        self.problem = dict(problem)
        self.kind = str(problem.get("type", "")).rpartition("/")[2]
        self.status = int(problem.get("status", 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoteJob:
    """Where a job of the service stands."""

    id: str
    state: str
    position: int
    done: int
    total: int
    failures: int
    problem: Mapping[str, Any] | None

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in {"succeeded", "failed", "cancelled"}


class Client:
    """A service at an address. Methods raise ProblemError for a problem, httpx.HTTPError if it is out of reach."""

    def __init__(self, address: str, *, key: str | None = None, timeout: float = 120) -> None:
        """`key` is an API key, if the service wants one; `timeout` is in seconds."""
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._http = httpx.Client(base_url=address, headers=headers, timeout=timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def convert(self, files: Mapping[str, bytes], *, to: str, **fields: str) -> bytes:
        """The file; a zip for several files or formats (`to="docx,pdf"`)."""
        return self._post("/v1/convert", files, {"to": to, **fields}).content

    def booklet(self, files: Mapping[str, bytes], *, to: str, **fields: str) -> bytes:
        """All files, in their order, as one volume."""
        return self._post("/v1/booklet", files, {"to": to, **fields}).content

    def reports(self, route: str, files: Mapping[str, bytes], **fields: str) -> list[dict[str, Any]]:
        """What `inspect`, `lint`, `check`, `verify` or `preview` says, one report a file."""
        said: list[dict[str, Any]] = self._post(f"/v1/{route}", files, fields).json()["reports"]
        return said

    def begin(self, files: Mapping[str, bytes], *, idempotency_key: str | None = None, **fields: str) -> RemoteJob:
        """A new job, or the one that this key began."""
        headers = {"Idempotency-Key": idempotency_key} if idempotency_key else {}
        return _job(self._post("/v1/jobs", files, fields, headers).json())

    def wait(self, job: RemoteJob) -> RemoteJob:
        """The job as it stands a moment later."""
        time.sleep(_EVERY)
        return _job(self._answer(self._http.get(f"/v1/jobs/{job.id}")).json())

    def result(self, job: RemoteJob) -> bytes:
        """What came of a job: the file, or a zip of several."""
        return self._answer(self._http.get(f"/v1/jobs/{job.id}/result")).content

    def end(self, job: RemoteJob) -> None:
        """Cancels a job, or removes its result."""
        self._answer(self._http.delete(f"/v1/jobs/{job.id}"))

    def _post(
        self, path: str, files: Mapping[str, bytes], fields: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        parts = [("files", (name, data)) for name, data in files.items()]
        return self._answer(self._http.post(path, files=parts, data=dict(fields), headers=headers))

    @staticmethod
    def _answer(response: httpx.Response) -> httpx.Response:
        if response.headers.get("content-type", "") == "application/problem+json":
            raise ProblemError(response.json())
        return response.raise_for_status()


def _job(said: Mapping[str, Any]) -> RemoteJob:
    return RemoteJob(
        id=said["id"],
        state=said["state"],
        position=said["position"],
        done=said["progress"]["done"],
        total=said["progress"]["total"],
        failures=said["failures"],
        problem=said.get("problem"),
    )
