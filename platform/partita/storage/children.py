"""What a record holds beside its columns: many links, and rows of its tables with their own links."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from partita.base.text import fold
from partita.storage import refusals, row_statements, sets
from partita.storage.row_statements import Reading
from partita.storage.shapes import Shape
from partita.storage.sqltypes import WholeNumber
from partita.storage.statements import Connection, Statement, dialect_of, execute, execute_many, first, prepare, rows
from partita.storage.tables import Tables

_ID = WholeNumber()


def fetch(conn: Connection, tables: Tables, shape: Shape, owners: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Owner's id → field → ids or rows, for all fields of `shape` that live in tables of their own."""
    found: dict[int, dict[str, Any]] = {owner: {} for owner in owners}
    for name in shape.links:
        targets = fetch_links(conn, tables, shape, name, owners)
        for owner, own in found.items():
            own[name] = targets.get(owner, ())
    for name, inner in shape.rows.items():
        lines = fetch_rows(conn, tables, inner, owners)
        for owner, own in found.items():
            own[name] = lines.get(owner, ())
    return found


def fetch_links(
    conn: Connection, tables: Tables, shape: Shape, name: str, owners: Sequence[int]
) -> dict[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    statement = _select_links(tables, shape, name, dialect_of(conn))
    for owner, target in rows(conn, statement, {"owners": owners}):
        found[owner] = (*found.get(owner, ()), target)
    return found


def fetch_rows(
    conn: Connection, tables: Tables, shape: Shape, owners: Sequence[int]
) -> dict[int, tuple[Mapping[str, Any], ...]]:
    reading = _select_rows(tables, shape, dialect_of(conn))
    lines = [reading.read(row) for row in rows(conn, reading.statement, {"owners": owners})]
    if shape.links and lines:
        inner = fetch(conn, tables, shape, [line["id"] for line in lines])
        for line in lines:
            line.update(inner[line["id"]])
    found: dict[int, list[Mapping[str, Any]]] = {}
    for line in lines:
        found.setdefault(line.pop("record_id"), []).append(line)
    return {owner: tuple(own) for owner, own in found.items()}


def replace(conn: Connection, tables: Tables, shape: Shape, owner: int, values: Mapping[str, Any]) -> None:
    """Make links and rows be as given; rows with an id of this record keep it, rows left out go."""
    for name in shape.links:
        if name in values:
            _replace_links(conn, tables, shape, name, owner, values[name] or ())
    for name, inner in shape.rows.items():
        if name in values:
            _replace_rows(conn, tables, inner, owner, values[name] or ())


def _replace_links(
    conn: Connection, tables: Tables, shape: Shape, name: str, owner: int, targets: Sequence[int]
) -> None:
    dialect = dialect_of(conn)
    execute(conn, _delete_links(tables, shape, name, dialect), {"p_record": owner})
    if targets:
        many = [{"record_id": owner, "target_id": t, "position": n} for n, t in enumerate(dict.fromkeys(targets))]
        execute_many(conn, _insert_link(tables, shape, name, dialect), many)


def _replace_rows(
    conn: Connection, tables: Tables, shape: Shape, owner: int, lines: Sequence[Mapping[str, Any]]
) -> None:
    dialect = dialect_of(conn)
    kept = [line["id"] for line in lines if line.get("id") is not None]
    execute(conn, _delete_rows(tables, shape, dialect), {"p_record": owner, "kept": kept})
    for position, line in enumerate(lines):
        given = row_values(shape, line, owner, position)
        row_id = _update_row(conn, tables, shape, owner, line.get("id"), given)
        if row_id is None:
            row = first(conn, row_statements.insert(tables, shape, dialect), given)
            assert row is not None
            row_id = row[0]
        if shape.links:
            replace(conn, tables, shape, row_id, line)


def _update_row(
    conn: Connection, tables: Tables, shape: Shape, owner: int, row_id: int | None, given: Mapping[str, Any]
) -> int | None:
    if row_id is None:
        return None
    statement = row_statements.update_row(tables, shape, dialect_of(conn))
    done = execute(conn, statement, {**given, "p_record": owner, "p_id": row_id}).rowcount
    return row_id if done else None


def row_values(shape: Shape, line: Mapping[str, Any], owner: int, position: int) -> dict[str, Any]:
    """Every column of a row; what the line leaves out is empty."""
    found: dict[str, Any] = {"record_id": owner, "position": position}
    for name, column in shape.columns.items():
        value = line.get(name)
        refusals.check_size(shape, name, value, position)
        found[column.name] = None if value == "" else value
    for name, twin in shape.folds.items():
        found[twin.name] = fold(line[name]) if line.get(name) else None
    for name in line:
        if name != "id" and name not in shape.columns:
            refusals.check_name(shape, name)
    return found


def _key(shape: Shape, *rest: object) -> tuple[object, ...]:
    return ("children", shape.type, shape.path, *rest)


def _select_links(tables: Tables, shape: Shape, name: str, dialect: str) -> Statement:
    def make() -> Statement:
        table = shape.links[name]
        owned = sets.among(table.c.record_id, "owners", _ID)
        statement = sa.select(table.c.record_id, table.c.target_id).where(owned)
        ordered = statement.order_by(table.c.record_id, table.c.position, table.c.target_id)
        return prepare(ordered, dialect)

    return tables.statements.get(_key(shape, "select", name, dialect), make)


def _delete_links(tables: Tables, shape: Shape, name: str, dialect: str) -> Statement:
    def make() -> Statement:
        table = shape.links[name]
        return prepare(sa.delete(table).where(table.c.record_id == sa.bindparam("p_record", type_=_ID)), dialect)

    return tables.statements.get(_key(shape, "delete", name, dialect), make)


def _insert_link(tables: Tables, shape: Shape, name: str, dialect: str) -> Statement:
    def make() -> Statement:
        table = shape.links[name]
        binds = {column.name: sa.bindparam(column.name, type_=column.type) for column in table.c}
        return prepare(sa.insert(table).values(binds), dialect)

    return tables.statements.get(_key(shape, "insert", name, dialect), make)


def _select_rows(tables: Tables, shape: Shape, dialect: str) -> Reading:
    def make() -> Reading:
        table = shape.table
        names = ("id", "record_id", *shape.columns)
        columns = [table.c.id, table.c.record_id, *shape.columns.values()]
        owned = sets.among(table.c.record_id, "owners", _ID)
        statement = sa.select(*columns).where(owned).order_by(table.c.record_id, table.c.position)
        return row_statements.reading(statement, shape, names, dialect)

    return tables.statements.get(_key(shape, "rows", dialect), make)


def _delete_rows(tables: Tables, shape: Shape, dialect: str) -> Statement:
    def make() -> Statement:
        table = shape.table
        kept = sets.among(table.c.id, "kept", _ID)
        owned = table.c.record_id == sa.bindparam("p_record", type_=_ID)
        return prepare(sa.delete(table).where(owned, sa.not_(kept)), dialect)

    return tables.statements.get(_key(shape, "drop_rows", dialect), make)
