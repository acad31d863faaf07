"""Time and memory of our Word files against those of pandoc: `docx_against_pandoc.py PANDOC [RUNS]`.

PANDOC is its program, as the wheel `pypandoc_binary` brings it. Pandoc reads no plain text, so it has Markdown with the
same headings and paragraphs. Ours is measured twice: from plain text, which is decoded, repaired and understood first,
and from the same Markdown, with contents and without. Contents are filled in with page numbers, for which all pages are
laid out; pandoc makes none. What is compared is processor time of the whole process, runs in turn, median.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path

from measured import SEEDS, long_text, run

from converter.pipeline import read, write

BOUNDS = {"seed 000": None, "1 MB": 0.8, "10 MB": 0.5}


def main() -> None:
    """Print the table."""
    pandoc, runs = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 7
    texts = {
        "seed 000": SEEDS[0].read_text,
        "1 MB": lambda: long_text(1_000_000),
        "10 MB": lambda: long_text(10_000_000),
    }
    with tempfile.TemporaryDirectory() as folder:
        for name in sys.argv[3:] or texts:
            source, marked = Path(folder, "text.txt"), Path(folder, "text.md")
            source.write_text(texts[name]())
            marked.write_bytes(write(read(source).value, "md").value)
            convert = (sys.executable, "-m", "converter", "convert", "--force", "-o", Path(folder, "ours.docx"))
            commands = {
                "pandoc": (pandoc, marked, "-o", Path(folder, "theirs.docx")),
                "text": (*convert, source),
                "Markdown": (*convert, marked),
                "Markdown, no contents": (*convert, marked, "--option", "contents=no"),
            }
            measured = {which: [] for which in commands}
            for command in commands.values():  # nothing is compiled or mapped for the first time below
                run(folder, *command)
            for _ in range(runs):
                for which, command in commands.items():
                    measured[which].append(run(folder, *command))
            seconds = {which: statistics.median(t for t, _ in found) for which, found in measured.items()}
            most = {which: max(m for _, m in found) // 1024 for which, found in measured.items()}
            for which in list(commands)[1:]:
                ratio = seconds[which] / seconds["pandoc"]
                print(
                    f"{name:9} from {which:21} {seconds[which]:6.2f} s / {seconds['pandoc']:6.2f} s = {ratio:.2f} "
                    f"(bound {BOUNDS[name]}), {most[which]} MB / {most['pandoc']} MB"
                )


main()
