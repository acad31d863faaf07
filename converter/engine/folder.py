"""A folder of the user's in which the program keeps what it may need again; it is safe to delete at any time.

What lies there is trusted, and so it is used only where it belongs to this user and nobody else can enter it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import tempfile
from pathlib import Path

LARGEST = 256 * 2**20
"""Bytes in a folder above which what was not used for longest goes."""

_DIGEST = hashlib.sha256().digest_size


class Folder:
    """What was kept before, a file for each key."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def get(self, key: str) -> bytes | None:
        """What is kept under the key; None if nothing whole is."""
        path = self._path / key
        with contextlib.suppress(OSError):
            held = path.read_bytes()
            data = held[_DIGEST:]
            if hashlib.sha256(data).digest() == held[:_DIGEST]:
                os.utime(path)
                return data
        return None

    def put(self, key: str, data: bytes) -> None:
        """Keep it, if that is possible: a full disk is no reason not to go on."""
        with contextlib.suppress(OSError):
            descriptor, name = tempfile.mkstemp(dir=self._path, prefix="new-")
            try:
                with os.fdopen(descriptor, "wb") as file:
                    file.write(hashlib.sha256(data).digest() + data)
                Path(name).replace(self._path / key)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise

    def tidy(self, largest: int = LARGEST) -> None:
        """Take away what was not used for longest until no more than `largest` bytes are kept."""
        with contextlib.suppress(OSError):
            kept = sorted((s.st_mtime_ns, s.st_size, p) for p in self._path.iterdir() for s in (p.stat(),))
            size = sum(size for _, size, _ in kept)
            for _, each, path in kept:
                if size <= largest:
                    break
                path.unlink(missing_ok=True)
                size -= each


def open_folder(name: str) -> Folder | None:
    """The user's folder of this name, made if it is not there; None where it cannot be had, or is not the user's alone.

    It lies in `$XDG_CACHE_HOME`, else `~/.cache` (XDG Base Directory Specification), below `converter-zh`.
    """
    if not hasattr(os, "getuid"):  # nothing says there whose a folder is
        return None
    try:
        root = os.environ.get("XDG_CACHE_HOME", "")
        base = Path(root) if Path(root).is_absolute() else Path.home() / ".cache"
        folder = base / "converter-zh" / name
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except (OSError, RuntimeError):
        return None
    private = stat.S_ISDIR(found.st_mode) and not found.st_mode & 0o077
    return Folder(folder) if private and found.st_uid == os.getuid() else None
