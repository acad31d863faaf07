"""The routes of the service, and the application that they make."""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from converter.engine.job import Job, Kind, Outcome
from converter.engine.pool import WorkerPool
from converter.engine.run import run
from converter.errors import ConverterError, EngineError
from converter.version import __version__
from converter.web import folders, jobs, page, problems
from converter.web.answers import answer, tag, tells
from converter.web.desk import Desk
from converter.web.formats import formats
from converter.web.forms import PreviewForm, read_job, wants_original
from converter.web.gate import Gate
from converter.web.metrics import Metrics
from converter.web.openapi import Application
from converter.web.settings import Settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from fastapi import FastAPI

    from converter.web.forms import Forms

router = APIRouter()


@router.post("/v1/convert", tags=["work"])
async def convert(request: Request) -> Response:
    """Turn each file into each format.

    One file and one format give the file itself, everything else a zip. If some could not be made, the zip has a
    `report.json` and the answer a header `Converter-Failures`; if none could be made, the answer is a problem.
    """
    return await _done(request, Kind.CONVERT)


@router.post("/v1/booklet", tags=["work"])
async def booklet(request: Request) -> Response:
    """Compile the files, in their order, into one volume with cover and contents.

    It is made of all the files or not at all. Several formats give a zip.
    """
    return await _done(request, Kind.BOOKLET)


@router.post("/v1/inspect", tags=["work"])
async def inspect(request: Request) -> Response:
    """Say what is recognised in each file: title, headings, paragraphs, what was taken out or changed."""
    return await _done(request, Kind.INSPECT)


@router.post("/v1/lint", tags=["work"])
async def lint(request: Request) -> Response:
    """List what an editor would ask about in each file: numbers, headings, parts, pairs, endings, typos."""
    return await _done(request, Kind.LINT)


@router.post("/v1/check", tags=["work"])
async def check(request: Request) -> Response:
    """Hold Word files, whoever made them, against GB/T 9704-2012: clause, place, what is wanted, what is found."""
    return await _done(request, Kind.CHECK)


@router.post("/v1/verify", tags=["work"])
async def verify(request: Request) -> Response:
    """Compare files with the first one, DOCX, PDF, EPUB or text: the first difference of each in words or headings."""
    return await _done(request, Kind.VERIFY)


@router.post("/v1/preview", tags=["work"])
async def preview(request: Request) -> Response:
    """Draw pages of the PDF that a conversion or a booklet would give: PNGs in Base64, and how many pages there are."""
    return await _done(request, Kind.CONVERT, PreviewForm)


@router.get("/v1/formats", tags=["about"])
def list_formats(request: Request) -> Response:
    """List formats with their options, themes, scripts, and the limits of this service."""
    return problems.Json(formats(request.app.state.settings))


@router.get("/healthz", tags=["about"])
async def healthz() -> dict[str, str]:
    """Say that the service is alive."""
    return {"status": "ok", "version": __version__}


@router.get("/readyz", tags=["about"])
async def readyz(request: Request) -> dict[str, str]:
    """Say that the service takes work: it is not being stopped, and its workers start."""
    desk: Desk = request.app.state.desk
    if desk.draining:
        raise problems.Refusal("draining", "The service is being stopped.", "服务正在停止。")
    try:
        await asyncio.to_thread(desk.pool.require_worker)  # type: ignore[union-attr]
    except EngineError as error:
        raise problems.Refusal("stopped", error.message.en, error.message.zh) from None
    return {"status": "ready"}


@router.get("/metrics", tags=["about"])
async def metrics(request: Request) -> Response:
    """Give the metrics for Prometheus."""
    state = request.app.state
    if state.settings.metrics_port is not None:
        raise HTTPException(404)
    body, media_type = state.metrics.text(request.headers.get("accept", ""))
    return Response(body, headers={"Content-Type": media_type})


