"""`converter booklet`."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from converter.booklet.assemble import left_out
from converter.booklet.manifest import Manifest, arranged, first_manifest, names_file, read_manifest
from converter.cli import exit_code
from converter.cli.common import (
    parse_options,
    print_report,
    read_theme_choice,
    themed,
    with_output_options,
    with_theme_options,
)
from converter.cli.convert import requested_writers
from converter.cli.files import Input, find_inputs, refuse_existing, require_folder
from converter.cli.printing import Printing, print_remarks, with_printing_options
from converter.cli.reports import ReportFiles
from converter.cli.summary import Written, print_written
from converter.engine.job import Input as JobInput
from converter.engine.job import Job, Kind
from converter.engine.run import run
from converter.errors import ConverterError, UsageError
from converter.typeset.cover import cover_figure

if TYPE_CHECKING:
    from converter.engine.job import Outcome
    from converter.model import Figure
    from converter.transforms.script_glossary import Glossary
    from converter.typeset.theme import Theme


_MANY = 20
"""Texts that take so long that people want to see how far it is."""


@click.command("booklet")
@click.argument("sources", metavar="IN...", nargs=-1)
@click.option(
    "-o", "--output", "outputs", metavar="FILE", multiple=True,
    help="The volume; its ending chooses the format. Give it again for another format.",
)  # fmt: skip
@click.option("--title", metavar="T", help="Title of the volume. [the first text's title 等N篇]")
@click.option("--author", metavar="A", help="Author, editor or office.")
@click.option("--date", metavar="D", help="Date on the cover, in any form.")
@click.option("--manifest", metavar="BOOK.toml", help="Title, authors, order, parts and more, from a file.")
@click.option("--cover-image", metavar="PICTURE", help="A picture of yours as the cover; it fills the page.")
@click.option("--init", metavar="BOOK.toml", help="Write such a file for these texts, to be edited; nothing else.")
@click.option("--skip-broken", is_flag=True, help="Leave out texts that cannot be read, with a note.")
@click.option("--no-cache", is_flag=True, help="Read every text anew, also those that did not change.")
@with_theme_options(None)
@click.option(
    "--impose", "mode", metavar="saddle|perfect|leaves|none", default="none",
    help="Also printer's sheets: FILE-sheets.pdf beside each PDF. [none]",
)  # fmt: skip
@with_printing_options(leave_out="mode")
@with_output_options
def command(
    sources: tuple[str, ...],
    *,
    outputs: tuple[str, ...],
    title: str | None,
    author: str | None,
    date: str | None,
    manifest: str | None,
    cover_image: str | None,
    init: str | None,
    skip_broken: bool,
    no_cache: bool,
    theme: str | Theme | None,
    fonts: tuple[str, ...],
    reference: bytes,
    mode: str,
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
    **more: Any,
) -> None:
    """Compile many texts into one volume with cover, contents, running heads and page numbers.

    Each text opens on a new page, in the order in which they are named; those of a folder as their names count them
    (2 before 10, 第二篇 before 第十篇). A manifest orders and groups them. If one text cannot be read, nothing is
    written. With --impose, sheets to print, fold and staple are made as well.

    \b
    converter booklet 文稿/ -o 文集.pdf --title 党建工作文集 --author 办公室 --date 2012年7月
    converter booklet 一.txt 二.txt -o 文集.docx -o 文集.epub
    converter booklet 文稿/ -o 文集.pdf --impose saddle --guide 打印说明.pdf
    converter booklet 文稿/ --init book.toml
    converter booklet 文稿/ --manifest book.toml -o 文集.pdf
    """
    book = _manifest(manifest)
    found = _inputs(sources, manifest, book)
    files = _Files(outputs, init, mode, more)
    files.check(force=force)
    report_files = ReportFiles(reports, fail_on, force=force, dry_run=dry_run)
    outcome = _run(
        Job(
            kind=Kind.INSPECT if init else Kind.BOOKLET,
            inputs=tuple(JobInput(source.name, source.data(), source.rules()) for source in found),
            to=tuple(files.paths),
            theme=themed(theme or _theme(book, manifest), fonts, reference),
            script=script or book.script or None,
            glossary=glossary,
            quotes=quotes or ("「」" if vertical else None),
            options=tuple(parse_options((*options, *(["vertical"] if vertical else ()))).items()),
            reader_options=tuple(more.items()),
            record=report_files.wanted,
            title=title,
            author=author,
            date=date,
            manifest=book,
            cover=_cover(cover_image, book, manifest),
            sort=all(Path(source).is_dir() for source in sources),
            skip_broken=skip_broken,
            keep=not no_cache,
        )
    )
    for report in outcome.reports:
        print_report(report, verbose=verbose, dry_run=dry_run)
    if not outcome.errors:
        made = files.made(outcome)
        for file in made if not dry_run else ():
            file.put(force=force)
        print_written(made, dry_run=dry_run)
    report_files.write(outcome.reports)
    sys.exit(exit_code(outcome.errors[0]) if outcome.errors else report_files.exit_code(outcome.reports))


def _run(job: Job) -> Outcome:
    """What comes of the job; with a bar where somebody watches and there is something to watch."""
    gc.disable()  # this process makes one volume of many small things that all stay: a tenth of the time
    try:
        count = len(job.inputs)
        if count < _MANY or not sys.stderr.isatty():
            return run(job)
        with click.progressbar(length=2 * count, file=sys.stderr, show_percent=True) as bar:
            outcome = run(job, lambda: bar.update(1))
            bar.update(count)  # typesetting takes about as long as reading
        return outcome
    finally:
        gc.freeze()  # nor are they looked through now: what was made is written, and that is all
        gc.enable()


def _theme(book: Manifest, path: str | None) -> str | Theme:
    """The theme that the manifest names; a file of its own lies beside it."""
    return read_theme_choice(book.theme, Path(path).parent if path else None) if book.theme else "book"


class _Files:
    """What is to be made, and where it goes."""

    def __init__(self, outputs: tuple[str, ...], init: str | None, mode: str, flags: dict[str, Any]) -> None:
        """Takes the flags of printing out of `flags`. Raises UsageError where they ask for what cannot be."""
        self.paths = {} if init else {requested_writers(None, output)[0].name: Path(output) for output in outputs}
        self._init = Path(init) if init else None
        self._imposed = mode != "none"
        flags["mode"] = mode if self._imposed else None
        self._printing = printing = Printing.from_flags(flags)
        if not self.paths and not init:
            raise UsageError("Say where the volume should go: -o FILE.", "请用 -o 指定输出文件。")
        pdf = self.paths.get("pdf")
        if pdf is None and not init and (self._imposed or printing.guide or printing.proof or printing.preview):
            raise UsageError("Sheets are made of a PDF: add -o FILE.pdf.", "拼版需要 PDF：请加上 -o 文件.pdf。")
        if printing.guide and not self._imposed:
            raise UsageError(
                "A guide belongs to sheets: add --impose saddle.", "打印说明属于拼版：请加上 --impose saddle。"
            )
        self._sheets = printing.sheet_paths(pdf.with_stem(f"{pdf.stem}-sheets")) if pdf and self._imposed else []

    def check(self, *, force: bool) -> None:
        """Raises WriteError where a file cannot go to its place."""
        if self._printing.preview:
            return
        paths = [*self.paths.values(), *self._sheets, self._printing.guide, self._printing.proof, self._init]
        for path in paths:
            if path:
                require_folder(path.parent)
        if not force:
            refuse_existing(paths)

    def made(self, outcome: Outcome) -> list[Written]:
        """The files; none for a preview, which is printed."""
        if self._init:
            return [Written(self._init, _first_manifest(outcome, self._init.parent).encode())]
        written = [Written(path, out.data) for path, out in zip(self.paths.values(), outcome.outputs, strict=True)]
        pdf = next(
            (file.data for (name, _), file in zip(self.paths.items(), written, strict=True) if name == "pdf"), b""
        )
        if self._printing.preview:
            self._printing.show_plan(pdf)
            return []
        if self._imposed:
            written += self._printing.sheets(pdf, outcome.reports[-1].title, self._sheets)
        return [*written, *self._printing.pictures(pdf)]


def _manifest(name: str | None) -> Manifest:
    if name is None:
        return Manifest()
    file = Input(Path(name))
    try:
        return read_manifest(file.data())
    except ConverterError as error:
        raise error.about(name) from None


def _cover(given: str | None, book: Manifest, manifest: str | None) -> Figure | None:
    """The picture that `--cover-image` names, else the manifest, beside which it lies; None if neither does."""
    if given:
        path = Path(given)
    elif book.cover_image and manifest:
        path = Path(manifest).parent / book.cover_image
    else:
        return None
    return cover_figure(Input(path).data(), str(path), book.cover_alt)


def _inputs(sources: tuple[str, ...], manifest: str | None, book: Manifest) -> list[Input]:
    """The texts of the volume, in order. What the manifest lists is looked for among the sources, then beside it."""
    beside = Path(manifest).parent if manifest else None
    if not sources and beside is None:
        raise UsageError("There is no text. Name files or a folder.", "没有文本，请指定文件或文件夹。")
    listed = [name for name in (book.preface, *book.listed, book.colophon) if name]
    found = find_inputs(sources or ((str(beside),) if not book.listed else ()))
    for name in listed:
        there = beside / name if beside else None
        if there and there.is_file() and not any(names_file(name, source.name) for source in found):
            found.append(Input(there))
    names = [source.name for source in found]
    order = arranged(book, names)
    print_remarks(left_out(name for at, name in enumerate(names) if at not in order))
    return [found[at] for at in order]


def _first_manifest(outcome: Outcome, folder: Path) -> str:
    def near(name: str) -> str:
        path = Path(name)
        return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else path.as_posix()

    return first_manifest([near(report.name) for report in outcome.reports], [r.title for r in outcome.reports])
