import os
import subprocess
import sys
import tempfile

import pytest

from converter.engine import sockets
from converter.errors import ResourceError

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork server")


@pytest.fixture
def long(tmp_path, monkeypatch):
    """A temporary folder whose path is too long for a socket."""
    folder = tmp_path / ("深" * 40)
    folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(folder))
    return folder


def test_a_batch_with_a_long_temporary_folder(long, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "一.txt").write_text("关于学习的通知\n\n各科室：\n\n请认真学习。\n", "utf-8")
    command = [sys.executable, "-m", "converter", "batch", tmp_path / "in", "--to", "txt", "--out", tmp_path / "out"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, (tmp_path / "out" / "一.txt").exists(), list(long.iterdir())) == (0, True, []), done.stderr


def test_without_a_short_folder_the_sentence_says_what_to_set(long, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setattr(sockets, "_SHORT", ())
    with pytest.raises(ResourceError, match=f"{long}. Set TMPDIR to a shorter one"):
        sockets.socket_folder()
