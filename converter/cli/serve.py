"""`converter serve`."""

from __future__ import annotations

import click

from converter.cli.common import with_common_options


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, help="Port to listen on; 0 takes a free one.")
@with_common_options
def command(host: str, port: int) -> None:
    """Run the HTTP service and its web page until it is stopped.

    \b
    converter serve
    converter serve --host 0.0.0.0 --port 8080
    """
    from converter.web.app import serve

    serve(host=host, port=port)
