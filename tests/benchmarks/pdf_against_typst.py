"""Time, memory and size of our PDFs against those of typst for the same text: `pdf_against_typst.py PYTHON [RUNS]`.

PYTHON is an interpreter that has the `typst` wheel. Both set the same headings and paragraphs on the same paper in the
same faces, sizes and measures. What is compared is processor time of the whole process, runs of both in turn, median.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from measured import ROOT, SEEDS, long_text, run

from converter.model import Paragraph, heading_text, plain
from converter.pipeline import read
from converter.typeset.themes import THEMES

COMPILE = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]], root='/')"
BOUNDS = {"seed 000": 1.5, "1 MB": 0.6, "10 MB": 0.3}


def typst_source(text: str) -> str:
    """The same headings and paragraphs for typst, in the look of the theme `article`."""
    theme = THEMES["article"]
    page, body = theme.page, theme.body
    heads = "\n".join(
        f'#show heading.where(level: {level}): set text(font: "Doc Hei SC Medium", size: {style.size}pt, weight: "regular")'
        for level, style in enumerate(theme.headings, 1)
    )
    head = f"""#set page(width: {page.width}pt, height: {page.height}pt, numbering: "1",
  margin: (top: {page.top}pt, bottom: {page.bottom}pt, left: {page.inner}pt, right: {page.outer}pt))
#set text(font: "Doc Song SC", size: {body.size}pt, lang: "zh", region: "cn")
#set par(justify: true, leading: {body.leading - body.size}pt, spacing: {body.leading - body.size}pt,
  first-line-indent: (amount: 2em, all: true))
{heads}
"""
    document = read(text.encode()).value
    parts = [head]

    def say(words: str) -> str:
        return "".join("\\" + c if c in r"\#*_`$<>@=-+/~[]'\"" else c for c in words)

    def walk(sections, depth):
        for section in sections:
            parts.append(f"{'=' * depth} {say(heading_text(section.heading))}\n")
            blocks(section.blocks)
            walk(section.sections, depth + 1)

    def blocks(found):
        parts.extend(say(plain(block.inlines)) + "\n" for block in found if isinstance(block, Paragraph))

    blocks(document.front)
    walk(document.sections, 1)
    return "\n".join(parts)


def main() -> None:
    """Print the table."""
    python, runs = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 7
    texts = {
        "seed 000": SEEDS[0].read_text,
        "1 MB": lambda: long_text(1_000_000),
        "10 MB": lambda: long_text(10_000_000),
    }
    chosen = sys.argv[3:] or texts
    with tempfile.TemporaryDirectory() as folder:
        for name in chosen:
            text, ours, theirs = texts[name](), Path(folder, "a.pdf"), Path(folder, "b.pdf")
            source, markup = Path(folder, "text.txt"), Path(folder, "text.typ")
            source.write_text(text)
            markup.write_text(typst_source(text))
            typst = (python, "-c", COMPILE, markup, theirs, ROOT / "fonts")
            converter = (sys.executable, "-m", "converter", "convert", source, "-o", ours, "--force")
            if name == "seed 000":  # nothing is compiled or mapped for the first time below
                run(folder, *typst)
                run(folder, *converter)
            a, b = [], []
            for _ in range(runs):
                b.append(run(folder, *typst))
                a.append(run(folder, *converter))
            our, their = (statistics.median(t for t, _ in x) for x in (a, b))
            print(
                f"{name:9} {our:6.2f} s / {their:6.2f} s = {our / their:.2f} (bound {BOUNDS[name]}), "
                f"{max(m for _, m in a) // 1024} MB / {max(m for _, m in b) // 1024} MB, "
                f"file {ours.stat().st_size / 1e6:.3f} MB / {theirs.stat().st_size / 1e6:.3f} MB"
            )


main()
