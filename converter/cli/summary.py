"""What was written, as a table on standard error."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

import click

from converter.cli.files import write_standard_output, write_whole
from converter.records import NamedTuple
from converter.regex import compiled

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class Written(NamedTuple):
    """A file that is made, and where it goes."""

    path: Path | None
    """None for standard output."""
    data: bytes

    def put(self, *, force: bool) -> None:
        """Write it. Raises WriteError where that cannot be done."""
        if self.path is None:
            write_standard_output(self.data)
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(self.path, self.data, force=force)


def print_written(files: Sequence[Written], *, dry_run: bool = False) -> None:
    """One line a file: its path, its pages if it has pages, its size; below them the sum."""
    if not files:
        return
    if dry_run:
        click.echo("Would be written:", err=True)
    width = max(40, *(_columns(str(file.path)) for file in files))
    for file in files:
        pages = _pages(file)
        shown = f"{pages:4} p." if pages else ""
        click.echo(f"{padded(str(file.path), width)}  {shown:7}  {_size(len(file.data)):>9}", err=True)
    if len(files) > 1:
        total = sum(len(file.data) for file in files)
        click.echo(f"{padded(f'{len(files)} files', width)}  {'':7}  {_size(total):>9}", err=True)


def padded(text: str, width: int) -> str:
    """The text with spaces after it up to so many columns; an ideograph takes two."""
    return text + " " * (width - _columns(text))


def _pages(file: Written) -> int | None:
    """The number of pages of a PDF; other formats have none before they are laid out."""
    if not file.data.startswith(b"%PDF"):
        return None
    # Our own PDFs say how many pages they have in plain bytes; a library takes as long to load as a page to set.
    if counted := _COUNT.search(file.data):
        return int(counted[1])
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(file.data)) as pdf:
        return len(pdf.pages)


_COUNT = compiled(rb"/Count (\d+)[^>]*/Type /Pages\b")


def _size(count: int) -> str:
    if count < 1000:
        return f"{count} B"
    return f"{count / 1000:.0f} KB" if count < 1_000_000 else f"{count / 1_000_000:.1f} MB"


def _columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)
