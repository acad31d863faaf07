"""`converter impose`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from converter.cli.common import with_common_options
from converter.cli.files import Input, refuse_existing, require_folder
from converter.cli.printing import Printing, with_printing_options
from converter.cli.summary import print_written
from converter.errors import InputError, UsageError


@click.command("impose")
@click.argument("source", metavar="IN.pdf")
@click.option("-o", "--output", metavar="FILE", help="The sheets, a PDF; - is standard output.")
@with_printing_options()
@click.option("--password", default="", metavar="WORD", help="Opens a locked PDF.")
@click.option("--force", is_flag=True, help="Write over files that exist.")
@with_common_options
def command(source: str, *, output: str | None, password: str, force: bool, **flags: Any) -> None:
    """Put the pages of any PDF on printer's sheets: to be folded, stapled, glued or cut to a book.

    Pages are neither encoded anew nor distorted; `converter unimpose` gives them back.

    \b
    converter impose 文集.pdf -o 文集-拼版.pdf
    converter impose thesis.pdf -o sheets.pdf --sheet A3 --mode perfect --signature 4 --marks all
    converter impose 小册子.pdf -o 打印.pdf --split --guide 说明.pdf
    converter impose 文集.pdf --preview
    """
    printing = Printing.from_flags(flags)
    file = Input(None if source == "-" else Path(source))
    try:
        if printing.preview:
            printing.show_plan(file.data(), password=password)
            return
        if not output and not printing.proof:
            raise UsageError(
                "Say where the sheets should go: -o FILE.pdf, or --preview.", "请用 -o 指定输出文件，或使用 --preview。"
            )
        paths = printing.sheet_paths(None if output == "-" else Path(output)) if output else []
        for path in (*paths, printing.guide, printing.proof):
            if path:
                require_folder(path.parent)
        if not force:
            refuse_existing([*paths, printing.guide, printing.proof])
        data = file.data()
        title = file.path.stem if file.path else "PDF"
        written = printing.sheets(data, title, paths, password=password) if paths else []
        written += printing.pictures(data)
    except InputError as error:
        raise error.about(file.name) from None
    for made in written:
        made.put(force=force)
    print_written([made for made in written if made.path])
