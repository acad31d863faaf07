"""What a job asks for, held against the formats and options that there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from converter.engine.job import Kind
from converter.errors import UsageError
from converter.options import option_names
from converter.plugins import find_reader, find_writer, readers
from converter.typeset.themes import find_theme

if TYPE_CHECKING:
    from converter.engine.job import Input, Job
    from converter.plugins import Reader, Writer

_VOLUME: dict[str, Any] = {"cover": True, "contents": True}
"""What a booklet has unless the job or its manifest says otherwise, in the formats that know these options."""


def requested(job: Job) -> dict[str, tuple[Writer, dict[str, Any]]]:
    """Every writer that the job asks for, with its own options; nothing is done yet.

    Raises UsageError for what is wrong with the request as a whole.
    """
    if not job.inputs:
        raise UsageError("There is no file to work on. Name at least one.", "没有可处理的文件，请至少指定一个。")
    if not job.to and job.kind in {Kind.CONVERT, Kind.BOOKLET}:
        raise UsageError("No format was asked for. Say for instance: docx, pdf.", "未指定目标格式，例如：docx、pdf。")
    find_theme(job.theme)
    _check_reader_options(job)
    writers = {name: find_writer(name) for name in job.to}
    known = {name: known_options(writer) for name, writer in writers.items()}
    given = {name.replace("-", "_"): value for name, value in job.options}
    usual = _VOLUME | (job.manifest.options if job.manifest else {}) if job.kind is Kind.BOOKLET else {}
    if usual and {"pdf", "epub"} <= set(job.to):
        usual["page_list"] = True  # of the PDF beside it
    everywhere = set[str]().union(*known.values())
    for name in given:
        if name not in everywhere:
            raise UsageError.unknown("option", "选项", name, everywhere)
    return {
        name: (writer, {option: value for option, value in (usual | given).items() if option in known[name]})
        for name, writer in writers.items()
    }


def reader_options(job: Job, source: Input) -> dict[str, Any]:
    """The options for the reader of an input."""
    given = {name.replace("-", "_"): value for name, value in job.reader_options}
    given |= {"encoding": job.encoding} if job.encoding else {}
    return given | {name.replace("-", "_"): value for name, value in source.options}


def _check_reader_options(job: Job) -> None:
    """Raises UsageError for an option that no reader has; a batch may need several readers."""
    given = {name for source in job.inputs for name in reader_options(job, source)}
    if given <= known_options(find_reader("txt")):  # then no other is loaded for its options
        return
    everywhere = set[str]().union(*(known_options(found.plugin) for found in readers() if found.plugin))
    for name in given:
        if name not in everywhere:
            raise UsageError.unknown("option", "选项", name, everywhere)


def known_options(plugin: Reader | Writer) -> set[str]:
    """The names of its options."""
    return option_names(plugin.options_type)
