"""`converter fonts`."""

from __future__ import annotations

import click

from converter.cli.common import with_common_options


@click.command("fonts")
@with_common_options
def command() -> None:
    """List the faces that PDFs are set in: role, family, characters, licence, file."""
    from converter.typeset.fonts import faces

    for face in faces():
        click.echo(face)
