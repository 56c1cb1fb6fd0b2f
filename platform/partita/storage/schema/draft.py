"""A plan being drawn up: operations are noted and played on the layout at once, so that the next sees their result."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import sqlalchemy as sa

from partita.base.diagnostics import Diagnostic
from partita.base.frozen import FrozenMap
from partita.base.refs import Address
from partita.base.source import Span
from partita.model.compare import Difference
from partita.storage import naming
from partita.storage.schema import ddl
from partita.storage.schema.ddl import literal, quoted
from partita.storage.schema.layout import Layout
from partita.storage.schema.operations import (
    AddColumn,
    CarryOver,
    CreateIndex,
    CreateTable,
    DropHelper,
    DropIndex,
    Operation,
    RenameColumn,
    RenameTable,
)
from partita.storage.statements import Connection, dialect_of
from partita.storage.tables import Tables


@dataclass(frozen=True, slots=True)
class Retired:
    """A row of sys_retired; `type` is the type's name in the new Model, if it was renamed."""

    type: str
    path: str
    table: str
    kept_as: str
    form: str


@dataclass(slots=True)
class Draft:
    """`old` is None before the first revision. `retired`: what waits for its return, the newest last."""

    conn: Connection
    old: Tables | None
    new: Tables
    difference: Difference
    layout: Layout
    origins: Mapping[str, Span]
    retired: list[Retired] = field(default_factory=list)
    operations: list[Operation] = field(default_factory=list)
    findings: list[Diagnostic] = field(default_factory=list)

    @property
    def dialect(self) -> str:
        return dialect_of(self.conn)

    def name(self, identifier: str) -> str:
        return quoted(identifier, self.dialect)

    # Counting: always on the database as it is now, by the old names.

    def count(self, table: str, where: str = "", what: str = "count(*)") -> int:
        text = f"SELECT {what} FROM {self.name(table)}{f' WHERE {where}' if where else ''}"
        return self.number(text)

    def number(self, text: str) -> int:
        """The one number that a bare statement answers with."""
        cursor: Any = self.conn.connection.cursor()
        cursor.execute(text)
        (found,) = cursor.fetchone()
        cursor.close()
        return int(found or 0)

    # Findings.

    def find(self, code: str, address: Address, **params: Any) -> None:
        told = FrozenMap({"address": str(address), **params})
        self.findings.append(Diagnostic(code, self._span(address), told, address=str(address)))

    def _span(self, address: Address) -> Span | None:
        """The place of the address, or of the nearest thing above it that is still written."""
        for length in range(len(address.path), -1, -1):
            span = self.origins.get(str(replace(address, path=address.path[:length])))
            if span is not None:
                return span
        return None

    # Operations.

    def note(self, operation: Operation) -> None:
        self.operations.append(operation)

    def create_table(self, table: sa.Table) -> None:
        """Columns that refer to tables which are not there yet follow by `add_missing`."""
        later = frozenset(c.name for c in table.c if any(not self._stands(key, table) for key in c.foreign_keys))
        self.note(CreateTable(table, later))
        kept = [c for c in table.c if c.name not in later]
        self.layout.columns[table.name] = {c.name: ddl.reported_type(c, self.dialect) for c in kept}

    def add_column(self, table: str, column: sa.Column[Any]) -> None:
        self.note(AddColumn(table, column))
        self.layout.columns[table][column.name] = ddl.reported_type(column, self.dialect)

    def rename_table(self, old: str, new: str, keys: tuple[tuple[str, str], ...] = ()) -> None:
        self.drop_indexes(old)
        self.note(RenameTable(old, new, keys))
        self.layout.columns[new] = self.layout.columns.pop(old)
        if any(item.table == old for item in self.retired):
            moved = f"UPDATE sys_retired SET table_name = {literal(new)} WHERE table_name = {literal(old)}"
            self.note(CarryOver(old, new, (moved,)))
            self.retired = [replace(item, table=new) if item.table == old else item for item in self.retired]

    def rename_column(self, table: str, old: str, new: str, with_key: bool) -> None:
        self.drop_indexes(table, old)
        keys = (self.key_names(table, old, table, new),) if with_key else ()
        self.note(RenameColumn(table, old, new, keys))
        columns = self.layout.columns[table]
        columns[new] = columns.pop(old)

    def drop_indexes(self, table: str, column: str = "") -> None:
        for index in self.layout.touching(table, column):
            self.drop_index(index)

    def drop_index(self, index: str) -> None:
        self.note(DropIndex(index))
        del self.layout.indexes[index]

    def create_index(self, table: str, index: sa.Index) -> None:
        self.note(CreateIndex(table, index))
        self.layout.indexes[str(index.name)] = (table, frozenset(c.name for c in index.columns))

    def drop_helper(self, table: str, column: str) -> None:
        if self.layout.has(table, column):
            self.drop_indexes(table, column)
            self.note(DropHelper(table, column))
            del self.layout.columns[table][column]

    @staticmethod
    def key_names(old_table: str, old: str, new_table: str, new: str) -> tuple[str, str]:
        return naming.index_name("fk", old_table, (old,)), naming.index_name("fk", new_table, (new,))

    def _stands(self, key: sa.ForeignKey, table: sa.Table) -> bool:
        target = key.target_fullname.rpartition(".")[0]
        return target == table.name or self.layout.has(target)
