"""Kept expressions match like those that are made anew, and a file that is broken or missing harms nothing."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from converter import compile_cache, regex
from converter.source import SourceText
from converter.structure.overrides import read_overrides
from converter.structure.parse import parse
from converter.transforms.script import words_to_script
from converter.transforms.script_glossary import read_glossary

if TYPE_CHECKING:
    from pathlib import Path

TEXT = "第一章 总则（2024年3月）——“坚持”，e.g. ABC-123……\n一、标题 Ｔｅｓｔ\n"
SCRIPT = """
import sys
from converter import compile_cache, regex
found = regex.compiled(r"(?P<year>\\d{4})年", 0)
print([key for key in compile_cache._entries() if type(key) is tuple], found.search("在2024年").group("year"), found.groupindex, found.flags)
"""


def started(cache: Path, **environment: str) -> str:
    names = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    names |= {"PYTHONPYCACHEPREFIX": str(cache), **environment}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], env=names, capture_output=True, text=True, check=True, timeout=60
    )
    assert not done.stderr
    return done.stdout


def files(cache: Path) -> list[Path]:
    return [path for path in cache.rglob("*") if path.is_file() and path.suffix != ".pyc"]


def test_what_users_write_is_not_kept(tmp_path):
    rules = '[[pattern]]\nmatch = "绝密甲"\nas = "chapter"\n[[sample]]\ntext = "【绝密乙】"\nas = "heading 1"'
    parse(SourceText("【绝密乙】\n绝密甲\n"), read_overrides(rules))
    (tmp_path / "words.txt").write_text("绝密丙\n")
    assert words_to_script("绝密丙发", "hant", glossary=read_glossary(tmp_path / "words.txt")) == "绝密丙發"
    assert not [key for key in compile_cache._entries() if "绝密" in str(key)]


@pytest.mark.parametrize(
    ("pattern", "flags"),
    [
        (r"第[一二三]+章\s*(?P<title>.+)", 0),
        ("(a)|(?P<b>B)(?P<c>C)?", re.IGNORECASE),
        (r"^ 一 、 (.*) $  # a heading", re.VERBOSE | re.MULTILINE),
        (r"(?s)“.*?”(?=[，。])|[\u3400-\u9fff\U00020000-\U0003ffff]{2,}", 0),
        (r"(?i:[a-zà-ÿ])+(?<!x)\b", 0),
        (r"(.)\1", 0),
    ],
)
def test_kept_expressions_are_those_of_re(pattern, flags):
    ours, theirs = regex.compiled(pattern, flags), re.compile(pattern, flags)
    assert (ours.flags, ours.groups, ours.groupindex) == (theirs.flags, theirs.groups, theirs.groupindex)
    assert [m.groups() for m in ours.finditer(TEXT)] == [m.groups() for m in theirs.finditer(TEXT)]
    assert ours == theirs


def test_a_wrong_expression_is_refused_like_by_re():
    with pytest.raises(re.error, match="missing"):
        regex.compiled("(a")


def test_expressions_are_written_once_and_read_again(tmp_path):
    first = started(tmp_path)
    (kept,) = files(tmp_path)
    before = kept.read_bytes()
    assert started(tmp_path) == first
    assert kept.read_bytes() == before
    assert files(tmp_path) == [kept]


@pytest.mark.parametrize("content", [b"", b"nonsense", b"\xe9\x00\x00", b"N"])
def test_a_broken_file_is_replaced(tmp_path, content):
    right = started(tmp_path)
    (kept,) = files(tmp_path)
    kept.write_bytes(content)
    assert started(tmp_path) == right
    assert kept.read_bytes() != content


def test_nothing_is_written_where_python_writes_nothing(tmp_path):
    started(tmp_path, PYTHONDONTWRITEBYTECODE="1")
    assert not files(tmp_path)


def test_a_folder_that_cannot_be_written_to_is_no_fault(tmp_path):
    (tmp_path / "file").write_text("")
    assert "2024" in started(tmp_path / "file" / "cache")
