"""Records written and read whole: own columns, links and rows, by statements compiled once per type."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from partita.base.text import fold
from partita.storage import children, refusals, row_statements
from partita.storage.shapes import Shape
from partita.storage.statements import Connection, changed, dialect_of, execute, first
from partita.storage.tables import Tables


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who (an employee) writes, when, by which revision of the configuration."""

    at: datetime
    by: int | None
    revision: int


def insert(conn: Connection, tables: Tables, type_name: str, values: Mapping[str, Any], stamp: Stamp) -> int:
    """Store a new record; `values` holds canonical values by field, and `title`. Raises Refused."""
    shape = tables.shapes[type_name]
    stamps = {"created_at": stamp.at, "created_by": stamp.by, "changed_at": stamp.at, "changed_by": stamp.by}
    given = {**dict.fromkeys(shape.columns), "title": "", **values, **stamps, "version": 1, "revision": stamp.revision}
    with refusals.of_write(conn, tables, shape, values):
        row = first(conn, row_statements.insert(tables, shape, dialect_of(conn)), stored(shape, given))
        assert row is not None
        children.replace(conn, tables, shape, row[0], {name: value for name, value in values.items() if value})
    return int(row[0])


def update(
    conn: Connection,
    tables: Tables,
    type_name: str,
    record_id: int,
    version: int,
    values: Mapping[str, Any],
    stamp: Stamp,
) -> bool:
    """Change the given fields if the record still has `version`, which grows by one. False: someone was faster."""
    shape = tables.shapes[type_name]
    stamps = {"changed_at": stamp.at, "changed_by": stamp.by, "revision": stamp.revision}
    given = stored(shape, {**values, **stamps})
    statement = row_statements.update(tables, shape, tuple(given), dialect_of(conn))
    with refusals.of_write(conn, tables, shape, values):
        if not changed(conn, statement, {**given, "p_id": record_id, "p_version": version}):
            return False
        children.replace(conn, tables, shape, record_id, values)
    return True


def delete(conn: Connection, tables: Tables, type_name: str, record_id: int, version: int | None = None) -> bool:
    """Remove a record with its rows and links. Refused W026 when others point at it."""
    statement = row_statements.delete(tables, tables.shapes[type_name], version is not None, dialect_of(conn))
    with refusals.of_delete(tables, type_name):
        return bool(changed(conn, statement, {"p_id": record_id, "p_version": version}))


def fetch(
    conn: Connection, tables: Tables, type_name: str, record_id: int, for_update: bool = False
) -> dict[str, Any] | None:
    """All fields of a record with its rows and links, and id, version, revision, title. None: no such record."""
    shape = tables.shapes[type_name]
    reading = row_statements.fetch(tables, shape, for_update, dialect_of(conn))
    found = first(conn, reading.statement, {"p_id": record_id})
    if found is None:
        return None
    record = reading.read(found)
    record.update(children.fetch(conn, tables, shape, (record_id,))[record_id])
    return record


def set_title(conn: Connection, tables: Tables, type_name: str, record_id: int, title: str) -> None:
    """Only the title, without a new version: for titles that follow a changed template."""
    statement = row_statements.set_title(tables, tables.shapes[type_name], dialect_of(conn))
    execute(conn, statement, {"p_id": record_id, "title": title or None, "title_fold": fold(title) or None})


def stored(shape: Shape, values: Mapping[str, Any]) -> dict[str, Any]:
    """Column → value, with folded twins; fields that live in tables of their own are left out. Raises Refused."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        column = shape.columns.get(name)
        if column is not None:
            if name != "id":
                refusals.check_size(shape, name, value)
                found[column.name] = None if value == "" else value
        elif name == "title":
            found["title"], found["title_fold"] = value or None, fold(value or "") or None
        elif name in ("version", "revision", "position", "record_id"):
            found[name] = value
        else:
            refusals.check_name(shape, name)
        twin = shape.folds.get(name)
        if twin is not None:
            found[twin.name] = fold(value) if value else None
    return found
