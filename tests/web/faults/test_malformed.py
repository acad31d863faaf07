"""Damaged uploads: each is converted or refused with a reason, and none costs more than itself.

FAULT_UPLOADS=10000 in the environment sends so many.
"""

import os
import signal

from web.faults.sending import send_all
from web.faults.watch import Watch, files_in
from web.processes import process, up

COUNT = int(os.environ.get("FAULT_UPLOADS", "300"))
SEED = int(os.environ.get("FAULT_SEED", "1"))


def test_damaged_uploads_are_converted_or_refused_with_a_reason(tmp_path, temporary):
    with process(tmp_path, "--rate", "0", "--workers", "2", temporary=temporary) as (server, address), up(address):
        with Watch(address) as watch:
            came, strange = send_all(address, COUNT, seed=SEED)
        assert strange == []
        assert sum(came.values()) == COUNT
        assert {200, 422} <= set(came)
        assert watch.worst < 1
        server.send_signal(signal.SIGTERM)
        assert server.wait(60) == 0
    assert files_in(temporary) == files_in(tmp_path / "work") == files_in(tmp_path / "jobs") == []
    assert '"level": "error"' not in (tmp_path / "log").read_text()
