"""A job is done, in this process."""

from __future__ import annotations

from dataclasses import replace
from functools import cache, partial
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, TypeVar

from converter.diagnostics import Diagnostic, Severity
from converter.engine.job import Input, Job, Kind, Outcome, Output, Report
from converter.engine.names import safe, stem, unique
from converter.engine.progress import Steps
from converter.engine.recurring import FEWEST, with_recurring
from converter.engine.request import known_options, reader_options, requested
from converter.errors import ConverterError, EngineError, LimitError, Message, UsageError
from converter.model import inlines_of
from converter.pipeline import read, reworded, write
from converter.plugins import find_reader, reader_for

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from logging import Logger

    from converter.diagnostics import Result
    from converter.engine.shelf import Pages, Shelf
    from converter.model import Document
    from converter.plugins import Writer
    from converter.source import Position

T = TypeVar("T")

_Found = tuple["Result[Document]", tuple["Position | None", ...]]
"""A document, and line and column of each of its diagnostics."""


def run(job: Job, on_read: Callable[[], None] = lambda: None) -> Outcome:
    """Does the job in this process; calls `on_read` after each text of a booklet that was read.

    What is wrong with one input or one output stands in its report and does not touch the others; a booklet is made of
    all its texts or not at all. Raises UsageError for what is wrong with the request as a whole, and MemoryError.
    """
    writers = requested(job)
    volumes = job.kind is Kind.BOOKLET
    steps = Steps(len(job.inputs) + len(writers) * (1 if volumes else len(job.inputs)))
    if len(job.inputs) >= FEWEST:
        job = replace(job, inputs=tuple(with_recurring(job.inputs, keep=job.keep)))
    match job.kind:
        case Kind.CONVERT:
            reports = [_converted(job, source, writers, steps) for source in job.inputs]
        case Kind.BOOKLET:
            reports = _compiled(job, writers, steps, on_read)
        case Kind.INSPECT | Kind.LINT:
            reports = [_inspected(job, source, steps) for source in job.inputs]
        case Kind.CHECK:
            reports = [_checked(source, steps) for source in job.inputs]
        case Kind.VERIFY:
            reports = _verified(job, steps)
    return _named(reports)


def _found(job: Job, source: Input, steps: Steps) -> tuple[Result[Document] | None, Report]:
    """The document in an input, and the report on it so far; no document if it cannot be read."""

    def reading() -> _Found:
        reader = find_reader(reader_for(PurePath(source.name).suffix))
        options = {name: value for name, value in reader_options(job, source).items() if name in known_options(reader)}
        if source.rules and not options.get("rules"):
            options["rules"] = source.rules
        if source.chrome and "chrome" in known_options(reader):
            options["chrome"] = f"{options.get('chrome') or ''}\n{source.chrome}"
        shelf = _shelf(job) if type(reader).__module__.startswith("converter.") else None  # others may depend on what
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

    found, report = _attempt(Report(name=source.name), reading)
    steps.step()
    if found is None:
        return None, report
    result, positions = found
    title = result.value.display_title
    return result, replace(report, title=title, diagnostics=result.diagnostics, positions=positions)


def _shelf(job: Job) -> Shelf | None:
    """Where the job keeps what it reads, if it does and can."""
    if not job.keep:
        return None
    from converter.engine.shelf import open_shelf

    return open_shelf()


def _pages(job: Job) -> Pages | None:
    """Where the job keeps the pages that it draws, if it does and can."""
    if not job.keep:
        return None
    from converter.engine.shelf import open_pages

    return open_pages()


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


def _stem(job: Job, source: Input, document: Document) -> str:
    """The name of an input's outputs without ending, in the script that its words are converted to."""
    if job.script is None:
        return stem(source.name)
    from converter.transforms.script import words_to_script

    like = document.display_title
    return words_to_script(stem(source.name), job.script, like=like, glossary=job.glossary)


def _converted(job: Job, source: Input, writers: Mapping[str, tuple[Writer, dict[str, Any]]], steps: Steps) -> Report:
    found, report = _found(job, source, steps)
    if found is None:
        return report
    written = _written(job, report, _stem(job, source, found.value), found.value, writers, steps)
    return _recorded(job, source, found.value, written)


def _compiled(
    job: Job,
    writers: Mapping[str, tuple[Writer, dict[str, Any]]],
    steps: Steps,
    on_read: Callable[[], None],
) -> list[Report]:
    reports, documents = [], []
    for source in job.inputs:
        found, report = _found(job, source, steps)
        on_read()
        reports.append(report if found is None else _recorded(job, source, found.value, report))
        if found is not None:
            documents.append(found.value)
    if shelf := _shelf(job):
        shelf.tidy()
    if not documents or (len(documents) < len(job.inputs) and not job.skip_broken):
        return reports
    from converter.booklet.assemble import compile_booklet

    broken = [report.name for report in reports if report.errors]
    volume = compile_booklet(
        documents,
        title=job.title,
        author=job.author,
        date=job.date,
        names=[report.name for report in reports if not report.errors],
        manifest=job.manifest.without(broken),
        sort=job.sort,
        cover=job.cover,
    )
    reports = [_left_out(report) if report.errors else report for report in reports]
    title = volume.value.display_title
    report = Report(
        name=title, title=title, diagnostics=volume.diagnostics, positions=tuple(None for _ in volume.diagnostics)
    )
    return [*reports, _written(job, report, safe(title, "booklet"), volume.value, writers, steps)]


