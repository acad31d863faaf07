"""A multipart request as a Job, and the description of the form for OpenAPI."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect

from converter.engine.job import Input, Job, Kind
from converter.errors import UsageError
from converter.options import OptionField, option, option_fields
from converter.plugins import writer_names
from converter.text.script import Script  # noqa: TC001 - option_fields looks at it
from converter.typeset.themes import THEMES
from converter.web.problems import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.datastructures import FormData
    from starlette.requests import Request

    from converter.web.settings import Settings

_MAX_FIELDS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectForm:
    """The fields of `POST /v1/inspect` beside `files`."""

    encoding: str | None = option(
        None, "Encoding of the files, if the guess is wrong: gb18030, big5 …", "文件编码；仅在自动识别有误时填写。"
    )
    script: Script | None = option(None, "Convert to Simplified or Traditional characters.", "转换为简体或繁体。")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConvertForm(InspectForm):
    """The fields of `POST /v1/convert` beside `files` and the writers' own options."""

    to: str = option("", "Formats: several with commas, or the field repeated.", "目标格式；可用逗号分隔或重复此字段。")
    theme: str = option("article", "The look of the document.", "版式。")


@dataclass(frozen=True, slots=True, kw_only=True)
class BookletForm(ConvertForm):
    """The fields of `POST /v1/booklet` beside `files` and the writers' own options."""

    theme: str = option("book", "The look of the volume.", "版式。")
    title: str | None = option(None, "Title of the volume.", "书名。")
    author: str | None = option(None, "Author or editor of the volume.", "作者或编者。")
    date: str | None = option(None, "Date on the cover.", "封面日期。")


FORMS = {Kind.CONVERT: ConvertForm, Kind.BOOKLET: BookletForm, Kind.INSPECT: InspectForm}


async def read_job(request: Request, kind: Kind, settings: Settings) -> Job:
    """The job that a request asks for. Raises UsageError or Refusal for one that does not fit."""
    form = await _form(request, settings)
    try:
        inputs = [Input(_file_name(upload), await upload.read()) for upload in _uploads(form)]
    finally:
        await form.close()
    known = {field.name: field for field in option_fields(FORMS[kind])}
    given = [(name, str(value)) for name, value in form.multi_items() if name != "files" and value != ""]
    fields = {name: value for name, value in given if name in known and name != "to"}
    theme = known.get("theme")
    return Job(
        kind=kind,
        inputs=tuple(inputs),
        to=tuple(dict.fromkeys(_formats(given))),
        options=tuple((name.removeprefix("option."), value) for name, value in given if name not in known),
        **({"theme": theme.default} if theme else {}) | fields,
    )


async def _form(request: Request, settings: Settings) -> FormData:
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "multipart/form-data":
        raise Refusal(
            "not-a-form",
            "Send the files as multipart/form-data, each in a field “files”.",
            "请以 multipart/form-data 上传文件，字段名为“files”。",
        )
    # One more than allowed, so that too many is ours to say.
    parser = MultiPartParser(
        request.headers, request.stream(), max_files=settings.max_files + 1, max_fields=_MAX_FIELDS
    )
    try:
        async with asyncio.timeout(settings.upload_time):
            form = await parser.parse()
    except TimeoutError:
        raise Refusal(
            "slow-upload",
            f"The upload took longer than {settings.upload_time:g} seconds.",
            f"上传时间超过 {settings.upload_time:g} 秒。",
        ) from None
    except (MultiPartException, ClientDisconnect) as error:
        if "Too many files" in str(getattr(error, "message", "")):
            raise _too_many(settings) from None
        raise UsageError(
            f"The form cannot be read: {getattr(error, 'message', 'the upload broke off')}",
            "表单无法解析，请检查请求格式。",
        ) from None
    if len(form.getlist("files")) > settings.max_files:
        await form.close()
        raise _too_many(settings)
    return form


def _too_many(settings: Settings) -> Refusal:
    return Refusal(
        "too-many-files",
        f"A request may have {settings.max_files} files. Send the others in another one.",
        f"每个请求最多 {settings.max_files} 个文件，其余请另行发送。",
    )


def _uploads(form: FormData) -> Iterator[UploadFile]:
    """The files. A browser sends an empty one, without a name, where none was chosen."""
    for item in form.getlist("files"):
        if not isinstance(item, UploadFile):
            raise UsageError(
                "A part “files” has no “filename”; send it as a file.", "字段“files”缺少 filename，请以文件形式上传。"
            )
        if item.filename or item.size:
            yield item


def _file_name(item: UploadFile) -> str:
    """The name as the client wrote it: UTF-8 as it should be, or GBK as Windows tools send it."""
    name = item.filename or "document.txt"
    raw = item.headers.get("content-disposition", "").encode("latin-1")
    try:
        raw.decode()
    except UnicodeDecodeError:
        return name.encode("latin-1", "replace").decode("gb18030", "replace")
    return name


def _formats(given: list[tuple[str, str]]) -> list[str]:
    named = (part.strip().lower() for name, value in given if name == "to" for part in value.split(","))
    return [name for name in named if name]


def request_body(kind: Kind) -> dict[str, Any]:
    """The form of a route as OpenAPI describes it; the writers' own options are any further fields."""
    properties: dict[str, Any] = {
        "files": {
            "type": "array",
            "items": {"type": "string", "format": "binary"},
            "description": "One or many files. 一个或多个文件。",
        }
    }
    for field in option_fields(FORMS[kind]):
        properties[field.name] = _schema(field)
    required = ["files", "to"] if "to" in properties else ["files"]
    schema = {"type": "object", "properties": properties, "required": required}
    if kind is not Kind.INSPECT:
        schema["additionalProperties"] = {
            "type": "string",
            "description": "An option of a writer, as in /v1/formats; `option.` before its name is allowed.",
        }
    encoding = {"to": {"explode": True}} if "to" in properties else {}
    return {"required": True, "content": {"multipart/form-data": {"schema": schema, "encoding": encoding}}}


def _schema(field: OptionField) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string", "description": f"{field.help.en} {field.help.zh}"}
    if field.name == "to":
        return schema | {"examples": ["pdf", ",".join(writer_names())]}
    if field.name == "theme":
        schema["enum"] = list(THEMES)
    elif issubclass(field.kind, Enum):
        schema["enum"] = [member.value for member in field.kind]
    if field.default is not None:
        schema["default"] = field.default
    return schema
