"""The page where people drop their files: drawn on the server, in the reader's language."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.staticfiles import StaticFiles

from converter.readers.txt import TxtReader
from converter.repair.rules import RULES
from converter.structure.overrides import CLASSES
from converter.text.script import Script
from converter.version import __version__
from converter.web.formats import formats
from converter.web.languages import LANGUAGES, asking, traditional
from converter.web.problems import KINDS
from converter.web.words import words

if TYPE_CHECKING:
    from jinja2 import Template
    from starlette.responses import Response

router = APIRouter(include_in_schema=False)

_CHOSEN = ("docx", "pdf")
"""The formats that are ticked when the page opens."""
_ORDER = ("docx", "pdf", "epub", "html", "md", "txt", "json")
_LABELS = {"docx": "Word", "md": "Markdown"}
_HEADS = ("title", "continued", "part", "chapter", "section", "heading", "run-in")
_TEXT = ("paragraph", "list_item", "verse", "speaker")
_ENCODINGS = {"utf-8": "UTF-8", "gb18030": "GB18030 / GBK", "big5": "Big5", "utf-16": "UTF-16"}


class Static(StaticFiles):
    """Scripts and styles, which a browser asks for again: parts of two releases must not meet on one page."""

    def file_response(self, *args: Any, **kwargs: Any) -> Response:
        """The file, to be revalidated by its `ETag`."""
        response = super().file_response(*args, **kwargs)
        response.headers["Cache-Control"] = "no-cache"
        return response


@router.get("/", response_class=HTMLResponse)
def page(request: Request, lang: str = "") -> HTMLResponse:
    """Show the page in the language asked for, by `lang` or by Accept-Language."""
    language = lang if lang in LANGUAGES else asking()
    about = formats(request.app.state.settings)
    able = {writer["name"]: writer for writer in about["writers"] if "problem" not in writer}
    names = [*(n for n in _ORDER if n in able), *(n for n in able if n not in _ORDER)]
    html = _template("page.html").render(
        t=words(language),
        language=language,
        languages=LANGUAGES,
        version=__version__,
        formats=[{"name": n, "label": _LABELS.get(n, n.upper()), "chosen": n in _CHOSEN} for n in names],
        options=_options(able, language),
        about={"rules": _rules(language), "classes": _classes(), "text_suffixes": TxtReader.suffixes},
        themes=about["themes"],
        scripts=["", *(script.value for script in Script)],
        encodings=_ENCODINGS,
        limits=about["limits"],
    )
    return HTMLResponse(html, headers={"Content-Language": language, "Vary": "Accept-Language"})


@router.get("/problems/{kind}", response_class=HTMLResponse)
def about_problem(kind: str) -> HTMLResponse:
    """Say what a `type` of problem means."""
    if kind not in KINDS:
        raise HTTPException(404)
    return HTMLResponse(_template("problem.html").render(kind=kind, problem=KINDS[kind]))


def _options(able: dict[str, Any], language: str) -> list[tuple[str, list[dict[str, Any]]]]:
    """Every option of the writers once, with the formats that have it and its help in the page's language.

    Those of several formats come first, under the name "", then those of each alone.
    """
    merged: dict[str, dict[str, Any]] = {}
    for name, writer in able.items():
        for option in writer["options"]:
            help_ = _said(option["help"], option["help_zh"], language)
            entry = merged.setdefault(option["name"], {**option, "help": help_, "formats": []})
            entry["formats"].append(name)
    groups: dict[str, list[dict[str, Any]]] = {"": [], **{name: [] for name in able}}
    for entry in merged.values():
        groups[entry["formats"][0] if len(entry["formats"]) == 1 else ""].append(entry)
    return [(_LABELS.get(name, name.upper()), entries) for name, entries in groups.items() if entries]


def _said(en: str, zh: str, language: str) -> str:
    """What is written in English and in Simplified characters, in the page's language."""
    return en if language == "en" else traditional(zh) if language == "zh-Hant" else zh


@functools.cache
def _rules(language: str) -> dict[str, str]:
    """What the rules of repair are called, by their codes."""
    return {rule.CODE: _said(*rule.NAME, language) for rule in RULES}


def _classes() -> dict[str, list[str]]:
    """The classes that a line can be given, in groups for a menu."""
    groups: dict[str, list[str]] = {"heads": [], "text": [], "parts": []}
    for name in CLASSES:
        form = name.partition(" ")[0]
        groups["heads" if form in _HEADS else "text" if form in _TEXT else "parts"].append(name)
    return groups


@functools.cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=PackageLoader("converter.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)
