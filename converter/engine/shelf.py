"""The shelf: texts that were read before, kept by their content, so that a volume that grew reads only what is new.

What is kept is pickled, and unpickling runs what the file says; so the shelf is used only where it lies in a folder
that belongs to this user and that nobody else can enter. A key holds everything that reading depends on, the program's
own files among it; what is not found, broken or cannot be kept is read anew.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import io
import pickle
import sys
from dataclasses import fields, is_dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from converter.diagnostics import Diagnostic, Result
from converter.engine.folder import open_folder
from converter.errors import Message
from converter.records import NamedTuple
from converter.source import Edit, Position, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from converter.engine.folder import Folder
    from converter.model import Document
    from converter.source import SourceText

_ENGINES = ("opencc", "opencc-pyo3", "opencc-python-reimplemented")


class Kept(NamedTuple):
    """A text that was read."""

    result: Result[Document]
    positions: tuple[Position | None, ...]
    """Line and column of each of its diagnostics."""


class Shelf:
    """What was read before, in one folder.

    A file holds the document with what is to be said about it, and behind that its history, the original with all
    edits: the larger part by far, which most volumes do without.
    """

    def __init__(self, folder: Folder) -> None:
        self._folder = folder

    def get(self, key: str, *, history: bool = True) -> Kept | None:
        """What is kept under the key; None if nothing whole is. Without `history` the document has no source and no
        ledger.
        """
        with contextlib.suppress(Exception):  # whatever is wrong with the file: the text is read anew
            if (data := self._folder.get(key)) is not None:
                file = io.BytesIO(data)
                lean, columns, lines = pickle.load(file)  # noqa: S301 - ours: see above
                positions = tuple(None if at is None else Position(*at) for at in lines)
                found = Kept(replace(lean, diagnostics=_from_columns(columns)), positions)
                return _with_history(found, *pickle.load(file)) if history else found  # noqa: S301
        return None

    def put(self, key: str, kept: Kept) -> None:
        """Keep a text if that is possible; but not why its lines were read so, which would be the larger part of it."""
        with contextlib.suppress(pickle.PicklingError, TypeError):
            document, data = kept.result.value, io.BytesIO()
            lean = Result(replace(document, why=(), source=None, ledger=()))
            lines = [position and tuple(position) for position in kept.positions]
            _Pickler(data).dump((lean, _to_columns(kept.result.diagnostics), lines))
            _Pickler(data).dump((document.source, document.ledger))
            self._folder.put(key, data.getvalue())

    def tidy(self) -> None:
        """Take away what was not used for longest if there is too much."""
        self._folder.tidy()


def _with_history(kept: Kept, source: SourceText | None, ledger: tuple[Diagnostic, ...]) -> Kept:
    return kept._replace(result=replace(kept.result, value=replace(kept.result.value, source=source, ledger=ledger)))


def _to_columns(diagnostics: Iterable[Diagnostic]) -> tuple[list[Any], ...]:
    """What was found, by field: a text may have thousands of repairs, and lists of numbers load ten times as fast."""
    known: dict[Any, Any] = {}
    columns: tuple[list[Any], ...] = tuple([] for _ in range(12))
    for each in diagnostics:
        span, edit = each.span, each.edit
        row = (
            *(each.code, each.severity, each.message, each.hints, each.applied, each.confidence),
            *((span.start, span.end) if span else (None, None)),
            *((edit.span.start, edit.span.end, edit.before, edit.after) if edit else (None, None, None, None)),
        )
        for column, value in zip(columns, row, strict=True):
            column.append(known.setdefault(value, value) if type(value) in _ONCE else value)
    return columns


def _from_columns(columns: Iterable[list[Any]]) -> tuple[Diagnostic, ...]:
    new, span_of, made = object.__new__, partial(tuple.__new__, Span), list[Diagnostic]()
    put_code, put_severity, put_message, put_span, put_hints, put_edit, put_applied, put_sure = _setters(Diagnostic)
    put_place, put_before, put_after = _setters(Edit)
    for code, severity, message, hints, applied, confidence, start, end, at, to, before, after in zip(
        *columns, strict=True
    ):
        each = new(Diagnostic)
        put_code(each, code)
        put_severity(each, severity)
        put_message(each, message)
        put_span(each, None if start is None else span_of((start, end)))
        put_hints(each, hints)
        if at is None:
            put_edit(each, None)
        else:
            edit = new(Edit)
            put_place(edit, span_of((at, to)))
            put_before(edit, before)
            put_after(edit, after)
            put_edit(each, edit)
        put_applied(each, applied)
        put_sure(each, confidence)
        made.append(each)
    return tuple(made)


class _Pickler(pickle.Pickler):
    """Dataclasses as calls of `_made`, and what is equal once: twice as fast to load as dataclasses have it."""

    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file, protocol=pickle.HIGHEST_PROTOCOL)
        self._known: dict[Any, Any] = {}

    def reducer_override(self, value: Any) -> Any:
        cls: Any = type(value)
        names = _fields(cls)
        if not names:
            return NotImplemented
        held, known = [cls], self._known
        for name in names:
            item = getattr(value, name)
            held.append(known.setdefault(item, item) if type(item) in _ONCE else item)
        return _made, tuple(held)


_ONCE = frozenset({str, Span, Message})
"""Types of which equal values are written once."""


@functools.cache
def _fields(cls: Any) -> tuple[str, ...]:
    """The fields of a dataclass with slots; none of anything else."""
    return tuple(field.name for field in fields(cls)) if is_dataclass(cls) and hasattr(cls, "__slots__") else ()


def _made(cls: type, *values: Any) -> Any:
    """The dataclass with these values in its fields."""
    made: Any = object.__new__(cls)
    for put, value in zip(_setters(cls), values, strict=True):
        put(made, value)
    return made


@functools.cache
def _setters(cls: Any) -> tuple[Callable[[Any, Any], None], ...]:
    return tuple(getattr(cls, name).__set__ for name in _fields(cls))


def open_shelf() -> Shelf | None:
    """The user's shelf; None where there is none (`engine.folder`)."""
    folder = open_folder("read")
    return Shelf(folder) if folder else None


