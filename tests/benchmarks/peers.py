"""The programs that we are measured against: where they are, in which version, and how each is called."""

from __future__ import annotations

import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, NamedTuple

from process import OURS, PYTHON, ROOT, WORK, Command

if TYPE_CHECKING:
    from pathlib import Path

FROM_PYPI = ("pypandoc_binary", "typst", "weasyprint")
_COMPILE = "import sys, typst; typst.compile(sys.argv[1], output=sys.argv[2], font_paths=[sys.argv[3]], root='/')"


class Peers(NamedTuple):
    """Where the programs are; None for one that is not on this machine and does not come from PyPI."""

    python: Path
    """The interpreter of their environment; has typst and WeasyPrint."""
    pandoc: Path
    calibre: str | None
    libreoffice: str | None

    def versions(self) -> dict[str, str]:
        """Name and version of each program."""
        modules = "import importlib.metadata as m; print(m.version('typst'), m.version('weasyprint'))"
        typst, weasyprint = _says(self.python, "-c", modules).split()
        found = {"pandoc": _says(self.pandoc, "--version").split()[1], "typst": typst, "WeasyPrint": weasyprint}
        if self.calibre:
            found["Calibre"] = _says(self.calibre, "--version").split("calibre ")[-1].rstrip(")\n")
        if self.libreoffice:
            found["LibreOffice"] = _says(self.libreoffice, "--version").split()[1]
        return found


def installed() -> Peers:
    """The programs, ours among them: each side is put into an environment of its own if it is not there yet."""
    folder = WORK / "peers"
    python = _environment(folder, *FROM_PYPI)
    _environment(PYTHON.parents[1], "--editable", ROOT)
    pandoc = next(folder.glob("lib/*/site-packages/pypandoc/files/pandoc"))
    libreoffice = shutil.which("soffice") or shutil.which("libreoffice")
    return Peers(python, pandoc, shutil.which("ebook-convert"), libreoffice)


def _environment(folder: Path, *needed: str | Path) -> Path:
    """The interpreter of a virtual environment in which this is installed."""
    python = folder / "bin" / "python"
    if not (folder / "ready").exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *needed], check=True)
        (folder / "ready").touch()
    return python


def _says(*command: str | Path) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


class Tool(NamedTuple):
    """A program that makes a format out of a form of the text."""

    name: str
    form: str
    """Ending of what it reads."""
    to: str
    command: Command
    """With the words IN, OUT, FOLDER for what it reads, what it makes, and a folder of its own; HOME is its address."""
    largest: str = ""
    """The largest text that it is given, where it is too slow for those beyond."""

    def on(self, folder: Path, text: str) -> tuple[Command, Path]:
        """What makes the format out of this text, and where it will be."""
        source, own = folder / f"{text}.{self.form}", folder / f"{self.name} {self.to}"
        own.mkdir(exist_ok=True)
        made = own / f"{text}.{self.to}"
        places = {"IN": source, "OUT": made, "FOLDER": own}
        return tuple(places.get(str(word), str(word).replace("HOME", own.as_uri())) for word in self.command), made


def tools(peers: Peers) -> list[Tool]:
    """Every program for every format; ours and the one that is the measure of each format first."""
    ours = (*OURS, "convert", "--force", "IN", "-o", "OUT")
    pandoc = (peers.pandoc, "IN", "-o", "OUT")
    found = [
        Tool("converter", "txt", "docx", ours),
        Tool("pandoc", "md", "docx", pandoc),
        Tool("converter, Markdown", "md", "docx", ours),
        Tool("converter, Markdown, no contents", "md", "docx", (*ours, "--option", "contents=no")),
        Tool("converter", "txt", "epub", ours),
        Tool("pandoc", "md", "epub", pandoc),
        Tool("converter, Markdown", "md", "epub", ours),
        Tool("converter", "txt", "pdf", ours),
        Tool("typst", "typ", "pdf", (peers.python, "-c", _COMPILE, "IN", "OUT", ROOT / "fonts")),
        Tool("converter, Markdown", "md", "pdf", ours),
        Tool("WeasyPrint", "html", "pdf", (peers.python, "-m", "weasyprint", "IN", "OUT"), largest="1 MB"),
    ]
    if peers.calibre:
        found.append(Tool("Calibre", "txt", "epub", (peers.calibre, "IN", "OUT"), largest="1 MB"))
    if peers.libreoffice:
        office = (peers.libreoffice, "-env:UserInstallation=HOME/profile", "--infilter=HTML (StarWriter)")
        for to in ("docx", "pdf"):
            command = (*office, "--convert-to", to, "--outdir", "FOLDER", "IN")
            found.append(Tool("LibreOffice", "html", to, command, largest="1 MB"))
    return found


MEASURE = {"docx": "pandoc", "epub": "pandoc", "pdf": "typst"}
"""The program that is the measure of each format."""
