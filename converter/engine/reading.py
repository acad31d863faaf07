"""One input on its way to a document, with the report on it so far; what goes wrong is in the report."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeVar

from converter.engine.job import Input, Job, Kind, Report
from converter.engine.request import known_options, reader_options
from converter.errors import ConverterError, EngineError, LimitError, UsageError
from converter.model import inlines_of
from converter.pipeline import read, reworded
from converter.plugins import find_reader, reader_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from logging import Logger

    from converter.diagnostics import Result
    from converter.engine.progress import Steps
    from converter.engine.shelf import Shelf
    from converter.model import Document
    from converter.source import Position

T = TypeVar("T")

_Found = tuple["Result[Document]", tuple["Position | None", ...]]
"""A document, and line and column of each of its diagnostics."""


def found_in(job: Job, source: Input, steps: Steps) -> tuple[Result[Document] | None, Report]:
    """The document in an input, and the report on it so far; no document if it cannot be read."""

    def reading() -> _Found:
        reader = find_reader(reader_for(PurePath(source.name).suffix))
        options = {name: value for name, value in reader_options(job, source).items() if name in known_options(reader)}
        if source.rules and not options.get("rules"):
            options["rules"] = source.rules
        if source.chrome and "chrome" in known_options(reader):
            options["chrome"] = f"{options.get('chrome') or ''}\n{source.chrome}"
        shelf = shelf_of(job) if type(reader).__module__.startswith("converter.") else None  # others may depend on what
        key = ""  # we don't know
        if shelf:
            from converter.engine.shelf import Kept, key_of

            key = key_of((reader.name, source.data, sorted(options.items()), job.script, job.glossary, job.quotes))
            if kept := shelf.get(key, history=job.record or job.kind is not Kind.BOOKLET):
                return kept
        result = read(source.data, format=reader.name, options=options)
        _measure(result.value, job.max_characters)
        result = result.then(
            lambda document: reworded(document, script=job.script, glossary=job.glossary, quotes=job.quotes)
        )
        text = result.value.source
        positions = tuple(text.position(d.span.start) if text and d.span else None for d in result.diagnostics)
        if shelf:
            shelf.put(key, Kept(result, positions))
        return result, positions

    found, report = attempt(Report(name=source.name), reading)
    steps.step()
    if found is None:
        return None, report
    result, positions = found
    title = result.value.display_title
    return result, replace(report, title=title, diagnostics=result.diagnostics, positions=positions)


def shelf_of(job: Job) -> Shelf | None:
    """Where the job keeps what it reads, if it does and can."""
    if not job.keep:
        return None
    from converter.engine.shelf import open_shelf

    return open_shelf()


def _measure(document: Document, most: int) -> None:
    """Raises LimitError for a document with more characters than `most`."""
    count = (
        len(document.source.original)
        if document.source
        else sum(len(getattr(i, "text", "")) for i in inlines_of(document))
    )
    if most and count > most:
        raise LimitError(
            f"The text has {count:,} characters; {most:,} are allowed. Divide it.",
            f"文本共 {count:,} 字，超过上限 {most:,} 字，请拆分后再试。",
        )


def recorded(job: Job, source: Input, document: Document, report: Report) -> Report:
    """The report with what was changed in a text, where the job wants that written down."""
    if not job.record or document.source is None:
        return report
    from converter.ledger.record import record

    return replace(report, record=record(source.name, source.data, document.source, report.diagnostics))


def attempt(report: Report, step: Callable[[], T]) -> tuple[T | None, Report]:
    """What the step gives and the report; or None and the report with the reason. A wrong request is raised."""
    try:
        return step(), report
    except (UsageError, MemoryError):
        raise
    except ConverterError as error:
        failure: ConverterError = error.about(report.name)
    except Exception as error:  # noqa: BLE001 - a fault of ours in one text must not take the others with it
        _log().exception("%s", report.name)
        failure = internal_error(error).about(report.name)
    return None, replace(report, errors=(*report.errors, failure))


@cache
def _log() -> Logger:
    """Where a fault is told with its traceback, which is for those who set up logging."""
    import logging

    log = logging.getLogger(__name__)
    log.addHandler(logging.NullHandler())
    return log


def internal_error(error: BaseException) -> EngineError:
    """A fault in the program as an error that people can read; its `__cause__` is for those who look for the fault."""
    what = type(error).__name__
    failure = EngineError(
        f"The program itself failed here ({what}). Please report it.", f"程序内部出错（{what}），请向开发者报告。"
    )
    failure.__cause__ = error
    return failure
