"""`converter verify`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from converter.agreement import said_in, verify
from converter.cli import FOUND, speaks_chinese
from converter.cli.common import with_common_options
from converter.cli.files import Input, write_standard_output
from converter.errors import ConverterError, Message, UsageError
from converter.inspection import json_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from converter.agreement import Difference, Passage

_WHAT = {
    "heading": Message("another heading", "标题不同"),
    "level": Message("another level", "标题级别不同"),
    "words": Message("other words", "文字不同"),
}


@click.command("verify")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--source", metavar="TEXT", help="The text that the files were made from.")
@click.option("--json", "as_json", is_flag=True, help="Print the differences as JSON.")
@with_common_options
def command(files: tuple[str, ...], *, source: str | None, as_json: bool) -> None:
    """Compare what files say: their words, character by character, and their headings with their levels.

    DOCX, EPUB, HTML, JSON, Markdown, texts, and tagged PDFs, which ours are. The first file, or the source, is what the
    others are held against; the first difference of each is named. The exit code is 7 if there is any.

    \b
    converter verify 讲话.docx 讲话.pdf 讲话.epub --source 讲话.txt
    converter verify 旧.docx 新.docx --json
    """
    names = list(dict.fromkeys([*([source] if source else []), *files]))
    if len(names) < 2:
        raise UsageError(
            "Name two files at least, or a file and its --source.", "请至少给出两个文件，或用 --source 指定原文。"
        )
    differences = verify({name: _said(name) for name in names})
    if as_json:
        shown: dict[str, Any] = {"version": 1, "files": names, "differences": [d._asdict() for d in differences]}
        write_standard_output(json_bytes(shown, indent=1) + b"\n")
    else:
        _print(differences, len(names))
    sys.exit(FOUND if differences else 0)


def _said(name: str) -> list[Passage]:
    file = Input(Path(name))
    try:
        return said_in(file.data(), name)
    except ConverterError as error:
        raise error.about(name) from None


def _print(differences: Sequence[Difference], files: int) -> None:
    zh = speaks_chinese()
    if not differences:
        click.echo(f"{files} 个文件内容一致。" if zh else f"All {files} files say the same.")
    for found in differences:
        under = (
            f"“{found.heading}”"
            if found.heading
            else ("正文开头或注释" if zh else "above the first heading, or in notes")
        )
        where = f"{under} 第 {found.place} 字" if zh else f"{under}, character {found.place}"
        click.echo(f"{found.other}: {click.style(_WHAT[found.what][zh], fg='yellow')}: {where}")
        click.echo(f"  {found.one}: {found.expected or '—'}")
        click.echo(f"  {found.other}: {found.found or '—'}")
