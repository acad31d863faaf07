"""A multipart request as a Job; `openapi.py` describes the forms."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import json
from dataclasses import replace
from enum import StrEnum
from typing import TYPE_CHECKING

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect

from converter.engine.job import Input, Job, Kind
from converter.errors import UsageError
from converter.options import make_options, option, option_fields
from converter.plugins import readers
from converter.records import NamedTuple, dataclass
from converter.text.script import Script  # noqa: TC001 - option_fields looks at it
from converter.version import __version__
from converter.web.problems import Refusal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

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


class Previewed(StrEnum):
    """What a preview can be of."""

    CONVERT = Kind.CONVERT.value
    BOOKLET = Kind.BOOKLET.value


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewForm(BookletForm):
    """The fields of `POST /v1/preview`: what a conversion or a booklet would look like."""

    kind: Previewed = option(Previewed.CONVERT, "convert, or booklet for the volume.", "convert，或 booklet（全册）。")
    first: int = option(1, "First page that is drawn.", "起始页。")
    count: int = option(4, "Pages that are drawn, at most 12.", "绘制页数，最多 12 页。")


@dataclass(frozen=True, slots=True, kw_only=True)
class JobForm(BookletForm):
    """The fields of `POST /v1/jobs`: those of the route that the job stands for."""

    kind: Kind = option(
        Kind.CONVERT,
        "convert, booklet, inspect, lint, check or verify.",
        "convert、booklet、inspect、lint、check 或 verify。",
    )


Forms = type[InspectForm]
FORMS: dict[Kind, Forms] = {
    Kind.CONVERT: ConvertForm,
    Kind.BOOKLET: BookletForm,
    Kind.INSPECT: InspectForm,
    Kind.LINT: InspectForm,
    Kind.CHECK: InspectForm,
    Kind.VERIFY: InspectForm,
}
_MOST_DRAWN = 12


class Asked(NamedTuple):
    """What a form asks for, while its files still lie where they came in."""

    uploads: list[UploadFile]
    fields: list[tuple[str, str]]

    def kind(self) -> Kind:
        """What is to be done, in a form that has a field for it. Raises UsageError for what nobody does."""
        named = next((value for name, value in self.fields if name == "kind"), Kind.CONVERT.value)
        if named not in list(Kind):
            raise UsageError.unknown("kind of job", "任务类别", named, Kind)
        return Kind(named)

    def job(self, kind: Kind, inputs: list[Input], settings: Settings, form: Forms | None = None) -> Job:
        """The job, of these inputs. Raises UsageError for one that does not fit."""
        known = {field.name: field for field in option_fields(form or FORMS[kind])}
        fields = {name: value for name, value in self.fields if name in known and name not in _NO_FIELDS_OF_JOBS}
        theme = {field.name: field for field in option_fields(FORMS[kind])}.get("theme")
        readers_own = _reader_options() - {"encoding"}
        rest = [(name, value) for name, value in self.fields if name not in {*known, "file_options"}]
        return Job(
            kind=kind,
            inputs=tuple(_with_options(inputs, self.fields)),
            to=tuple(dict.fromkeys(_formats(self.fields))),
            options=tuple((n.removeprefix("option."), v) for n, v in rest if n not in readers_own),
            reader_options=tuple((n, v) for n, v in rest if n in readers_own),
            max_characters=settings.max_characters,
            max_pages=settings.max_pages,
            **({"theme": theme.default} if theme else {}) | fields,
        )

    def preview(self) -> tuple[Kind, tuple[int, int]]:
        """What a preview is of; its first page, and how many. Raises UsageError for what is none of these."""
        given = {name: value for name, value in self.fields if name in {"kind", "first", "count"}}
        form = make_options(PreviewForm, given)
        return Kind(form.kind), (max(1, form.first), min(max(1, form.count), _MOST_DRAWN))

    def fingerprint(self, job: Job, digests: list[str]) -> str:
        """The same for the same request with the same files, by this version of the program."""
        said = [__version__, job.kind, [source.name for source in job.inputs], digests, sorted(self.fields)]
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()


_NO_FIELDS_OF_JOBS = {"to", "kind", "first", "count"}


@contextlib.asynccontextmanager
async def asked(request: Request, settings: Settings) -> AsyncIterator[Asked]:
    """The form of a request. Raises UsageError or Refusal for one that does not fit."""
    form = await _form(request, settings)
    try:
        given = [(name, str(value)) for name, value in form.multi_items() if name != "files" and value != ""]
        yield Asked(list(_uploads(form)), given)
    finally:
        await form.close()


async def read_job(request: Request, kind: Kind, settings: Settings, form: Forms | None = None) -> tuple[Job, str]:
    """The job that a request asks for, and its fingerprint. Raises UsageError or Refusal for one that does not fit."""
    async with asked(request, settings) as it:
        inputs = [Input(file_name(upload), await upload.read()) for upload in it.uploads]
        if form is PreviewForm:
            kind, pages = it.preview()
            job = replace(it.job(kind, inputs, settings, form), to=("pdf",), draw=pages)
        else:
            job = it.job(kind, inputs, settings, form)
        digests = [hashlib.sha256(source.data).hexdigest() for source in inputs]
        return job, it.fingerprint(job, digests)


def wants_original(request: Request) -> bool:
    """Whether an inspection tells the original, too: `?original` alone says yes. Raises UsageError."""
    given = request.query_params.get("original", "false")
    if given not in {"", "true", "false"}:
        raise UsageError(
            f"“original” in the query is true or false, not “{given}”.",
            f"查询参数“original”应为 true 或 false，而不是“{given}”。",
        )
    return given != "false"


def _reader_options() -> set[str]:
    return {field.name for found in readers() if found.plugin for field in option_fields(found.plugin.options_type)}


def _with_options(inputs: list[Input], fields: list[tuple[str, str]]) -> Iterator[Input]:
    """The inputs with what `file_options` says of each: a JSON list of objects, one a file, of readers' options."""
    text = next((value for name, value in fields if name == "file_options"), "[]")
    try:
        listed = json.loads(text)
    except (ValueError, RecursionError):
        listed = None
    if not isinstance(listed, list) or len(listed) > len(inputs) or not all(isinstance(o, dict) for o in listed):
        raise UsageError(
            "“file_options” is a JSON list with one object for each file, in their order.",
            "“file_options”应为 JSON 数组，按文件顺序每个文件一个对象。",
        )
    for number, source in enumerate(inputs):
        given = listed[number] if number < len(listed) else {}
        yield source._replace(options=tuple((str(name), value) for name, value in given.items() if value != ""))


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


def file_name(item: UploadFile) -> str:
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
