import tempfile
from pathlib import Path

import pytest
from web.service import running


@pytest.fixture(scope="session")
def service():
    """A service with the usual limits."""
    with running() as client:
        yield client


@pytest.fixture(scope="session")
def narrow():
    """A service whose limits are quickly reached."""
    with running(
        workers=1, queue=1, upload_mb=1, max_files=3, time_limit=1.0, memory_mb=300, upload_time=1.0
    ) as client:
        yield client


@pytest.fixture
def temporary():
    """A folder with a short name, since sockets lie in it."""
    with tempfile.TemporaryDirectory(prefix="t", ignore_cleanup_errors=True) as folder:
        yield Path(folder)
