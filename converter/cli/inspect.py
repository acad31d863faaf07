"""`converter inspect`"""

from __future__ import annotations

import shutil
import sys
import unicodedata
from typing import TYPE_CHECKING, Any

import click

from converter.cli import speaks_chinese
from converter.cli.changes import print_changes
from converter.cli.common import with_common_options, with_reader_options
from converter.cli.files import find_inputs, write_standard_output
from converter.cli.reports import ReportFiles, with_report_options
from converter.engine.job import Input as JobInput
from converter.engine.job import Job, Kind
from converter.engine.run import run
from converter.errors import UsageError
from converter.inspection import json_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator


@click.command("inspect")
@click.argument("source", metavar="IN")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@click.option("--why", is_flag=True, help="Say which rule decided about each line, on what evidence, and what else.")
@click.option("--all", "everything", is_flag=True, help="Show every change, not only the different ones.")
@click.option("--force", is_flag=True, help="Write over reports that exist.")
@with_report_options
@with_reader_options
@with_common_options
def command(
    source: str,
    *,
    as_json: bool,
    why: bool,
    everything: bool,
    force: bool,
    reports: tuple[str, ...],
    fail_on: str | None,
    **reader: Any,
) -> None:
    """Show what is recognised in a text, line by line, and then what is repaired, rule by rule.

    A change is shown as [-before-]{+after+} with its place, its surroundings, and how sure it is.

    \b
    converter inspect 讲话.txt
    converter inspect 讲话.txt --only ZH101 --all
    converter inspect 讲话.txt --report 讲话.json --report 讲话.html
    converter inspect 讲话.txt --json
    """
    report_files = ReportFiles(reports, fail_on, force=force)
    found = find_inputs((source,))
    if len(found) > 1:
        raise UsageError("inspect takes one text at a time.", "inspect 一次只看一篇文本。")
    inputs = (JobInput(found[0].name, found[0].data(), found[0].rules()),)
    job = Job(kind=Kind.INSPECT, inputs=inputs, reader_options=tuple(reader.items()), record=True)
    report = run(job).reports[0]
    report_files.write((report,))
    if report.errors:
        raise report.errors[0]
    if as_json:
        write_standard_output(json_bytes(report.inspection, indent=1) + b"\n")
    else:
        _print(dict(report.inspection or {}), why=why)
        if report.record:
            print_changes(report.record, everything=everything)
    sys.exit(report_files.exit_code((report,)))


_COLOURS = {"heading": "green", "part": "green", "removed": "red", "title": "magenta"}


def _print(seen: dict[str, Any], *, why: bool) -> None:
    width = shutil.get_terminal_size((100, 24)).columns
    for candidate in seen.get("encodings", ())[:4]:
        name = click.style(f"{candidate['encoding']:12}", fg="cyan")
        click.echo(f"{candidate['confidence']:>5.0%}  {name}  {_shortened(candidate['sample'], width - 22)}")
    reasons = {r["line"]: r for r in (*(b["why"] for b in seen["blocks"]), *seen["other_lines"]) if r} if why else {}
    for line, kind, level, text in sorted(_rows(seen), key=lambda row: row[0]):
        name = click.style(f"{kind + (f' {level}' if level else ''):12}", fg=_COLOURS.get(kind))
        click.echo(f"{line or '':>5}  {name}  {_shortened(text, width - 22)}")
        if reason := reasons.pop(line, None):
            _print_why(reason)
    for reason in sorted(reasons.values(), key=lambda r: r["line"]):
        click.echo(f"{reason['line']:>5}  {reason['class']}")
        _print_why(reason)


def _print_why(reason: dict[str, Any]) -> None:
    zh = speaks_chinese()
    rule, evidence = (reason["reason_zh"], reason["evidence_zh"]) if zh else (reason["reason"], reason["evidence"])
    words = f"{reason['rule']} {rule} | {evidence} | {'或作' if zh else 'else'} {reason['instead']}"
    click.secho(f"{'':21}{words}", dim=True)


def _rows(seen: dict[str, Any]) -> Iterator[tuple[int, str, int | None, str]]:
    if seen["title"]:
        yield 0, "title", None, seen["title"]
    for block in seen["blocks"]:
        text, kind = block["text"], block["type"]
        if block["run_in"]:
            head = len(block["run_in"])
            text, kind = click.style(text[:head], fg="green") + text[head:], "run-in"
        yield block["line"] or 0, kind, block["level"], text
    for removed in seen["removed"]:
        yield removed["line"] or 0, "removed", None, removed["text"]


def _shortened(text: str, width: int) -> str:
    """As much of the text as fits into so many columns; an ideograph takes two."""
    plain_width, shown = 0, ""
    for char in text:
        plain_width += 2 if unicodedata.east_asian_width(char) in "WF" else 1
        if plain_width > width:
            return shown + "…" + ("\x1b[0m" if "\x1b" in shown else "")
        shown += char
    return shown
