"""Which server processes live: each holds a lock on a file of its own, which the system lets go when it dies."""

from __future__ import annotations

import contextlib
import os
import secrets
from typing import TYPE_CHECKING

try:
    import fcntl
except ImportError:  # Windows: there one process uses a folder, and every other is a dead one
    fcntl = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from pathlib import Path


class Membership:
    """This process among the servers that share a folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.id = f"{os.getpid()}-{secrets.token_hex(4)}"
        self._folder = folder
        new = folder / f"{self.id}.new"
        self._file = new.open("w", encoding="ascii")
        if fcntl:
            fcntl.flock(self._file, fcntl.LOCK_EX)
        new.rename(folder / f"{self.id}.lock")  # nobody sees it unlocked

    def is_living(self, server: str) -> bool:
        """Whether this server process still runs."""
        if server == self.id:
            return True
        path = self._folder / f"{server}.lock"
        if self.living(path):
            return True
        path.unlink(missing_ok=True)
        return False

    @staticmethod
    def living(lock: Path) -> bool:
        """Whether the server process whose lock this is still runs."""
        try:
            file = lock.open("r", encoding="ascii")
        except FileNotFoundError:
            return False
        with file:
            if fcntl:
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except OSError:
                    return True
        return False

    def leave(self) -> None:
        """This process is about to end."""
        with contextlib.suppress(OSError):
            (self._folder / f"{self.id}.lock").unlink(missing_ok=True)
        self._file.close()
