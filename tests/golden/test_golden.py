"""The files made from one small text, part by part, against those that somebody looked at and accepted.

`python -m pytest tests/golden --accept` accepts what is produced now.
"""

import io
import json
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from converter.booklet.assemble import compile_booklet
from converter.inspection import inspect
from converter.pipeline import read, write
from converter.typeset.themes import THEMES

HERE = Path(__file__).parent
TEXT = HERE / "讲话.txt"


def parts_of_zip(data):
    """Every part of a DOCX or EPUB; XML indented, so that a difference shows its line."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            if name.endswith((".xml", ".rels", ".xhtml", ".opf", ".ncx")):
                tree = etree.fromstring(part, etree.XMLParser(remove_blank_text=True))
                part = etree.tostring(tree, pretty_print=True, encoding="utf-8")
            if name.endswith(".png"):  # its bytes are those of a version of FreeType and zlib
                part = "{} × {}\n".format(*Image.open(io.BytesIO(part)).size).encode()
            yield name, part.decode()


def facts_of_pdf(data):
    """Text by page, fonts, outline, page labels and metadata."""
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(data))
    fonts = {str(f["/BaseFont"]).partition("+")[2] for page in reader.pages for f in _fonts(page)}

    def titles(items, depth=0):
        for item in items:
            if isinstance(item, list):
                yield from titles(item, depth + 1)
            else:
                yield f"{'  ' * depth}{item.title} → {reader.get_destination_page_number(item) + 1}"

    facts = {
        "fonts": sorted(fonts),
        "outline": list(titles(reader.outline)),
        "labels": reader.page_labels,
        "metadata": {k: str(v) for k, v in sorted((reader.metadata or {}).items())},
    }
    yield "facts.json", json.dumps(facts, ensure_ascii=False, indent=1) + "\n"
    for number, page in enumerate(reader.pages, 1):
        yield f"page-{number}.txt", page.extract_text() + "\n"


def _fonts(page):
    return [font.get_object() for font in page["/Resources"].get("/Font", {}).values()]


def parts(name, data):
    if name in {"docx", "epub"}:
        return dict(parts_of_zip(data))
    if name == "pdf":
        return dict(facts_of_pdf(data))
    return {f"text.{name}": data.decode()}


def compare(folder, found, accept):
    folder = HERE / "expected" / folder
    if accept:
        for old in folder.rglob("*"):
            if old.is_file():
                old.unlink()
        for name, text in found.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, "utf-8", newline="")
    accepted = {
        p.relative_to(folder).as_posix(): p.read_bytes().decode() for p in sorted(folder.rglob("*")) if p.is_file()
    }
    assert sorted(found) == sorted(accepted)
    for name, text in found.items():
        assert text.splitlines() == accepted[name].splitlines(), name


@pytest.fixture
def accept(request):
    return request.config.getoption("--accept")


@pytest.mark.parametrize("name", ["docx", "epub", "html", "json", "md", "pdf", "txt"])
def test_each_format(name, accept):
    compare(name, parts(name, write(read(TEXT).value, name).value), accept)


@pytest.mark.parametrize("theme", sorted(set(THEMES) - {"article"}))
@pytest.mark.parametrize("name", ["docx", "pdf"])
def test_each_theme(name, theme, accept):
    compare(f"{name}-{theme}", parts(name, write(read(TEXT).value, name, theme=theme).value), accept)


@pytest.mark.parametrize("name", ["docx", "epub", "pdf"])
def test_a_volume(name, accept):
    volume = compile_booklet([read(TEXT).value] * 2, title="文集", author="办公室", date="2012年7月").value
    made = write(volume, name, theme="book", options={"cover": True} | ({} if name == "epub" else {"contents": True}))
    compare(f"{name}-volume", parts(name, made.value), accept)


def test_inspection(accept):
    seen = json.dumps(inspect(read(TEXT)), ensure_ascii=False, indent=1) + "\n"
    compare("inspection", {"inspection.json": seen}, accept)
