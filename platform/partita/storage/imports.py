"""Runs of import and what each row of a file became: for repeats without doubles, and for undoing a run."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from partita.storage import system
from partita.storage.lookups import Lookup, add, hole, is_
from partita.storage.statements import Connection, Prepared

_RUN, _ROW = system.IMPORT_RUN, system.IMPORT_ROW
COUNTS = ("created_count", "changed_count", "same_count", "failed_count")


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """`status`: running, done, failed, undone. `digest` is the file's."""

    record_type: str
    status: str
    started_at: datetime
    source: str | None = None
    digest: str | None = None
    finished_at: datetime | None = None
    user_id: int | None = None
    user_name: str | None = None
    created_count: int = 0
    changed_count: int = 0
    same_count: int = 0
    failed_count: int = 0
    note: str | None = None
    id: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """`action`: created, changed, same, failed. `version` is the record's after the row was taken in."""

    run_id: int
    line: int
    action: str
    key: str | None = None
    digest: str | None = None
    record_type: str | None = None
    record_id: int | None = None
    version: int | None = None
    problem: str | None = None
    id: int = 0


def start(conn: Connection, run: Run) -> int:
    row = _START.first(conn, **_given(_RUN, run))
    assert row is not None
    return int(row[0])


def finish(conn: Connection, run_id: int, status: str, at: datetime, **counts: int) -> None:
    """`counts`: created_count, changed_count, same_count, failed_count."""
    _FINISH.run(conn, id=run_id, status=status, finished_at=at, **{**dict.fromkeys(COUNTS, 0), **counts})


def set_status(conn: Connection, run_id: int, status: str, note: str = "") -> None:
    _STATUS.run(conn, id=run_id, status=status, note=note or None)


def fetch(conn: Connection, run_id: int) -> Run | None:
    row = _FETCH.one(conn, id=run_id)
    return None if row is None else Run(**row)


def list_runs(conn: Connection, limit: int = 50) -> list[Run]:
    """The newest first."""
    return [Run(**row) for row in _RUNS.all(conn, most=limit)]


def write(conn: Connection, row: Row) -> int:
    found = _WRITE.first(conn, **_given(_ROW, row))
    assert found is not None
    return int(found[0])


def rows_of(conn: Connection, run_id: int) -> list[Row]:
    """In the order of taking in."""
    return [Row(**row) for row in _ROWS.all(conn, run_id=run_id)]


def find(conn: Connection, record_type: str, key: str) -> Row | None:
    """The last row that was taken in under this key, in any run that was not undone."""
    row = _FIND.one(conn, record_type=record_type, key=key)
    return None if row is None else Row(**row)


def _given(table: sa.Table, item: object) -> dict[str, Any]:
    return {column.name: getattr(item, column.name) for column in table.c if column.name != "id"}


_START, _WRITE = add(_RUN), add(_ROW)
_FINISH = Prepared(
    sa.update(_RUN)
    .where(is_(_RUN.c.id))
    .values({name: hole(_RUN.c[name]) for name in ("status", "finished_at", *COUNTS)})
)
_STATUS = Prepared(
    sa.update(_RUN).where(is_(_RUN.c.id)).values({name: hole(_RUN.c[name]) for name in ("status", "note")})
)
_FETCH = Lookup(sa.select(*_RUN.c).where(is_(_RUN.c.id)))
_RUNS = Lookup(sa.select(*_RUN.c).order_by(_RUN.c.id.desc()).limit(sa.bindparam("most", type_=sa.BigInteger())))
_ROWS = Lookup(sa.select(*_ROW.c).where(is_(_ROW.c.run_id)).order_by(_ROW.c.id))
_FIND = Lookup(
    sa.select(*_ROW.c)
    .join(_RUN, _RUN.c.id == _ROW.c.run_id)
    .where(is_(_ROW.c.record_type), is_(_ROW.c.key), _ROW.c.record_id.is_not(None), _RUN.c.status != "undone")
    .order_by(_ROW.c.id.desc())
    .limit(1)
)
