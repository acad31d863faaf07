"""Imported once by the fork server: loads what jobs need, so that all workers share it and the first job is not slow.

Importing it has no other effect. What does not load here is reported when a job asks for it.
"""

from __future__ import annotations

import contextlib
import gc

from converter.engine import shelf as _shelf  # noqa: F401 - like the ledger, for those jobs that want it
from converter.engine.job import Input, Job
from converter.engine.run import run
from converter.ledger import record as _record  # noqa: F401
from converter.plugins import readers, writers

_names = tuple(found.name for found in writers() if found.plugin is not None)
readers()
with contextlib.suppress(Exception):
    run(Job(inputs=(Input("预热.txt", "预热\n\n一、标题\n\n（一）正文。English 123。".encode()),), to=_names))
gc.set_threshold(50_000, 20, 20)  # a job is short and makes little garbage
gc.collect()
gc.freeze()  # a collection in a worker must not touch, and so copy, the shared pages
