"""How far long work is: a line that moves on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import time
from typing import Any

import click

from converter.cli import speaks_chinese

_EVERY = {True: 0.2, False: 30.0}
"""Seconds between two reports, on a terminal and elsewhere."""


class Progress:
    """Counts files on standard error: how many of how many, how fast, how long yet, how many broken."""

    def __init__(self, total: int) -> None:
        self._total, self._done, self._broken = total, 0, 0
        self._began = self._said = time.monotonic()
        self._live = sys.stderr.isatty()

    def count(self, row: dict[str, Any]) -> None:
        """One more file is done; `row` is its row of the manifest."""
        self._done += 1
        self._broken += row["status"] == "broken"
        if time.monotonic() - self._said >= _EVERY[self._live]:
            self._said = time.monotonic()
            self._say()

    def end(self) -> None:
        """Say the last figures; nothing if there was nothing to do."""
        if self._done:
            self._say()
            if self._live:
                click.echo(err=True)

    def _say(self) -> None:
        passed = max(time.monotonic() - self._began, 0.001)
        rate = self._done / passed
        minutes, seconds = divmod(round((self._total - self._done) / rate), 60)
        left = f"{minutes // 60}:{minutes % 60:02}:{seconds:02}" if minutes >= 60 else f"{minutes}:{seconds:02}"
        share = 100 * self._done // max(self._total, 1)
        if speaks_chinese():
            words = f"{self._done}/{self._total}  {share}%  {rate:.1f} 个/秒  剩余 {left}"
            words += f"  {self._broken} 个未能转换" if self._broken else ""
        else:
            words = f"{self._done}/{self._total}  {share}%  {rate:.1f}/s  {left} left"
            words += f"  {self._broken} broken" if self._broken else ""
        click.echo(f"\r{words}\x1b[K" if self._live else words, err=True, nl=not self._live)
