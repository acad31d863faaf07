"""`converter convert`."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from converter.cli import exit_code, fail
from converter.cli.common import parse_options, print_diagnostics, with_output_options
from converter.cli.files import find_inputs, require_folder, target, write_standard_output, write_whole
from converter.cli.summary import Written, print_written
from converter.engine.job import Input as JobInput
from converter.engine.job import Job, run
from converter.errors import ConverterError, UsageError, WriteError
from converter.plugins import find_writer
from converter.typeset.themes import find_theme

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from converter.cli.files import Input
    from converter.plugins import Writer


@click.command("convert")
@click.argument("sources", metavar="IN...", nargs=-1, required=True)
@click.option("--to", "to", metavar="FORMATS", help="What to make, as in docx,pdf,epub. [from the ending of -o]")
@click.option("-o", "--output", metavar="DIR|FILE", help="Where to put it; - is standard output. [beside the text]")
@click.option("--theme", default="article", show_default=True, metavar="article|official|book", help="How it looks.")
@with_output_options
def command(
    sources: tuple[str, ...],
    *,
    to: str | None,
    output: str | None,
    theme: str,
    script: str | None,
    encoding: str | None,
    options: tuple[str, ...],
    force: bool,
    verbose: bool,
) -> None:
    """Convert texts to DOCX, PDF, EPUB and other formats.

    IN is a text, a folder of texts, or - for standard input. Files that exist are kept unless --force.

    \b
    converter convert 讲话.txt --to docx
    converter convert 通知.txt --to pdf --theme official -o 通知.pdf
    converter convert 小说.txt --to epub --script hant
    converter convert 文稿/ --to docx,pdf -o 成品/
    cat 讲话.txt | converter convert - --to pdf -o - > 讲话.pdf
    """
    find_theme(theme)
    writers = requested_writers(to, output)
    inputs = find_inputs(sources)
    targets = _targets(inputs, writers, output)
    job = Job(
        inputs=(),
        to=tuple(writer.name for writer in writers),
        theme=theme,
        script=script,
        encoding=encoding,
        options=tuple(parse_options(options).items()),
    )
    written: list[Written] = []
    worst = 0
    for source, paths in _with_progress(inputs, targets):
        try:
            if not force:
                refuse_existing(paths)
            written += _converted(source, paths, job, force=force, verbose=verbose)
        except UsageError:
            raise
        except ConverterError as error:
            fail(error)
            worst = worst or exit_code(error)
    print_written(written)
    sys.exit(worst)


def requested_writers(to: str | None, output: str | None) -> list[Writer]:
    """The writers for `--to`, or for the ending of `-o`. Raises UsageError where neither names a format."""
    if to:
        names = list(dict.fromkeys(name.strip() for name in to.split(",") if name.strip()))
    else:
        names = [Path(output).suffix[1:].lower()] if output and Path(output).suffix else []
    if not names:
        raise UsageError("Which format? Say --to docx,pdf,epub.", "要转换成什么格式？请用 --to docx,pdf,epub 指定。")
    return [find_writer(name) for name in names]


def refuse_existing(paths: Sequence[Path | None]) -> None:
    """Raises WriteError for the first path that exists: better before the work than after it."""
    for path in paths:
        if path and path.exists():
            raise WriteError(
                f"{path} exists already; use --force to write over it.", f"{path} 已存在；如需覆盖请加 --force。"
            )


def _targets(inputs: list[Input], writers: list[Writer], output: str | None) -> list[list[Path | None]]:
    """For each input a path for each writer; None stands for standard output."""
    single = len(inputs) == 1 and len(writers) == 1
    if output == "-" or (output is None and single and inputs[0].path is None):
        if not single:
            raise UsageError(
                "Standard output takes one file: name one text and one format.",
                "标准输出只能容纳一个文件：请只给一篇文本和一种格式。",
            )
        return [[None]]
    if output and single and not output.endswith("/") and not Path(output).is_dir():
        require_folder(Path(output).parent)
        return [[Path(output)]]
    if output:
        require_folder(Path(output))
    targets: list[list[Path | None]] = [[target(i, output, w.suffix) for w in writers] for i in inputs]
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


def _with_progress(inputs: list[Input], targets: list[list[Path | None]]) -> Iterator[tuple[Input, list[Path | None]]]:
    """The inputs one by one, with a progress bar where somebody watches and there is something to watch."""
    pairs = list(zip(inputs, targets, strict=True))
    if len(pairs) < 4 or not sys.stderr.isatty():
        yield from pairs
        return
    with click.progressbar(pairs, file=sys.stderr, show_pos=True) as bar:
        yield from bar


def _converted(source: Input, paths: list[Path | None], job: Job, *, force: bool, verbose: bool) -> Iterator[Written]:
    outcome = run(replace(job, inputs=(JobInput(source.name, source.data()),)))
    report = outcome.reports[0]
    print_diagnostics(source.name, report.diagnostics, verbose=verbose)
    for output, path in zip(report.outputs, paths, strict=False):
        if path is None:
            write_standard_output(output.data)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, output.data, force=force)
        yield Written(path, output.data)
    if report.errors:
        raise report.errors[0]
