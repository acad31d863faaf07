"""The import contracts of pyproject.toml, and who may import which library."""

import ast
from pathlib import Path

import converter

ROOT = Path(converter.__file__).parent
ONLY = {
    "docx": ("writers/docx",),
    "reportlab": ("writers/pdf/pictures",),
    "ebooklib": ("writers/epub",),
    "fastapi": ("web",),
    "starlette": ("web",),
    "click": ("cli",),
    "rich": ("cli",),
    "pikepdf": ("agreement", "booklet", "cli", "writers/pdf"),
    "uharfbuzz": ("typeset", "writers/pdf"),
    "readability": ("readers/html",),
    "markdown_it": ("readers/md",),
    "mdit_py_plugins": ("readers/md",),
    "yaml": ("readers/md",),
    "PIL": ("typeset/pictures", "typeset/cover", "booklet/proof", "writers/epub/cover"),
    "pypdfium2": ("booklet/proof",),
    "opencc": ("transforms/script",),
    "opencc_pyo3": ("transforms/script",),
}


def imported(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_each_library_is_imported_in_its_own_place_only():
    strangers = [
        (str(path.relative_to(ROOT)), name)
        for path in ROOT.rglob("*.py")
        for name in imported(path)
        if (places := ONLY.get(name.split(".")[0])) and not path.relative_to(ROOT).as_posix().startswith(places)
    ]
    assert strangers == []


def test_layers():
    from importlinter.cli import lint_imports

    assert lint_imports(config_filename=str(ROOT.parent / "pyproject.toml")) == 0
