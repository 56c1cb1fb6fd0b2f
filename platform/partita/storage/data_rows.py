"""Which record each row of a pack's data became, and what it held when it was loaded."""

from dataclasses import dataclass

import sqlalchemy as sa

from partita.storage import system
from partita.storage.lookups import Lookup, hole, is_, upsert
from partita.storage.statements import Connection, Prepared

_ROW = system.DATA_ROW


@dataclass(frozen=True, slots=True)
class DataRow:
    """`data_set` is `pack.name`; `digest` tells a changed row from one that was loaded already."""

    data_set: str
    row: str
    record_type: str
    record_id: int
    digest: str


def read(conn: Connection, data_set: str) -> dict[str, DataRow]:
    """By the row's name."""
    return {row["row"]: DataRow(**row) for row in _READ.all(conn, data_set=data_set)}


def write(conn: Connection, row: DataRow) -> None:
    _WRITE.run(conn, **{column.name: getattr(row, column.name) for column in _ROW.c})


def forget(conn: Connection, data_set: str, row: str) -> None:
    _FORGET.run(conn, data_set=data_set, row=row)


def _write(dialect: str) -> sa.Executable:
    statement = upsert(_ROW, dialect).values({column.name: hole(column) for column in _ROW.c})
    renewed = {name: statement.excluded[name] for name in ("record_type", "record_id", "digest")}
    written: sa.Executable = statement.on_conflict_do_update(index_elements=[_ROW.c.data_set, _ROW.c.row], set_=renewed)
    return written


_READ = Lookup(sa.select(*_ROW.c).where(is_(_ROW.c.data_set)).order_by(_ROW.c.row))
_WRITE = Prepared(_write)
_FORGET = Prepared(sa.delete(_ROW).where(is_(_ROW.c.data_set), is_(_ROW.c.row)))
