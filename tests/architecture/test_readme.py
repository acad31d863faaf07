"""The README's example runs and says what it shows."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def test_the_python_example_runs(tmp_path):
    (example,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    run = subprocess.run(
        [sys.executable, "-c", example], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert run.returncode == 0, run.stderr
    for shown in re.findall(r"print\(.*?\)\s+# (?!what)(.*)", example):
        assert shown in run.stdout
    assert (tmp_path / "out" / "speech.docx").stat().st_size > 5000
    assert (tmp_path / "out" / "volume.pdf").read_bytes().startswith(b"%PDF")


def test_every_command_shown_exists():
    from converter.cli import _COMMANDS

    shown = set(re.findall(r"^converter (\w+)", README, re.MULTILINE))
    assert shown
    assert shown <= set(_COMMANDS)


def test_every_file_named_exists():
    for name in re.findall(r"\(((?:docs|tests|converter)/[^)]+)\)|`((?:docs|fonts|converter|seeds)/[\w./-]*)`", README):
        assert (ROOT / (name[0] or name[1])).exists(), name


def test_every_exit_code_is_in_the_readme():
    from converter.cli import EXIT_CODES, FOUND

    for code in {*EXIT_CODES.values(), FOUND, 0, 1}:
        assert re.search(rf"^\| {code} \|", README, re.MULTILINE), code
