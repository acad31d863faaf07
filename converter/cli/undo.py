"""`converter undo`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from converter.cli.common import with_common_options
from converter.cli.files import Input, refuse_existing, require_folder
from converter.cli.summary import Written, print_written
from converter.engine.names import stem, unique
from converter.errors import InputError, UsageError
from converter.ledger.record import encoded, from_json, undone

if TYPE_CHECKING:
    from converter.ledger.record import Record


@click.command("undo")
@click.argument("report", metavar="REPORT.json")
@click.option("-o", "--output", metavar="FILE|DIR", default="-", help="Where to put it. [standard output]")
@click.option(
    "--only", metavar="CODES|NUMBERS", default="", help="Take back only these changes: ZH101,17 — codes, or numbers."
)
@click.option("--text", "name", metavar="NAME", help="Which text, if the report is about several.")
@click.option("--output-encoding", metavar="NAME", help="Encoding of what is written. [that of the original]")
@click.option("--force", is_flag=True, help="Write over files that exist.")
@with_common_options
def command(report: str, *, output: str, only: str, name: str | None, output_encoding: str | None, force: bool) -> None:
    """Give back the original text, byte for byte, from a report; or the repaired text without some of its changes.

    The report alone is enough: it holds the text. Changes have their numbers in the report.

    \b
    converter convert 讲话.txt --to docx --report 讲话.json
    converter undo 讲话.json -o 原文.txt
    converter undo 讲话.json --only ZH201,17 -o 讲话.txt
    """
    source = Input(Path(report))
    try:
        records = from_json(source.data())
    except InputError as error:
        raise error.about(report) from None
    if name is not None:
        known = [record.name for record in records]
        if name not in known:
            raise UsageError.unknown("text in this report", "文本", name, known)
        records = [record for record in records if record.name == name]
    chosen = frozenset(re.findall(r"[^\s,，、;；#]+", only.upper()))
    files = [
        Written(path, _data(record, chosen, output_encoding))
        for record, path in zip(records, _paths(records, output), strict=True)
    ]
    if not force:
        refuse_existing([file.path for file in files])
    for file in files:
        file.put(force=force)
    print_written([file for file in files if file.path])


def _data(record: Record, chosen: frozenset[str], encoding: str | None) -> bytes:
    if not chosen and not encoding:
        return record.data
    source = undone(record, chosen)
    return encoded(source, source.text, encoding)


def _paths(records: list[Record], output: str) -> list[Path | None]:
    """Where the texts go; None is standard output. A name in a report must not lead out of the folder."""
    if len(records) == 1 and output == "-":
        return [None]
    if len(records) == 1 and not output.endswith("/") and not Path(output).is_dir():
        require_folder(Path(output).parent)
        return [Path(output)]
    if output == "-" or not records:
        names = ", ".join(record.name for record in records)
        raise UsageError(
            f"This report is about {len(records)} texts; name one with --text, or a folder with -o: {names}.",
            f"此报告涉及 {len(records)} 篇文本：请用 --text 指定一篇，或用 -o 指定文件夹。",
        )
    require_folder(Path(output))
    return [Path(output) / name for name in unique((stem(record.name), ".txt") for record in records)]
