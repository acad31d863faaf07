"""`converter booklet`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from converter.cli import exit_code
from converter.cli.common import parse_options, print_report, with_output_options
from converter.cli.convert import requested_writers
from converter.cli.files import find_inputs, refuse_existing, require_folder
from converter.cli.reports import ReportFiles
from converter.cli.summary import Written, print_written
from converter.engine.job import Input as JobInput
from converter.engine.job import Job, Kind, run

if TYPE_CHECKING:
    from converter.transforms.script_glossary import Glossary


@click.command("booklet")
@click.argument("sources", metavar="IN...", nargs=-1, required=True)
@click.option(
    "-o", "--output", "outputs", metavar="FILE", multiple=True, required=True,
    help="The volume; its ending chooses the format. Give it again for another format.",
)  # fmt: skip
@click.option("--title", metavar="T", help="Title of the volume. [the first text's title 等N篇]")
@click.option("--author", metavar="A", help="Author, editor or office.")
@click.option("--date", metavar="D", help="Date on the cover, in any form.")
@click.option("--theme", default="book", show_default=True, metavar="article|official|book", help="How it looks.")
@with_output_options
def command(
    sources: tuple[str, ...],
    *,
    outputs: tuple[str, ...],
    title: str | None,
    author: str | None,
    date: str | None,
    theme: str,
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
    """Compile many texts into one volume with cover, contents, running heads and page numbers.

    Each text opens on a new page, in the order in which they are named; those of a folder in the order of their names.
    If one text cannot be read, nothing is written.

    \b
    converter booklet 文稿/ -o 文集.pdf --title 党建工作文集 --author 办公室 --date 2012年7月
    converter booklet 一.txt 二.txt -o 文集.docx -o 文集.epub
    """
    paths = {requested_writers(None, output)[0].name: Path(output) for output in outputs}
    for path in paths.values():
        require_folder(path.parent)
    if not force:
        refuse_existing(list(paths.values()))
    report_files = ReportFiles(reports, fail_on, force=force, dry_run=dry_run)
    outcome = run(
        Job(
            kind=Kind.BOOKLET,
            inputs=tuple(JobInput(source.name, source.data(), source.rules()) for source in find_inputs(sources)),
            to=tuple(paths),
            theme=theme,
            script=script,
            glossary=glossary,
            quotes=quotes,
            options=tuple(parse_options(options).items()),
            reader_options=tuple(reader.items()),
            record=report_files.wanted,
            title=title,
            author=author,
            date=date,
        )
    )
    for report in outcome.reports:
        print_report(report, verbose=verbose, dry_run=dry_run)
    if not outcome.errors:
        made = [Written(path, output.data) for path, output in zip(paths.values(), outcome.outputs, strict=True)]
        for file in made if not dry_run else ():
            file.put(force=force)
        print_written(made, dry_run=dry_run)
    report_files.write(outcome.reports)
    sys.exit(exit_code(outcome.errors[0]) if outcome.errors else report_files.exit_code(outcome.reports))
