"""The tables of a Model: one per record type, one per table of rows, one per field of many links."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa

from partita.model.field import Field
from partita.model.model import Model
from partita.model.record_type import RecordType
from partita.storage import indexes, naming, system
from partita.storage.columns import kind_of, sql_type
from partita.storage.memo import Memo
from partita.storage.shapes import Shape
from partita.storage.sqltypes import Moment, PlainText, WholeNumber

STAMPS = ("created_at", "created_by", "changed_at", "changed_by")


@dataclass(frozen=True, slots=True)
class Tables:
    """All tables of one Model, and where each field lives. `constraints`: name of a unique index or of a foreign key →
    (type, fields). `statements` keeps what was compiled for these tables."""

    model: Model
    metadata: sa.MetaData
    shapes: Mapping[str, Shape]
    constraints: Mapping[str, tuple[str, tuple[str, ...]]]
    statements: Memo = field(default_factory=Memo, compare=False)

    def table(self, type_name: str) -> sa.Table:
        return self.shapes[type_name].table

    def column(self, type_name: str, path: str) -> sa.Column[Any]:
        """The column of `field`, or of `lines.qty`: column `qty` of the rows `lines`."""
        shape, name = self._owner(type_name, path)
        return shape.columns[name]

    def fold(self, type_name: str, path: str) -> sa.Column[Any] | None:
        shape, name = self._owner(type_name, path)
        return shape.folds.get(name)

    def child(self, type_name: str, table_field: str) -> sa.Table:
        return self.shapes[type_name].rows[table_field].table

    def links(self, type_name: str, path: str) -> sa.Table:
        shape, name = self._owner(type_name, path)
        return shape.links[name]

    def target(self, type_name: str, path: str) -> str:
        """The record type that a link, links or user field points at."""
        shape, name = self._owner(type_name, path)
        found = target_of(self.model, shape.fields[name])
        if found is None:
            raise KeyError(f"{type_name}.{path} points at nothing")
        return found

    def field(self, type_name: str, path: str) -> Field:
        shape, name = self._owner(type_name, path)
        return shape.fields[name]

    def _owner(self, type_name: str, path: str) -> tuple[Shape, str]:
        head, dot, rest = path.partition(".")
        shape = self.shapes[type_name]
        return (shape.rows[head], rest) if dot else (shape, head)


def target_of(model: Model, item: Field) -> str | None:
    kind = kind_of(item)
    if kind.points_at == "record":
        return item.to.qualified if item.to else None
    if kind.points_at == "people":
        people = item.to or model.people
        return people.qualified if people else None
    return None


def build_tables(model: Model) -> Tables:
    builder = _Builder(model)
    for record_type in model.types.values():
        builder.shapes[record_type.name] = builder.record(record_type)
    return Tables(model, builder.metadata, MappingProxyType(builder.shapes), MappingProxyType(builder.constraints))


class _Builder:
    def __init__(self, model: Model) -> None:
        self.model = model
        self.metadata = sa.MetaData()
        self.shapes: dict[str, Shape] = {}
        self.constraints: dict[str, tuple[str, tuple[str, ...]]] = {}

    def record(self, record_type: RecordType) -> Shape:
        folded = indexes.folded_fields(record_type)
        table = sa.Table(
            naming.table_name(record_type.name),
            self.metadata,
            _identity(),
            sa.Column("version", WholeNumber(), nullable=False),
            sa.Column("revision", WholeNumber(), nullable=False),
            sa.Column("title", PlainText()),
            sa.Column("title_fold", PlainText()),
            sa.Column("created_at", Moment()),
            sa.Column("created_by", WholeNumber()),
            sa.Column("changed_at", Moment()),
            sa.Column("changed_by", WholeNumber()),
            sqlite_autoincrement=True,
        )
        shape = self._fill(record_type.name, "", table, tuple(record_type.fields.values()), folded)
        for unique, fields in indexes.add_indexes(record_type, shape):
            self.constraints[unique] = (record_type.name, fields)
        return shape

    def _fill(
        self, type_name: str, path: str, table: sa.Table, fields: tuple[Field, ...], folded: frozenset[str]
    ) -> Shape:
        columns: dict[str, sa.Column[Any]] = {}
        folds: dict[str, sa.Column[Any]] = {}
        links: dict[str, sa.Table] = {}
        rows: dict[str, Shape] = {}
        for item in fields:
            home = kind_of(item).home
            if home == "column":
                columns[item.name] = self._column(type_name, path, table, item)
                if item.name in folded:
                    folds[item.name] = _add(table, sa.Column(naming.fold_name(item.name), PlainText()))
            elif home == "links":
                links[item.name] = self._links(type_name, path, table, item)
            else:
                rows[item.name] = self._rows(type_name, table, item)
        if not path:
            columns = {**{name: table.c[name] for name in ("id", *STAMPS)}, **columns}
        by_name = {item.name: item for item in fields}
        return Shape(type_name, path, table, by_name, columns, folds, links, rows)

    def _column(self, type_name: str, path: str, table: sa.Table, item: Field) -> sa.Column[Any]:
        if not path and item.name in ("id", *STAMPS):
            return table.c[item.name]
        name = naming.column_name(item.name)
        column = _add(table, sa.Column(name, sql_type(item), *self._reference(table.name, name, item)))
        for key in column.foreign_keys:
            self.constraints[str(key.name)] = (type_name, (f"{path}.{item.name}" if path else item.name,))
        return column

    def _reference(self, table: str, column: str, item: Field) -> tuple[sa.ForeignKey, ...]:
        name = naming.index_name("fk", table, (column,))
        if kind_of(item).points_at == "attachment":
            return (sa.ForeignKey(system.ATTACHMENT.c.id, name=name, ondelete="RESTRICT"),)
        target = target_of(self.model, item)
        if target is None:
            return ()
        return (sa.ForeignKey(f"{naming.table_name(target)}.id", name=name, ondelete="RESTRICT"),)

    def _links(self, type_name: str, path: str, owner: sa.Table, item: Field) -> sa.Table:
        names = (path, item.name) if path else (item.name,)
        name = naming.table_name(type_name, *names)
        reference = self._reference(name, "target_id", item)
        table = sa.Table(
            name,
            self.metadata,
            _owner(name, owner),
            sa.Column("target_id", WholeNumber(), *reference, primary_key=True, autoincrement=False),
            sa.Column("position", WholeNumber(), nullable=False),
        )
        for key in reference:
            self.constraints[str(key.name)] = (type_name, (".".join(names),))
        sa.Index(naming.index_name("ix", name, ("target_id", "record_id")), table.c.target_id, table.c.record_id)
        return table

    def _rows(self, type_name: str, owner: sa.Table, item: Field) -> Shape:
        name = naming.table_name(type_name, item.name)
        table = sa.Table(
            name,
            self.metadata,
            _identity(),
            _owner(name, owner, key=False),
            sa.Column("position", WholeNumber(), nullable=False),
            sqlite_autoincrement=True,
        )
        shape = self._fill(type_name, item.name, table, item.fields, indexes.folded_columns(item))
        indexes.add_row_indexes(shape)
        return shape


def _identity() -> sa.Column[Any]:
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column("id", number, sa.Identity(), primary_key=True)


def _owner(table: str, owner: sa.Table, key: bool = True) -> sa.Column[Any]:
    reference = sa.ForeignKey(owner.c.id, name=naming.index_name("fk", table, ("record_id",)), ondelete="CASCADE")
    return sa.Column("record_id", WholeNumber(), reference, primary_key=key, nullable=False, autoincrement=False)


def _add(table: sa.Table, column: sa.Column[Any]) -> sa.Column[Any]:
    table.append_column(column)
    return column
