"""On which page LibreOffice shows each heading of a Word file, beside the page that its contents give.

python tests/quality/docx_pages.py ../shared/corpus/texts   prints the differences for a folder of texts

LibreOffice 7 shows run-in headings on lines of their own (docs/decisions/008), Word does not. So the two paragraphs of
a style separator are made one before it sees the file: what is compared is the layout, not that fault.
"""

from __future__ import annotations

import io
import os
import subprocess
import sys
import tempfile
import zipfile
from collections import Counter
from pathlib import Path

from lxml import etree

from converter import compile_booklet, read, write

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FONTS = {
    "宋体": "Doc Song SC",
    "方正小标宋简体": "Doc Song SC",
    "黑体": "Doc Hei SC Medium",
    "楷体": "Doc Kai SC",
    "仿宋": "Doc FangSong SC",
    "新細明體": "Doc Song SC",
    "微軟正黑體": "Doc Hei SC Medium",
    "標楷體": "Doc Kai SC",
}
"""What stands for the fonts of Windows: those in our own folder."""
THEMES = ("article", "official", "book")
BOUND = {
    "cover": True, "half_title": True, "imprint": True, "contents": True, "index": "pinyin", "back_cover": True
}  # fmt: skip


def promised(data: bytes) -> dict[str, int]:
    """The page of each bookmark, as the contents have it, and the index, which must not differ from them."""
    found: dict[str, int] = {}
    for entry in _document(data).iter(f"{W}hyperlink"):
        words = [t.text or "" for t in entry.iter(f"{W}t")]
        if entry.get(f"{W}anchor"):
            page = found.setdefault(entry.get(f"{W}anchor", ""), int(words[-1]))
            assert page == int(words[-1])
    return found


def _document(data: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read("word/document.xml"))


def _prepared(data: bytes) -> bytes:
    """The file with its run-in headings in one paragraph, and with a mark of its number before each heading.

    The marks are white and a tenth of a point wide; they move nothing.
    """
    root = _document(data)
    for number, start in enumerate(root.iter(f"{W}bookmarkStart")):
        mark = etree.fromstring(
            f'<w:r xmlns:w="{W[1:-1]}"><w:rPr><w:spacing w:val="0"/><w:w w:val="1"/><w:sz w:val="2"/></w:rPr>'
            f"<w:t>\u2039{number}\u203a</w:t></w:r>"
        )
        start.addnext(mark)
    for hidden in list(root.iter(f"{W}specVanish")):
        heading = hidden.getparent().getparent().getparent()
        body = heading.getnext()
        body[1:1] = heading[1:]
        heading.getparent().remove(heading)
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(made, "w") as target:
        for name in source.namelist():
            target.writestr(name, etree.tostring(root) if name == "word/document.xml" else source.read(name))
    return made.getvalue()


def fonts(folder: Path) -> dict[str, str]:
    """An environment in which LibreOffice finds our own fonts under the names of those of Windows."""
    ours = Path(__file__).parents[2] / "fonts"
    aliases = "".join(
        f'<match><test name="family"><string>{name}</string></test>'
        f'<edit name="family" mode="prepend" binding="strong"><string>{family}</string></edit></match>'
        for name, family in FONTS.items()
    )
    config = folder / "fonts.conf"
    config.write_text(
        f'<?xml version="1.0"?><fontconfig><include>/etc/fonts/fonts.conf</include><dir>{ours}</dir>{aliases}</fontconfig>'
    )
    return {**os.environ, "FONTCONFIG_FILE": str(config)}


def shown(files: dict[str, bytes], folder: Path) -> dict[str, dict[str, int]]:
    """For each file the page of each bookmark in LibreOffice, counted from the page where the text begins."""
    paths = []
    for name, data in files.items():
        paths.append(folder / f"{name}.docx")
        paths[-1].write_bytes(_prepared(data))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *paths]
    subprocess.run(command, check=True, capture_output=True, env=fonts(folder))
    return {name: _pages(folder / f"{name}.pdf", data) for name, data in files.items()}


def _pages(path: Path, data: bytes) -> dict[str, int]:
    names = [start.get(f"{W}name", "") for start in _document(data).iter(f"{W}bookmarkStart")]
    words = subprocess.run(["pdftotext", "-raw", path, "-"], check=True, capture_output=True, text=True).stdout
    found: dict[str, int] = {}
    for page in words.split("\f"):
        lines = page.split()
        number = next((int(w) for w in (*reversed(lines[-3:]), *lines[:3]) if w.isdigit()), None)
        for at, name in enumerate(names):
            if f"\u2039{at}\u203a" in page and number is not None:
                found[name] = number
    return found


def differences(files: dict[str, bytes], folder: Path) -> dict[str, list[int]]:
    """For each file, heading by heading, the page in LibreOffice less the page promised."""
    seen = shown(files, folder)
    return {name: [seen[name][mark] - page for mark, page in promised(data).items()] for name, data in files.items()}


def all_files(paths: list[Path]) -> dict[str, bytes]:
    """Each text in each theme, and all of them as a booklet."""
    documents = {path.stem: read(path).value for path in paths}
    files = {
        f"{theme}-{name}": write(document, "docx", theme=theme, options={"contents": True}).value
        for theme in THEMES
        for name, document in documents.items()
        if document.sections
    }
    volume = compile_booklet(list(documents.values()), title="文集").value
    for theme in THEMES:
        files[f"{theme}-booklet"] = write(volume, "docx", theme=theme, options={"contents": True, "cover": True}).value
    files["bound-booklet"] = write(volume, "docx", theme="book", options=BOUND).value
    return files


def main(folder: str) -> None:
    """Print how many headings stand how many pages from where the contents say."""
    files = all_files(sorted(Path(folder).glob("*.txt")))
    with tempfile.TemporaryDirectory() as work:
        found = differences(files, Path(work))
    total: Counter[int] = Counter()
    for name, offsets in found.items():
        print(f"{name:40} {dict(sorted(Counter(offsets).items()))}")
        total.update(offsets)
    print(f"all: {dict(sorted(total.items()))}")


if __name__ == "__main__":
    main(sys.argv[1])
