"""`converter lint` as text, JSON and SARIF, and what it tells the shell."""

import json

import pytest
from click.testing import CliRunner

from converter.cli import FOUND, cli
from converter.errors import UsageError

TEXT = "一、甲项\n这是关健的一步，我们要认真落实。\n三、乙项\n全局上下要统一思想，扎实做好各项工作。\n"


@pytest.fixture
def text(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "讲话 稿.txt").write_text(TEXT, "utf-8")
    return "讲话 稿.txt"


def run(*arguments):
    return CliRunner().invoke(cli, ["lint", *arguments], standalone_mode=True)


def test_text_has_place_code_and_suggestion(text):
    found = run(text)
    assert found.exit_code == 0
    first, second = found.output.splitlines()
    assert first.startswith(f"{text}:2:3: warning LT161: ")
    assert first.endswith("→ 关键")
    assert second.startswith(f"{text}:3:1: warning LT101: ")


def test_json(text):
    (file,) = json.loads(run(text, "--format", "json").output)["files"]
    assert [f["code"] for f in file["findings"]] == ["LT161", "LT101"]
    assert file["findings"][0]["line"] == 2
    assert file["findings"][0]["hints"] == ["关键"]


def test_sarif(text):
    log = json.loads(run(text, "--format", "sarif").output)
    (found,) = log["runs"]
    assert (log["version"], found["columnKind"]) == ("2.1.0", "unicodeCodePoints")
    rules = found["tool"]["driver"]["rules"]
    for result in found["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"none", "note", "warning", "error"}
        assert result["message"]["text"]
    place = found["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "%E8%AE%B2%E8%AF%9D%20%E7%A8%BF.txt"
    assert place["region"] == {"startLine": 2, "startColumn": 3, "endLine": 2, "endColumn": 5}


@pytest.mark.parametrize(("level", "code"), [("info", FOUND), ("warning", FOUND), ("error", 0), ("never", 0)])
def test_the_exit_code_is_for_servers(text, level, code):
    assert run(text, "--fail-on", level).exit_code == code


def test_a_clean_text_says_nothing(tmp_path):
    clean = tmp_path / "clean.txt"
    clean.write_text("一、甲项\n今天的工作很多，大家辛苦了。\n", "utf-8")
    found = run(str(clean), "--fail-on", "info")
    assert (found.exit_code, found.output) == (0, "")


@pytest.mark.parametrize("wrong", [("--format", "sarfi"), ("--fail-on", "warnin")])
def test_a_wrong_request_gets_the_nearest_name(text, wrong):
    found = run(text, *wrong)
    assert isinstance(found.exception, UsageError)
    assert "Did you mean" in str(found.exception)
