"""What modules compile as they are imported, compiled once and not at every start: expressions, methods of dataclasses.

It is kept beside the compiled modules, in `__pycache__`; like these it may be deleted, and is not written where Python
is told to write none. `python -m converter.compile_cache` fills the file ahead of time, for installations that nobody
can write to afterwards.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib.util
import marshal
import os
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

T = TypeVar("T")

_MOST = 4_000
"""Entries above which the file is begun anew: the others are of older versions of the program."""

_VERSION = f"2 {sys.version}"
"""Of the file's form, and of the Python that reads it."""


def kept(key: Hashable, make: Callable[[], T]) -> T:
    """What `make` gives, from the file if it has been made before. Key and value are such as `marshal` can write: text,
    numbers, bytes, tuples, code.
    """
    entries = _entries()
    if key not in entries:
        made: Any = make()
        entries[key] = marshal.dumps(made)
        _keep_at_exit()
    found: T = marshal.loads(entries[key])  # noqa: S302 - as trusted as the .pyc files beside it
    return found


def file() -> Path:
    """Where it is kept."""
    return Path(importlib.util.cache_from_source(__file__)).with_suffix(".marshal")


@cache
def _entries() -> dict[Any, bytes]:
    """What is kept, each value as it is written: no start needs all of them."""
    with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
        version, entries = marshal.loads(file().read_bytes())  # noqa: S302 - as above
        if version == _VERSION and len(entries) <= _MOST:
            return dict(entries)
    return {}


@cache
def _keep_at_exit() -> None:
    if not sys.dont_write_bytecode:
        atexit.register(_keep)


def _keep() -> None:
    """Write the file aside, then rename it; if that is possible."""
    import tempfile

    with contextlib.suppress(OSError):
        place = file()
        place.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=place.parent)
        try:
            with os.fdopen(descriptor, "wb") as aside:
                aside.write(marshal.dumps((_VERSION, _entries())))
            Path(name).replace(place)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def fill() -> None:
    """Keep what all modules need that can be imported here."""
    import pkgutil

    for module in pkgutil.walk_packages([str(Path(__file__).parent)], "converter."):
        if not module.name.endswith("__main__"):
            with contextlib.suppress(ImportError):  # of an extra
                importlib.import_module(module.name)
    _keep()


if __name__ == "__main__":
    # This file runs as a module of its own; the one that all others import holds the entries.
    importlib.import_module("converter.compile_cache").fill()
