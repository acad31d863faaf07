"""What came of a batch, for people and for programs: `manifest.jsonl` and `report.html` beside the plan."""

from __future__ import annotations

import heapq
import json
from collections import Counter
from dataclasses import field
from typing import TYPE_CHECKING, Any

from converter.engine.batch.places import ASIDE
from converter.engine.batch.plan import FOLDER, Plan
from converter.records import NamedTuple, dataclass
from converter.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable

    from converter.engine.batch.places import Place

_SHOWN = 20
"""Rows of each table."""
_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 300)
"""Seconds at which a column of the chart of durations ends."""


class Bar(NamedTuple):
    """A column or a row of a chart."""

    name: str
    number: int
    share: float
    """Of the longest one, 0 to 1."""


@dataclass(slots=True)
class Summary:
    """All rows of the manifest in numbers."""

    inputs: int = 0
    broken: int = 0
    changes: int = 0
    bytes_in: int = 0
    seconds: float = 0
    """Of all inputs together, whatever ran beside them."""
    outputs: Counter[str] = field(default_factory=Counter)
    """How many files of each ending."""
    bytes_out: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    """In how many inputs each kind of diagnostic was met, as "warning ZH101"."""
    reasons: Counter[str] = field(default_factory=Counter)
    """Why inputs are broken."""
    durations: Counter[int] = field(default_factory=Counter)
    """How many inputs took how long, by place in `_STEPS`."""
    slowest: list[tuple[float, int, dict[str, Any]]] = field(default_factory=list)
    damaged: list[tuple[float, int, dict[str, Any]]] = field(default_factory=list)
    rejected: list[dict[str, Any]] = field(default_factory=list)
    """The first broken inputs."""

    def count(self, row: dict[str, Any]) -> None:
        """Take a row of the manifest into account."""
        self.inputs += 1
        self.bytes_in += row["bytes"]
        self.seconds += row["seconds"]
        self.changes += row.get("changes", 0)
        for output in row["outputs"]:
            ending = output["path"].rpartition(".")[2]
            self.outputs[ending] += 1
            self.bytes_out[ending] += output["bytes"]
        self.found.update(row.get("diagnostics", {}).keys())
        self.durations[next((i for i, step in enumerate(_STEPS) if row["seconds"] <= step), len(_STEPS))] += 1
        _keep(self.slowest, (row["seconds"], self.inputs, row))
        if row.get("changes"):
            _keep(self.damaged, (row["changes"], self.inputs, row))
        if row["status"] == "broken":
            self.broken += 1
            self.reasons.update(error["en"] for error in row["errors"][:1])
            if len(self.rejected) < 10 * _SHOWN:
                self.rejected.append(row)

    @property
    def histogram(self) -> list[Bar]:
        """The chart of durations."""
        names = [*(f"≤ {step:g} s" for step in _STEPS), f"> {_STEPS[-1]:g} s"]
        return _bars((name, self.durations[i]) for i, name in enumerate(names))


def write_report(target: Place) -> Summary:
    """Write `manifest.jsonl` and `report.html` from all shards that are done; what they say in numbers.

    Raises WriteError where the target takes nothing more.
    """
    plan, summary = Plan(target), Summary()

    def lines() -> Iterable[bytes]:
        for row in plan.results():
            summary.count(row)
            yield json.dumps(row, ensure_ascii=False).encode("utf-8", "replace") + b"\n"

    target.write(f"{FOLDER}/manifest.jsonl", lines())
    left = len(plan.open_shards())
    target.write(f"{FOLDER}/report.html", to_html(summary, left).encode("utf-8", "replace"))
    for name in () if left else target.names(ASIDE):  # what killed runs were writing
        target.remove(f"{ASIDE}/{name}")
    return summary


def to_html(summary: Summary, left: int) -> str:
    """The summary as one page that needs nothing else; `left` is the number of shards that are not done."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("converter.engine.batch", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html").render(
        summary=summary,
        left=left,
        found=_bars(summary.found.most_common(_SHOWN)),
        reasons=_bars(summary.reasons.most_common(_SHOWN)),
        slowest=[row for _, _, row in sorted(summary.slowest, reverse=True)],
        damaged=[row for _, _, row in sorted(summary.damaged, reverse=True)],
        version=__version__,
    )


def _keep(heap: list[tuple[float, int, dict[str, Any]]], item: tuple[float, int, dict[str, Any]]) -> None:
    """The greatest items only."""
    if len(heap) < _SHOWN:
        heapq.heappush(heap, item)
    else:
        heapq.heappushpop(heap, item)


def _bars(counts: Iterable[tuple[str, int]]) -> list[Bar]:
    counted = list(counts)
    most = max((count for _, count in counted), default=0) or 1
    return [Bar(name, count, count / most) for name, count in counted]
