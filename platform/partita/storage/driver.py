"""Which SQLite and which PostgreSQL driver this machine has."""

import sqlite3
from dataclasses import dataclass
from types import ModuleType

try:
    import pysqlite3.dbapi2 as _bundled
except ImportError:
    _bundled = None
try:
    import psycopg as _psycopg
except ImportError:
    _psycopg = None  # type: ignore[assignment]

SAFE = (3, 51, 3)
"""Older versions can lose commits when several connections share a WAL file."""
LEAST = (3, 44, 0)
"""Older versions lack what the tables need."""


@dataclass(frozen=True, slots=True)
class SQLite:
    """A DB-API module of SQLite and the version it links."""

    module: ModuleType
    version: tuple[int, ...]

    @property
    def safe(self) -> bool:
        return self.version >= SAFE

    @property
    def usable(self) -> bool:
        return self.version >= LEAST

    @property
    def text(self) -> str:
        return ".".join(map(str, self.version))


def _known() -> SQLite:
    module: ModuleType = _bundled if _bundled is not None else sqlite3
    return SQLite(module, tuple(module.sqlite_version_info))


SQLITE = _known()
HAS_POSTGRESQL = _psycopg is not None
DATABASE_ERRORS: tuple[type[Exception], ...] = tuple(
    dict.fromkeys(module.Error for module in (sqlite3, _bundled, _psycopg) if module is not None)
)
