"""What all tests share: `--accept` for goldens."""

import os

import pytest


def pytest_addoption(parser):
    parser.addoption("--accept", action="store_true", help="Take what is produced now as the new goldens.")


def pytest_configure(config):
    if config.getoption("--accept") and os.environ.get("CI"):
        raise pytest.UsageError("--accept is for people who look at the difference, not for CI")
