"""`converter convert`."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from converter.cli import exit_code
from converter.cli.common import parse_options, print_report, themed, with_output_options, with_theme_options
from converter.cli.files import find_inputs, refuse_existing, require_folder, target
from converter.cli.reports import ReportFiles
from converter.cli.summary import Written, print_written
from converter.engine.job import Input as JobInput
from converter.engine.job import Job, Report
from converter.engine.recurring import FEWEST, is_looked_at, with_recurring
from converter.engine.run import run
from converter.errors import ConverterError, UsageError
from converter.plugins import find_writer, writers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from converter.cli.files import Input
    from converter.plugins import Writer
    from converter.transforms.script_glossary import Glossary
    from converter.typeset.theme import Theme


@click.command("convert")
@click.argument("sources", metavar="IN...", nargs=-1, required=True)
@click.option("--to", "to", metavar="FORMATS", help="What to make, as in docx,pdf,epub. [from the ending of -o]")
@click.option("-o", "--output", metavar="DIR|FILE", help="Where to put it; - is standard output. [beside the text]")
@with_theme_options("article")
@click.option(
    "--comments",
    is_flag=False,
    flag_value="comments",
    metavar="[=changes]",
    help="In DOCX, what was changed in the text: as comments; with =changes as tracked changes.",
)
@with_output_options
def command(
    sources: tuple[str, ...],
    *,
    to: str | None,
    output: str | None,
    theme: str | Theme,
    fonts: tuple[str, ...],
    reference: bytes,
    comments: str | None,
    vertical: bool,
    script: str | None,
    glossary: Glossary | None,
    quotes: str | None,
    options: tuple[str, ...],
    reports: tuple[str, ...],
    fail_on: str | None,
    dry_run: bool,
    force: bool,
    verbose: bool,
    **reader: Any,
) -> None:
    """Convert texts to DOCX, PDF, EPUB and other formats.

    IN is a text, a folder of texts, or - for standard input. Files that exist are kept unless --force.

    \b
    converter convert 讲话.txt --to docx
    converter convert 通知.txt --to pdf --theme official -o 通知.pdf
    converter convert 小说.txt --to epub --script hant
    converter convert 文稿/ --to docx,pdf -o 成品/
    converter convert 讲话.txt --to docx --report 讲话.json --report 讲话.html
    converter convert 讲话.txt --to docx --comments=changes
    cat 讲话.txt | converter convert - --to pdf -o - > 讲话.pdf
    """
    writers = requested_writers(to, output)
    inputs = find_inputs(sources)
    targets = output_paths(inputs, [writer.suffix for writer in writers], output, script)
    report_files = ReportFiles(reports, fail_on, force=force, dry_run=dry_run)
    flags = ([f"comments={comments}"] if comments else []) + (["vertical"] if vertical else [])
    job = Job(
        inputs=(),
        to=tuple(writer.name for writer in writers),
        theme=themed(theme, fonts, reference),
        script=script,
        glossary=glossary,
        quotes=quotes or ("「」" if vertical else None),
        options=tuple(parse_options((*options, *flags)).items()),
        reader_options=tuple(reader.items()),
        record=report_files.wanted,
    )
    chrome = _chrome(inputs)
    done: list[Report] = []
    written: list[Written] = []
    for source, paths in _with_progress(inputs, targets):
        report = Report(name=source.name)
        try:
            if not force:
                refuse_existing(paths)
            text = JobInput(source.name, source.data(), source.rules(), chrome.get(source.path, ""))
            report = run(replace(job, inputs=(text,))).reports[0]
            for file in _files(report, paths):
                if not dry_run:
                    file.put(force=force)
                written.append(file)
        except UsageError:
            raise
        except ConverterError as error:
            report = replace(report, errors=(*report.errors, error.about(source.name)))
        print_report(report, verbose=verbose, dry_run=dry_run)
        done.append(replace(report, outputs=()))
    print_written([file for file in written if file.path], dry_run=dry_run)
    report_files.write(done)
    errors = [error for report in done for error in report.errors]
    sys.exit(exit_code(errors[0]) if errors else report_files.exit_code(done))


def requested_writers(to: str | None, output: str | None) -> list[Writer]:
    """The writers for `--to`, or for the ending of `-o`. Raises UsageError where neither names a format."""
    if to:
        names = list(dict.fromkeys(name.strip() for name in to.split(",") if name.strip()))
    else:
        names = [Path(output).suffix[1:].lower()] if output and Path(output).suffix else []
    if not names:
        raise UsageError("Which format? Say --to docx,pdf,epub.", "要转换成什么格式？请用 --to docx,pdf,epub 指定。")
    return [find_writer(name) for name in names]


def _endings() -> set[str]:
    return {found.plugin.suffix for found in writers() if found.plugin}


def _require_ending(output: str, suffix: str) -> None:
    """Raises UsageError for a file that would be called what it is not."""
    ending = Path(output).suffix.lower()
    if ending != suffix and ending in _endings():
        right = Path(output).with_suffix(suffix)
        raise UsageError(
            f"{output} would be a {suffix} file: call it {right}, or leave --to out.",
            f"{output} 的内容将是 {suffix} 格式：请命名为 {right}，或不写 --to。",
        )


def output_paths(
    inputs: list[Input], suffixes: list[str], output: str | None, script: str | None = None
) -> list[list[Path | None]]:
    """For each input a path for each suffix; None stands for standard output."""
    single = len(inputs) == 1 and len(suffixes) == 1
    if output == "-" or (output is None and single and inputs[0].path is None):
        if not single:
            raise UsageError(
                "Standard output takes one file: name one text and one format.",
                "标准输出只能容纳一个文件：请只给一篇文本和一种格式。",
            )
        return [[None]]
    named = output and not output.endswith("/") and not Path(output).is_dir()
    if output and named and single:
        _require_ending(output, suffixes[0])
        require_folder(Path(output).parent)
        return [[Path(output)]]
    if output and named and Path(output).suffix.lower() in {*suffixes, *_endings()}:
        raise UsageError(
            f"{output} cannot take several files: name a folder, as in -o out/.",
            f"{output} 容纳不下多个文件：请指定文件夹，如 -o out/。",
        )
    if output:
        require_folder(Path(output))
    targets: list[list[Path | None]] = [[target(i, output, suffix, script) for suffix in suffixes] for i in inputs]
    seen: dict[Path | None, Input] = {}
    for source, paths in zip(inputs, targets, strict=True):
        for path in paths:
            if path in seen:
                raise UsageError(
                    f"{seen[path].name} and {source.name} would both become {path}.",
                    f"{seen[path].name} 和 {source.name} 的输出同为 {path}。",
                )
            seen[path] = source
    return targets


def _chrome(inputs: list[Input]) -> dict[Path | None, str]:
    """For each text the lines that recur around those of its folder; what cannot be read is reported later."""
    texts = []
    for source in inputs if len(inputs) >= FEWEST else []:
        with suppress(ConverterError, OSError):
            if source.path and is_looked_at(source.name, source.path.stat().st_size):
                texts.append(JobInput(source.name, source.data()))
    return {Path(source.name): source.chrome for source in with_recurring(texts)}


def _with_progress(inputs: list[Input], targets: list[list[Path | None]]) -> Iterator[tuple[Input, list[Path | None]]]:
    """The inputs one by one, with a progress bar where somebody watches and there is something to watch."""
    pairs = list(zip(inputs, targets, strict=True))
    if len(pairs) < 4 or not sys.stderr.isatty():
        yield from pairs
        return
    with click.progressbar(pairs, file=sys.stderr, show_pos=True) as bar:
        yield from bar


def _files(report: Report, paths: list[Path | None]) -> Iterator[Written]:
    """What was made, and where it goes: to the only path, or to the one of its kind; some may have failed."""
    for output in report.outputs:
        suffix = Path(output.name).suffix
        yield Written(next(p for p in paths if len(paths) == 1 or (p and p.suffix == suffix)), output.data)
