"""Every text of a folder as a Word file, asked of the Open XML SDK's validator.

python tests/quality/docx_validity.py ../shared/corpus/texts         each text in one theme with one set of options, in turns
python tests/quality/docx_validity.py ../shared/corpus/texts all     each text in all of them

Names every file with an error; the exit code is 1 if there is any.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from itertools import product
from pathlib import Path

from converter import read, write
from converter.errors import InputError

THEMES = ("article", "official", "book")
OPTIONS: tuple[dict[str, object], ...] = (
    {},
    {"contents": True, "cover": True, "comments": "changes"},
    {"comments": "comments", "running_head": True, "contents": False},
    {"vertical": True, "cover": True, "numbering": "word"},
    {"embed_fonts": True, "contents": True},
)


def errors(data: bytes) -> list[str]:
    """What the validator says of a file."""
    with tempfile.NamedTemporaryFile(suffix=".docx") as file:
        file.write(data)
        file.flush()
        said = subprocess.run(["ooxml-validator", file.name], check=False, capture_output=True, text=True).stdout
    return [f"{error['description']} {error['path']}" for error in json.loads(said)["errors"]]


def main(folder: str, *how: str) -> int:
    """Print what is wrong, and how many files were asked about."""
    wrong = asked = 0
    ways = list(product(THEMES, OPTIONS))
    for number, path in enumerate(sorted(Path(folder).iterdir())):
        try:
            document = read(path.read_bytes()).value
        except InputError:
            continue
        for theme, options in ways if how else (ways[number % len(ways)],):
            asked += 1
            found = errors(write(document, "docx", theme=theme, options=options).value)
            wrong += bool(found)
            for error in found[:3]:
                print(path.name, theme, options, error)
    print(f"{asked} files, {wrong} with errors")
    return 1 if wrong or not asked else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
