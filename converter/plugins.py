"""Readers and writers, ours and other people's, found by entry points and imported only when asked for."""

from __future__ import annotations

import functools
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar, cast, runtime_checkable

from converter.errors import ResourceError, UsageError
from converter.records import dataclass

if TYPE_CHECKING:
    from importlib.metadata import Distribution, EntryPoint

    from converter.diagnostics import Result
    from converter.model import Document
    from converter.typeset.theme import Theme


class Reader(Protocol):
    """Makes a document from bytes. Registered in the entry-point group `converter.readers`."""

    name: str
    media_types: tuple[str, ...]
    suffixes: tuple[str, ...]
    """File endings with their dot, in lower case."""
    options_type: type

    def read(self, data: bytes, options: Any) -> Result[Document]:
        """The document in `data`. Raises InputError where there is none."""
        ...


class Writer(Protocol):
    """Makes a file from a document. Registered in the entry-point group `converter.writers`."""

    name: str
    media_type: str
    suffix: str
    """File ending with its dot."""
    options_type: type
    cannot_show: frozenset[Any]
    """Node types, roles and marks that this format flattens; the pipeline reports each that a document has."""

    def write(self, document: Document, theme: Theme, options: Any) -> Result[bytes]:
        """The file's bytes: the same for the same document, theme and options."""
        ...


class Store(Protocol):
    """Where writers keep what takes long to make, for the next time. It may lose what it has at any time."""

    def get(self, key: str) -> bytes | None:
        """What was put there under this key by the same version of the program, unbroken; else None."""
        ...

    def put(self, key: str, data: bytes) -> None:
        """Keep it, if that is possible."""
        ...


@runtime_checkable
class KeepingWriter(Protocol):
    """A writer that makes a file faster if it may keep parts of it: the file is the same."""

    keeps: bool

    def write(self, document: Document, theme: Theme, options: Any, store: Store | None = None) -> Result[bytes]:
        """As `Writer.write`."""
        ...


P = TypeVar("P", bound="Reader | Writer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Format(Generic[P]):
    """One plugin as it was found, loaded or not."""

    name: str
    plugin: P | None
    origin: str
    """The distribution it comes from."""
    problem: str = ""
    """Why it cannot be used, where it cannot."""


_OURS = {
    "reader": {
        "docx": "converter.readers.docx:DocxReader",
        "epub": "converter.readers.epub:EpubReader",
        "html": "converter.readers.html:HtmlReader",
        "json": "converter.readers.json:JsonReader",
        "md": "converter.readers.md:MarkdownReader",
        "txt": "converter.readers.txt:TxtReader",
    },
    "writer": {
        "docx": "converter.writers.docx:DocxWriter",
        "epub": "converter.writers.epub:EpubWriter",
        "html": "converter.writers.html:HtmlWriter",
        "json": "converter.writers.json:JsonWriter",
        "md": "converter.writers.md:MarkdownWriter",
        "pdf": "converter.writers.pdf:PdfWriter",
        "txt": "converter.writers.txt:TxtWriter",
    },
}
"""Our own entry points: to look at everything that is installed takes as long as to read a short text."""


@functools.cache
def _found(kind: str) -> dict[str, EntryPoint]:
    from importlib.metadata import entry_points

    found: dict[str, EntryPoint] = {}
    for point in entry_points(group=f"converter.{kind}s"):
        other = found.get(point.name)
        if other is not None and other.value != point.value:
            raise ResourceError(
                f"Two plugins are called “{point.name}”: {other.value} and {point.value}. Uninstall one of them.",
                f"有两个插件都名为“{point.name}”：{other.value} 和 {point.value}。请卸载其中一个。",
            )
        found[point.name] = point
    return found


@functools.cache
def _load(kind: str, name: str) -> Reader | Writer:
    place = _OURS[kind].get(name)
    if place is None:
        found = _found(kind)
        if name not in found:
            raise UsageError.unknown("input format" if kind == "reader" else "format", "格式", name, found)
        place = found[name].value
    try:
        module, _, attribute = place.partition(":")
        plugin = getattr(import_module(module), attribute)()
    except Exception as error:
        raise ResourceError(
            f"The {kind} “{name}” ({place}) does not load: {error}.",
            f"插件“{name}”（{place}）无法载入：{error}。",
        ) from error
    return cast("Reader | Writer", plugin)


def find_reader(name: str) -> Reader:
    """The reader of this name. Raises UsageError for an unknown name, ResourceError for one that does not load."""
    return cast("Reader", _load("reader", name))


def find_writer(name: str) -> Writer:
    """The writer of this name. Raises UsageError for an unknown name, ResourceError for one that does not load."""
    return cast("Writer", _load("writer", name))


def writer_names() -> list[str]:
    """The names of all writers that are installed, loaded or not."""
    return sorted(_found("writer"))


def reader_names() -> list[str]:
    """The names of all readers that are installed, loaded or not."""
    return sorted(_found("reader"))


def readers() -> list[Format[Reader]]:
    """Every installed reader, the broken ones with the reason."""
    return [cast("Format[Reader]", _format("reader", name)) for name in reader_names()]


def writers() -> list[Format[Writer]]:
    """Every installed writer, the broken ones with the reason."""
    return [cast("Format[Writer]", _format("writer", name)) for name in writer_names()]


def _format(kind: str, name: str) -> Format[Any]:
    distribution = _found(kind)[name].dist
    origin = _name_of(distribution) if distribution else ""
    try:
        return Format(name=name, plugin=_load(kind, name), origin=origin)
    except ResourceError as error:
        return Format(name=name, plugin=None, origin=origin, problem=error.message.en)


@functools.cache
def _name_of(distribution: Distribution) -> str:
    """It is parsed from a file each time that it is asked for."""
    return distribution.name


@functools.cache
def reader_for(suffix: str) -> str:
    """The name of the reader for files with this ending; `txt` for endings that no reader claims.

    Plain text is looked at first: nothing else is loaded for it.
    """
    if suffix.lower() in find_reader("txt").suffixes:
        return "txt"
    for name in reader_names():
        found = _format("reader", name)
        if found.plugin is not None and suffix.lower() in found.plugin.suffixes:
            return name
    return "txt"
