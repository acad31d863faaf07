"""`converter fonts`."""

from __future__ import annotations

import click

from converter.cli.common import with_common_options
from converter.cli.summary import padded


@click.command("fonts")
@with_common_options
def command() -> None:
    """List the faces that PDFs are set in.

    For each role the files that serve it: what the first has no glyph for is taken from the next.
    """
    from converter.typeset.fonts import faces

    role = ""
    for face in faces():
        name = face.role.value if face.role.value != role else ""
        role = face.role.value
        characters = f"{face.characters:,} characters"
        click.echo(f"{name:14}{padded(face.family, 28)}{characters:>18}   {padded(face.file, 32)}{face.licence}")