class Pages:
    """Drawn pages that were kept, as writers ask for them (`plugins.Store`): no pickles that run anything."""

    def __init__(self, folder: Folder) -> None:
        self._folder = folder

    def get(self, key: str) -> bytes | None:
        """What this version of the program put there under this key; None if nothing whole is."""
        return self._folder.get(key_of(("pages", key)))

    def put(self, key: str, data: bytes) -> None:
        """Keep it, if that is possible."""
        self._folder.put(key_of(("pages", key)), data)

    def tidy(self) -> None:
        """Take away what was not used for longest if there is too much."""
        self._folder.tidy()


def open_pages() -> Pages | None:
    """The user's drawn pages; None where they cannot be kept (`engine.folder`)."""
    folder = open_folder("pages")
    return Pages(folder) if folder else None


def key_of(parts: Iterable[Any]) -> str:
    """The key for everything that reading depends on: values whose `repr` says all of them, and the text's bytes."""
    digest = _begun(program()).copy()
    for part in parts:
        data = part if isinstance(part, bytes) else repr(part).encode(errors="surrogatepass")
        digest.update(b"%d:" % len(data) + data)
    key: str = digest.hexdigest()
    return key


@functools.lru_cache(1)
def _begun(data: bytes) -> Any:
    """The digest of what all keys begin with."""
    return hashlib.sha256(data)


@functools.cache
def program() -> bytes:
    """Which program this is: its files with their sizes and times, and the engines that convert words."""
    from importlib import metadata

    root = Path(__file__).parents[1]
    files = sorted(path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    said = [(path.relative_to(root).as_posix(), (s := path.stat()).st_size, s.st_mtime_ns) for path in files]
    engines = []
    for name in _ENGINES:
        with contextlib.suppress(metadata.PackageNotFoundError):
            engines.append((name, metadata.version(name)))
    return repr((said, engines, sys.version)).encode()
