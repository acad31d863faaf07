"""Measures repair and structure on a corpus that lies outside the repository, and fails below the floors.

    python tests/quality/measure_corpus.py CORPUS_PARENT

CORPUS_PARENT holds `corpus/` (texts, truth, encodings, gold, repairs.jsonl) and `tools/score.py`; their README says what
they are. The texts are not ours to publish; the gate on material of our own is `test_repair_gate.py`.
"""

from __future__ import annotations

import json
import shlex
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from converter.errors import ConverterError
from converter.model import heading_text, outline
from converter.pipeline import read
from converter.repair.rules import repair
from converter.structure.numbering import label_of, numbered_behind, unset_part
from converter.structure.reading import TITLED
from converter.text.decoding import decode

ROOT = Path(__file__).parents[2]
FLOORS = {
    "seeds": {
        "text": 0.995,
        "blocks": 0.90,
        "headings": 0.97,
        "run_in": 0.90,
        "roles": 0.85,
        "removed": 0.95,
        "title": 1,
    },
    "texts": {
        "text": 0.98,
        "blocks": 0.85,
        "headings": 0.90,
        "run_in": 0.80,
        "roles": 0.80,
        "removed": 0.85,
        "title": 0.8,
    },
}
CHAPTERS = {"n03": 97, "n06": 40, "n07": 4, "n09": 108, "n11": 120, "n14": 120, "c04": 20}
"""Numbered parts and chapters of the books, counted by hand; they must also stand in order."""
REPAIRED = 0.98
"""Of the lines that are certain and whose damage is inserted Pinyin or a byte slip: right in their document."""


def squashed(text: str) -> str:
    return "".join(text.split())


def scores(parent: Path) -> list[str]:
    """What `score.py` says is below its floor."""
    failures = []
    for name, texts in (("seeds", ROOT / "seeds"), ("texts", parent / "corpus" / "texts")):
        command = shlex.join([sys.executable, "-m", "converter", "inspect", "--json"])
        score = [sys.executable, str(parent / "tools" / "score.py"), str(parent / "corpus" / "gold" / name), str(texts)]
        run = subprocess.run([*score, "--command", command, "--json"], capture_output=True, text=True, check=True)
        mean = json.loads(run.stdout)["mean"]
        print(name, {figure: round(value, 3) for figure, value in mean.items() if value is not None})
        failures += [
            f"{name}: {figure} is {mean[figure]:.3f}, below {floor}"
            for figure, floor in FLOORS[name].items()
            if mean[figure] is not None and mean[figure] < floor
        ]
    return failures


def repairs(parent: Path) -> list[str]:
    """Damaged lines that do not come out right where they stand in their document."""
    repaired: dict[str, str] = {}
    right: dict[str, int] = defaultdict(int)
    total: dict[str, int] = defaultdict(int)
    for line in (parent / "corpus" / "repairs.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        kinds = "+".join(row["kinds"])
        source = row["source"]
        if source not in repaired:
            path = ROOT / "seeds" / f"{source}.txt"
            path = path if path.exists() else parent / "corpus" / "texts" / f"{source}.txt"
            repaired[source] = squashed(repair(decode(path.read_bytes()).value).value.text)
        total[kinds] += 1
        right[kinds] += squashed(row["repaired"]) in repaired[source]
    for kinds, count in total.items():
        print(f"repairs {kinds}: {right[kinds]} of {count}")
    certain = [kinds for kinds in total if "pinyin" in kinds or "byte_slip" in kinds]
    share = sum(right[k] for k in certain) / sum(total[k] for k in certain)
    print(f"repairs of pinyin and byte slips: {share:.3f}")
    return [f"repairs: {share:.3f} of the certain lines are right, below {REPAIRED}"] if share < REPAIRED else []


def harmless(parent: Path) -> list[str]:
    """Undamaged texts in which Pinyin or slips are found, and texts that cannot be undone or read."""
    failures = []
    for path in sorted((parent / "corpus" / "truth").glob("*.txt")):
        codes = {d.code for d in repair(decode(path.read_bytes()).value).diagnostics}
        if codes & {"ZH010", "ZH101", "ZH102", "ZH321"}:
            failures.append(f"truth/{path.name}: {sorted(codes)}")
    for path in sorted(
        [*(parent / "corpus" / "texts").glob("*.txt"), *(parent / "corpus" / "encodings").glob("*.txt")]
    ):
        try:
            source = read(path).value.source
        except ConverterError as error:
            failures.append(f"{path.name}: {error}")
            continue
        if source is None or source.bom + source.undo().encode(source.encoding, "surrogateescape") != path.read_bytes():
            failures.append(f"{path.name}: undoing does not give the bytes back")
    return failures


def chapters(parent: Path) -> list[str]:
    """Books whose numbered parts and chapters are not as many as they were counted, or out of order."""
    failures = []
    for name, count in CHAPTERS.items():
        document = read(parent / "corpus" / "texts" / f"{name}.txt").value
        heads = [heading_text(entry.section.heading) for entry in outline(document)]
        labels = (label_of(head) or unset_part(head) for head in heads)
        ordinals = [label.ordinal for label in labels if label and label.kind in TITLED]
        ordinals = ordinals or [ordinal for head in heads if (ordinal := numbered_behind(head))]
        print(f"{name}: {len(ordinals)} of {count} chapters")
        if len(ordinals) != count or ordinals != sorted(ordinals):
            failures.append(f"{name}: {len(ordinals)} numbered chapters instead of {count}, or not in order")
    return failures


def main() -> int:
    parent = Path(sys.argv[1])
    failures = [*scores(parent), *repairs(parent), *harmless(parent), *chapters(parent)]
    print(*failures, sep="\n")
    print(f"{len(failures)} below the floor" if failures else "all floors are met")
    return bool(failures)


if __name__ == "__main__":
    sys.exit(main())
