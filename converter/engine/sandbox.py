"""What a worker process may do: no network, no other programs, so much memory, and no life without its server.

On Linux a filter in the kernel (seccomp, `prctl(2)`) refuses the system calls for sockets and for running programs, for
any user and in containers too; elsewhere only the limits on memory and processor time hold, where the system has them.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import signal
import struct
import sys
from errno import EPERM
from pathlib import Path

_PR_SET_PDEATHSIG, _PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS = 1, 22, 38
_FILTER = 2
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06  # BPF: load a word, jump if equal, return
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000 | EPERM, 0x80000000
_AT_NUMBER, _AT_ARCHITECTURE = 0, 4

_ARCHITECTURES = {
    # audit architecture, and the numbers of socket, execve, execveat, ptrace, io_uring_setup
    "x86_64": (0xC000003E, (41, 59, 322, 101, 425)),
    "aarch64": (0xC00000B7, (198, 221, 281, 117, 425)),
}
_X32 = 0x40000000
"""The second set of numbers that x86-64 has for the same calls begins here."""


def confine() -> bool:
    """Takes network and other programs from this process for good; gives back whether that was possible.

    The process also ends when its parent does, so that nothing works on for a server that was killed.
    """
    if not sys.platform.startswith("linux"):
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    end_with_parent(signal.SIGKILL)
    known = _ARCHITECTURES.get(platform.machine())
    if known is None or libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        return False
    code = _filter(*known)
    program = ctypes.create_string_buffer(code, len(code))

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_void_p))

    handle = Program(len(code) // 8, ctypes.addressof(program))
    return bool(libc.prctl(_PR_SET_SECCOMP, _FILTER, ctypes.byref(handle), 0, 0) == 0)


def end_with_parent(number: signal.Signals, parent: int = 0) -> None:
    """Has this process sent a signal when its parent ends, on Linux. Who says which process that is has this one ended
    at once if it is gone already: then no signal would ever come.
    """
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, number, 0, 0, 0)
    if parent and os.getppid() != parent:
        sys.exit(0)


def _filter(architecture: int, refused: tuple[int, ...]) -> bytes:
    """The filter as the kernel takes it: eight bytes an instruction, (code, if true, if false, value)."""
    calls = [number + offset for offset in (0, _X32) for number in refused]
    instructions = [
        (_LOAD, 0, 0, _AT_ARCHITECTURE),
        (_EQUAL, 1, 0, architecture),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _AT_NUMBER),
        *((_EQUAL, len(calls) - place, 0, number) for place, number in enumerate(calls)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _REFUSE),
    ]
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in instructions)


def limit_memory(limit: int) -> int:
    """Lets the process take `limit` bytes of address space more than it has now, where the system can see to it.

    Gives back what it has now.
    """
    now = taken()
    if sys.platform != "win32":
        import resource  # not there on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        with contextlib.suppress(ValueError, OSError):  # macOS does not know RLIMIT_AS in all versions
            resource.setrlimit(resource.RLIMIT_AS, (now + limit, now + limit))
    return now


def limit_file_size(limit: int) -> None:
    """No file that the process writes can become larger; it gets an OSError instead."""
    if sys.platform != "win32":
        import resource

        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))


def limit_processor_time(seconds: float) -> None:
    """The process is killed by the system when it has used so many more seconds of a processor."""
    if sys.platform != "win32":
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        until = int(used.ru_utime + used.ru_stime + seconds) + 1
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        resource.setrlimit(resource.RLIMIT_CPU, (until, hard))


def taken() -> int:
    """The process's address space in bytes; 0 where the system does not tell."""
    status = Path("/proc/self/statm")
    return int(status.read_text().split()[0]) * os.sysconf("SC_PAGESIZE") if status.exists() else 0
