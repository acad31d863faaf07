"""What workers are made to do in the tests; a module of its own because the workers import it."""

from __future__ import annotations

import itertools
import os
import signal
import time
from typing import Any

from converter.errors import InputError, UsageError


def call(order: tuple[Any, ...]) -> Any:
    function, *arguments = order
    return function(*arguments)


def echo(value: Any) -> Any:
    return value


def pid(seconds: float) -> int:
    time.sleep(seconds)
    return os.getpid()


def loop() -> None:
    for _ in itertools.count():
        pass


def hog(megabytes: int) -> int:
    """Takes address space and writes nothing to it: on a busy machine the limit of time must not strike first."""
    return len([bytes(2**20) for _ in range(megabytes)])


_kept: list[bytearray] = []


def leak(megabytes: int) -> None:
    _kept.append(bytearray(megabytes * 2**20))


def kill_yourself(number: int) -> None:
    os.kill(os.getpid(), number)
    time.sleep(60)


def ignore_termination() -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(60)


def wrong_input(source: str) -> None:
    raise InputError("It is empty.", "文件为空。", source=source)


def wrong_request(name: str) -> None:
    raise UsageError.unknown("format", "格式", name, ["docx", "pdf"])


def bug(words: str) -> None:
    raise KeyError(words)
