"""One worker process and its parent's end: a job at a time, with limits on time, memory and size of result.

It has no network, runs no programs, and its temporary files lie in a folder of its own that goes with it.
"""

from __future__ import annotations

import contextlib
import errno
import logging
import pickle
import shutil
import signal
import tempfile
import time
from functools import partial
from multiprocessing.connection import wait
from pathlib import Path
from typing import TYPE_CHECKING, Any

from converter.engine.progress import listening
from converter.engine.reading import internal_error
from converter.engine.sandbox import confine, limit_file_size, limit_memory, limit_processor_time, taken
from converter.errors import ConverterError, EngineError
from converter.records import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

    Progress = Callable[[int, int], object]

_log = logging.getLogger(__name__)

_GRACE = 5
"""Seconds after the time limit when a worker whose parent is gone ends itself."""


class Limits(NamedTuple):
    """What one job may take."""

    time: float
    memory: int
    result: int
    cpu: float
    confined: bool


class Worker:
    """The parent's end of one worker process."""

    def __init__(self, context: Any, task: Callable[[Any], Any], limits: Limits, folder: Path | None) -> None:
        self.connection, child = context.Pipe()
        self.folder = tempfile.mkdtemp(prefix="converter-worker-", dir=folder)
        self.process = context.Process(
            target=_work, args=(child, task, limits, self.folder), name="converter-worker", daemon=True
        )
        self.process.start()
        child.close()
        self.limits = limits
        self.jobs = 0
        self.killed = ""
        """Why it was killed; empty while it may live."""

    def kill(self, reason: str) -> None:
        """Ends the process at once and for good."""
        self.killed = self.killed or reason
        self.process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, job: Any, progress: Progress | None = None, times: float = 1) -> Any:
        """The task's result for the job, or its exception. If the worker is of no more use, it is killed."""
        self.jobs += 1
        try:
            self.connection.send((job, times, progress is not None))
            succeeded, swollen, value = self._answer(progress, self.limits.time * times)
        except (EOFError, OSError):
            self.kill("died")
            self.process.join()
            raise self._death() from None
        if not succeeded and isinstance(value, EngineError):
            self.kill("failed")
        elif swollen:
            self.kill("retired")
        if succeeded:
            return value
        raise value

    def _answer(self, progress: Progress | None, most: float) -> tuple[bool, bool, Any]:
        """What the worker says in the end; what it says before is how far it is."""
        until = time.monotonic() + most
        while wait([self.connection, self.process.sentinel], max(0, until - time.monotonic())):
            first, second, third = pickle.loads(self.connection.recv_bytes())  # noqa: S301 - from our own process
            if first is not None:
                return first, second, third
            if progress:
                progress(second, third)
        self.kill("time")
        raise EngineError(
            f"The work took longer than {most:g} seconds and was stopped. Try shorter texts.",
            f"处理时间超过 {most:g} 秒，已停止。请缩短文本。",
        )

    def _death(self) -> EngineError:
        code = self.process.exitcode or 0
        if self.killed == "cancelled":
            return EngineError("The work was cancelled.", "处理已取消。")
        if -code == getattr(signal, "SIGXCPU", None):
            return EngineError(
                f"The work took {self.limits.cpu:g} seconds of a processor and was stopped. Try shorter texts.",
                f"处理所用的处理器时间超过 {self.limits.cpu:g} 秒，已停止。请缩短文本。",
            )
        how = signal.Signals(-code).name if code < 0 else f"exit status {code}"
        return EngineError(
            f"The process that did the work ended unexpectedly ({how}); the text may need more memory than there is.",
            f"处理进程意外终止（{how}），可能是文本所需内存超出限制。",
        )


def _work(connection: Connection, task: Callable[[Any], Any], limits: Limits, folder: str) -> None:
    """The worker process: jobs in, results out, until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's business
    logging.basicConfig(format="%(levelname)s %(name)s: %(message)s")
    tempfile.tempdir = folder
    if limits.confined:
        confine()
        limit_file_size(limits.result)
    before = limit_memory(limits.memory)
    with contextlib.suppress(EOFError, OSError):
        while True:
            job, times, told = connection.recv()
            if hasattr(signal, "alarm"):
                signal.alarm(int(limits.time * times) + _GRACE)
            limit_processor_time(limits.cpu * times)
            with listening(partial(_tell, connection)) if told else contextlib.nullcontext():
                succeeded, value = _answer(task, job, limits.memory)
            # What a job leaves behind is missing from the allowance of the next.
            swollen = taken() > before + limits.memory // 8
            answer = pickle.dumps((succeeded, swollen, value))
            if len(answer) > limits.result:
                error = EngineError(
                    f"The result is larger than {limits.result >> 20} MB. Try fewer or shorter texts.",
                    f"结果超过 {limits.result >> 20} MB。请减少文件或缩短文本。",
                )
                answer = pickle.dumps((False, swollen, error))
            for left in Path(folder).iterdir():
                shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)
            connection.send_bytes(answer)
            if hasattr(signal, "alarm"):
                signal.alarm(0)


def _tell(connection: Connection, done: int, of: int) -> None:
    """How far the job is."""
    connection.send_bytes(pickle.dumps((None, done, of)))


def _answer(task: Callable[[Any], Any], job: Any, memory_limit: int) -> tuple[bool, Any]:
    """Whether the task succeeded, and its result or its error."""
    try:
        return True, task(job)
    except ConverterError as error:
        return False, error
    except MemoryError:
        return False, EngineError(
            f"The work needs more than {memory_limit >> 20} MB of memory and was stopped. Try fewer or shorter texts.",
            f"处理所需内存超过 {memory_limit >> 20} MB，已停止。请减少文件或缩短文本。",
        )
    except Exception as error:  # noqa: BLE001 - logged here, and told to the parent
        if isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}:
            full = "There is no room on disk for this work. Try again later.", "磁盘空间不足，无法处理，请稍后重试。"
            return False, EngineError(*full)
        _log.exception("a job failed")
        return False, internal_error(error)
