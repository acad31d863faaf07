"""What a process costs. Imports little on purpose: the kernel counts the memory of the parent as the child's at first."""

from __future__ import annotations

import ctypes
import os
import statistics
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import resource
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))
WORK = ROOT / "out" / "benchmarks"
PYTHON = WORK / "ours" / "bin" / "python"
"""Of an environment that holds this checkout and what it needs, and no more: tools for developers slow every start."""
OURS = (PYTHON, "-m", "converter")
HERE = Path(__file__).parent

_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {
    "PYTHONPYCACHEPREFIX": str(WORK / "bytecode")  # modules are compiled once, as where they are installed
}

_PR_SET_CHILD_SUBREAPER = 36
Command = tuple[str | Path, ...]


class Cost(NamedTuple):
    """Of one process with its children, or the medians of several."""

    wall: float
    """Seconds."""
    cpu: float
    """Seconds of all processors together, of the system too."""
    memory: float
    """Megabytes of the largest process."""


def run(command: Command, core: int | None = None, *, orphans: bool = False) -> Cost:
    """What a command costs, on one processor if `core` names one. Ends the program if the command fails.

    With `orphans` (Linux), processes that it leaves behind are waited for and counted as well: the kernel adds to a
    parent only what it waited for itself, and a pool of workers is ended by closing its pipe. Nothing else may run then.
    """
    words = [str(word) for word in command]
    if core is not None:
        words = ["taskset", "--cpu-list", str(core), *words]
    if orphans:
        ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    begun = time.perf_counter()
    with (
        tempfile.TemporaryFile() as errors,
        subprocess.Popen(words, env=_ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=errors) as process,
    ):
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
        if status:
            errors.seek(0)
            raise SystemExit(f"{' '.join(words)} failed ({process.returncode}): {errors.read().decode()[-2000:]}")
    usages = [usage, *(_left_behind() if orphans else ())]
    return Cost(wall, sum(u.ru_utime + u.ru_stime for u in usages), max(u.ru_maxrss for u in usages) / 1024)


def _left_behind() -> Iterator[resource.struct_rusage]:
    while True:
        try:
            yield os.wait4(-1, 0)[2]
        except ChildProcessError:
            return


def in_turn(commands: dict[str, Command], runs: int, core: int | None = None) -> dict[str, Cost]:
    """The medians of `runs` runs of each command, one after the other in turns, so that all meet the same load.

    Each runs once before, so that nothing is compiled or read from disk for the first time; long ones, of which there
    are few runs, do not.
    """
    found: dict[str, list[Cost]] = {name: [] for name in commands}
    for number in range(-1 if runs > 3 else 0, runs):
        for name, command in commands.items():
            cost = run(command, core)
            if number >= 0:
                found[name].append(cost)
    return {name: Cost(*map(statistics.median, zip(*costs, strict=True))) for name, costs in found.items()}
