"""Operations on the database as nouns: each knows its message, its statements and how many rows it touches."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import sqlalchemy as sa

from partita.base.codes.catalogue import MESSAGES
from partita.storage.schema import ddl
from partita.storage.schema.ddl import literal, quoted


class Operation(Protocol):
    """`statements` in the order of running."""

    @property
    def code(self) -> str: ...

    def params(self) -> Mapping[str, Any]: ...

    def statements(self, dialect: str) -> tuple[str, ...]: ...


def words(operation: Operation, language: str) -> str:
    return MESSAGES[operation.code].text(language, operation.params())


@dataclass(frozen=True, slots=True)
class CreateTable:
    """`later`: columns that are added when the tables they refer to are there."""

    table: sa.Table
    later: frozenset[str] = frozenset()
    code: str = "D401"

    def params(self) -> Mapping[str, Any]:
        return {"table": self.table.name}

    def statements(self, dialect: str) -> tuple[str, ...]:
        return (ddl.create_table(self.table, dialect, self.later),)


@dataclass(frozen=True, slots=True)
class AddColumn:
    table: str
    column: sa.Column[Any]
    code: str = "D402"

    def params(self) -> Mapping[str, Any]:
        return {"table": self.table, "column": self.column.name}

    def statements(self, dialect: str) -> tuple[str, ...]:
        return (ddl.add_column(self.table, self.column, dialect),)


@dataclass(frozen=True, slots=True)
class RenameTable:
    """`keys`: old → new names of its foreign keys (only PostgreSQL knows them by name)."""

    old: str
    table: str
    keys: tuple[tuple[str, str], ...] = ()
    code: str = "D403"

    def params(self) -> Mapping[str, Any]:
        return {"old": self.old, "table": self.table}

    def statements(self, dialect: str) -> tuple[str, ...]:
        renamed = f"ALTER TABLE {quoted(self.old, dialect)} RENAME TO {quoted(self.table, dialect)}"
        return (renamed, *rename_keys(self.table, self.keys, dialect))


@dataclass(frozen=True, slots=True)
class RenameColumn:
    table: str
    old: str
    column: str
    keys: tuple[tuple[str, str], ...] = ()
    code: str = "D404"

    def params(self) -> Mapping[str, Any]:
        return {"table": self.table, "old": self.old, "column": self.column}

    def statements(self, dialect: str) -> tuple[str, ...]:
        names = f"{quoted(self.old, dialect)} TO {quoted(self.column, dialect)}"
        renamed = f"ALTER TABLE {quoted(self.table, dialect)} RENAME COLUMN {names}"
        return (renamed, *rename_keys(self.table, self.keys, dialect))


@dataclass(frozen=True, slots=True)
class DropIndex:
    index: str
    code: str = "D410"

    def params(self) -> Mapping[str, Any]:
        return {"index": self.index}

    def statements(self, dialect: str) -> tuple[str, ...]:
        return (f"DROP INDEX {quoted(self.index, dialect)}",)


@dataclass(frozen=True, slots=True)
class CreateIndex:
    table: str
    index: sa.Index
    code: str = "D409"

    def params(self) -> Mapping[str, Any]:
        return {"index": self.index.name}

    def statements(self, dialect: str) -> tuple[str, ...]:
        return (ddl.create_index(self.index, self.table, dialect),)


@dataclass(frozen=True, slots=True)
class DropHelper:
    """A column whose values are made from others and can be made again."""

    table: str
    column: str
    code: str = "D414"

    def params(self) -> Mapping[str, Any]:
        return {"table": self.table, "column": self.column}

    def statements(self, dialect: str) -> tuple[str, ...]:
        return (ddl.drop_column(self.table, self.column, dialect),)


@dataclass(frozen=True, slots=True)
class Move:
    """Several statements of one meaning: putting values aside, bringing them back, converting them."""

    code: str
    table: str
    column: str
    texts: tuple[str, ...]
    rows: int = 0

    def params(self) -> Mapping[str, Any]:
        return {"table": self.table, "column": self.column, "rows": self.rows}

    def statements(self, dialect: str) -> tuple[str, ...]:
        return self.texts


@dataclass(frozen=True, slots=True)
class ReplaceOption:
    """Renamed options of a choice, all of one column at once, so that names may pass from one to another."""

    table: str
    column: str
    pairs: tuple[tuple[str, str], ...]
    many: bool
    rows: int = 0
    code: str = "D408"

    def params(self) -> Mapping[str, Any]:
        old, new = zip(*self.pairs, strict=True)
        return {"table": self.table, "column": self.column, "old": old, "new": new, "rows": self.rows}

    def statements(self, dialect: str) -> tuple[str, ...]:
        table, column = quoted(self.table, dialect), quoted(self.column, dialect)
        if not self.many:
            cases = " ".join(f"WHEN {literal(old)} THEN {literal(new)}" for old, new in self.pairs)
            olds = ", ".join(literal(old) for old, _ in self.pairs)
            return (f"UPDATE {table} SET {column} = CASE {column} {cases} END WHERE {column} IN ({olds})",)
        value = column
        for old, new in self.pairs:
            value = f"replace({value}, {literal(f'|{old}|')}, {literal(f'|~{new}|')})"
        return (f"UPDATE {table} SET {column} = replace({value}, '|~', '|') WHERE {column} IS NOT NULL",)


@dataclass(frozen=True, slots=True)
class FillTwin:
    """The folded twin of a text column."""

    table: str
    column: str
    twin: str
    rows: int = 0
    code: str = "D411"

    def params(self) -> Mapping[str, Any]:
        return {"table": self.table, "column": self.twin, "rows": self.rows}

    def statements(self, dialect: str) -> tuple[str, ...]:
        function = "p_fold" if dialect == "sqlite" else "partita_fold"
        table, column, twin = (quoted(name, dialect) for name in (self.table, self.column, self.twin))
        return (f"UPDATE {table} SET {twin} = {function}({column}) WHERE {column} IS NOT NULL",)


@dataclass(frozen=True, slots=True)
class RenewFunctions:
    texts: tuple[str, ...]
    code: str = "D412"

    def params(self) -> Mapping[str, Any]:
        return {}

    def statements(self, dialect: str) -> tuple[str, ...]:
        return self.texts


@dataclass(frozen=True, slots=True)
class PrepareSearch:
    texts: tuple[str, ...]
    code: str = "D415"

    def params(self) -> Mapping[str, Any]:
        return {}

    def statements(self, dialect: str) -> tuple[str, ...]:
        return self.texts


@dataclass(frozen=True, slots=True)
class CarryOver:
    """History, files, search and the rest follow a renamed type, field or option."""

    old: str
    new: str
    texts: tuple[str, ...]
    code: str = "D413"

    def params(self) -> Mapping[str, Any]:
        return {"old": self.old, "new": self.new}

    def statements(self, dialect: str) -> tuple[str, ...]:
        return self.texts


@dataclass(frozen=True, slots=True)
class EnterState:
    table: str
    column: str
    state: str
    rows: int = 0
    code: str = "D416"

    def params(self) -> Mapping[str, Any]:
        return {"table": self.table, "state": self.state, "rows": self.rows}

    def statements(self, dialect: str) -> tuple[str, ...]:
        table, column = quoted(self.table, dialect), quoted(self.column, dialect)
        return (f"UPDATE {table} SET {column} = {literal(self.state)} WHERE {column} IS NULL",)


def rename_keys(table: str, keys: tuple[tuple[str, str], ...], dialect: str) -> tuple[str, ...]:
    if dialect == "sqlite":
        return ()
    owner = quoted(table, dialect)
    return tuple(
        f"ALTER TABLE {owner} RENAME CONSTRAINT {quoted(old, dialect)} TO {quoted(new, dialect)}" for old, new in keys
    )
