"""`converter check`: what it prints, how it ends, what it writes."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from converter import read, write
from converter.cli.check import command
from converter.errors import InputError, UsageError, WriteError

TEXT = "关于开会的通知\n\n各部门：\n　　明天上午开会，请按时参加会议。\n　　特此通知。\n\n办公室\n2012年7月1日\n"


@pytest.fixture
def files(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    document = read(TEXT.encode()).value
    (tmp_path / "right.docx").write_bytes(write(document, "docx", theme="official").value)
    (tmp_path / "wrong.docx").write_bytes(write(document, "docx", theme="article").value)
    return tmp_path


def run(*arguments: str):
    return CliRunner().invoke(command, arguments, catch_exceptions=True)


def test_a_right_file_says_nothing_and_a_wrong_one_ends_with_7(files):
    right, wrong = run("right.docx"), run("wrong.docx")
    assert (right.exit_code, right.output) == (0, "")
    assert wrong.exit_code == 7
    assert "wrong.docx: GW102: top margin: wanted 37 mm (±1), found 28.0 mm (GB/T 9704-2012, 5.2.1)." in wrong.output
    assert "wrong.docx:¶1: GW201" in wrong.output


def test_findings_as_data(files):
    made = json.loads(run("wrong.docx", "--json").output)
    assert made["file"] == "wrong.docx"
    assert {"code", "clause", "paragraph", "words", "wanted", "found", "message", "fixable"} <= made["findings"][
        0
    ].keys()


def test_the_copy_is_right_and_nothing_is_written_over(files):
    assert run("wrong.docx", "--fix", "-o", "copy.docx").exit_code == 0
    assert run("copy.docx").exit_code == 0
    assert isinstance(run("wrong.docx", "--fix", "-o", "copy.docx").exception, WriteError)
    assert run("wrong.docx", "--fix", "-o", "copy.docx", "--force").exit_code == 0


def test_what_cannot_be_is_refused(files):
    (files / "no.docx").write_bytes(b"PK")
    assert isinstance(run("wrong.docx", "--fix").exception, UsageError)
    assert isinstance(run("wrong.docx", "-o", "copy.docx").exception, UsageError)
    assert isinstance(run("no.docx").exception, InputError)
    assert isinstance(run("none.docx").exception, UsageError)
