"""The job store: SQLite, in WAL mode, so that several server processes share it and a crash leaves it whole.

A job is `receiving` while its files come in, then `queued`, `running`, and at last `succeeded`, `failed` or
`cancelled`. A running job belongs to one server process. If that dies, the job is queued once more; if it happens
again, it fails.
"""

from __future__ import annotations

import contextlib
import json
import secrets
import sqlite3
import threading
import time
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from converter.errors import Message
from converter.records import NamedTuple
from converter.web.problems import Refusal, problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

_MOST_ATTEMPTS = 2

_SCHEMA = """
CREATE TABLE IF NOT EXISTS jobs (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    client TEXT NOT NULL,
    key TEXT,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    server TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    done INTEGER NOT NULL DEFAULT 0,
    total INTEGER NOT NULL DEFAULT 0,
    size INTEGER NOT NULL DEFAULT 0,
    created REAL NOT NULL,
    started REAL,
    finished REAL,
    fingerprint TEXT NOT NULL DEFAULT '',
    failures INTEGER NOT NULL DEFAULT 0,
    problem TEXT
);
CREATE UNIQUE INDEX IF NOT EXISTS keys ON jobs (client, key) WHERE key IS NOT NULL;
CREATE INDEX IF NOT EXISTS states ON jobs (state, number);
CREATE INDEX IF NOT EXISTS fingerprints ON jobs (fingerprint);
"""


class State(StrEnum):
    """Where a job stands."""

    RECEIVING = "receiving"
    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def final(self) -> bool:
        """Whether nothing more will come of it."""
        return self in {State.SUCCEEDED, State.FAILED, State.CANCELLED}


class Entry(NamedTuple):
    """A job as it stands in the store; times are seconds since 1970."""

    number: int
    id: str
    client: str
    key: str | None
    kind: str
    state: State
    server: str
    attempts: int
    done: int
    total: int
    size: int
    """Bytes of what was sent and what was made."""
    created: float
    started: float | None
    finished: float | None
    fingerprint: str
    """The same for the same request with the same files."""
    failures: int
    """What could not be made although something was."""
    problem: dict[str, Any] | None
    """Why it failed."""


def interrupted() -> dict[str, Any]:
    """Why a job failed whose server died, twice."""
    return problem(
        "interrupted",
        Message(
            "The server ended while it did this work, and so did the one that tried again.",
            "处理期间服务进程终止，重试一次后再次终止。",
        ),
    )


