"""`converter formats`"""

from __future__ import annotations

import click

from converter.cli.common import option_help, with_common_options
from converter.options import option_fields
from converter.plugins import readers, writers


@click.command("formats")
@with_common_options
def command() -> None:
    """List the formats that can be read and written, with their options.

    An option is given as `--option name=value`, as in `--option cover=yes`.
    """
    for title, found in (("Reads", readers()), ("Writes", writers())):
        click.secho(title, bold=True)
        for item in found:
            if item.plugin is None:
                click.echo(f"  {item.name:8}{click.style(item.problem, fg='red')}")
                continue
            suffixes = getattr(item.plugin, "suffixes", None) or (item.plugin.suffix,)  # type: ignore[union-attr]
            origin = "" if item.origin == "converter-zh" else f"   from {item.origin}"
            click.echo(f"  {item.name:8}{' '.join(suffixes)}{origin}")
            for field in option_fields(item.plugin.options_type):
                click.echo(f"      {option_help(field)}")
