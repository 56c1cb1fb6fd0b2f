"""One database: connections for reading and for writing, each block a transaction."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from partita.base.diagnostics import Diagnostic
from partita.base.errors import Unavailable
from partita.base.frozen import FrozenMap
from partita.storage import failures, postgresql, sqlite
from partita.storage.driver import HAS_POSTGRESQL, SQLITE
from partita.storage.failures import translated
from partita.storage.limits import Limits
from partita.storage.statements import Connection


class Database:
    """Reading never waits for writing. On SQLite one writer at a time; a second waits, and gives up by Unavailable."""

    def __init__(self, url: sa.URL, limits: Limits) -> None:
        self.url = url
        self.limits = limits
        self.dialect = url.get_backend_name()
        opener = sqlite.open_engine if self.dialect == "sqlite" else postgresql.open_engine
        self._reading = opener(url, limits, False)
        self._writing = opener(url, limits, True)
        self._writer = threading.Lock()

    @property
    def path(self) -> Path | None:
        """The file of an SQLite database."""
        return Path(self.url.database or "") if self.dialect == "sqlite" else None

    def warnings(self) -> tuple[Diagnostic, ...]:
        """What an administrator should know of this machine's driver."""
        if self.dialect == "sqlite" and not SQLITE.safe:
            return (Diagnostic("D906", None, FrozenMap({"version": SQLITE.text})),)
        return ()

    @contextmanager
    def read(self, seconds: float | None = None) -> Iterator[Connection]:
        """A snapshot that cannot write; `seconds` replaces the deadline of the statements (0 = none)."""
        with translated(), self._reading.connect() as conn, _fresh(conn), conn.begin() as transaction:
            self._limit(conn, seconds)
            yield conn
            transaction.rollback()

    @contextmanager
    def write(self, seconds: float | None = None) -> Iterator[Connection]:
        """A transaction: committed when the block ends, rolled back when it raises."""
        with translated(), self._alone(), self._writing.connect() as conn, _fresh(conn), conn.begin():
            self._limit(conn, seconds)
            yield conn

    def close(self) -> None:
        self._reading.dispose()
        self._writing.dispose()

    def _limit(self, conn: Connection, seconds: float | None) -> None:
        limit = self.limits.statement_seconds if seconds is None else seconds
        if self.dialect == "sqlite":
            raw = conn.connection.dbapi_connection
            raw.deadline = time.monotonic() + limit if limit else float("inf")  # type: ignore[union-attr]
        elif seconds is not None:
            conn.exec_driver_sql(f"SET LOCAL statement_timeout = {int(limit * 1000)}")

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Writers of this process queue here rather than in SQLite's busy loop, which is unfair."""
        if self.dialect != "sqlite":
            yield
            return
        if not self._writer.acquire(timeout=self.limits.lock_seconds):
            raise Unavailable("D901")
        try:
            yield
        finally:
            self._writer.release()


@contextmanager
def _fresh(conn: Connection) -> Iterator[None]:
    """A connection that met tables of another revision may hold more statements of the old one: it is closed."""
    try:
        yield
    except Exception as error:
        if failures.kind_of(error) in ("stale", "gone"):
            conn.invalidate()
        raise


def open_database(url: str, limits: Limits | None = None) -> Database:
    """`sqlite:///path` or `postgresql+psycopg://…`. Raises Unavailable when this machine cannot open it."""
    parsed = sa.make_url(url)
    if parsed.get_backend_name() == "sqlite":
        if not SQLITE.usable:
            raise Unavailable("D905", version=SQLITE.text)
        if not parsed.database or parsed.database == ":memory:":
            raise Unavailable("D908")
        sqlite.create_file(Path(parsed.database))
    elif not HAS_POSTGRESQL:
        raise Unavailable("D907")
    return Database(parsed, limits or Limits())
