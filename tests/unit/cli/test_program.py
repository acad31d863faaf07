"""The process itself: what it loads to say its version, that it ends at once and yet loses nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from converter.version import __version__


def python(code: str, *arguments: str, **streams: int) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", code, *arguments], text=True, check=False, timeout=60, **streams)


def test_the_version_is_said_without_loading_the_command_line():
    done = python(
        "import sys\nfrom converter.__main__ import main\nmain()\nprint('click' in sys.modules)",
        "--version",
        stdout=subprocess.PIPE,
    )
    assert done.stdout == f"converter {__version__}\nFalse\n"


def test_click_says_the_same_version():
    short = subprocess.run([sys.executable, "-m", "converter", "--version"], capture_output=True, text=True, check=True)
    code = "import sys\nfrom converter.cli import main\nsys.argv = ['converter', '--version']\nmain()"
    assert python(code, stdout=subprocess.PIPE).stdout == short.stdout


def test_the_process_ends_with_its_code_when_all_others_have_been_told(tmp_path):
    code = (
        "import atexit, threading, time\n"
        "from converter.__main__ import main\n"
        "class Late:\n"
        "    def __del__(self): print('taken apart')\n"
        "late = Late()\n"
        "def work():\n"
        "    time.sleep(0.2)\n"
        "    print('the thread')\n"
        "threading.Thread(target=work).start()\n"
        "import converter.cli\n"
        "run = converter.cli.main\n"
        "def registered():\n"
        "    atexit.register(print, 'after us')\n"
        "    run()\n"
        "converter.cli.main = registered\n"
        "main()\n"
    )
    done = python(
        code, "convert", str(tmp_path / "none.txt"), "--to", "txt", stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert done.returncode == 2
    assert done.stdout == "the thread\nafter us\n"
    assert "none.txt" in done.stderr


def test_an_output_that_cannot_be_written_is_still_said():
    with Path("/dev/full").open("w") as full:
        done = python("from converter.__main__ import main\nmain()", "formats", stdout=full, stderr=subprocess.PIPE)
    assert done.returncode != 0
    assert "No space left" in done.stderr


SELDOM = ("importlib.metadata", "tomllib", "multiprocessing", "converter.engine.shelf", "converter.ledger.record")
"""What no conversion of one text needs. Each takes some hundredths of a short run to import."""


@pytest.mark.parametrize("made", ["txt", "epub", "docx", "pdf"])
def test_a_conversion_imports_only_what_it_needs(tmp_path, made):
    (tmp_path / "a.text").write_text("一、总体要求\n坚持学习制度。\n", "utf-8")
    code = (
        "import sys\n"
        "from converter.cli import main\n"
        "try:\n    main()\nexcept SystemExit as end:\n    print(end.code)\n"
        f"print(*[name for name in {SELDOM!r} if name in sys.modules])"
    )
    done = python(
        code, "convert", str(tmp_path / "a.text"), "--to", made, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert done.stdout == "0\n\n"
