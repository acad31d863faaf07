"""`converter unimpose`."""

from __future__ import annotations

from pathlib import Path

import click

from converter.cli.common import with_common_options
from converter.cli.files import Input, refuse_existing, require_folder
from converter.cli.summary import Written, print_written
from converter.errors import InputError


@click.command("unimpose")
@click.argument("source", metavar="SHEETS.pdf")
@click.option("-o", "--output", metavar="FILE", required=True, help="The pages, a PDF; - is standard output.")
@click.option("--force", is_flag=True, help="Write over files that exist.")
@with_common_options
def command(source: str, *, output: str, force: bool) -> None:
    """Give back the pages of sheets that `converter impose` made, with their outline and links.

    \b
    converter unimpose 文集-拼版.pdf -o 文集.pdf
    """
    from converter.booklet.impose import unimpose

    path = None if output == "-" else Path(output)
    if path:
        require_folder(path.parent)
    if not force:
        refuse_existing([path])
    file = Input(None if source == "-" else Path(source))
    try:
        made = Written(path, unimpose(file.data()).value)
    except InputError as error:
        raise error.about(file.name) from None
    made.put(force=force)
    print_written([made] if path else [])
