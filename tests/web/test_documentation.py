"""docs/http.md says what is true: its commands run, its tables are complete."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest
from web.service import REPORT

from converter.options import option_fields
from converter.web.problems import KINDS
from converter.web.settings import Settings

PAGE = (Path(__file__).parents[2] / "docs" / "http.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^curl .*$", PAGE, re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS, ids=range(len(COMMANDS)))
def test_the_commands_run(service, tmp_path, command):
    for name in ("报告.txt", "讲话.txt"):
        (tmp_path / name).write_bytes(REPORT)
    words = [word.replace("http://127.0.0.1:8000", str(service.base_url).rstrip("/")) for word in shlex.split(command)]
    done = subprocess.run([*words, "--fail"], cwd=tmp_path, capture_output=True, text=True, check=True)
    saved = [path for path in tmp_path.iterdir() if path.name not in {"报告.txt", "讲话.txt"}]
    assert bool(saved) or done.stdout.startswith("{")


def test_the_commands_are_found():
    assert len(COMMANDS) == 10


def test_every_route_and_field_is_documented(service):
    api = service.get("/openapi.json").json()
    for path, operations in api["paths"].items():
        for method, operation in operations.items():
            assert f"`{method.upper()} {path}`" in PAGE
            form = operation.get("requestBody", {}).get("content", {}).get("multipart/form-data", {}).get("schema", {})
            for field in form.get("properties", {}):
                assert f"`{field}`" in PAGE


def test_every_problem_is_documented_with_its_status():
    told = dict(re.findall(r"^\| `/problems/([a-z-]+)` \| (\d+) \|", PAGE, re.MULTILINE))
    assert told == {name: str(kind.status.value) for name, kind in KINDS.items()}


def test_every_limit_is_documented_with_its_default():
    told = dict(re.findall(r"^\| `(\w+)` \| ([\w ]+) \|$", PAGE[PAGE.index("## Limits") :], re.MULTILINE))
    limits = {field.name: field.default for field in option_fields(Settings)}
    assert told == {name: shown(name, value) for name, value in limits.items()}


def shown(name, value):
    if value is None or not value:
        return "one a processor" if name == "workers" else "none"
    return f"{value:.0f}" if value == int(value) else f"{value:g}"
