"""The routes of the service, and the server that runs them."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
import time
from typing import TYPE_CHECKING, Any

import uvicorn
from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from converter.engine.job import Job, Kind, Outcome, run
from converter.engine.pool import WorkerPool
from converter.errors import ConverterError, UsageError
from converter.version import __version__
from converter.web import page, problems
from converter.web.answers import answer
from converter.web.formats import formats
from converter.web.forms import read_job, request_body
from converter.web.gate import Gate
from converter.web.metrics import Metrics
from converter.web.settings import Settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

_PROBLEM = {"description": "A problem (RFC 9457)", "content": {problems.MEDIA_TYPE: {}}}
_PROBLEMS: dict[int | str, dict[str, Any]] = dict.fromkeys(
    sorted({kind.status.value for kind in problems.KINDS.values()} - {404, 405}), _PROBLEM
)
_FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file; a zip for several; JSON with the files in Base64 if `Accept` asks for it",
        "content": {"application/octet-stream": {}, "application/zip": {}, "application/json": {}},
    }
}

router = APIRouter()


def _form(kind: Kind) -> dict[str, Any]:
    return {"requestBody": request_body(kind)}


@router.post(
    "/v1/convert",
    response_class=Response,
    responses=_FILE | _PROBLEMS,
    openapi_extra=_form(Kind.CONVERT),
    tags=["work"],
)
async def convert(request: Request) -> Response:
    """Turn each file into each format.

    One file and one format give the file itself, everything else a zip. If some could not be made, the zip has a
    `report.json` and the answer a header `Converter-Failures`; if none could be made, the answer is a problem.
    """
    return await _done(request, Kind.CONVERT)


@router.post(
    "/v1/booklet",
    response_class=Response,
    responses=_FILE | _PROBLEMS,
    openapi_extra=_form(Kind.BOOKLET),
    tags=["work"],
)
async def booklet(request: Request) -> Response:
    """Compile the files, in their order, into one volume with cover and contents.

    It is made of all the files or not at all. Several formats give a zip.
    """
    return await _done(request, Kind.BOOKLET)


@router.post("/v1/inspect", responses=_PROBLEMS, openapi_extra=_form(Kind.INSPECT), tags=["work"])
async def inspect(request: Request) -> JSONResponse:
    """Say what is recognised in each file: title, headings, paragraphs, what was taken out or changed."""
    response = await _done(request, Kind.INSPECT)
    assert isinstance(response, JSONResponse)  # noqa: S101 - for the type checker
    return response


@router.get("/v1/formats", tags=["about"])
def list_formats(request: Request) -> dict[str, Any]:
    """List formats with their options, themes, scripts, and the limits of this service."""
    return formats(request.app.state.settings)


@router.get("/healthz", tags=["about"])
async def healthz() -> dict[str, str]:
    """Say that the service is alive."""
    return {"status": "ok", "version": __version__}


@router.get("/metrics", response_class=Response, tags=["about"])
async def metrics(request: Request) -> Response:
    """Give the metrics for Prometheus."""
    body, media_type = request.app.state.metrics.text(request.headers.get("accept", ""))
    return Response(body, headers={"Content-Type": media_type})


async def _done(request: Request, kind: Kind) -> Response:
    state = request.app.state
    job = await read_job(request, kind, state.settings)
    started, came = time.perf_counter(), "cancelled"
    try:
        outcome = await _outcome(request, state.pool, job)
        came = "partly" if outcome.errors and outcome.outputs else "failed" if outcome.errors else "done"
    except ConverterError as error:
        came = problems.kind_of(error)
        raise
    finally:
        state.metrics.jobs.labels(kind, came).inc()
        state.metrics.job_seconds.labels(kind).observe(time.perf_counter() - started)
    return await asyncio.to_thread(answer, job, outcome, request.headers.get("accept", ""))


async def _outcome(request: Request, pool: WorkerPool[Job, Outcome], job: Job) -> Outcome:
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
    """The application. Its workers start and end with its lifespan and do `task` with every job."""
    settings, metrics = settings or Settings(), Metrics()
    workers = settings.workers or os.cpu_count() or 1
    metrics.workers.set(workers)

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.pool = await asyncio.to_thread(
            WorkerPool,
            task,
            workers=workers,
            time_limit=settings.time_limit,
            memory_limit=settings.memory_mb << 20,
            result_limit=settings.result_mb << 20,
            replaced=lambda reason: metrics.replaced.labels(reason).inc(),
        )
        try:
            yield
        finally:
            await asyncio.to_thread(app.state.pool.close)

    app = FastAPI(
        title="converter",
        version=__version__,
        summary="Chinese plain text to DOCX, PDF, EPUB and printable booklets",
        license_info={"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        lifespan=lifespan,
        docs_url=None,  # FastAPI's pages load scripts from elsewhere
        redoc_url=None,
    )
    app.state.settings, app.state.metrics = settings, metrics
    for error in (ConverterError, problems.Refusal, HTTPException, RequestValidationError):
        app.add_exception_handler(error, problems.handler)
    app.include_router(router)
    app.include_router(page.router)
    app.mount("/static", StaticFiles(packages=[("converter.web", "static")]), name="static")
    app.add_middleware(Gate, places=workers + settings.queue, upload_limit=settings.upload_mb << 20, metrics=metrics)
    return app


def serve(host: str = "127.0.0.1", port: int = 8000, *, settings: Settings | None = None) -> None:
    """Runs the service until it is told to stop; port 0 takes a free one.

    Raises UsageError if the address cannot be used.
    """
    try:
        listener = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else str(error)
        raise UsageError(
            f"The service cannot listen on {host}:{port}: {reason}. Choose another address or port.",
            f"无法监听 {host}:{port}：{reason}。请换一个地址或端口。",
        ) from None
    shown = f"[{host}]" if ":" in host else host
    config = uvicorn.Config(create_app(settings), server_header=False, timeout_graceful_shutdown=5)
    with listener, contextlib.suppress(KeyboardInterrupt):
        print(f"http://{shown}:{listener.getsockname()[1]}/", flush=True)  # noqa: T201 - what the user opens
        uvicorn.Server(config).run(sockets=[listener])
