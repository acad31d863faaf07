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
from multiprocessing.util import get_temp_dir
from pathlib import Path
from typing import TYPE_CHECKING

from converter.web.servers import Membership

if TYPE_CHECKING:
    from collections.abc import Iterator

_PREFIX = "converter-jobs-"
_SOCKETS, _SOCKETS_PREFIX = "sockets", "pymp-"
"""A link to where Python's fork server listens: a path of a socket must be short, so it lies in the system's folder."""


class Scratch:
    """The folder of this server process for what its workers need for a moment."""

    def __init__(self, root: Path, member: Membership) -> None:
        self._all, self._member = root / "work", member
        self._folder = self._all / member.id

    def open(self) -> Path:
        """Makes the folder."""
        self._folder.mkdir(parents=True, mode=0o700)
        if hasattr(os, "fork"):
            (self._folder / _SOCKETS).symlink_to(get_temp_dir())
        return self._folder

    def close(self) -> None:
        """Removes the folder. The sockets are Python's to remove: other pools of this process may use them."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def clean(self) -> None:
        """Removes the folders of servers that are dead."""
        for path in self._all.glob("*"):
            if not self._member.is_living(path.name):
                _remove(path)


def _remove(folder: Path) -> None:
    """Removes what a dead server left, and the folder of its sockets, if it is one of this user's."""
    with contextlib.suppress(OSError):
        sockets = (folder / _SOCKETS).readlink()
        if sockets.name.startswith(_SOCKETS_PREFIX) and _is_own(sockets):
            shutil.rmtree(sockets, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def _is_own(path: Path) -> bool:
    found = path.lstat()
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()


def temporary_data() -> Path:
    """A new temporary data folder; those whose servers are all dead are removed first."""
    for root in _abandoned():
        for folder in (root / "work").glob("*"):
            _remove(folder)
        shutil.rmtree(root, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=_PREFIX))


@contextlib.contextmanager
def shared_temporary_data() -> Iterator[Path]:
    """A temporary data folder for several server processes; it is in use as long as this process lives."""
    root = temporary_data()
    owner = Membership(root / "servers")
    try:
        yield root
    finally:
        owner.leave()
        shutil.rmtree(root, ignore_errors=True)


def _abandoned() -> Iterator[Path]:
    """Temporary data folders of this user that servers have used, none of which lives."""
    if not hasattr(os, "getuid"):
        return
    for root in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            locks = list((root / "servers").glob("*.lock")) if _is_own(root) else []
            if locks and not any(Membership.living(lock) for lock in locks):
                yield root
