"""`converter check` over every text of a folder: ours must be right, and the copy of what is not must be.

python tests/quality/docx_conformance.py ../shared/corpus/texts

Theme `official` may leave findings about words only; files of another theme are corrected, and nothing but words may
be left then, and no word changed. The exit code is 1 if anything is amiss.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path

import docx

from converter import read, write
from converter.checking import check_docx, fix_docx
from converter.errors import InputError


def words(data: bytes) -> list[str]:
    """What the paragraphs say."""
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs if paragraph.text.strip()]


def main(folder: str) -> int:
    """Print what is amiss, and how many files were looked at."""
    amiss = looked_at = 0
    for path in sorted(Path(folder).iterdir()):
        try:
            document = read(path.read_bytes()).value
        except InputError:
            continue
        for theme in ("official", "article"):
            data = write(document, "docx", theme=theme, options={"contents": False}).value
            fixed, left = (data, check_docx(data)) if theme == "official" else fix_docx(data)
            found = [finding for finding in left if finding.fixable]
            looked_at += 1
            if found or words(fixed) != words(data):
                amiss += 1
                print(path.name, theme, *(f"{f.code} {f.message.en} {f.words}" for f in found[:3]))
    print(f"{looked_at} files, {amiss} amiss")
    return 1 if amiss or not looked_at else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
