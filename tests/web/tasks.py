"""What workers do in tests of the service: real work, unless a text asks for trouble."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

from converter.engine.run import run

if TYPE_CHECKING:
    from converter.engine.job import Job, Outcome


def run_or_misbehave(job: Job) -> Outcome:
    for source in job.inputs:
        match source.data.split():
            case [b"sleep", seconds]:
                time.sleep(float(seconds))
            case [b"loop"]:
                while True:
                    pass
            case [b"die"]:
                os.kill(os.getpid(), signal.SIGKILL)
            case [b"hog"]:
                bytearray(2**40)
            case [b"bug"]:
                raise KeyError("secret words")
    return run(job)
