"""What is measured, section by section: each function gives plain data, which `report` makes pages of."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, NamedTuple

from peers import MEASURE, tools
from process import HERE, OURS, PYTHON, ROOT, SEEDS, Command, in_turn, run
from sizes import SIZES

if TYPE_CHECKING:
    from pathlib import Path

    from peers import Peers, Tool

FORMATS = ("docx", "epub", "pdf")


class Plan(NamedTuple):
    """How much is measured."""

    runs: int
    """Of short commands."""
    long_runs: int
    """Of those that take seconds."""
    texts: tuple[str, ...]
    lengths: tuple[str, ...]
    files: int
    sample: int
    """Files out of these that the peers convert."""
    others: bool
    """Whether the programs that are no measure take part."""


WHOLE = Plan(7, 3, ("line", "seed 000", "seed 003", "1 MB", "10 MB"), tuple(SIZES), 1000, 30, others=True)
QUICK = Plan(3, 1, ("line", "seed 000", "1 MB"), ("10 KB", "100 KB", "1 MB"), 60, 10, others=False)
_LONG = ("1 MB", "10 MB")
_MEASURED = {"converter", *MEASURE.values()}
"""The others are for comparison: half as many runs."""


def prepared(folder: Path, *names: str) -> None:
    """Makes these texts in the folder, if they are not there. A process of its own does: this one must stay small."""
    if missing := [name for name in names if not (folder / f"{name}.html").exists()]:
        subprocess.run([PYTHON, HERE / "texts.py", folder, *missing], check=True)


def startup(plan: Plan, peers: Peers, folder: Path) -> list[dict[str, Any]]:
    """`--version` of each program. All run on one processor: they do one thing at a time."""
    commands: dict[str, Command] = {
        "converter": (*OURS, "--version"),
        "pandoc": (peers.pandoc, "--version"),
        "typst (Python’s module)": (peers.python, "-c", "import typst"),
        "Python alone": (PYTHON, "-c", "pass"),
    }
    return [{"program": name, **cost._asdict()} for name, cost in in_turn(commands, plan.runs, core=0).items()]


def formats(plan: Plan, peers: Peers, folder: Path) -> list[dict[str, Any]]:
    """Each program for each format and each text: medians, and the size of what was made."""
    prepared(folder, *plan.texts)
    rows = []
    for text in plan.texts:
        for to in FORMATS:
            fit = [tool for tool in tools(peers) if tool.to == to and _takes_part(tool, text, plan)]
            commands, made = {}, {}
            for tool in fit:
                commands[tool.name], made[tool.name] = tool.on(folder, text)
                made[tool.name].unlink(missing_ok=True)
            runs = plan.long_runs if text in _LONG else plan.runs
            costs = in_turn({name: command for name, command in commands.items() if name in _MEASURED}, runs)
            costs |= in_turn({name: command for name, command in commands.items() if name not in _MEASURED}, runs // 2)
            for name, cost in costs.items():
                size = made[name].stat().st_size
                rows.append({"text": text, "to": to, "program": name, **cost._asdict(), "size": size})
            _say(f"{text} → {to}: {costs['converter'].cpu / costs[MEASURE[to]].cpu:.2f} of {MEASURE[to]}")
    return rows


def _takes_part(tool: Tool, text: str, plan: Plan) -> bool:
    if tool.name in _MEASURED:
        return True
    if not plan.others:
        return False
    return not tool.largest or WHOLE.texts.index(text) <= WHOLE.texts.index(tool.largest)


def three(plan: Plan, peers: Peers, folder: Path) -> list[dict[str, Any]]:
    """Seed 003 to three formats: one process of ours, and pandoc twice and typst once."""
    prepared(folder, "seed 003")
    (folder / "three").mkdir(exist_ok=True)
    theirs = [tool for tool in tools(peers) if tool.name == MEASURE[tool.to]]
    ours = (*OURS, "convert", "--force", folder / "seed 003.txt", "--to", ",".join(FORMATS), "-o", folder / "three")
    commands = {"converter": ours} | {f"{tool.name} {tool.to}": tool.on(folder, "seed 003")[0] for tool in theirs}
    costs = in_turn(commands, plan.runs)
    own = costs.pop("converter")
    summed = {"wall": sum(c.wall for c in costs.values()), "cpu": sum(c.cpu for c in costs.values())}
    together = {"program": " + ".join(costs), **summed, "memory": max(c.memory for c in costs.values())}
    return [{"program": "converter", **own._asdict()}, together]


def files(plan: Plan, peers: Peers, folder: Path) -> list[dict[str, Any]]:
    """Many files to three formats: `converter batch` with two workers, and a process of pandoc or typst for each, one
    after the other and two at a time, a sample of them, reckoned up.
    """
    names = [f"file {number}" for number in range(plan.sample)]
    prepared(folder, *names)
    source, made = folder / f"{plan.files} files", folder / "made"
    source.mkdir(exist_ok=True)
    for number in range(plan.files):
        seed = SEEDS[number % len(SEEDS)].read_text()
        (source / f"{number:04}.txt").write_text(f"{seed}\n第{number}号存档。\n")
    batch = (*OURS, "batch", source, "--to", ",".join(FORMATS), "--out", made, "--jobs", "2", "--restart")
    own = run(batch, orphans=True)
    single = [tool.on(folder, name)[0] for name in names for tool in tools(peers) if tool.name == MEASURE[tool.to]]
    rows = [{"program": "converter batch --jobs 2", "files": plan.files, **own._asdict()}]
    for way, at_once in (("one after the other", 1), ("two at a time", 2)):
        begun = time.perf_counter()
        with ThreadPoolExecutor(at_once) as pool:
            costs = list(pool.map(run, single))
        times = plan.files / plan.sample
        reckoned = {"wall": (time.perf_counter() - begun) * times, "cpu": sum(cost.cpu for cost in costs) * times}
        program = f"pandoc and typst, {3 * plan.files} processes, {way} (reckoned from {len(single)})"
        rows.append({"program": program, "files": plan.files, **reckoned, "memory": max(c.memory for c in costs)})
    return rows


def stages(plan: Plan, peers: Peers, folder: Path) -> dict[str, Any]:
    """1 MB by stage and rule, and in which functions the time goes."""
    prepared(folder, "1 MB")
    found = _stages(folder, "1 MB", plan.long_runs)
    return {**found, "tree": _python("stages.py", folder / "1 MB.txt", "--samples")}


def growth(plan: Plan, peers: Peers, folder: Path) -> dict[str, Any]:
    """How cost grows with length, with the number of different characters, of headings, and of fonts."""
    lengths = {}
    for name in plan.lengths:
        _text_only(folder, name)
        lengths[name] = _stages(folder, name, 1 if SIZES[name] > SIZES["1 MB"] else plan.long_runs)
        _say(f"{name}: {sum(lengths[name]['seconds'].values()):.1f} s")
    found: dict[str, Any] = {"lengths": lengths, "exponents": exponents(lengths)}
    for what, counts in (("characters", (500, 1000, 2000, 4000, 8000, 16000)), ("headings", (10, 100, 1000, 10000))):
        found[what] = {}
        for count in counts:
            _text_only(folder, f"{count} {what}")
            found[what][str(count)] = _stages(folder, f"{count} {what}", 1)
    _text_only(folder, "1 MB")
    found["fonts"] = {str(n): _stages(folder, "1 MB", 1, "--faces", n) for n in range(1, 6)}
    return found


def exponents(lengths: dict[str, dict[str, Any]]) -> dict[str, float]:
    """By stage, k where its cost grows as length to the power of k: least squares over the logarithms, from 100 KB on."""
    long = [found for found in lengths.values() if found["bytes"] >= 90_000]
    return {
        stage: _slope([(math.log(f["bytes"]), math.log(f["seconds"][stage])) for f in long])
        for stage in long[0]["seconds"]
    }


def _slope(points: list[tuple[float, float]]) -> float:
    middle = [sum(values) / len(points) for values in zip(*points, strict=True)]
    across = sum((x - middle[0]) * (y - middle[1]) for x, y in points)
    return across / sum((x - middle[0]) ** 2 for x, _ in points)


def _stages(folder: Path, name: str, runs: int, *more: object) -> dict[str, Any]:
    """The run in the middle of several, by its seconds in all."""
    found = [_python("stages.py", folder / f"{name}.txt", *more) for _ in range(runs)]
    return sorted(found, key=lambda one: sum(one["seconds"].values()))[len(found) // 2]


def _text_only(folder: Path, name: str) -> None:
    if not (folder / f"{name}.txt").exists():
        subprocess.run([PYTHON, HERE / "texts.py", "--text-only", folder, name], check=True)


def _python(script: str, *arguments: object) -> Any:
    command = [PYTHON, HERE / script, *map(str, arguments)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout)


def _say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


SECTIONS = {
    "startup": startup,
    "three": three,
    "stages": stages,
    "formats": formats,
    "files": files,
    "growth": growth,
}
