"""SQLite: one writer by BEGIN IMMEDIATE, readers on snapshots that cannot write, a deadline for each block."""

import os
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from partita.storage.driver import SQLITE
from partita.storage.functions import install
from partita.storage.limits import Limits

TICK = 50_000
"""Steps of SQLite's machine between two looks at the clock: some milliseconds."""


class DeadlineConnection(SQLITE.module.Connection):  # type: ignore[misc, name-defined]
    """A connection that interrupts its statement when the deadline has passed."""

    deadline: float = float("inf")

    def watch(self) -> None:
        self.set_progress_handler(self._late, TICK)

    def _late(self) -> int:
        return int(time.monotonic() > self.deadline)


def create_file(path: Path) -> None:
    """The database file is its owner's alone; SQLite gives its side files the same mode."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except FileExistsError:
        return


def open_engine(url: sa.URL, limits: Limits, writing: bool) -> sa.Engine:
    """`isolation_level=None` leaves transactions to us: the driver's own would not cover schema changes."""
    engine = sa.create_engine(
        url,
        module=SQLITE.module,
        poolclass=sa.QueuePool,
        pool_size=2 if writing else limits.connections,
        max_overflow=2 if writing else limits.spare_connections,
        pool_timeout=limits.lock_seconds,
        pool_use_lifo=True,
        pool_reset_on_return=None,
        connect_args={
            "factory": DeadlineConnection,
            "check_same_thread": False,
            "isolation_level": None,
            "timeout": limits.lock_seconds,
            "cached_statements": 512,
        },
    )
    begin = "BEGIN IMMEDIATE" if writing else "BEGIN DEFERRED"

    @sa.event.listens_for(engine, "connect")
    def on_connect(raw: Any, _record: Any) -> None:
        _configure(raw, writing)

    @sa.event.listens_for(engine, "begin")
    def on_begin(conn: sa.Connection) -> None:
        conn.connection.dbapi_connection.execute(begin)  # type: ignore[union-attr]

    return engine


def _configure(raw: Any, writing: bool) -> None:
    raw.execute("PRAGMA journal_mode = WAL")
    raw.execute("PRAGMA synchronous = FULL")
    raw.execute("PRAGMA fullfsync = ON")
    raw.execute("PRAGMA checkpoint_fullfsync = ON")
    raw.execute("PRAGMA foreign_keys = ON")
    raw.execute("PRAGMA cache_size = -16000")
    raw.execute("PRAGMA temp_store = MEMORY")
    raw.execute("PRAGMA trusted_schema = OFF")
    install(raw)
    if not writing:
        raw.execute("PRAGMA query_only = ON")
    raw.watch()
