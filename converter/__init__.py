r"""Chinese plain text to DOCX, PDF, EPUB and printable booklets.

>>> from converter import convert
>>> result = convert("一、总体要求\n坚持学习制度。".encode(), "txt")

This is the public door: what is listed in `__all__` stays, everything else may move. Nothing is imported before it is
asked for, so that `import converter` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from converter.version import __version__ as __version__

if TYPE_CHECKING:
    from converter.booklet.assemble import compile_booklet as compile_booklet
    from converter.diagnostics import Diagnostic as Diagnostic
    from converter.diagnostics import Result as Result
    from converter.diagnostics import Severity as Severity
    from converter.errors import ConverterError as ConverterError
    from converter.errors import EngineError as EngineError
    from converter.errors import InputError as InputError
    from converter.errors import ResourceError as ResourceError
    from converter.errors import UsageError as UsageError
    from converter.errors import WriteError as WriteError
    from converter.inspection import inspect as inspect
    from converter.model import Document as Document
    from converter.model import Heading as Heading
    from converter.model import Metadata as Metadata
    from converter.model import Paragraph as Paragraph
    from converter.model import Section as Section
    from converter.model import Text as Text
    from converter.pipeline import convert as convert
    from converter.pipeline import read as read
    from converter.pipeline import write as write
    from converter.transforms.script import to_script as to_script
    from converter.typeset.theme import Theme as Theme


_HOMES = {
    "booklet.assemble": ("compile_booklet",),
    "diagnostics": ("Diagnostic", "Result", "Severity"),
    "errors": ("ConverterError", "EngineError", "InputError", "ResourceError", "UsageError", "WriteError"),
    "inspection": ("inspect",),
    "model": ("Document", "Heading", "Metadata", "Paragraph", "Section", "Text"),
    "pipeline": ("convert", "read", "write"),
    "transforms.script": ("to_script",),
    "typeset.theme": ("Theme",),
}
_HOME = {name: home for home, names in _HOMES.items() for name in names}

__all__ = sorted([*_HOME, "__version__"])  # noqa: PLE0605 - a test holds it against the imports above


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
