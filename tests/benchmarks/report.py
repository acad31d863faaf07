"""Results → a page in Markdown and its pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from charts import Bar, bars, flame, lines
from peers import MEASURE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_STAGES = {
    "decode": "decoding",
    "repair": "repair",
    "structure": "structure",
    "docx": "DOCX",
    "epub": "EPUB",
    "pdf": "PDF",
}


def pictures(results: dict[str, Any]) -> dict[str, str]:
    """SVG by file name, for the sections that were measured."""
    found = {}
    if "formats" in results:
        found["ratios.svg"] = bars(
            [Bar(f"{text} → {to.upper()} / {MEASURE[to]}", ratio) for text, to, ratio in _ratios(results["formats"])],
            "Processor time of converter ÷ that of pandoc or typst: to the left of 1 we are faster",
        )
    if "stages" in results:
        found["flame.svg"] = flame(results["stages"]["tree"], "Where the time goes: 1 MB to DOCX, EPUB and PDF")
    if "growth" in results:
        lengths = results["growth"]["lengths"].values()
        found["growth.svg"] = lines(
            {label: [(f["bytes"], f["seconds"][stage]) for f in lengths] for stage, label in _STAGES.items()},
            "Cost of each stage by length of the text",
            "bytes of text",
            "seconds",
        )
    return found


def page(results: dict[str, Any], folder: str) -> str:
    """The page, with its pictures in `folder`."""
    parts = [_opening(results)]
    for section, made in (
        ("formats", _formats),
        ("three", _three),
        ("files", _files),
        ("startup", _startup),
        ("stages", _stages),
        ("growth", _growth),
    ):
        if section in results:
            parts.append(made(results[section], folder))
    return "\n\n".join(parts) + "\n"


def _opening(results: dict[str, Any]) -> str:
    note = f"\n- {results['note']}" if results.get("note") else ""
    versions = ", ".join(f"{name} {version}" for name, version in results["versions"].items())
    return f"""# Benchmarks

Measured on {results["machine"]}, {results["date"]}: {versions}.

`make bench` runs all of this on your machine and writes the same page; `make bench BENCH=--quick` takes a few minutes.

- Whole processes, from the first instruction to the last, run in turn; medians of {results["runs"]} runs, of {results["long_runs"]} for
  texts of 1 MB and more, half as many of programs other than converter, pandoc and typst. Modules are compiled and files are in memory.
- *CPU* is the time of all processors together: on a machine that others use too, it says more than the time on the wall.
- All programs set the same headings and paragraphs, and PDFs have the same paper, faces, sizes and measures.
  Pandoc reads Markdown, typst its own markup. converter reads the plain text, decodes it, repairs it and finds its headings,
  which is work that the others are not asked for; rows with *Markdown* leave that out.
- The long texts are the sentences of the seeds in random order: no two paragraphs are the same.
- *Memory* is the most that the largest process held.{note}"""


def _formats(rows: list[dict[str, Any]], folder: str) -> str:
    parts = [f"## One text to one format\n\n![Processor time in that of the peer]({folder}/ratios.svg)"]
    for to in dict.fromkeys(row["to"] for row in rows):
        base = {row["text"]: row for row in rows if (row["to"], row["program"]) == (to, MEASURE[to])}
        cells = (
            (
                row["text"] if row["program"] == "converter" else "",
                row["program"],
                *_cost(row),
                _size(row["size"]),
                f"{row['cpu'] / base[row['text']]['cpu']:.2f}",
            )
            for row in rows
            if row["to"] == to
        )
        ratio = f"CPU ÷ {MEASURE[to]}"
        parts.append(f"### {to.upper()}\n\n" + _table(("text", "program", *_COSTS, "file", ratio), cells))
    return "\n\n".join(parts)


def _ratios(rows: list[dict[str, Any]]) -> Iterator[tuple[str, str, float]]:
    seconds = {(row["text"], row["to"], row["program"]): row["cpu"] for row in rows}
    for to in MEASURE:
        for text, other, program in seconds:
            if (other, program) == (to, "converter"):
                yield text, to, seconds[text, to, "converter"] / seconds[text, to, MEASURE[to]]


def _three(rows: list[dict[str, Any]], folder: str) -> str:
    cells = ((row["program"], *_cost(row)) for row in rows)
    return "## Seed 003 to three formats\n\nOne process of ours, three of theirs.\n\n" + _table(
        ("program", *_COSTS), [*cells, _ratio_row(rows)]
    )


def _files(rows: list[dict[str, Any]], folder: str) -> str:
    own, *others = rows
    cells = [(own["program"], *_cost(own))]
    for other in others:
        cells += [(other["program"], *_cost(other)), _ratio_row([own, other])]
    return f"""## {own["files"]:,} files to three formats

