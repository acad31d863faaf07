"""Draws docs/images/architecture.svg: which part of the program imports which. `python docs/data/draw_architecture.py`

The order of the parts is that of the contract in pyproject.toml, the dots are the imports themselves, the words beside
them are the table below.
"""

from __future__ import annotations

import html
import tomllib
from pathlib import Path

import grimp

ROOT = Path(__file__).parents[2]
PICTURE = ROOT / "docs" / "images" / "architecture.svg"

FONT = 'font-family="system-ui, sans-serif" font-size="12"'
PARTS = {
    "client": "the HTTP service from Python",
    "cli": "arguments in, sentences out",
    "web": "requests in, files and problems out",
    "engine": "where jobs run: here, in workers, on Ray",
    "booklet": "many texts, one volume; printer’s sheets",
    "agreement": "what files say, read back and compared",
    "pipeline": "read → transform → write",
    "plugins": "how readers and writers are found",
    "checking": "Word files against GB/T 9704-2012",
    "readers": "bytes → document",
    "writers": "document → bytes",
    "lint": "what an editor would ask about",
    "transforms": "document → document",
    "structure": "lines → headings, paragraphs, parts",
    "typeset": "themes, fonts, lines, pages",
    "repair": "one rule a file: text → findings",
    "text": "facts about characters and bytes",
    "ledger": "what was found and changed",
    "native": "document ↔ JSON",
    "inspection": "what was recognised, as plain data",
    "model": "the document",
    "diagnostics": "findings, repairs, Result",
    "source": "text that remembers its original",
    "options": "names and values that people type",
    "units": "Pt, mm, 字号",
    "errors": "the tree of exceptions",
    "version": "one number",
    "regex": "patterns, compiled once",
    "records": "dataclasses, compiled once",
    "compile_cache": "what was compiled once",
}
"""What each part is, in a few words."""


def layers() -> list[list[str]]:
    """The parts by layer, the highest first, as the import contract has them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    (flow,) = (contract for contract in contracts if contract["type"] == "layers")
    return [layer.split(" | ") for layer in flow["layers"]]


def imports() -> set[tuple[str, str]]:
    """Every pair of parts of which the first imports the second; what only type checkers import does not count."""
    graph = grimp.build_graph("converter", exclude_type_checking_imports=True)
    inside = [module for module in graph.modules if "." in module]
    pairs = {
        (module.split(".")[1], other.split(".")[1])
        for module in inside
        for other in graph.find_modules_directly_imported_by(module)
        if "." in other
    }
    return {(one, other) for one, other in pairs if one not in {other, "__main__"}}


def drawn(rows: list[list[str]], found: set[tuple[str, str]]) -> str:
    """The picture: a row and a column for each part, a dot where the row imports the column."""
    step, left, top, gap = 22, 360, 118, 5
    place: dict[str, float] = {}
    bands, at = [], 0.0
    for layer in rows:
        bands.append((at, len(layer) * step))
        for part in layer:
            place[part] = at + step / 2
            at += step
        at += gap
    width, height = left + at + 20, top + at + 12
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" {FONT}>',
        '<rect width="100%" height="100%" fill="#ffffff"/>',
    ]
    for begin, size in bands:
        y = top + begin
        parts.append(f'<rect x="8" y="{y:g}" width="{width - 16:g}" height="{size}" rx="4" fill="#f3f1ec"/>')
        parts.append(f'<rect x="{left + begin:g}" y="{y:g}" width="{size}" height="{size}" fill="#ded8cc"/>')
    for part, middle in place.items():
        y, x = top + middle + 4, left + middle
        parts.append(f'<text x="16" y="{y:g}" font-weight="bold" fill="#222222">{part}</text>')
        parts.append(f'<text x="104" y="{y:g}" fill="#555555">{html.escape(PARTS[part])}</text>')
        turned = f'transform="translate({x + 4:g} {top - 8}) rotate(-60)"'
        parts.append(f'<text {turned} fill="#222222">{part}</text>')
    for one, other in sorted(found):
        x, y = left + place[other], top + place[one]
        parts.append(f'<circle cx="{x:g}" cy="{y:g}" r="5" fill="#b03a2e"><title>{one} → {other}</title></circle>')
    return "\n".join([*parts, "</svg>", ""])


if __name__ == "__main__":
    PICTURE.write_text(drawn(layers(), imports()), encoding="utf-8")
