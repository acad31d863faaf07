"""The description of the service (OpenAPI 3.1): what each operation takes, and everything that it can answer."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from converter.options import YES_AND_NO, option_fields
from converter.plugins import writer_names, writers
from converter.readers.txt import TxtOptions
from converter.records import NamedTuple
from converter.typeset.themes import THEMES
from converter.web.examples import ANSWERS, REQUESTS, problems_of
from converter.web.forms import BookletForm, ConvertForm, InspectForm, JobForm, PreviewForm
from converter.web.problems import MEDIA_TYPE
from converter.web.schemas import SCHEMAS, ref

if TYPE_CHECKING:
    from converter.options import OptionField
    from converter.web.forms import Forms

_JSON, _FILE = "application/json", "file"
_AT_WORK = (400, 401, 403, 408, 413, 415, 422, 429, 500, 503, 507)


class Operation(NamedTuple):
    """What an operation takes and answers."""

    gives: dict[str, str | None]
    """Media type, or _FILE for a file of any format, and the shape of JSON."""
    problems: tuple[int, ...]
    status: int = 200
    form: Forms | None = None
    told: str = "As it was asked for"
    unchanged: bool = False
    """Whether it answers 304 to an `If-None-Match`."""


OPERATIONS = {
    "convert": Operation({_FILE: None, _JSON: "Reports"}, _AT_WORK, form=ConvertForm),
    "booklet": Operation({_FILE: None, _JSON: "Reports"}, _AT_WORK, form=BookletForm),
    "inspect": Operation({_JSON: "Inspections"}, _AT_WORK, form=InspectForm),
    "lint": Operation({_JSON: "Lints"}, _AT_WORK, form=InspectForm),
    "check": Operation({_JSON: "Checks"}, _AT_WORK, form=InspectForm),
    "verify": Operation({_JSON: "Comparisons"}, _AT_WORK, form=InspectForm),
    "preview": Operation({_JSON: "Reports"}, _AT_WORK, form=PreviewForm),
    "begin": Operation({_JSON: "Job"}, (*_AT_WORK, 409), status=202, form=JobForm, told="The job was taken in"),
    "status": Operation({_JSON: "Job"}, (401, 404, 500), told="Where the job stands"),
    "events": Operation({"text/event-stream": None}, (401, 404, 429, 500), told="Events `status`"),
    "result": Operation(
        {_FILE: None, _JSON: "Results"}, (400, 401, 404, 409, 410, 413, 422, 500, 503, 507), unchanged=True
    ),
    "one_output": Operation({_FILE: None}, (400, 401, 404, 500), unchanged=True),
    "end": Operation({}, (401, 403, 404, 500), status=204, told="Cancelled, or removed"),
    "list_formats": Operation({_JSON: "Formats"}, (401, 500)),
    "healthz": Operation({_JSON: "Health"}, (500,)),
    "readyz": Operation({_JSON: "Readiness"}, (500, 503)),
    "metrics": Operation({"text/plain": None, "application/openmetrics-text": None}, (404, 500)),
}
"""By the name of its route."""

_HEADERS: dict[str, dict[str, Any]] = {
    "Retry-After": {"description": "Seconds until it is worth asking again", "schema": {"type": "integer"}},
    "WWW-Authenticate": {"description": "How to send a key", "schema": {"type": "string"}},
    "Location": {"description": "The job", "schema": {"type": "string"}},
    "ETag": {"description": "The same for the same result", "schema": {"type": "string"}},
    "Content-Disposition": {"description": "The name of the file", "schema": {"type": "string"}},
    "Converter-Failures": {"description": "How many outputs are missing", "schema": {"type": "integer"}},
}
_PROBLEM_HEADERS = {401: ("WWW-Authenticate",), 409: ("Retry-After",), 429: ("Retry-After",), 503: ("Retry-After",)}
_LINKS = {
    name: {"operationId": name, "parameters": {"job": "$response.body#/id"}}
    for name in ("status", "events", "result", "end")
}
_KEYS = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "header": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
}
_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "pattern": '^("[!#-~]{1,200}"|[!#-~]{1,200})$'},
    "description": "The same key asks for the same job, however often it is sent. 重复发送只生成一个任务。",
    "example": "4711",
}
_ORIGINAL = {
    "name": "original",
    "in": "query",
    "required": False,
    "allowEmptyValue": True,
    "schema": {"type": "string", "enum": ["", "true", "false"]},
    "description": "Whether the text as it was decoded, and its changes, are told, too. 是否附上原文和改动。",
}


class Application(FastAPI):
    """An application whose description says all that the routes do."""

    def openapi(self) -> dict[str, Any]:
        """The description; made when it is first asked for."""
        if not self.openapi_schema:
            said = get_openapi(
                title=self.title,
                version=self.version,
                summary=self.summary,
                license_info=self.license_info,
                routes=self.routes,
                servers=[{"url": self.root_path or "/"}],
            )
            said["components"] = {"schemas": SCHEMAS, "securitySchemes": _KEYS}
            for path, operations in said["paths"].items():
                for operation in operations.values():
                    _complete(path, operation)
            self.openapi_schema = said
        return self.openapi_schema


def _complete(path: str, operation: dict[str, Any]) -> None:
    """Says of an operation what FastAPI cannot know."""
    name = operation["operationId"]
    it = OPERATIONS[name]
    if path.startswith("/v1/"):
        operation["security"] = [{}, *({scheme: []} for scheme in _KEYS)]
    if it.form:
        operation["requestBody"] = _request_body(it.form, REQUESTS[name])
    more = [parameter for owner, parameter in (("begin", _IDEMPOTENCY_KEY), ("inspect", _ORIGINAL)) if owner == name]
    if more:
        operation["parameters"] = more
    operation["responses"] = {str(it.status): _answer(name, it)}
    if it.unchanged:
        operation["responses"]["304"] = {"description": "Unchanged", "headers": {"ETag": _HEADERS["ETag"]}}
    for status in sorted(it.problems):
        operation["responses"][str(status)] = {
            "description": "A problem (RFC 9457)",
            "headers": {header: _HEADERS[header] for header in _PROBLEM_HEADERS.get(status, ())},
            "content": {MEDIA_TYPE: {"schema": ref("Problem"), "examples": problems_of(status)}},
        }


def _answer(name: str, it: Operation) -> dict[str, Any]:
    """What an operation answers if all goes well."""
    content: dict[str, Any] = {}
    headers = ["Location", "Retry-After"] if name == "begin" else ["ETag"] if it.form else []
    for media_type, shape in it.gives.items():
        if media_type == _FILE:
            made = [found.plugin.media_type for found in writers() if found.plugin]
            content |= {kind.partition(";")[0]: {} for kind in (*made, "application/zip")}
            headers += ["Content-Disposition", "Converter-Failures"]
        elif shape is None:
            content[media_type] = {}
        elif media_type in content:  # a format that is JSON itself
            content[media_type] = {"example": ANSWERS[shape]}
        else:
            content[media_type] = {"schema": ref(shape), "example": ANSWERS[shape]}
    answer: dict[str, Any] = {"description": it.told}
    answer |= {"headers": {header: _HEADERS[header] for header in headers}} if headers else {}
    answer |= {"content": content} if content else {}
    return answer | ({"links": _LINKS} if name == "begin" else {})


def _request_body(form: Forms, example: dict[str, Any]) -> dict[str, Any]:
    """A form; the writers' own options are any further fields."""
    properties: dict[str, Any] = {
        "files": {
            "type": "array",
            "items": {"type": "string", "format": "binary"},
            "minItems": 1,
            "description": "One or many files. 一个或多个文件。",
        }
    }
    own = [field for field in option_fields(TxtOptions) if field.name != "encoding"]
    for field in (*option_fields(form), *own):
        properties[field.name] = _schema(field)
    properties["file_options"] = {
        "type": "string",
        "description": "Options of the readers for single files: a JSON list with an object for each file. "
        "各文件的读取选项：JSON 数组，每个文件一个对象。",
        "examples": ['[{"rules": "[line]\\n3 = \\"paragraph\\""}]'],
    }
    if form is PreviewForm:
        del properties["to"]
    required = ["files", "to"] if form in {ConvertForm, BookletForm} else ["files"]
    schema = {"type": "object", "properties": properties, "required": required}
    if form is not InspectForm:
        schema["additionalProperties"] = {
            "type": "string",
            "description": "An option of a writer, as in /v1/formats; `option.` before its name is allowed.",
        }
    encoding = {"to": {"explode": True}} if "to" in properties else {}
    said = {"schema": schema, "encoding": encoding, "example": example}
    return {"required": True, "content": {"multipart/form-data": said}}


def _schema(field: OptionField) -> dict[str, Any]:
    types = {int: "integer", float: "number"}
    schema: dict[str, Any] = {
        "type": types.get(field.kind, "string"),
        "description": f"{field.help.en} {field.help.zh}",
    }
    if field.name == "to":
        one = f"({'|'.join(writer_names())})"
        return schema | {"pattern": f"^{one}(,{one})*$", "examples": ["pdf", ",".join(writer_names())]}
    if field.kind is bool:
        return schema | {"enum": list(YES_AND_NO), "default": "true" if field.default else "false"}
    if field.name == "theme":
        schema["enum"] = list(THEMES)
    elif issubclass(field.kind, Enum):
        schema["enum"] = [member.value for member in field.kind]
    if field.default is not None:
        schema["default"] = field.default
    return schema
