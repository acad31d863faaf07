"""`converter serve`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from converter.cli.common import with_common_options
from converter.options import option_fields
from converter.web.settings import PREFIX, Settings

if TYPE_CHECKING:
    from collections.abc import Callable


_FROM_ZERO: dict[object, Any] = {int: click.IntRange(0), float: click.FloatRange(0)}
"""No limit is negative."""


def _with_settings(function: Callable[..., None]) -> Callable[..., None]:
    """A flag for each setting, which may also come from the environment."""
    for field in reversed(option_fields(Settings)):
        function = click.option(
            f"--{field.name.replace('_', '-')}",
            field.name,
            type=_FROM_ZERO.get(field.kind, field.kind),
            default=field.default,
            show_default=field.default not in {None, ""},
            envvar=PREFIX + field.name.upper(),
            show_envvar=True,
            help=field.help.en,
        )(function)
    return function


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Port to listen on; 0 takes a free one.",
)
@click.option(
    "--processes",
    default=1,
    show_default=True,
    type=click.IntRange(1),
    help="Server processes; each has its own workers.",
)
@click.option("--new-key", metavar="NAME", help="Print a new API key and its line for the file of keys; then end.")
@_with_settings
@with_common_options
def command(host: str, port: int, processes: int, new_key: str | None, **limits: Any) -> None:
    """Run the HTTP service and its web page until it is stopped.

    \b
    converter serve
    converter serve --host 0.0.0.0 --port 8080 --data /var/lib/converter
    """
    if new_key is not None:
        from converter.web import guards

        key, line = guards.new_key(new_key)
        click.echo(f"{key}\n{line}")
        return
    from converter.web.server import serve

    serve(host=host, port=port, processes=processes, settings=Settings(**limits))
