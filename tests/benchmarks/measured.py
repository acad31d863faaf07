"""Texts of any length, and what a process costs: shared by the benchmarks."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from converter.model import blocks_of, plain
from converter.pipeline import read

ROOT = Path(__file__).parents[2]
SEEDS = sorted((ROOT / "seeds").glob("*.txt"))


def long_text(size: int) -> str:
    """A clean novel of this many bytes: chapters and paragraphs whose words are those of the seeds, in turns."""
    documents = [read(seed).value for seed in SEEDS]
    passages = [plain(block.inlines) for document in documents for block in blocks_of(document)]
    words = [
        passage for passage in passages if len(passage) > 40 and passage.endswith("。") and passage[0] not in "一二三"
    ]
    lines, done, chapter = ["学习文集", ""], 0, 0
    while done < size:
        chapter += 1
        part = [f"第{chapter}章 学习札记", ""]
        part += (words[(chapter * 7 + n) % len(words)] for n in range(40))
        done += sum(len(line.encode()) + 1 for line in part)
        lines += [*part, ""]
    return "\n".join(lines)


def run(folder: str, *command: str | Path) -> tuple[float, int]:
    """Processor seconds, and kilobytes at the most, of one process; modules are compiled once, as where installed."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = folder
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
    if status:
        raise SystemExit(f"{' '.join(map(str, command))} failed")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss
