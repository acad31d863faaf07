"""The shelf: texts that were read before, kept by their content, so that a volume that grew reads only what is new.

What is kept is pickled, and unpickling runs what the file says; so the shelf is used only where it lies in a folder
that belongs to this user and that nobody else can enter. It is safe to delete at any time. A key holds everything that
reading depends on, the program's own files among it; what is not found, broken or cannot be kept is read anew.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import os
import pickle
import stat
import sys
import tempfile
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from converter.diagnostics import Result
    from converter.model import Document

LARGEST = 256 * 2**20
"""Bytes on the shelf above which what was not used for longest goes."""

_ENGINES = ("opencc", "opencc-pyo3", "opencc-python-reimplemented")
_DIGEST = hashlib.sha256().digest_size


class Shelf:
    """What was read before, in one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> Result[Document] | None:
        """What is kept under the key; None if nothing whole is."""
        path = self._folder / key
        with contextlib.suppress(Exception):  # whatever is wrong with the file: the text is read anew
            held = path.read_bytes()
            if hashlib.sha256(held[_DIGEST:]).digest() == held[:_DIGEST]:
                os.utime(path)
                found: Result[Document] = pickle.loads(held[_DIGEST:])  # noqa: S301 - ours: see above
                return found
        return None

    def put(self, key: str, result: Result[Document]) -> None:
        """Keep a result, but not why its lines were read so, which would be the larger part of it; if that is possible:
        a full disk is no reason not to go on.
        """
        with contextlib.suppress(OSError, pickle.PicklingError, TypeError):
            kept = replace(result, value=replace(result.value, why=()))
            data = pickle.dumps(kept, protocol=pickle.HIGHEST_PROTOCOL)
            descriptor, name = tempfile.mkstemp(dir=self._folder, prefix="new-")
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(hashlib.sha256(data).digest() + data)
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
    root = Path(__file__).parents[1]
    files = sorted(path for path in root.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    said = [(path.relative_to(root).as_posix(), (s := path.stat()).st_size, s.st_mtime_ns) for path in files]
    engines = []
    for name in _ENGINES:
        with contextlib.suppress(metadata.PackageNotFoundError):
            engines.append((name, metadata.version(name)))
    return repr((said, engines, sys.version)).encode()
