"""What all tests share: `--accept` for goldens, and the same made-up examples in every run."""

import os

import pytest
from hypothesis import settings

# The same examples every time: a change is judged by what it changes. HYPOTHESIS_PROFILE=explore looks for new ones.
settings.register_profile("repeatable", derandomize=True, database=None, deadline=None)
settings.register_profile("explore", deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable"))


def pytest_addoption(parser):
    parser.addoption("--accept", action="store_true", help="Take what is produced now as the new goldens.")


def pytest_configure(config):
    if config.getoption("--accept") and os.environ.get("CI"):
        raise pytest.UsageError("--accept is for people who look at the difference, not for CI")