async def _done(request: Request, kind: Kind, form: Forms | None = None) -> Response:
    state = request.app.state
    job, fingerprint = await read_job(request, kind, state.settings, form)
    job = replace(job, original=kind is Kind.INSPECT and wants_original(request))
    accept = "application/json" if job.draw else request.headers.get("accept", "")
    started, came = time.perf_counter(), "cancelled"
    try:
        outcome = await _outcome(request, state.desk.pool, job if tells(job, accept) else folders.Brief(job))
        came = "partly" if outcome.errors and outcome.outputs else "failed" if outcome.errors else "done"
    except ConverterError as error:
        came = problems.kind_of(error)
        raise
    finally:
        state.metrics.jobs.labels(kind, came).inc()
        state.metrics.job_seconds.labels(kind).observe(time.perf_counter() - started)
    state.metrics.made(job.to, outcome.outputs)
    response = await asyncio.to_thread(answer, job, outcome, accept)
    if response.status_code == 200 and not outcome.errors:
        as_json = response.headers["content-type"] == "application/json"
        response.headers["ETag"] = tag(fingerprint, as_json=as_json)
    return response


async def _outcome(request: Request, pool: WorkerPool[Any, Outcome], job: Job | folders.Brief) -> Outcome:
    """What comes of the job. It is given up when the client goes away, so that nobody's work delays anybody."""
    future = pool.submit(job)
    result = asyncio.wrap_future(future)
    gone = asyncio.create_task(_disconnected(request))
    try:
        either: set[asyncio.Future[Any]] = {result, gone}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if result.done():
            return result.result()
        raise problems.Refusal("stopped", "The client went away.", "客户端已断开。")
    finally:
        gone.cancel()
        result.cancel()
        pool.cancel(future)


async def _disconnected(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def create_app(settings: Settings | None = None, *, task: Callable[[Job], Outcome] = run) -> FastAPI:
    """The application. Its workers start and end with its lifespan and do `task` with every job.

    Raises UsageError for settings that cannot be used.
    """
    settings, metrics = settings or Settings(), Metrics()
    workers = settings.workers or os.cpu_count() or 1
    metrics.workers.set(workers)
    desk = Desk(settings, metrics)

    @contextlib.asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        pool: WorkerPool[Any, Outcome] = await asyncio.to_thread(
            WorkerPool,
            partial(folders.do, task),
            workers=workers,
            time_limit=settings.time_limit,
            cpu_limit=settings.cpu_limit,
            memory_limit=settings.memory_mb << 20,
            result_limit=settings.result_mb << 20,
            confined=True,
            folder=desk.scratch.open(),
            replaced=lambda reason: metrics.replaced.labels(reason).inc(),
        )
        desk.pool = pool
        turns = asyncio.create_task(desk.run())
        try:
            yield
        finally:
            await desk.drain(settings.stop_time)
            desk.closing = True
            turns.cancel()
            await asyncio.to_thread(pool.close)
            await desk.drain(1)
            await asyncio.to_thread(desk.close)

    app = Application(
        title="converter",
        version=__version__,
        summary="Chinese plain text to DOCX, PDF, EPUB and printable booklets",
        license_info={"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        lifespan=lifespan,
        generate_unique_id_function=lambda route: route.name,
        docs_url=None,  # FastAPI's pages load scripts from elsewhere
        redoc_url=None,
    )
    app.state.settings, app.state.metrics, app.state.desk, app.state.streams = settings, metrics, desk, 0
    for error in (ConverterError, problems.Refusal, HTTPException, RequestValidationError):
        app.add_exception_handler(error, problems.handler)
    app.state.routers = (router, jobs.router, page.router)
    for routes in app.state.routers:
        app.include_router(routes)
    app.mount("/static", page.Static(packages=[("converter.web", "static")]), name="static")
    app.add_middleware(Gate, settings=settings, places=workers + settings.queue, metrics=metrics, desk=desk)
    return app
