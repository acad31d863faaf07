"""Writes every text of a corpus as DOCX, PDF and EPUB in every theme, reads them back and compares: law 5.

python tests/quality/measure_agreement.py ../shared
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from converter import read, write
from converter.agreement import said_in, verify
from converter.agreement.said import said
from converter.typeset.themes import THEMES

_LONGEST = 200_000
"""Characters of a text above which only its beginning is written: what follows is more of the same."""


def differences_in(path: Path) -> list[str]:
    """The first difference of each file from its text."""
    document = read(path.read_text("utf-8-sig")[:_LONGEST].encode()).value
    found = []
    for theme in THEMES:
        made = {name: write(document, name, theme=theme).value for name in ("docx", "pdf", "epub")}
        files = {"text": said(document), **{name: said_in(data, f"a.{name}") for name, data in made.items()}}
        found += [f"{path.stem} {theme} {difference}" for difference in verify(files)]
    return found


def main() -> int:
    shared = Path(sys.argv[1])
    texts = sorted((shared / "corpus/texts").glob("*.txt")) + sorted((shared / "seeds").glob("*.txt"))
    with ProcessPoolExecutor() as pool:
        found = [difference for several in pool.map(differences_in, texts) for difference in several]
    print(*found, sep="\n")
    print(f"{len(texts)} texts in {len(THEMES)} themes: {len(found)} differences")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
