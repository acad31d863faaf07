"""`converter repair`."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from converter.cli import exit_code
from converter.cli.common import print_report, with_common_options, with_reader_options
from converter.cli.convert import output_paths
from converter.cli.files import find_inputs, refuse_existing
from converter.cli.reports import ReportFiles, with_report_options
from converter.cli.summary import Written, print_written
from converter.engine.job import Input as JobInput
from converter.engine.job import Job, Kind, Report
from converter.engine.run import run
from converter.errors import ConverterError, InputError, UsageError
from converter.ledger.record import encoded

if TYPE_CHECKING:
    from converter.cli.files import Input


@click.command("repair")
@click.argument("sources", metavar="IN...", nargs=-1, required=True)
@click.option("-o", "--output", metavar="DIR|FILE", default="-", help="Where to put it. [standard output]")
@click.option("--output-encoding", metavar="NAME", help="Encoding of what is written. [that of the text]")
@with_report_options
@click.option("--dry-run", is_flag=True, help="Say what would be changed and written; write nothing.")
@with_reader_options
@click.option("--force", is_flag=True, help="Write over files that exist.")
@click.option("-v", "--verbose", is_flag=True, help="Say everything, not only warnings.")
@with_common_options
def command(
    sources: tuple[str, ...],
    *,
    output: str,
    output_encoding: str | None,
    reports: tuple[str, ...],
    fail_on: str | None,
    dry_run: bool,
    force: bool,
    verbose: bool,
    **reader: Any,
) -> None:
    """Write the repaired text itself, and nothing else changed: same encoding, same line ends.

    With a report, `converter undo` gives the original bytes back.

    \b
    converter repair 讲话.txt > 修复.txt
    converter repair 讲话.txt -o 修复.txt --report 讲话.json
    converter repair 文稿/ -o 修复/ --skip ZH201
    converter repair 讲话.txt --dry-run --fail-on warning
    """
    inputs = find_inputs(sources)
    paths = [found[0] for found in output_paths(inputs, [".txt"], output)]
    report_files = ReportFiles(reports, fail_on, force=force, dry_run=dry_run)
    job = Job(kind=Kind.INSPECT, inputs=(), reader_options=tuple(reader.items()), record=True)
    done: list[Report] = []
    written: list[Written] = []
    for source, path in zip(inputs, paths, strict=True):
        report = Report(name=source.name)
        try:
            if not force:
                refuse_existing([path])
            report, data = _repaired(source, job, output_encoding)
            file = Written(path, data)
            if not dry_run:
                file.put(force=force)
            written += [file] if path else []
        except UsageError:
            raise
        except ConverterError as error:
            report = replace(report, errors=(*report.errors, error.about(source.name)))
        print_report(report, verbose=verbose, dry_run=dry_run)
        done.append(report)
    print_written(written, dry_run=dry_run)
    report_files.write(done)
    errors = [error for report in done for error in report.errors]
    sys.exit(exit_code(errors[0]) if errors else report_files.exit_code(done))


def _repaired(source: Input, job: Job, encoding: str | None) -> tuple[Report, bytes]:
    report = run(replace(job, inputs=(JobInput(source.name, source.data(), source.rules()),))).reports[0]
    if report.errors:
        raise report.errors[0]
    if report.record is None:
        raise InputError("This is not plain text: there is nothing to repair.", "这不是纯文本，没有可修复的内容。")
    text = report.record.source
    return report, encoded(text, text.text, encoding)
