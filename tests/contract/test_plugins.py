"""Readers and writers are found by entry points, other people's as well as ours."""

import importlib.metadata
import os
import subprocess
import sys
import tomllib
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from converter import plugins
from converter.errors import ResourceError, UsageError

ROOT = Path(__file__).parents[2]
THIRD_PARTY = Path(__file__).parent / "third_party"


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder with the third-party writer installed, for PYTHONPATH."""
    folder = tmp_path_factory.mktemp("installed")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation"]
    subprocess.run([*command, "--target", folder, THIRD_PARTY], check=True, capture_output=True)
    return folder


def converter(*arguments, folder, stdin=b""):
    environment = {**os.environ, "PYTHONPATH": str(folder), "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-m", "converter", *arguments]
    run = subprocess.run(command, input=stdin, env=environment, capture_output=True, check=False)
    return run.returncode, run.stdout.decode(), run.stderr.decode()


def test_a_third_party_writer_is_installed_and_used(installed):
    text = "今天开会。明天讨论。".encode()
    assert converter("convert", "-", "--to", "telegram", folder=installed, stdin=text)[:2] == (
        0,
        "今天开会 STOP 明天讨论 STOP ",
    )
    asked = converter("convert", "-", "--to", "telegram", "--option", "stop=完", folder=installed, stdin=text)
    assert asked[1] == "今天开会 完 明天讨论 完 "


def test_a_broken_plugin_is_listed_with_the_reason_and_hurts_nobody(installed):
    code, shown, _ = converter("formats", folder=installed)
    assert code == 0
    assert "from converter-zh-telegram" in shown
    assert "NoSuchWriter" in shown
    code, _, said = converter("convert", "-", "--to", "broken", folder=installed, stdin="开会。".encode())
    assert (code, "NoSuchWriter" in said, "Traceback" in said) == (5, True, False)


@pytest.mark.parametrize("kind", ["reader", "writer"])
def test_what_is_looked_up_without_entry_points_is_what_they_say(kind):
    ours = {p.name: p.value for p in importlib.metadata.entry_points(group=f"converter.{kind}s")}
    assert {name: ours.get(name) for name in plugins._OURS[kind]} == plugins._OURS[kind]
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["entry-points"][f"converter.{kind}s"]
    assert declared == plugins._OURS[kind]


def test_an_unknown_format_gets_the_list_and_the_nearest():
    with pytest.raises(UsageError, match=r"“docx”.*epub"):
        plugins.find_writer("dokx")


def test_two_plugins_of_one_name_are_an_error_that_names_both(monkeypatch):
    points = [EntryPoint("pdf", f"{home}:Writer", "converter.writers") for home in ("ours", "theirs")]
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda **_: points)
    with pytest.raises(ResourceError, match=r"ours:Writer.*theirs:Writer"):
        plugins._found.__wrapped__("writer")