Texts of the seeds' sizes, on two processors. `converter batch` has two workers; the others are a process for each file and format, as a
loop starts them, one after the other; and two at a time.

{_table(("program", *_COSTS), cells)}"""


def _startup(rows: list[dict[str, Any]], folder: str) -> str:
    cells = ((row["program"], f"{1000 * row['wall']:.0f} ms", f"{1000 * row['cpu']:.0f} ms") for row in rows)
    return "## `--version`\n\nWhat it costs to start each program, on one processor.\n\n" + _table(
        ("program", "wall", "CPU"), cells
    )


def _stages(found: dict[str, Any], folder: str) -> str:
    seconds = found["seconds"]
    whole = sum(seconds.values())
    cells = ((_STAGES[stage], _time(cost), f"{cost / whole:.0%}") for stage, cost in seconds.items())
    dear = sorted(found["rules"].items(), key=lambda rule: -rule[1])[:8]
    rules = ((name, _time(cost), f"{cost / seconds['repair']:.0%}") for name, cost in dear)
    return f"""## What the stages cost

1 MB of text, in a process that has done the same before.

{_table(("stage", "CPU", "share"), cells)}

The dearest rules of repair:

{_table(("rule", "CPU", "share of repair"), rules)}

![Functions by their share of the time]({folder}/flame.svg)"""


def _growth(found: dict[str, Any], folder: str) -> str:
    columns = tuple(_STAGES.values())
    rows = [(name, *(_time(f["seconds"][stage]) for stage in _STAGES)) for name, f in found["lengths"].items()]
    powers = ("*k*", *(f"{found['exponents'][stage]:.2f}" for stage in _STAGES))
    parts = [
        f"""## How cost grows

With length: the last row is *k* where cost grows as length to the power of *k*, fitted from 100 KB on. 1 is proportional.

{_table(("text", *columns), [*rows, powers])}

![Cost of each stage by length]({folder}/growth.svg)"""
    ]
    for what, said in (
        ("characters", "With the number of different characters, in 1 MB of characters at random:"),
        ("headings", "With the number of headings in 1 MB:"),
        ("fonts", "With the number of faces that the paragraphs of 1 MB are set in by turns:"),
    ):
        rows = [
            (count, *(_time(f["seconds"][stage]) for stage in _STAGES), _size(f["sizes"]["pdf"]))
            for count, f in found[what].items()
        ]
        parts.append(f"{said}\n\n{_table((what, *columns, 'PDF file'), rows)}")
    return "\n\n".join(parts)


_COSTS = ("wall", "CPU", "memory")


def _cost(row: dict[str, Any]) -> tuple[str, str, str]:
    return _time(row["wall"]), _time(row["cpu"]), f"{row['memory']:.0f} MB"


def _ratio_row(rows: list[dict[str, Any]]) -> tuple[str, ...]:
    """The costs of the first row in those of the second."""
    return ("**ratio**", *(f"**{rows[0][what] / rows[1][what]:.2f}**" for what in ("wall", "cpu", "memory")))


def _time(seconds: float) -> str:
    return (
        f"{1000 * seconds:.0f} ms" if seconds < 0.995 else f"{seconds:.1f} s" if seconds < 99 else f"{seconds:,.0f} s"
    )


def _size(count: int) -> str:
    return f"{count / 1000:.0f} KB" if count < 999_500 else f"{count / 1e6:.1f} MB"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    head = list(head)
    lines_ = [head, ["---", *("---:" for _ in head[1:])], *map(list, rows)]
    if "program" in head[1:]:
        lines_[1][head.index("program")] = "---"
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines_)
