"""Sets every text of a corpus in every theme and looks for typesetting faults; none is allowed.

python tests/quality/measure_pages.py ../shared
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from quality.pdf_pages import faults

from converter import read, write
from converter.typeset.themes import THEMES

_LONGEST = 200_000
"""Characters of a text above which only its beginning is set: what follows is more of the same."""


def faults_of(path: Path) -> list[str]:
    """The faults in the pages of a text, each with its theme, kind and line."""
    data = path.read_text("utf-8-sig")[:_LONGEST].encode()
    document = read(data).value
    return [
        f"{path.stem} {name} {kind}: {line}"
        for name, theme in THEMES.items()
        for kind, lines in faults(write(document, "pdf", theme=theme).value, theme, document=document).found().items()
        for line in lines
    ]


def main() -> int:
    shared = Path(sys.argv[1])
    texts = sorted((shared / "corpus/texts").glob("*.txt")) + sorted((shared / "seeds").glob("*.txt"))
    with ProcessPoolExecutor() as pool:
        found = [fault for several in pool.map(faults_of, texts) for fault in several]
    print(*found, sep="\n")
    print(f"{len(texts)} texts in {len(THEMES)} themes: {len(found)} faults")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
