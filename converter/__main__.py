"""The program: `converter`, or `python -m converter`. What it does before it knows what is asked for is kept small."""

from __future__ import annotations

import atexit
import gc
import os
import sys
from contextlib import suppress

from converter.version import __version__


def main() -> None:
    """Run the command line and end the process with its exit code."""
    if sys.argv[1:] == ["--version"]:  # as click would say it, without loading click
        sys.stdout.write(f"converter {__version__}\n")
        return
    gc.set_threshold(250_000, 20, 20)  # a short run has no garbage worth looking for, and imports look like much
    ended: list[int] = []
    atexit.register(_end, ended)
    from converter.cli import main as run

    try:
        run()
    except SystemExit as end:
        if isinstance(end.code, int):
            ended.append(end.code)
        raise


def _end(ended: list[int]) -> None:
    """End the process here, before Python takes all modules apart, which is a tenth of a short run.

    What is registered first is called last: threads have ended by now, and all others have been told.
    """
    with suppress(OSError, ValueError):  # Python itself says what is wrong with the streams
        sys.stdout.flush()
        sys.stderr.flush()
        if ended:
            os._exit(ended[0])


if __name__ == "__main__":
    main()
