"""Selects on the platform's own tables, with rows as mappings of canonical values."""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from partita.storage.sqltypes import Stored
from partita.storage.statements import Connection, Prepared, dialect_of


def hole(column: sa.Column[Any], name: str = "") -> sa.BindParameter[Any]:
    """A value for the column, by the column's own type."""
    return sa.bindparam(name or column.name, type_=column.type)


def is_(column: sa.Column[Any], name: str = "") -> sa.ColumnElement[bool]:
    return column == hole(column, name)


def insert(table: sa.Table, *names: str) -> sa.Insert:
    """Of the named columns (all but `id` when none are named)."""
    chosen = names or tuple(column.name for column in table.c if column.name != "id")
    return sa.insert(table).values({name: hole(table.c[name]) for name in chosen})


def upsert(table: sa.Table, dialect: str) -> Any:
    """An insert of the dialect that may say what to do with a row that is there already."""
    return sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)


def add(table: sa.Table) -> Prepared:
    """An insert of all columns that answers with the new id."""
    return Prepared(insert(table).returning(table.c.id))


class Lookup:
    """One select; the columns it names are the keys of its rows."""

    def __init__(self, select: sa.Select[Any]) -> None:
        self._prepared = Prepared(select)
        self._columns = [(column.name, column.type) for column in select.selected_columns]

    def all(self, conn: Connection, **params: Any) -> list[dict[str, Any]]:
        fixes = self._fixes(dialect_of(conn))
        return [self._read(row, fixes) for row in self._prepared.rows(conn, **params)]

    def one(self, conn: Connection, **params: Any) -> dict[str, Any] | None:
        row = self._prepared.first(conn, **params)
        return None if row is None else self._read(row, self._fixes(dialect_of(conn)))

    def _fixes(self, dialect: str) -> list[tuple[str, Callable[[Any], Any]]]:
        pairs = [(name, kind.decoder(dialect)) for name, kind in self._columns if isinstance(kind, Stored)]
        return [(name, decode) for name, decode in pairs if decode is not None]

    def _read(self, row: Any, fixes: list[tuple[str, Callable[[Any], Any]]]) -> dict[str, Any]:
        found = {name: value for (name, _), value in zip(self._columns, row, strict=True)}
        for name, decode in fixes:
            if found[name] is not None:
                found[name] = decode(found[name])
        return found
