"""What a driver's error means: a rule of the data that was hit, or a store that cannot serve."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal, TypeAlias

import sqlalchemy as sa

from partita.base.errors import StaleRevision, Unavailable
from partita.storage.driver import DATABASE_ERRORS

Kind: TypeAlias = Literal["unique", "foreign", "busy", "full", "late", "gone", "stale", "other"]

_SQLITE: tuple[tuple[str, Kind], ...] = (
    ("UNIQUE constraint failed", "unique"),
    ("FOREIGN KEY constraint failed", "foreign"),
    ("database is locked", "busy"),
    ("database table is locked", "busy"),
    ("interrupted", "late"),
    ("no such table", "stale"),
    ("no such column", "stale"),
    ("disk is full", "full"),
    ("disk I/O error", "gone"),
    ("unable to open database", "gone"),
    ("file is not a database", "gone"),
)
_POSTGRESQL: dict[str, Kind] = {
    "23505": "unique",
    "23503": "foreign",
    "55P03": "busy",
    "40P01": "busy",
    "40001": "busy",
    "53300": "busy",
    "57014": "late",
    "42P01": "stale",
    "42703": "stale",
    "0A000": "stale",  # a prepared statement whose columns were altered since
    "53100": "full",
    "53200": "full",
    "57P01": "gone",
    "57P02": "gone",
    "57P03": "gone",
}
_ERRORS: tuple[type[Exception], ...] = (sa.exc.DBAPIError, *DATABASE_ERRORS)
_CODES = {"busy": "D901", "full": "D902", "gone": "D903", "late": "D904"}


def kind_of(error: BaseException) -> Kind:
    original = error.orig if isinstance(error, sa.exc.DBAPIError) and error.orig else error
    state = getattr(original, "sqlstate", None)
    if state is not None:
        return _POSTGRESQL.get(str(state), "gone" if str(state).startswith("08") else "other")
    text = str(original)
    for words, kind in _SQLITE:
        if words in text:
            return kind
    lost = ("connection", "server closed", "terminat", "could not receive", "SSL")
    return "gone" if any(word in text for word in lost) else "other"


def constraint_of(error: BaseException) -> str:
    """The name of the constraint on PostgreSQL; the `table.column` list on SQLite; else empty."""
    original = error.orig if isinstance(error, sa.exc.DBAPIError) and error.orig else error
    diagnosis = getattr(original, "diag", None)
    if diagnosis is not None:
        return str(diagnosis.constraint_name or "")
    return str(original).partition("UNIQUE constraint failed: ")[2]


@contextmanager
def translated() -> Iterator[None]:
    """Errors of a store that cannot serve leave as Unavailable; statements that meet tables of another revision as
    StaleRevision; all others as they are."""
    try:
        yield
    except _ERRORS as error:
        kind = kind_of(error)
        if kind == "stale":
            raise StaleRevision("the tables were changed meanwhile") from error
        if kind not in _CODES:
            raise
        raise Unavailable(_CODES[kind]) from error
    except sa.exc.TimeoutError as error:
        raise Unavailable("D901") from error
