"""What lies on disk only while a server process lives, and the removal of what killed ones left.

The folders of workers lie in `work/ID` of the data folder, ID being the server's; the next server that uses the data
removes those of servers that are dead. A data folder that is itself temporary goes with the last server that used it.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from converter.engine.sockets import socket_folder
from converter.web.servers import Membership

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX = "converter-jobs-"
_SETTLED = 3.0
"""Seconds after which a folder without a living server has none to come."""
_MEMORY, _MEMORY_PREFIX = Path("/dev/shm"), "converter-metrics-"  # noqa: S108 - a folder of our own is made in it
_PREFIXES = ("pymp-", _MEMORY_PREFIX)
"""Of the folders elsewhere that links in a server's own name: where Python's fork server listens, for a path of a
socket must be short, and what is kept in memory."""


class Scratch:
    """The folder of this server process for what it and its workers need for a moment."""

    def __init__(self, root: Path, member: Membership) -> None:
        self._all, self._member = root / "work", member
        self._folder = self._all / member.id
        self._memory: Path | None = None

    def open(self) -> Path:
        """Makes the folder."""
        self._folder.mkdir(parents=True, mode=0o700)
        if hasattr(os, "fork"):
            (self._folder / "sockets").symlink_to(socket_folder())
        return self._folder

    def memory(self) -> Path:
        """Makes a folder that a full disk does not touch, where the system has such a thing."""
        if os.access(_MEMORY, os.W_OK):
            self._memory = Path(tempfile.mkdtemp(prefix=_MEMORY_PREFIX, dir=_MEMORY))
            (self._folder / "memory").symlink_to(self._memory)
            return self._memory
        (self._folder / "memory").mkdir()
        return self._folder / "memory"

    def close(self) -> None:
        """Removes the folder. The sockets are Python's to remove: other pools of this process may use them."""
        if self._memory:
            shutil.rmtree(self._memory, ignore_errors=True)
        shutil.rmtree(self._folder, ignore_errors=True)

    def clean(self) -> None:
        """Removes the folders of servers that are dead, and temporary data that none uses any more."""
        remove_abandoned()
        for path in self._all.glob("*"):
            if not self._member.is_living(path.name):
                _remove(path)


def _remove(folder: Path) -> None:
    """Removes what a dead server left, and what its links name, if that is this user's."""
    for link in folder.glob("*"):
        with contextlib.suppress(OSError):
            target = link.readlink()
            if target.name.startswith(_PREFIXES) and _is_own(target):
                shutil.rmtree(target, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def _is_own(path: Path) -> bool:
    found = path.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()


def temporary_data() -> Path:
    """A new temporary data folder."""
    return Path(tempfile.mkdtemp(prefix=_PREFIX))


def remove_abandoned() -> None:
    """Removes temporary data folders whose servers are all dead. A killed server's own may live for a moment yet."""
    for root in _abandoned():
        for folder in (root / "work").glob("*"):
            _remove(folder)
        shutil.rmtree(root, ignore_errors=True)


@contextlib.contextmanager
def shared_data(data: str | None) -> Iterator[tuple[Path, Path]]:
    """The data folder for several server processes, a temporary one if none is named, and one for their metrics.

    Both are in use as long as this process lives.
    """
    root = Path(data) if data else temporary_data()
    owner = Membership(root / "servers")
    scratch = Scratch(root, owner)
    try:
        scratch.open()
        yield root, scratch.memory()
    finally:
        scratch.close()
        owner.leave()
        if not data:
            shutil.rmtree(root, ignore_errors=True)


def _abandoned() -> Iterator[Path]:
    """Temporary data folders of this user that servers have used, none of which lives."""
    if not hasattr(os, "getuid"):
        return
    for root in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            servers = root / "servers"
            if not _is_own(root) or time.time() - servers.stat().st_mtime < _SETTLED:
                continue  # a server may just be making it
            if not any(Membership.living(lock) for lock in servers.glob("*.lock")):
                yield root
