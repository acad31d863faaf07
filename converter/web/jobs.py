"""The routes for work that takes its time: ask, look how far it is, fetch what came of it, or give it up."""

from __future__ import annotations

import asyncio
import hashlib
import re
import shutil
from email.utils import formatdate
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, Response, StreamingResponse

from converter.engine.job import Input, Kind
from converter.engine.names import stem, unique
from converter.engine.request import requested
from converter.inspection import json_bytes
from converter.regex import compiled
from converter.web import folders, problems
from converter.web.answers import disposition, tag, wants_json
from converter.web.forms import JobForm, asked, file_name
from converter.web.languages import for_asking
from converter.web.problems import Json, Refusal
from converter.web.store import State, not_found

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from starlette.datastructures import UploadFile

    from converter.web.desk import Desk
    from converter.web.forms import Asked
    from converter.web.store import Entry

router = APIRouter(tags=["jobs"])

_KEY = compiled(r'"?([\x21\x23-\x7e]{1,200})"?')
_EVERY, _ALIVE = 0.25, 15.0
"""Seconds between two looks at a job that is followed, and between two signs of life."""


@router.post("/v1/jobs", status_code=202)
async def begin(request: Request) -> Json:
    """Take a job in: the answer says where to look for it.

    Nothing is lost when the service is stopped or killed: a job that was taken in ends in a result or a reason.
    """
    desk: Desk = request.app.state.desk
    settings = request.app.state.settings
    client, key = request.scope["converter.client"], _idempotency_key(request)
    declared = request.headers.get("content-length", "")
    await asyncio.to_thread(desk.require_room, int(declared) if declared.isdecimal() else settings.upload_mb << 20)
    entry, new = await asyncio.to_thread(desk.store.receive, client=client, key=key, kind="job", server=desk.member.id)
    if not new:
        return await _again(request, entry)
    try:
        async with asked(request, settings) as it:
            await asyncio.to_thread(_take_in, desk, entry, it, request)
    except BaseException:
        await asyncio.to_thread(desk.remove, entry.id)
        raise
    desk.wake()
    return await _accepted(request, entry.id)


def _take_in(desk: Desk, entry: Entry, it: Asked, request: Request) -> None:
    """Puts the files and the job into their folder and the job into the queue."""
    kind, folder = it.kind(), desk.folder(entry.id)
    folder.mkdir(mode=0o700)
    inputs = [Input(file_name(upload), b"") for upload in it.uploads]
    job = it.job(kind, inputs, request.app.state.settings, JobForm)
    requested(job)
    digests = [_saved(upload, folder / str(number)) for number, upload in enumerate(it.uploads)]
    folders.put(folder, job)
    fingerprint = it.fingerprint(job, digests)
    size = sum(path.stat().st_size for path in folder.iterdir())
    twin = desk.store.twin(fingerprint, entry.client)
    if twin:
        try:
            folders.copy(folder, desk.folder(twin.id))
        except OSError:  # it expired meanwhile
            shutil.rmtree(folder / "made", ignore_errors=True)
        else:
            desk.store.succeed_like(entry.id, twin, size=0)
            request.app.state.metrics.cached.inc()
            return
    outputs = len(job.to) * (1 if kind is Kind.BOOKLET else len(inputs))
    desk.store.queue(entry.id, kind=kind, fingerprint=fingerprint, size=size, total=len(inputs) + outputs)


def _saved(upload: UploadFile, path: Path) -> str:
    """Copies an upload to a file; gives its SHA-256."""
    digest = hashlib.sha256()
    with path.open("wb") as into:
        while piece := upload.file.read(1 << 20):
            into.write(piece)
            digest.update(piece)
    return digest.hexdigest()


def _idempotency_key(request: Request) -> str | None:
    given = request.headers.get("idempotency-key")
    if given is None:
        return None
    match = _KEY.fullmatch(given.strip())
    if match is None:
        raise Refusal(
            "bad-request",
            "An Idempotency-Key is at most 200 visible ASCII characters.",
            "Idempotency-Key 最多 200 个可见 ASCII 字符。",
        )
    return match[1]


