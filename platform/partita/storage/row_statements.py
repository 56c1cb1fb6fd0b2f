"""The statements of one type's rows, compiled when first needed and kept with its tables."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from partita.storage.columns import empty
from partita.storage.shapes import Shape
from partita.storage.sqltypes import Stored
from partita.storage.statements import Statement, prepare
from partita.storage.tables import Tables


@dataclass(frozen=True, slots=True)
class Reading:
    """A select and how its rows become canonical values. `fixes`: name, conversion (or None), what NULL reads as."""

    statement: Statement
    names: tuple[str, ...]
    fixes: tuple[tuple[str, Callable[[Any], Any] | None, Any], ...]

    def read(self, row: Sequence[Any]) -> dict[str, Any]:
        found = dict(zip(self.names, row, strict=True))
        for name, decode, nothing in self.fixes:
            value = found[name]
            if value is None:
                found[name] = nothing
            elif decode is not None:
                found[name] = decode(value)
        return found


def decoder(kind: Any, dialect: str) -> Callable[[Any], Any] | None:
    return kind.decoder(dialect) if isinstance(kind, Stored) else None


def reading(statement: sa.Select[Any], shape: Shape, names: tuple[str, ...], dialect: str) -> Reading:
    """The names are fields of the shape, or structural columns."""
    fixes = []
    for name in names:
        item, column = shape.fields.get(name), shape.columns.get(name)
        decode = decoder(column.type, dialect) if column is not None else None
        nothing = empty(item) if item is not None else None
        if decode is not None or nothing is not None:
            fixes.append((name, decode, nothing))
    return Reading(prepare(statement, dialect), names, tuple(fixes))


def insert(tables: Tables, shape: Shape, dialect: str) -> Statement:
    def make() -> Statement:
        binds = {c.name: sa.bindparam(c.name, type_=c.type) for c in shape.table.c if c.name != "id"}
        return prepare(sa.insert(shape.table).values(binds).returning(shape.table.c.id), dialect)

    return tables.statements.get(("insert", dialect, shape.type, shape.path), make)


def update(tables: Tables, shape: Shape, columns: tuple[str, ...], dialect: str) -> Statement:
    def make() -> Statement:
        table = shape.table
        binds: dict[str, Any] = {name: sa.bindparam(name, type_=table.c[name].type) for name in columns}
        binds["version"] = table.c.version + 1
        asked = sa.bindparam("p_id", type_=sa.BigInteger()), sa.bindparam("p_version", type_=sa.BigInteger())
        return prepare(
            sa.update(table).values(binds).where(table.c.id == asked[0], table.c.version == asked[1]), dialect
        )

    return tables.statements.get(("update", dialect, shape.type, columns), make)


def update_row(tables: Tables, shape: Shape, dialect: str) -> Statement:
    """One row of a table of rows, all its columns, if it belongs to its record."""

    def make() -> Statement:
        table = shape.table
        kept = ("id", "record_id")
        binds = {c.name: sa.bindparam(c.name, type_=c.type) for c in table.c if c.name not in kept}
        record, row = sa.bindparam("p_record", type_=sa.BigInteger()), sa.bindparam("p_id", type_=sa.BigInteger())
        return prepare(sa.update(table).values(binds).where(table.c.id == row, table.c.record_id == record), dialect)

    return tables.statements.get(("update_row", dialect, shape.type, shape.path), make)


def delete(tables: Tables, shape: Shape, with_version: bool, dialect: str) -> Statement:
    def make() -> Statement:
        table = shape.table
        statement = sa.delete(table).where(table.c.id == sa.bindparam("p_id", type_=sa.BigInteger()))
        if with_version:
            statement = statement.where(table.c.version == sa.bindparam("p_version", type_=sa.BigInteger()))
        return prepare(statement, dialect)

    return tables.statements.get(("delete", dialect, shape.type, with_version), make)


def fetch(tables: Tables, shape: Shape, for_update: bool, dialect: str) -> Reading:
    def make() -> Reading:
        table = shape.table
        names = (*dict.fromkeys((*shape.columns, "version", "revision", "title")),)
        columns = [shape.columns[name] if name in shape.columns else table.c[name] for name in names]
        statement = sa.select(*columns).where(table.c.id == sa.bindparam("p_id", type_=sa.BigInteger()))
        return reading(statement.with_for_update() if for_update else statement, shape, names, dialect)

    return tables.statements.get(("fetch", dialect, shape.type, for_update), make)


def set_title(tables: Tables, shape: Shape, dialect: str) -> Statement:
    def make() -> Statement:
        table = shape.table
        binds = {name: sa.bindparam(name, type_=table.c[name].type) for name in ("title", "title_fold")}
        row = sa.bindparam("p_id", type_=sa.BigInteger())
        return prepare(sa.update(table).values(binds).where(table.c.id == row), dialect)

    return tables.statements.get(("set_title", dialect, shape.type), make)
