"""Regular expressions that are compiled once, not at every start.

Python turns an expression into instructions for its matcher in Python itself: for all of ours, a third of what a short
text takes. The instructions are kept beside the compiled modules, in `__pycache__`; like these they may be deleted, and
are not written where Python is told to write none. `python -m converter.regex` fills the file ahead of time, for
installations that nobody can write to afterwards.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib.util
import marshal
import os
import pkgutil
import re
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

_Instructions = tuple[int, list[int], int, dict[str, int], tuple[str | None, ...]]
"""What the matcher takes beside the expression: flags, code, number of groups, their names, the names by number."""
_MOST = 4_000
"""Expressions above which the file is begun anew: the others are of older versions of the program."""


def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, for an expression of the program's own: those that users give are no business of a file
    that others can read. Raises re.error like `re.compile`.
    """
    kept, key = _kept(), (pattern, int(flags))
    try:
        import _sre  # type: ignore[import-not-found] # there is no other door to the matcher, which checks what it gets

        if key not in kept:
            kept[key] = _instructions(*key)
            _keep_at_exit()
        made: re.Pattern[str] = _sre.compile(pattern, *kept[key])
    except (ImportError, AttributeError, TypeError, ValueError, RuntimeError):  # a Python that does it in another way
        return re.compile(pattern, flags)
    return made


def _instructions(pattern: str, flags: int) -> _Instructions:
    """As `re` makes them."""
    compiler: Any = importlib.import_module("re._compiler")
    parsed = compiler._parser.parse(pattern, flags)  # noqa: SLF001
    names: dict[str, int] = dict(parsed.state.groupdict)
    by_number: list[str | None] = [None] * parsed.state.groups
    for name, number in names.items():
        by_number[number] = name
    code = [int(word) for word in compiler._code(parsed, flags)]  # noqa: SLF001 - they have names, which are not kept
    return flags | parsed.state.flags, code, parsed.state.groups - 1, names, tuple(by_number)


def _file() -> Path:
    return Path(importlib.util.cache_from_source(__file__)).with_suffix(".expressions")


@cache
def _kept() -> dict[tuple[str, int], _Instructions]:
    """The instructions by expression and flags."""
    with contextlib.suppress(OSError, ValueError, EOFError, TypeError):
        version, kept = marshal.loads(_file().read_bytes())  # noqa: S302 - as trusted as the .pyc files beside it
        if version == sys.version and len(kept) <= _MOST:
            return dict(kept)
    return {}


@cache
def _keep_at_exit() -> None:
    if not sys.dont_write_bytecode:
        atexit.register(_keep)


def _keep() -> None:
    """Write the file aside, then rename it; if that is possible."""
    with contextlib.suppress(OSError):
        file = _file()
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=file.parent)
        try:
            with os.fdopen(descriptor, "wb") as aside:
                aside.write(marshal.dumps((sys.version, _kept())))
            Path(name).replace(file)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def fill() -> None:
    """Keep the expressions of all modules that can be imported here."""
    for module in pkgutil.walk_packages([str(Path(__file__).parent)], "converter."):
        if not module.name.endswith("__main__"):
            with contextlib.suppress(ImportError):  # of an extra
                importlib.import_module(module.name)
    _keep()


if __name__ == "__main__":
    # This file runs as a module of its own; the one that all others import holds the expressions.
    importlib.import_module("converter.regex").fill()
