"""The files in docs/deploy say what the program knows; systemd reads the unit where there is systemd."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from converter.options import option_fields
from converter.web.settings import PREFIX, Settings

DEPLOY = Path(__file__).parents[2] / "docs/deploy"
UNIT = (DEPLOY / "converter.service").read_text(encoding="utf-8")
CONTAINER = (DEPLOY / "Containerfile").read_text(encoding="utf-8")


def test_options_and_variables_exist():
    told = subprocess.run(
        [sys.executable, "-m", "converter", "serve", "--help"], capture_output=True, text=True, check=True
    )
    known = {PREFIX + field.name.upper() for field in option_fields(Settings)}
    assert all(name in told.stdout for name in known)
    assert set(re.findall(r"CONVERTER_\w+", UNIT + CONTAINER)) <= known
    command = re.search("^ExecStart=.*$", UNIT, re.MULTILINE)[0]
    for flag in re.findall(r"(?<= )--[a-z-]+", command) + re.findall(r'"(--[a-z-]+)"', CONTAINER):
        assert flag in told.stdout


def test_the_unit_is_one_to_systemd():
    """Every line is a setting, a section or a comment; systemd itself looks where it is installed."""
    for line in UNIT.splitlines():
        assert not line or re.fullmatch(r"#.*|\[\w+\]|[A-Za-z]+=.*", line)
    if shutil.which("systemd-analyze"):
        looked = subprocess.run(
            ["systemd-analyze", "verify", DEPLOY / "converter.service"], capture_output=True, text=True, check=False
        )
        complaints = [line for line in looked.stderr.splitlines() if "not executable" not in line]
        assert not [line for line in complaints if "converter.service" in line]
