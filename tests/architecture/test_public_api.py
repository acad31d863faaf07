"""The public door holds what it says, imports nothing heavy, and every error has its exit code."""

import ast
import subprocess
import sys
from pathlib import Path

import converter
from converter.cli import EXIT_CODES, exit_code
from converter.errors import ConverterError

HEAVY = (
    "docx",
    "reportlab",
    "PIL",
    "ebooklib",
    "fastapi",
    "uvicorn",
    "pydantic",
    "uharfbuzz",
    "pikepdf",
    "lxml",
    "rich",
    "opencc",
    "opencc_pyo3",
)


def test_every_public_name_is_there():
    for name in converter.__all__:
        assert getattr(converter, name) is not None, name


def test_the_imports_for_type_checkers_name_the_same():
    tree = ast.parse(Path(converter.__file__).read_text("utf-8"))
    block = next(n for n in tree.body if isinstance(n, ast.If))
    names = {alias.asname for node in block.body for alias in node.names}
    assert names | {"__version__"} == set(converter.__all__)


def test_public_names_are_about_twenty():
    assert 15 <= len(converter.__all__) <= 30


def loaded_after(code):
    check = f"{code}\nimport sys\nprint(*[m for m in {HEAVY!r} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    return run.stdout.split()


def test_importing_the_package_loads_no_library():
    assert loaded_after("import converter") == []


def test_the_command_line_loads_no_library_before_it_needs_one():
    assert loaded_after("import converter.cli") == []


def test_a_pdf_without_pictures_loads_no_library_for_pictures():
    code = "from converter import convert; convert('一、总体要求'.encode(), 'pdf')"
    assert set(loaded_after(code)) <= {"uharfbuzz"}


def subclasses(kind):
    for below in kind.__subclasses__():
        yield below
        yield from subclasses(below)


def test_every_error_has_an_exit_code():
    for kind in subclasses(ConverterError):
        assert exit_code(kind("en", "zh")) in EXIT_CODES.values()


def test_errors_survive_the_way_from_a_worker():
    import pickle

    for kind in subclasses(ConverterError):
        error = pickle.loads(pickle.dumps(kind("en", "zh", source="甲.txt")))
        assert (type(error), str(error), error.message.zh) == (kind, "甲.txt: en", "zh")
