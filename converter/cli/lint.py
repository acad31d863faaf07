"""`converter lint`"""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import click

from converter.cli import FOUND, speaks_chinese
from converter.cli.common import with_common_options, with_reader_options
from converter.cli.files import find_inputs, write_standard_output
from converter.diagnostics import Severity
from converter.errors import ConverterError, UsageError
from converter.inspection import diagnostic_json, json_bytes
from converter.lint import lint
from converter.lint.sarif import to_sarif
from converter.pipeline import read
from converter.plugins import reader_for

if TYPE_CHECKING:
    from converter.cli.files import Input
    from converter.diagnostics import Diagnostic
    from converter.source import SourceText


class Format(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"


_GRAVITY = {"info": 0, "warning": 1, "error": 2, "never": 3}
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}


@click.command("lint")
@click.argument("sources", metavar="IN...", nargs=-1, required=True)
@click.option("--format", "form", metavar="|".join(Format), default=Format.TEXT, help="How to print what is found.")
@click.option(
    "--fail-on",
    metavar="|".join(_GRAVITY),
    default="never",
    help=f"End with exit code {FOUND} if anything so grave was found; for checks on a server.",
)
@with_reader_options
@with_common_options
def command(sources: tuple[str, ...], *, form: str, fail_on: str, **reader: Any) -> None:
    """Report what an editor would ask about; change nothing.

    Missing and repeated numbers, levels passed over, headings with nothing below, a notice without a date, brackets
    without partners, wrong characters.

    \b
    converter lint 讲话.txt
    converter lint 文集/ --format sarif > lint.sarif
    converter lint 文集/ --fail-on warning
    """
    if form not in list(Format):
        raise UsageError.unknown("output", "输出形式", form, Format)
    if fail_on not in _GRAVITY:
        raise UsageError.unknown("severity", "级别", fail_on, _GRAVITY)
    found = [(source.name, *_check(source, reader)) for source in find_inputs(sources)]
    match Format(form):
        case Format.TEXT:
            for name, text, findings in found:
                for finding in findings:
                    click.echo(_line(name, text, finding))
        case Format.JSON:
            files = [
                {"file": name, "findings": [diagnostic_json(finding, text) for finding in findings]}
                for name, text, findings in found
            ]
            _print_json({"version": 1, "files": files})
        case Format.SARIF:
            _print_json(to_sarif(found))
    worst = max((_GRAVITY[f.severity.value] for _, _, findings in found for f in findings), default=-1)
    sys.exit(FOUND if worst >= _GRAVITY[fail_on] else 0)


def _check(source: Input, reader: dict[str, Any]) -> tuple[SourceText | None, tuple[Diagnostic, ...]]:
    options = {name: value for name, value in reader.items() if value}
    if rules := source.rules():
        options.setdefault("rules", rules)
    try:
        document = read(source.data(), format=reader_for(source.path.suffix if source.path else ""), options=options)
    except ConverterError as error:
        raise error.about(source.name) from None
    return document.value.source, lint(document.value)


def _line(name: str, text: SourceText | None, finding: Diagnostic) -> str:
    """FILE:LINE:COLUMN: severity CODE: words (suggestion)"""
    where = name
    if text is not None and finding.span is not None:
        where += ":{}:{}".format(*text.position(finding.span.start))
    zh = speaks_chinese()
    words = finding.message.zh if zh else finding.message.en
    hint = f" → {finding.hints[0]}" if finding.hints else ""
    level = click.style(finding.severity.value, fg=_COLOURS[finding.severity])
    return f"{where}: {level} {finding.code}: {words}{hint}"


def _print_json(data: dict[str, Any]) -> None:
    write_standard_output(json_bytes(data, indent=1) + b"\n")
