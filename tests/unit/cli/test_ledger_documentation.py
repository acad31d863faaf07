"""docs/ledger.md says what is true: its commands run in their order, its table of the report is complete."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

DOCS = (Path(__file__).parents[3] / "docs" / "ledger.md").read_text("utf-8")
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", DOCS, re.DOTALL) for line in block.splitlines()]
TEXT = "关于做好工作的讲话\n一、全局上下要统一思想,提高认识,推动工作取得成效。\n二、坚持学习制度,认真落实。\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The folder after all commands, each of which has succeeded."""
    folder = tmp_path_factory.mktemp("docs")
    (folder / "讲话.txt").write_text(TEXT, "utf-8")
    for command in COMMANDS:
        line = command.replace("converter ", f"{sys.executable} -m converter ", 1) + " --force" * ("-o " in command)
        run = subprocess.run(line, shell=True, check=False, cwd=folder, capture_output=True, text=True)  # noqa: S602
        assert run.returncode == 0, (command, run.stderr)
    return folder


def test_the_commands_do_what_they_say(folder):
    repaired = TEXT.replace(",", "，")
    assert (folder / "原文.txt").read_text("utf-8") == TEXT
    assert (folder / "保留半角.txt").read_text("utf-8") == TEXT
    assert (folder / "修复.txt").read_text("utf-8") == TEXT
    assert (folder / "退回两处.txt").read_text("utf-8") == repaired.replace("，", ",", 2)
    assert {"修订.docx", "批注.docx", "讲话.docx", "记录.html"} <= {p.name for p in folder.iterdir()}


def test_the_table_has_every_field_of_the_report(folder):
    tree = json.loads((folder / "记录.json").read_text("utf-8"))
    (text,) = tree["texts"]
    fields = {*tree, *text}.union(*text["diagnostics"], *text["edits"])
    table = DOCS[DOCS.index("## The report as JSON") :]
    assert fields <= set(re.findall(r"`\s*(\w+)", table))
