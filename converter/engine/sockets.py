"""Where Python's fork server listens: a path that a socket can have, however long that of the temporary folder is."""

from __future__ import annotations

import os
import tempfile
from multiprocessing.util import get_temp_dir

from converter.errors import ResourceError

_LONGEST = 103
"""Bytes of a socket's path on macOS and BSD; Linux takes four more."""
_OURS = len("/pymp-12345678/listener-12345678")
"""What Python puts behind the temporary folder."""
_SHORT = ("/tmp", "/var/tmp", "/dev/shm")  # noqa: S108 - Python makes a folder of our own in it


def socket_folder() -> str:
    """The folder for this process's sockets, which Python removes in the end; to be called before any is made.

    Raises ResourceError if the temporary folder's path is too long, and there is no other one.
    """
    usual = tempfile.gettempdir()
    if len(os.fsencode(usual)) + _OURS <= _LONGEST:
        return get_temp_dir()
    short = next((folder for folder in _SHORT if os.access(folder, os.W_OK | os.X_OK)), None)
    if short is None:
        raise ResourceError(
            f"The path of the temporary folder is too long for sockets: {usual}. Set TMPDIR to a shorter one.",
            f"临时文件夹的路径过长，无法建立套接字：{usual}。请将 TMPDIR 设为较短的路径。",
        )
    try:
        tempfile.tempdir = short  # Python asks for it the first time only
        return get_temp_dir()
    finally:
        tempfile.tempdir = usual
