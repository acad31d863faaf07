"""A job is done, in this process."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from converter.diagnostics import Diagnostic, Severity
from converter.engine.examining import checked, inspected, verified
from converter.engine.job import Input, Job, Kind, Outcome, Output, Report
from converter.engine.names import safe, split, stem, unique
from converter.engine.progress import Steps
from converter.engine.reading import attempt, found_in, recorded, shelf_of
from converter.engine.recurring import FEWEST, with_recurring
from converter.engine.request import requested
from converter.errors import LimitError, Message
from converter.pipeline import write

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from converter.diagnostics import Result
    from converter.engine.shelf import Pages
    from converter.model import Document
    from converter.plugins import Writer


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
            reports = [inspected(job, source, steps) for source in job.inputs]
        case Kind.CHECK:
            reports = [checked(source, steps) for source in job.inputs]
        case Kind.VERIFY:
            reports = verified(job, steps)
    return _named(reports)


def _pages(job: Job) -> Pages | None:
    """Where the job keeps the pages that it draws, if it does and can."""
    if not job.keep:
        return None
    from converter.engine.shelf import open_pages

    return open_pages()


def _stem(job: Job, source: Input, document: Document) -> str:
    """The name of an input's outputs without ending, in the script that its words are converted to."""
    if job.script is None:
        return stem(source.name)
    from converter.transforms.script import words_to_script

    like = document.display_title
    return words_to_script(stem(source.name), job.script, like=like, glossary=job.glossary)


def _converted(job: Job, source: Input, writers: Mapping[str, tuple[Writer, dict[str, Any]]], steps: Steps) -> Report:
    found, report = found_in(job, source, steps)
    if found is None:
        return report
    written = _written(job, report, _stem(job, source, found.value), found.value, writers, steps)
    return recorded(job, source, found.value, written)


def _compiled(
    job: Job,
    writers: Mapping[str, tuple[Writer, dict[str, Any]]],
    steps: Steps,
    on_read: Callable[[], None],
) -> list[Report]:
    reports, documents = [], []
    for source in job.inputs:
        found, report = found_in(job, source, steps)
        on_read()
        reports.append(report if found is None else recorded(job, source, found.value, report))
        if found is not None:
            documents.append(found.value)
    if shelf := shelf_of(job):
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
        manifest=job.manifest and job.manifest.without(broken),
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
        made, report = attempt(report, partial(_file, job, document, name, options))
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


def _named(reports: Sequence[Report]) -> Outcome:
    """The outcome, each output under a name of its own."""
    outputs = [output for report in reports for output in report.outputs]
    names = iter(unique(split(output.name) for output in outputs))
    return Outcome(
        reports=tuple(
            replace(report, outputs=tuple(output._replace(name=next(names)) for output in report.outputs))
            for report in reports
        )
    )
