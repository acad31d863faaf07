"""`converter inspect`"""

from __future__ import annotations

import json
import shutil
import unicodedata
from typing import TYPE_CHECKING, Any

import click

from converter.cli import speaks_chinese
from converter.cli.common import with_common_options
from converter.cli.files import Input, find_inputs, write_standard_output
from converter.errors import InputError, UsageError
from converter.inspection import inspect
from converter.pipeline import read

if TYPE_CHECKING:
    from collections.abc import Iterator


@click.command("inspect")
@click.argument("source", metavar="IN")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@click.option("--encoding", metavar="E", help="Encoding of the text, if the guess is wrong: gb18030, big5 …")
@with_common_options
def command(source: str, *, as_json: bool, encoding: str | None) -> None:
    """Show what is recognised in a text, line by line, and what was taken out or changed.

    \b
    converter inspect 讲话.txt
    converter inspect 讲话.txt --json
    """
    found = find_inputs((source,))
    if len(found) > 1:
        raise UsageError("inspect takes one text at a time.", "inspect 一次只看一篇文本。")
    seen = inspect(_read(found[0], encoding))
    if as_json:
        write_standard_output(f"{json.dumps(seen, ensure_ascii=False, indent=1)}\n".encode())
    else:
        _print(seen)


def _read(source: Input, encoding: str | None) -> Any:
    try:
        return read(source.path or source.data(), encoding=encoding)
    except InputError as error:
        raise error.about(source.name) from None


_COLOURS = {"heading": "green", "part": "green", "removed": "red", "title": "magenta"}


def _print(seen: dict[str, Any]) -> None:
    width = shutil.get_terminal_size((100, 24)).columns
    for line, kind, level, text in sorted(_rows(seen), key=lambda row: row[0]):
        name = click.style(f"{kind + (f' {level}' if level else ''):12}", fg=_COLOURS.get(kind))
        click.echo(f"{line or '':>5}  {name}  {_shortened(text, width - 22)}")
    language = "zh" if speaks_chinese() else ""
    for note in [*seen["edits"], *seen["diagnostics"]]:
        change = f"  {note['before']!r} → {note['after']!r}" if "before" in note else ""
        words = note["message_zh"] if language else note["message"]
        click.echo(f"{note.get('line', ''):>5}  {click.style(note['code'], fg='yellow'):12}  {words}{change[:100]}")


def _rows(seen: dict[str, Any]) -> Iterator[tuple[int, str, int | None, str]]:
    if seen["title"]:
        yield 0, "title", None, seen["title"]
    for block in seen["blocks"]:
        text, kind = block["text"], block["type"]
        if block["run_in"]:
            head = len(block["run_in"])
            text, kind = click.style(text[:head], fg="green") + text[head:], "run-in"
        yield block["line"] or 0, kind, block["level"], text
    for removed in seen["removed"]:
        yield removed["line"] or 0, "removed", None, removed["text"]


def _shortened(text: str, width: int) -> str:
    """As much of the text as fits into so many columns; an ideograph takes two."""
    plain_width, shown = 0, ""
    for char in text:
        plain_width += 2 if unicodedata.east_asian_width(char) in "WF" else 1
        if plain_width > width:
            return shown + "…" + ("\x1b[0m" if "\x1b" in shown else "")
        shown += char
    return shown
