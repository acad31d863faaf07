"""`make bench`, or `python tests/benchmarks [--quick] [--only SECTION …]`: see README.md beside this file."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from measurements import QUICK, SECTIONS, WHOLE
from peers import installed
from process import ROOT, WORK
from report import page, pictures

if TYPE_CHECKING:
    from pathlib import Path


def main() -> None:
    """Measure, keep the figures, write the page."""
    asked = argparse.ArgumentParser(prog="make bench", description=__doc__)
    asked.add_argument("--quick", action="store_true", help="short texts, few runs: for use while you change something")
    asked.add_argument("--only", action="append", choices=SECTIONS, help="measure this section; the others stay")
    asked.add_argument("--machine", default=_machine(), help="what the page calls this machine")
    asked.add_argument("--note", default="", help="a sentence for the page on how it was measured")
    asked.add_argument("--render", action="store_true", help="measure nothing: write the page from the figures")
    asked.add_argument("--publish", action="store_true", help="write docs/benchmarks.md")
    given = asked.parse_args()
    if given.publish:
        paper, folder, figures = (
            ROOT / "docs" / name for name in ("benchmarks.md", "images/benchmarks", "data/benchmarks.json")
        )
    else:
        paper, folder, figures = WORK / "benchmarks.md", WORK, WORK / "benchmarks.json"
    folder.mkdir(parents=True, exist_ok=True)
    results: dict[str, Any] = json.loads(figures.read_text()) if figures.exists() else {}
    if not given.render:
        _measure(given, results, figures)
    for name, picture in pictures(results).items():
        (folder / name).write_text(picture)
    paper.write_text(page(results, "images/benchmarks" if given.publish else "."))
    print(paper)


def _measure(given: argparse.Namespace, results: dict[str, Any], figures: Path) -> None:
    plan = QUICK if given.quick else WHOLE
    peers = installed()
    inputs = WORK / "inputs"
    inputs.mkdir(exist_ok=True)
    date = datetime.now(UTC).date().isoformat()
    results |= {"machine": given.machine, "date": date, "versions": peers.versions()}
    results |= {"note": given.note, "runs": plan.runs, "long_runs": plan.long_runs}
    for name in given.only or SECTIONS:
        print(f"{name} …", file=sys.stderr, flush=True)
        results[name] = SECTIONS[name](plan, peers, inputs)
        figures.write_text(json.dumps(results, ensure_ascii=False, indent=1) + "\n")


def _machine() -> str:
    return f"{os.cpu_count()} cores, {platform.machine()}, Python {sys.version_info.major}.{sys.version_info.minor}"


main()
