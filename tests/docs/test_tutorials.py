"""The tutorials do what they say: every block of theirs is run, in its order, in a folder that holds the seeds."""

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

ROOT = Path(__file__).parents[2]
TUTORIALS = ROOT / "docs" / "tutorials"
NAMES = sorted(path.name for path in (TUTORIALS / "en").glob("*.md"))
BLOCK = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$', re.DOTALL | re.MULTILINE)

# Lines that need another machine, or are the work of other tests.
ELSEWHERE = re.compile(r"git clone|make booklet|\. \.venv|python -m pytest|pip install '|.* s3://")


def blocks(language, name):
    return BLOCK.findall((TUTORIALS / language / name).read_text("utf-8"))


def test_both_languages_have_the_same_tutorials_with_the_same_code():
    assert sorted(path.name for path in (TUTORIALS / "zh").glob("*.md")) == NAMES
    for name in NAMES:
        assert blocks("en", name) == blocks("zh", name), name


def test_every_fenced_block_is_seen():
    for path in TUTORIALS.rglob("*.md"):
        assert path.read_text("utf-8").count("\n```") == 2 * len(BLOCK.findall(path.read_text("utf-8"))), path


@pytest.mark.parametrize("name", NAMES)
def test_a_tutorial_runs(name, tmp_path):
    if name == "ray.md":
        pytest.importorskip("ray", reason="Ray has no wheel for this Python")
    (tmp_path / "seeds").symlink_to(ROOT / "seeds")
    port = free_port()
    servers = []
    try:
        for kind, title, text in blocks("en", name):
            code = text.replace("127.0.0.1:8000", f"127.0.0.1:{port}")
            if title:
                (tmp_path / title).write_text(code, encoding="utf-8")
            elif kind == "python":
                succeeds([sys.executable, "-c", code], tmp_path)
            else:
                assert kind == "sh"
                for line in code.splitlines():
                    if line == "converter serve":
                        servers.append(serving(port, tmp_path))
                    elif not ELSEWHERE.match(line):
                        succeeds(["sh", "-c", as_here(line)], tmp_path)
    finally:
        for server in servers:
            server.terminate()
            server.wait()
    made = {path.name for path in tmp_path.rglob("*") if path.is_file() and path.stat().st_size > 0}
    assert made >= set(MADE[name]), made


MADE = {
    "booklet.md": ("volume.pdf", "book.toml", "ordered.pdf", "ordered.docx", "sheets.pdf"),
    "ray.md": ("manifest.jsonl", "002_3895341fe6d4f237.epub"),
    "rule.md": ("template_prompts.py",),
    "service.md": ("speech.pdf", "all.zip"),
    "writer.md": ("speech.outline",),
}
"""Files that a reader of each has in the end."""


def as_here(line):
    """The line with this program, and with installing into a folder beside it instead of the environment."""
    line = re.sub(r"^converter ", f"'{sys.executable}' -m converter ", line)
    install = f"'{sys.executable}' -m pip install --quiet --no-deps --no-build-isolation --target installed "
    return re.sub(r"^pip install ", install, line)


def environment(folder):
    return {**os.environ, "PYTHONPATH": f"{folder / 'installed'}{os.pathsep}{folder}", "PYTHONUTF8": "1"}


def succeeds(command, folder):
    run = subprocess.run(
        command, cwd=folder, env=environment(folder), capture_output=True, text=True, check=False, timeout=240
    )
    assert run.returncode == 0, (command, run.stdout[-2000:], run.stderr[-2000:])


def free_port():
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return chosen.getsockname()[1]


def serving(port, folder):
    """The service, as soon as it answers."""
    server = subprocess.Popen(
        [sys.executable, "-m", "converter", "serve", "--port", str(port)],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    for _ in range(300):
        try:
            with urlopen(f"http://127.0.0.1:{port}/readyz") as answer:
                assert answer.status == 200
                return server
        except OSError:
            assert server.poll() is None, "the service ended"
            time.sleep(0.2)
    server.kill()
    raise AssertionError("the service does not answer")