async def _again(request: Request, entry: Entry) -> Json:
    """The answer to a key that is known: the same job, if the request is the same."""
    desk: Desk = request.app.state.desk
    if entry.state is State.RECEIVING:
        raise Refusal(
            "key-in-use",
            "The first request with this Idempotency-Key is still coming in.",
            "使用同一 Idempotency-Key 的首个请求仍在接收。",
            Retry_After="1",
        )
    async with asked(request, request.app.state.settings) as it:
        job = it.job(it.kind(), [Input(file_name(u), b"") for u in it.uploads], request.app.state.settings, JobForm)
        digests = [await asyncio.to_thread(_digest, upload) for upload in it.uploads]
        same = it.fingerprint(job, digests) == entry.fingerprint
    if not same:
        raise Refusal(
            "key-reused",
            "This Idempotency-Key was sent with another request. Use a new one.",
            "此 Idempotency-Key 已用于内容不同的请求，请换一个。",
        )
    desk.wake()
    return await _accepted(request, entry.id)


def _digest(upload: UploadFile) -> str:
    return hashlib.file_digest(upload.file, "sha256").hexdigest()  # type: ignore[arg-type]


async def _accepted(request: Request, job: str) -> Json:
    entry = await _entry(request, job)
    said = await asyncio.to_thread(_status, request, entry)
    return Json(said, 202, headers={"Location": said["links"]["self"], "Retry-After": "1"})


async def _entry(request: Request, job: str) -> Entry:
    """The job, if it is this client's to know of. Whoever has no key needs the id, which nobody can guess."""
    entry = await asyncio.to_thread(request.app.state.desk.store.find, job)
    client = request.scope["converter.client"]
    if entry is None or (client.startswith("key ") and entry.client != client) or entry.state is State.RECEIVING:
        raise not_found()
    return entry  # type: ignore[no-any-return]


def _time(seconds: float | None) -> str | None:
    return formatdate(seconds, usegmt=True) if seconds else None


def _status(request: Request, entry: Entry) -> dict[str, Any]:
    """A job as its status resource says it."""
    root = request.scope.get("root_path", "")
    place = f"{root}/v1/jobs/{entry.id}"
    age = request.app.state.settings.result_age
    links = {"self": place, "events": f"{place}/events"}
    if entry.state is State.SUCCEEDED:
        links["result"] = f"{place}/result"
    return {
        "id": entry.id,
        "kind": entry.kind,
        "state": entry.state,
        "position": request.app.state.desk.store.position(entry),
        "progress": {"done": entry.done, "total": entry.total},
        "attempts": entry.attempts,
        "failures": entry.failures,
        "created": _time(entry.created),
        "started": _time(entry.started),
        "finished": _time(entry.finished),
        "expires": _time(entry.finished + age) if entry.finished else None,
        **({"problem": entry.problem} if entry.problem else {}),
        "links": links,
    }


@router.get("/v1/jobs/{job}")
async def status(request: Request, job: str) -> Json:
    """Say where a job stands: its place in the queue, its progress, and what came of it."""
    entry = await _entry(request, job)
    headers = {"Cache-Control": "no-store"} | ({} if entry.state.final else {"Retry-After": "1"})
    return Json(await asyncio.to_thread(_status, request, entry), headers=headers)


@router.get("/v1/jobs/{job}/events")
async def events(request: Request, job: str) -> StreamingResponse:
    """Follow a job: an event `status` each time it changes, with what the status says as its data."""
    entry = await _entry(request, job)
    state = request.app.state
    if state.streams >= state.settings.streams:
        raise Refusal("busy", "Too many clients follow jobs.", "订阅进度的客户端过多。", Retry_After="5")

    async def stream() -> AsyncIterator[str]:
        state.streams += 1
        try:
            async for event in _changes(request, entry):
                yield event
        finally:
            state.streams -= 1

    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(stream(), media_type="text/event-stream", headers=headers)


async def _changes(request: Request, entry: Entry) -> AsyncIterator[str]:
    last, quiet, found = "", 0.0, entry
    while True:
        said = json_bytes(for_asking(await asyncio.to_thread(_status, request, found))).decode()
        if said != last:
            last, quiet = said, 0.0
            yield f"event: status\ndata: {said}\n\n"
        elif quiet > _ALIVE:
            quiet = 0.0
            yield ": still here\n\n"
        if found.state.final or request.app.state.desk.closing:
            return
        await asyncio.sleep(_EVERY)
        quiet += _EVERY
        again = await asyncio.to_thread(request.app.state.desk.store.find, entry.id)
        if again is None:
            return
        found = again