class Store:
    """The jobs of all server processes that use the same file. Every method is one transaction; any thread may call."""

    def __init__(self, path: Path) -> None:
        self._lock = threading.Lock()
        self._database = sqlite3.connect(path, timeout=10, isolation_level=None, check_same_thread=False)
        self._database.execute("PRAGMA journal_mode = WAL")
        self._database.execute("PRAGMA synchronous = FULL")  # what was accepted survives a power cut too
        with self._transaction():
            for statement in filter(str.strip, _SCHEMA.split(";")):
                self._database.execute(statement)

    def close(self) -> None:
        """Closes the file."""
        with self._lock:
            self._database.close()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield self._database
                self._database.execute("COMMIT")
            except BaseException:
                if self._database.in_transaction:  # a full disk may have ended it already
                    self._database.execute("ROLLBACK")
                raise

    def _entries(self, where: str, *values: object) -> list[Entry]:
        with self._lock:
            rows = self._database.execute(f"SELECT * FROM jobs WHERE {where}", values).fetchall()  # noqa: S608 - ours
        return [_entry(row) for row in rows]

    def receive(self, *, client: str, key: str | None, kind: str, server: str) -> tuple[Entry, bool]:
        """A new job whose files are to come, and True; or the job that this key belongs to already, and False."""
        with self._transaction() as database:
            if key is not None:
                row = database.execute("SELECT * FROM jobs WHERE client = ? AND key = ?", (client, key)).fetchone()
                if row:
                    return _entry(row), False
            row = database.execute(
                "INSERT INTO jobs (id, client, key, kind, state, server, created) "
                "VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING *",
                (secrets.token_urlsafe(18), client, key, kind, State.RECEIVING, server, time.time()),
            ).fetchone()
            return _entry(row), True

    def queue(self, job: str, *, kind: str, fingerprint: str, size: int, total: int) -> None:
        """All of the job is there: it may run."""
        with self._transaction() as database:
            database.execute(
                "UPDATE jobs SET state = ?, kind = ?, fingerprint = ?, size = ?, total = ? WHERE id = ? AND state = ?",
                (State.QUEUED, kind, fingerprint, size, total, job, State.RECEIVING),
            )

    def succeed_like(self, job: str, twin: Entry, *, size: int) -> None:
        """The job is done already, since the same was asked for before."""
        with self._transaction() as database:
            database.execute(
                "UPDATE jobs SET state = ?, kind = ?, fingerprint = ?, size = ?, done = ?, total = ?, started = ?, "
                "finished = ? WHERE id = ? AND state = ?",
                (State.SUCCEEDED, twin.kind, twin.fingerprint, size, twin.total, twin.total, time.time(), time.time(),
                 job, State.RECEIVING),
            )  # fmt: skip

    def twin(self, fingerprint: str, client: str) -> Entry | None:
        """A job of the same client that did all of the same."""
        found = self._entries(
            "fingerprint = ? AND client = ? AND state = ? AND failures = 0 ORDER BY number DESC LIMIT 1",
            fingerprint, client, State.SUCCEEDED,
        )  # fmt: skip
        return found[0] if found else None

    def claim(self, server: str) -> Entry | None:
        """The job whose turn it is, which from now on is this server's to run."""
        with self._transaction() as database:
            row = database.execute(
                "UPDATE jobs SET state = ?, server = ?, attempts = attempts + 1, started = ?, done = 0 WHERE number = "
                "(SELECT number FROM jobs WHERE state = ? ORDER BY number LIMIT 1) RETURNING *",
                (State.RUNNING, server, time.time(), State.QUEUED),
            ).fetchone()
        return _entry(row) if row else None

    def progress(self, job: str, server: str, done: int, total: int) -> None:
        """So many steps of a running job are done."""
        with self._transaction() as database:
            database.execute(
                "UPDATE jobs SET done = ?, total = ? WHERE id = ? AND server = ? AND state = ?",
                (done, total, job, server, State.RUNNING),
            )

    def finish(
        self, job: str, server: str, *, failures: int = 0, size: int = 0, why: dict[str, Any] | None = None
    ) -> bool:
        """The job has ended; `why` it failed, if it did. False if it is no longer this server's."""
        with self._transaction() as database:
            changed = database.execute(
                "UPDATE jobs SET state = ?, finished = ?, failures = ?, size = size + ?, problem = ?, "
                "done = CASE WHEN ? THEN done ELSE total END WHERE id = ? AND server = ? AND state = ?",
                (State.FAILED if why else State.SUCCEEDED, time.time(), failures, size,
                 json.dumps(why) if why else None, why is not None, job, server, State.RUNNING),
            )  # fmt: skip
            return changed.rowcount == 1

    def cancel(self, job: str) -> bool:
        """Gives up a job that has not ended; its server sees it. False if it has ended."""
        with self._transaction() as database:
            changed = database.execute(
                "UPDATE jobs SET state = ?, finished = ? WHERE id = ? AND state IN (?, ?, ?)",
                (State.CANCELLED, time.time(), job, State.RECEIVING, State.QUEUED, State.RUNNING),
            )
            return changed.rowcount == 1

    def forget(self, job: str) -> None:
        """Takes a job out of the store."""
        with self._transaction() as database:
            database.execute("DELETE FROM jobs WHERE id = ?", (job,))

    def find(self, job: str) -> Entry | None:
        """The job of this id."""
        found = self._entries("id = ?", job)
        return found[0] if found else None

    def position(self, entry: Entry) -> int:
        """How many jobs come before it; 0 if it is next, runs, or has ended."""
        if entry.state is not State.QUEUED:
            return 0
        with self._lock:
            counted = self._database.execute(
                "SELECT count(*) FROM jobs WHERE state = ? AND number < ?", (State.QUEUED, entry.number)
            ).fetchone()
        return int(counted[0])

    def waiting(self) -> int:
        """How many jobs have not begun."""
        with self._lock:
            counted = self._database.execute(
                "SELECT count(*) FROM jobs WHERE state IN (?, ?)", (State.RECEIVING, State.QUEUED)
            ).fetchone()
        return int(counted[0])

    def size(self) -> int:
        """Bytes of all jobs and results."""
        with self._lock:
            return int(self._database.execute("SELECT coalesce(sum(size), 0) FROM jobs").fetchone()[0])

    def running(self, server: str) -> set[str]:
        """The jobs that are this server's to run."""
        return {entry.id for entry in self._entries("state = ? AND server = ?", State.RUNNING, server)}

    def recover(self, is_living: Callable[[str], bool]) -> tuple[int, list[Entry]]:
        """Takes the jobs of servers that have died from them: how many, and those whose files nobody needs any more.

        A job that ran goes back into the queue, or fails if this was not its first attempt; one that came in only in
        part is forgotten.
        """
        owned = self._entries("state IN (?, ?)", State.RECEIVING, State.RUNNING)
        dead = {server for server in {entry.server for entry in owned} if not is_living(server)}
        over: list[Entry] = []
        taken = 0
        for entry in owned:
            if entry.server not in dead:
                continue
            again = entry.attempts < _MOST_ATTEMPTS and entry.state is State.RUNNING
            over += [] if again else [entry]
            with self._transaction() as database:
                if entry.state is State.RECEIVING:
                    database.execute("DELETE FROM jobs WHERE id = ? AND state = ?", (entry.id, State.RECEIVING))
                    continue
                why = None if again else json.dumps(interrupted())
                taken += database.execute(
                    "UPDATE jobs SET state = ?, server = '', problem = ?, finished = ?, size = ? "
                    "WHERE id = ? AND server = ? AND state = ?",
                    (State.QUEUED if again else State.FAILED, why, None if again else time.time(),
                     entry.size if again else 0, entry.id, entry.server, State.RUNNING),
                ).rowcount  # fmt: skip
        return taken, over

    def torn(self, before: float) -> list[Entry]:
        """The jobs that began to come in before a time and still are not there."""
        return self._entries("state = ? AND created < ?", State.RECEIVING, before)

    def expired(self, before: float) -> list[Entry]:
        """The jobs that ended before a time."""
        return self._entries("finished < ?", before)


def _entry(row: tuple[Any, ...]) -> Entry:
    entry = Entry(*row)
    why: Any = entry.problem
    return entry._replace(state=State(entry.state), problem=json.loads(why) if why else None)


def not_found() -> Refusal:
    """The answer for a job that nobody knows."""
    return Refusal(
        "not-found",
        "There is no such job; its result may have expired.",
        "没有这个任务；结果可能已过期。",
    )
