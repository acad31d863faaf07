"""`converter theme`."""

from __future__ import annotations

import click

from converter.cli.common import with_common_options


@click.group("theme")
def command() -> None:
    """Print a theme to start one of your own from.

    \b
    converter theme show official > my.toml
    converter convert 通知.txt --to pdf,docx --theme my.toml
    """


@command.command("show")
@click.argument("name", metavar="article|official|book|FILE.toml")
@with_common_options
def show(name: str) -> None:
    """Print a theme as TOML, all of it: keep what you change, and `base`."""
    from converter.cli.common import read_theme_choice
    from converter.typeset.theme_file import theme_to_toml
    from converter.typeset.themes import find_theme

    click.echo(theme_to_toml(find_theme(read_theme_choice(name))), nl=False)