@router.get("/v1/jobs/{job}/result")
async def result(request: Request, job: str) -> Response:
    """Give what came of a job, or the problem that it ended in."""
    entry = await _entry(request, job)
    if entry.problem:
        return problems.response(entry.problem)
    if entry.state is State.CANCELLED:
        raise Refusal("cancelled", "The job was cancelled.", "任务已取消。")
    if not entry.state.final:
        raise Refusal("not-ready", "The job is not finished yet.", "任务尚未完成。", Retry_After="1")
    as_json = wants_json(request.headers.get("accept", "")) or entry.kind not in {Kind.CONVERT, Kind.BOOKLET}
    headers = {"ETag": tag(entry.fingerprint, as_json=as_json), "Cache-Control": "private, no-cache", "Vary": "Accept"}
    if headers["ETag"] in re.sub(r"W/", "", request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=headers)
    return await asyncio.to_thread(_result, request, entry, headers, as_json=as_json)


def _result(request: Request, entry: Entry, headers: dict[str, str], *, as_json: bool) -> Response:
    folder = request.app.state.desk.folder(entry.id)
    try:
        reports = folders.reports(folder)
    except FileNotFoundError:
        raise not_found() from None
    outputs = [output for report in reports for output in report.get("outputs", ())]
    if as_json:
        for output in outputs:
            output["href"] = f"{request.scope.get('root_path', '')}/v1/jobs/{entry.id}/outputs/{output['number']}"
        return Json({"reports": reports}, headers=headers)
    if len(outputs) == 1 and not entry.failures:
        return _file(folders.output(folder, 0), outputs[0]["name"], outputs[0]["media_type"], headers)
    texts = [report for report in reports if report.get("outputs")]
    name = stem(outputs[0]["name"]) if len(texts) == 1 else "converted"
    extra = []
    if entry.failures:
        headers["Converter-Failures"] = str(entry.failures)
        *_, free = unique([*((output["name"], "") for output in outputs), ("report.json", "")])
        extra.append((free, json_bytes({"reports": reports}, indent=2)))
    return _file(folders.archive(folder, extra), f"{name}.zip", "application/zip", headers)


def _file(path: Path, name: str, media_type: str, headers: dict[str, str]) -> FileResponse:
    try:  # somebody may be removing it
        found = path.stat()
    except FileNotFoundError:
        raise not_found() from None
    response = FileResponse(path, headers={**headers, "Content-Disposition": disposition(name)}, stat_result=found)
    response.headers["Content-Type"] = media_type
    return response


@router.get("/v1/jobs/{job}/outputs/{number}")
async def one_output(request: Request, job: str, number: int) -> Response:
    """Give one of several files that a job made, by its `number` in the result."""
    entry = await _entry(request, job)
    folder = request.app.state.desk.folder(entry.id)
    tag = f'"{entry.fingerprint[:32]}-{number}"'
    if entry.state is not State.SUCCEEDED:
        raise not_found()
    if tag in re.sub(r"W/", "", request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers={"ETag": tag})
    try:
        reports = await asyncio.to_thread(folders.reports, folder)
    except FileNotFoundError:
        raise not_found() from None
    for output in (output for report in reports for output in report.get("outputs", ())):
        if output["number"] == number:
            headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
            return _file(folders.output(folder, number), output["name"], output["media_type"], headers)
    raise not_found()


@router.delete("/v1/jobs/{job}", status_code=204)
async def end(request: Request, job: str) -> Response:
    """Cancel a job that has not ended; of one that has, remove the result."""
    entry = await _entry(request, job)
    desk: Desk = request.app.state.desk
    if not await asyncio.to_thread(desk.store.cancel, entry.id):
        await asyncio.to_thread(desk.remove, entry.id)
    elif entry.state is State.QUEUED:
        await asyncio.to_thread(shutil.rmtree, desk.folder(entry.id), ignore_errors=True)
    desk.wake()
    return Response(status_code=204)
