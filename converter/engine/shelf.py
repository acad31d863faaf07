"""The shelf: texts that were read before, kept by their content, so that a volume that grew reads only what is new.

What is kept is pickled, and unpickling runs what the file says; so the shelf is used only where it lies in a folder
that belongs to this user and that nobody else can enter. It is safe to delete at any time. A key holds everything that
reading depends on, the program's own files among it; what is not found, broken or cannot be kept is read anew.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import io
import os
import pickle
import stat
import sys
import tempfile
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from converter.errors import Message
from converter.records import NamedTuple
from converter.source import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from converter.diagnostics import Diagnostic, Result
    from converter.model import Document
    from converter.source import Position, SourceText

LARGEST = 256 * 2**20
"""Bytes on the shelf above which what was not used for longest goes."""

_ENGINES = ("opencc", "opencc-pyo3", "opencc-python-reimplemented")
_DIGEST = hashlib.sha256().digest_size


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

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str, *, history: bool = True) -> Kept | None:
        """What is kept under the key; None if nothing whole is. Without `history` the document has no source and no
        ledger.
        """
        path = self._folder / key
        with contextlib.suppress(Exception):  # whatever is wrong with the file: the text is read anew
            held = path.read_bytes()
            if hashlib.sha256(held[_DIGEST:]).digest() == held[:_DIGEST]:
                os.utime(path)
                file = io.BytesIO(held)
                file.seek(_DIGEST)
                found: Kept = pickle.load(file)  # noqa: S301 - ours: see above
                return _with_history(found, *pickle.load(file)) if history else found  # noqa: S301
        return None

    def put(self, key: str, kept: Kept) -> None:
        """Keep a text, but not why its lines were read so, which would be the larger part of it; if that is possible: a
        full disk is no reason not to go on.
        """
        with contextlib.suppress(OSError, pickle.PicklingError, TypeError):
            document, data = kept.result.value, io.BytesIO()
            lean = replace(kept.result, value=replace(document, why=(), source=None, ledger=()))
            _Pickler(data).dump(kept._replace(result=lean))
            _Pickler(data).dump((document.source, document.ledger))
            descriptor, name = tempfile.mkstemp(dir=self._folder, prefix="new-")
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(hashlib.sha256(data.getvalue()).digest() + data.getvalue())
                Path(name).replace(self._folder / key)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise

    def tidy(self, largest: int = LARGEST) -> None:
        """Take away what was not used for longest until no more than `largest` bytes are kept."""
        with contextlib.suppress(OSError):
            kept = sorted((s.st_mtime_ns, s.st_size, p) for p in self._folder.iterdir() for s in (p.stat(),))
            size = sum(size for _, size, _ in kept)
            for _, each, path in kept:
                if size <= largest:
                    break
                path.unlink(missing_ok=True)
                size -= each


def _with_history(kept: Kept, source: SourceText | None, ledger: tuple[Diagnostic, ...]) -> Kept:
    return kept._replace(result=replace(kept.result, value=replace(kept.result.value, source=source, ledger=ledger)))


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
    """The user's shelf, made if it is not there; None where it cannot be had, or is not the user's alone.

    It lies in `$XDG_CACHE_HOME`, else `~/.cache` (XDG Base Directory Specification), below `converter-zh/read`.
    """
    if not hasattr(os, "getuid"):  # nothing says there whose a folder is
        return None
    try:
        root = os.environ.get("XDG_CACHE_HOME", "")
        base = Path(root) if Path(root).is_absolute() else Path.home() / ".cache"
        folder = base / "converter-zh" / "read"
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except (OSError, RuntimeError):
        return None
    private = stat.S_ISDIR(found.st_mode) and not found.st_mode & 0o077
    return Shelf(folder) if private and found.st_uid == os.getuid() else None


def key_of(parts: Iterable[Any]) -> str:
    """The key for everything that reading depends on: values whose `repr` says all of them, and the text's bytes."""
    digest = hashlib.sha256(program())
    for part in parts:
        data = part if isinstance(part, bytes) else repr(part).encode(errors="surrogatepass")
        digest.update(b"%d:" % len(data) + data)
    return digest.hexdigest()


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
