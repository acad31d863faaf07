"""Errors as RFC 9457 problems: one table of kinds, one of our error classes. No traceback ever leaves the service."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.routing import Match

from converter.errors import (
    ConverterError,
    EngineError,
    InputError,
    LimitError,
    Message,
    ResourceError,
    UsageError,
    WriteError,
)
from converter.inspection import json_bytes
from converter.records import NamedTuple
from converter.web.languages import for_asking

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request

MEDIA_TYPE = "application/problem+json"


class Kind(NamedTuple):
    """One kind of problem; its name is the last part of its `type`."""

    status: HTTPStatus
    title: Message


KINDS = {
    "unreadable-input": Kind(HTTPStatus.UNPROCESSABLE_ENTITY, Message("A file cannot be read", "文件无法读取")),
    "bad-request": Kind(HTTPStatus.BAD_REQUEST, Message("The request does not fit", "请求有误")),
    "installation": Kind(HTTPStatus.INTERNAL_SERVER_ERROR, Message("The service lacks a part", "服务缺少组件")),
    "output": Kind(HTTPStatus.INTERNAL_SERVER_ERROR, Message("A file cannot be made", "文件无法生成")),
    "stopped": Kind(HTTPStatus.SERVICE_UNAVAILABLE, Message("The work was stopped", "处理已中止")),
    "too-large": Kind(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, Message("The request is too large", "请求过大")),
    "too-long": Kind(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, Message("The text is too long", "文本过长")),
    "too-many-files": Kind(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, Message("Too many files", "文件过多")),
    "slow-upload": Kind(HTTPStatus.REQUEST_TIMEOUT, Message("The upload took too long", "上传超时")),
    "busy": Kind(HTTPStatus.TOO_MANY_REQUESTS, Message("The service is busy", "服务繁忙")),
    "too-many-requests": Kind(HTTPStatus.TOO_MANY_REQUESTS, Message("Too many requests", "请求过于频繁")),
    "no-room": Kind(HTTPStatus.INSUFFICIENT_STORAGE, Message("The service is out of room", "服务存储空间不足")),
    "draining": Kind(HTTPStatus.SERVICE_UNAVAILABLE, Message("The service is stopping", "服务正在停止")),
    "interrupted": Kind(HTTPStatus.INTERNAL_SERVER_ERROR, Message("The work was interrupted", "处理被中断")),
    "no-key": Kind(HTTPStatus.UNAUTHORIZED, Message("An API key is needed", "需要 API 密钥")),
    "foreign-page": Kind(HTTPStatus.FORBIDDEN, Message("Another site may not ask this", "不接受其他网站的请求")),
    "not-ready": Kind(HTTPStatus.CONFLICT, Message("The job is not finished", "任务尚未完成")),
    "key-in-use": Kind(HTTPStatus.CONFLICT, Message("The first request is still running", "首次请求仍在处理")),
    "key-reused": Kind(
        HTTPStatus.UNPROCESSABLE_ENTITY, Message("The key belongs to another request", "该键已用于其他请求")
    ),
    "cancelled": Kind(HTTPStatus.GONE, Message("The job was cancelled", "任务已取消")),
    "not-a-form": Kind(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, Message("This is not a form with files", "请求不是文件表单")),
    "not-found": Kind(HTTPStatus.NOT_FOUND, Message("There is nothing here", "此处没有内容")),
    "method-not-allowed": Kind(HTTPStatus.METHOD_NOT_ALLOWED, Message("The method does not fit", "请求方法不适用")),
    "internal": Kind(HTTPStatus.INTERNAL_SERVER_ERROR, Message("The service has a fault", "服务内部错误")),
}

ERRORS: dict[type[ConverterError], str] = {
    InputError: "unreadable-input",
    UsageError: "bad-request",
    ResourceError: "installation",
    WriteError: "output",
    EngineError: "stopped",
    LimitError: "too-long",
    ConverterError: "internal",
}
"""The kind of problem that each of our errors is; a subclass that is not listed is what its base is."""

_HTTP = {HTTPStatus.NOT_FOUND: "not-found"}


class Refusal(Exception):  # noqa: N818 - it is an answer, not a fault
    """The service says no, for a reason that has nothing to do with the texts."""

    def __init__(self, kind: str, en: str, zh: str, **headers: str) -> None:
        super().__init__(en)
        self.kind, self.message = kind, Message(en, zh)
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def kind_of(error: ConverterError) -> str:
    """The kind of problem that an error is."""
    return next(ERRORS[base] for base in type(error).__mro__ if base in ERRORS)


def problem(kind: str, detail: Message, **members: Any) -> dict[str, Any]:
    """A problem as its JSON object."""
    status, title = KINDS[kind]
    return {
        "type": f"/problems/{kind}",
        "title": title.en,
        "title_zh": title.zh,
        "status": status.value,
        "detail": detail.en,
        "detail_zh": detail.zh,
        **members,
    }


def error_problem(error: ConverterError) -> dict[str, Any]:
    """One of our errors as a problem; `source` names the file that it is about."""
    return problem(kind_of(error), error.message, **({"source": error.source} if error.source else {}))


class Json(JSONResponse):
    """Plain data as a response, whatever a text has in it, in the characters that the request asks for."""

    def __init__(self, content: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(content, *args, **kwargs)
        self.headers.add_vary_header("Accept-Language")

    def render(self, content: Any) -> bytes:
        """The body."""
        return json_bytes(for_asking(content))


def response(body: Mapping[str, Any], headers: Mapping[str, str] | None = None) -> JSONResponse:
    """A problem as a response."""
    return Json(body, status_code=body["status"], headers=dict(headers or {}), media_type=MEDIA_TYPE)


def failed(errors: Sequence[ConverterError]) -> JSONResponse:
    """The response where nothing could be made: the first error, and all of them under `errors` if there are more."""
    body = error_problem(errors[0])
    return response(body | {"errors": [error_problem(error) for error in errors]} if len(errors) > 1 else body)


def handler(request: Request | None, error: Exception) -> JSONResponse:
    """The response to any exception that leaves a route."""
    match error:
        case HTTPException(status_code=HTTPStatus.METHOD_NOT_ALLOWED) if request:
            kind = "method-not-allowed"
            message = Message("This is not a method for this place; see Allow.", "此地址不支持该方法，参见 Allow。")
            return response(problem(kind, message), {"Allow": ", ".join(_allowed(request))})
        case ConverterError():
            return failed([error])
        case Refusal():
            return response(problem(error.kind, error.message), error.headers)
        case HTTPException():
            kind = _HTTP.get(HTTPStatus(error.status_code), "bad-request")
            body = problem(kind, Message(str(error.detail), KINDS[kind].title.zh)) | {"status": error.status_code}
            return response(body, error.headers)
        case RequestValidationError():
            where = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
            return response(problem("bad-request", Message(where, f"参数有误：{where}")))
        case _:
            return response(
                problem(
                    "internal",
                    Message("Something went wrong on our side; it has been logged.", "服务端出现意外错误，已记录。"),
                )
            )


def _allowed(request: Request) -> list[str]:
    """The methods of all our routes at a request's path; Starlette tells those of the first alone."""
    routes = (route for router in request.app.state.routers for route in router.routes)
    matching = (route for route in routes if route.matches(request.scope)[0] is not Match.NONE)
    return sorted({method for route in matching for method in route.methods})
