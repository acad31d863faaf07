"""Regular expressions that are compiled once, not at every start.

Python turns an expression into instructions for its matcher in Python itself: for all of ours, a third of what a short
text takes. The instructions are kept by `converter.compile_cache`.
"""

from __future__ import annotations

import re
from array import array
from functools import partial
from importlib import import_module
from typing import Any, AnyStr

from converter.compile_cache import kept

_Instructions = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""What the matcher takes beside the expression: flags, code, number of groups, their names, the names by number."""
_WORD = "I"
"""The array's type for a word of code: 32 bits, as `_sre` has them."""


def compiled(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, for an expression of the program's own: those that users give are no business of a file
    that others can read. Raises re.error like `re.compile`.
    """
    try:
        import _sre  # type: ignore[import-not-found] # there is no other door to the matcher, which checks what it gets

        key = (pattern, int(flags))
        all_flags, code, groups, names, by_number = kept(key, partial(_instructions, *key))
        words = array(_WORD, code).tolist()
        made: re.Pattern[AnyStr] = _sre.compile(pattern, all_flags, words, groups, names, by_number)
    except (ImportError, AttributeError, TypeError, ValueError, RuntimeError):  # a Python that does it in another way
        return re.compile(pattern, flags)
    return made


def _instructions(pattern: str | bytes, flags: int) -> _Instructions:
    """As `re` makes them."""
    compiler: Any = import_module("re._compiler")
    parsed = compiler._parser.parse(pattern, flags)  # noqa: SLF001
    names: dict[str, int] = dict(parsed.state.groupdict)
    by_number: list[str | None] = [None] * parsed.state.groups
    for name, number in names.items():
        by_number[number] = name
    code = array(_WORD, [int(word) for word in compiler._code(parsed, flags)])  # noqa: SLF001
    return flags | parsed.state.flags, code.tobytes(), parsed.state.groups - 1, names, tuple(by_number)
