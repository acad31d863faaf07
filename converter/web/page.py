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
from converter.transforms.script import words_to_script
from converter.version import __version__
from converter.web.formats import formats
from converter.web.problems import KINDS
from converter.web.words import LANGUAGES, words

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
    language = lang if lang in LANGUAGES else negotiate(request.headers.get("accept-language", ""))
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


def negotiate(accept: str) -> str:
    """The best of LANGUAGES for an `Accept-Language`; English where none of them is asked for.

    >>> negotiate("zh-TW,zh;q=0.9,en;q=0.8"), negotiate("zh-CN"), negotiate("fr, en;q=0.5")
    ('zh-Hant', 'zh-Hans', 'en')
    """

    def quality(item: str) -> float:
        try:
            return float(item.partition("q=")[2] or 1)
        except ValueError:
            return 0

    for item in sorted(accept.split(","), key=quality, reverse=True):
        tag = item.partition(";")[0].strip().lower()
        if tag.split("-")[0] == "zh" and quality(item) > 0:
            return "zh-Hant" if {"hant", "tw", "hk", "mo"} & set(tag.split("-")) else "zh-Hans"
        if tag.split("-")[0] == "en" and quality(item) > 0:
            return "en"
    return "en"


def _options(able: dict[str, Any], language: str) -> list[tuple[str, list[dict[str, Any]]]]:
    """Every option of the writers once, with the formats that have it and its help in the page's language.

    Those of several formats come first, under the name "", then those of each alone.
    """
    merged: dict[str, dict[str, Any]] = {}
    for name, writer in able.items():
        for option in writer["options"]:
            help_ = option["help"] if language == "en" else _said(option["help_zh"], language)
            entry = merged.setdefault(option["name"], {**option, "help": help_, "formats": []})
            entry["formats"].append(name)
    groups: dict[str, list[dict[str, Any]]] = {"": [], **{name: [] for name in able}}
    for entry in merged.values():
        groups[entry["formats"][0] if len(entry["formats"]) == 1 else ""].append(entry)
    return [(_LABELS.get(name, name.upper()), entries) for name, entries in groups.items() if entries]


def _said(chinese: str, language: str) -> str:
    """What is written once in Simplified characters, in those of the page."""
    return words_to_script(chinese, "s2twp") if language == "zh-Hant" else chinese


@functools.cache
def _rules(language: str) -> dict[str, str]:
    """What the rules of repair are called, by their codes."""
    return {rule.CODE: rule.NAME.en if language == "en" else _said(rule.NAME.zh, language) for rule in RULES}


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
