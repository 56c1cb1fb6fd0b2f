"""History: one row per change of a field, appended in the transaction of the change, never altered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from partita.storage import system
from partita.storage.lookups import Lookup, hole, insert, is_
from partita.storage.statements import Connection, Prepared

_HISTORY = system.HISTORY


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryRow:
    """`old` and `new` are JSON texts; `version` is the record's after the change (0 for what changes no version)."""

    record_type: str
    record_id: int
    at: datetime
    user_id: int | None
    user_name: str
    action: str
    revision: int
    field: str = ""
    old: str | None = None
    new: str | None = None
    note: str = ""
    version: int = 0
    command_id: str = ""
    id: int = 0


def write(conn: Connection, rows: Sequence[HistoryRow]) -> None:
    """Append."""
    if rows:
        _WRITE.run_many(conn, [{name: getattr(row, name) for name in _COLUMNS} for row in rows])


def read(
    conn: Connection, record_type: str, record_id: int, limit: int = 50, before_id: int | None = None
) -> list[HistoryRow]:
    """The newest first; `before_id` continues."""
    end = before_id if before_id is not None else (1 << 62)
    found = _READ.all(conn, record_type=record_type, record_id=record_id, before=end, most=limit)
    return [_row(row) for row in found]


def since(conn: Connection, record_type: str, record_id: int, version: int) -> list[HistoryRow]:
    """Changes after the record had `version`, the oldest first."""
    found = _SINCE.all(conn, record_type=record_type, record_id=record_id, version=version)
    return [_row(row) for row in found]


def recent(conn: Connection, user_id: int, limit: int = 10) -> list[tuple[str, int]]:
    """(type, id) of the records that the user changed last."""
    return [(row[0], row[1]) for row in _RECENT.rows(conn, user_id=user_id, most=limit)]


def _row(row: dict[str, object]) -> HistoryRow:
    texts = {name: row[name] or "" for name in ("field", "note", "command_id", "user_name")}
    return HistoryRow(**{**row, **texts})  # type: ignore[arg-type]


_COLUMNS = tuple(column.name for column in _HISTORY.c if column.name != "id")
_MINE = (is_(_HISTORY.c.record_type), is_(_HISTORY.c.record_id))
_WRITE = Prepared(insert(_HISTORY))
_READ = Lookup(
    sa.select(*_HISTORY.c)
    .where(*_MINE, _HISTORY.c.id < sa.bindparam("before", type_=sa.BigInteger()))
    .order_by(_HISTORY.c.id.desc())
    .limit(sa.bindparam("most", type_=sa.BigInteger()))
)
_SINCE = Lookup(
    sa.select(*_HISTORY.c).where(*_MINE, _HISTORY.c.version > hole(_HISTORY.c.version)).order_by(_HISTORY.c.id)
)
_RECENT = Prepared(
    sa.select(_HISTORY.c.record_type, _HISTORY.c.record_id)
    .where(is_(_HISTORY.c.user_id))
    .group_by(_HISTORY.c.record_type, _HISTORY.c.record_id)
    .order_by(sa.func.max(_HISTORY.c.id).desc())
    .limit(sa.bindparam("most", type_=sa.BigInteger()))
)
