"""`converter check`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from converter.checking import check_docx, findings_json, fix_docx
from converter.cli import FOUND, speaks_chinese
from converter.cli.common import with_common_options
from converter.cli.files import Input, refuse_existing, require_folder, write_standard_output, write_whole
from converter.errors import ConverterError, UsageError
from converter.inspection import json_bytes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from converter.checking import Finding


@click.command("check")
@click.argument("source", metavar="FILE.docx")
@click.option("--fix", is_flag=True, help="Write a corrected copy; words are never changed.")
@click.option("-o", "--output", metavar="OUT.docx", help="Where the copy goes.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.option("--force", is_flag=True, help="Write over a file that exists.")
@with_common_options
def command(source: str, *, fix: bool, output: str | None, as_json: bool, force: bool) -> None:
    """Check a Word file, whoever made it, against GB/T 9704-2012 (党政机关公文格式).

    Paper, margins, grid, faces, sizes, indents, numbers of headings, page numbers, attachments, signature and date:
    each finding names the clause, the paragraph, what is wanted and what is found. The exit code is 7 if there is any.
    With --fix the findings are those that are left in the copy.

    \b
    converter check 通知.docx
    converter check 通知.docx --fix -o 通知.改.docx
    converter check 通知.docx --json > 通知.json
    """
    file = Input(None if source == "-" else Path(source))
    if fix and output is None:
        raise UsageError("Where should the copy go? Add -o OUT.docx.", "请用 -o 指定改正后文件的位置。")
    if output is not None and not fix:
        raise UsageError("-o names the corrected copy: add --fix.", "-o 指定改正后的文件：请同时加上 --fix。")
    target = Path(output) if output else None
    if target is not None:
        require_folder(target.parent)
        if not force:
            refuse_existing([target])
    try:
        if target is not None:
            data, findings = fix_docx(file.data())
            write_whole(target, data, force=force)
        else:
            findings = check_docx(file.data())
    except ConverterError as error:
        raise error.about(file.name) from None
    if as_json:
        shown = {"version": 1, "file": file.name, "findings": findings_json(findings)}
        write_standard_output(json_bytes(shown, indent=1) + b"\n")
    else:
        _print(file.name, findings)
    sys.exit(FOUND if findings else 0)


def _print(name: str, findings: Sequence[Finding]) -> None:
    """FILE:¶12: GW201 7.3.3 sentence  “words”"""
    zh = speaks_chinese()
    for finding in findings:
        where = f"{name}:¶{finding.paragraph}" if finding.paragraph else name
        words = f"  “{finding.words}”" if finding.words else ""
        click.echo(f"{where}: {click.style(finding.code, fg='yellow')}: {finding.message[zh]}{words}")