def _left_out(report: Report) -> Report:
    """The report on an unreadable input that a booklet does without: its error as a note."""
    notes = tuple(
        Diagnostic(
            code="BK105",
            severity=Severity.WARNING,
            message=Message(f"Left out: {error.message.en}", f"没有收入：{error.message.zh}"),
        )
        for error in report.errors
    )
    return replace(report, diagnostics=notes, positions=(None,) * len(notes), errors=())


def _inspected(job: Job, source: Input, steps: Steps) -> Report:
    from converter.inspection import diagnostic_json, inspect

    found, report = _found(job, source, steps)
    if found is None:
        return report
    if job.kind is Kind.LINT:
        from converter.lint import lint

        findings = [diagnostic_json(finding, found.value.source) for finding in lint(found.value)]
        return replace(report, inspection={"title": found.value.metadata.title or None, "findings": findings})
    inspection = inspect(found)
    if job.original:
        from converter.ledger.record import marked

        inspection |= marked(found)
    if found.value.source is not None:
        from converter.text.decoding import candidates

        inspection["encodings"] = [candidate._asdict() for candidate in candidates(source.data)]
    return _recorded(job, source, found.value, replace(report, inspection=inspection))


def _checked(source: Input, steps: Steps) -> Report:
    """What `converter check` says of one Word file."""
    from converter.checking import check_docx, findings_json

    found, report = _attempt(Report(name=source.name), partial(check_docx, source.data))
    steps.step()
    return report if found is None else replace(report, inspection={"findings": findings_json(found)})


def _verified(job: Job, steps: Steps) -> list[Report]:
    """What `converter verify` says: the files are compared if all of them can be read."""
    from converter.agreement import said_in, verify

    if len(job.inputs) < 2:
        raise UsageError("Send two files at least.", "请至少上传两个文件。")
    names = unique(_split(source.name) for source in job.inputs)
    said, reports = {}, []
    for name, source in zip(names, job.inputs, strict=True):
        found, report = _attempt(Report(name=name), partial(said_in, source.data, source.name))
        steps.step()
        reports.append(report)
        if found is not None:
            said[name] = found
    if len(said) < len(names):
        return [report for report in reports if report.errors]
    differences = [difference._asdict() for difference in verify(said)]
    return [Report(name=names[0], inspection={"files": names, "differences": differences})]


def _recorded(job: Job, source: Input, document: Document, report: Report) -> Report:
    if not job.record or document.source is None:
        return report
    from converter.ledger.record import record

    return replace(report, record=record(source.name, source.data, document.source, report.diagnostics))


def _written(  # noqa: PLR0917 - what one loop needs
    job: Job,
    report: Report,
    first: str,
    document: Document,
    writers: Mapping[str, tuple[Writer, dict[str, Any]]],
    steps: Steps,
) -> Report:
    """The report with a file for each writer; `first` is the stem of their names."""
    for name, (writer, options) in writers.items():
        made, report = _attempt(report, partial(_file, job, document, name, options))
        steps.step()
        if made is None:
            continue
        outputs: tuple[Output, ...] = (Output(first + writer.suffix, writer.media_type, made.value),)
        if name == "pdf" and job.draw:
            from converter.booklet.proof import draw_pages

            pictures, count = draw_pages(made.value, *job.draw)
            outputs = tuple(
                Output(f"{first}-{number}.png", "image/png", data) for number, data in enumerate(pictures, job.draw[0])
            )
            report = replace(report, pages=count)
        report = replace(
            report,
            outputs=(*report.outputs, *outputs),
            diagnostics=(*report.diagnostics, *made.diagnostics),
            positions=(*report.positions, *(None for _ in made.diagnostics)),
        )
    return report


def _file(job: Job, document: Document, name: str, options: Mapping[str, Any]) -> Result[bytes]:
    """The document in a format. Raises LimitError for a PDF of too many pages."""
    pages = _pages(job)
    made = write(document, name, theme=job.theme, options=options, store=pages)
    if pages:
        pages.tidy()
    if name == "pdf" and job.max_pages:
        from converter.booklet.proof import page_count

        if (count := page_count(made.value)) > job.max_pages:
            raise LimitError(
                f"The PDF has {count:,} pages; {job.max_pages:,} are allowed. Divide the text.",
                f"PDF 共 {count:,} 页，超过上限 {job.max_pages:,} 页，请拆分后再试。",
            )
    return made


def _attempt(report: Report, step: Callable[[], T]) -> tuple[T | None, Report]:
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


def _named(reports: Sequence[Report]) -> Outcome:
    """The outcome, each output under a name of its own."""
    outputs = [output for report in reports for output in report.outputs]
    names = iter(unique(_split(output.name) for output in outputs))
    return Outcome(
        reports=tuple(
            replace(report, outputs=tuple(output._replace(name=next(names)) for output in report.outputs))
            for report in reports
        )
    )


def _split(name: str) -> tuple[str, str]:
    path = PurePath(name)
    return path.stem, path.suffix
