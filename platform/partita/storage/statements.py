"""Statements compiled once to SQL text and run on the driver's own cursor: the path of every request."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite

from partita.storage.sqltypes import Stored

Connection: TypeAlias = sa.Connection
Params: TypeAlias = Mapping[str, Any]
Encode: TypeAlias = Callable[[Any], Any]

DIALECTS: dict[str, sa.Dialect] = {
    "sqlite": SQLiteDialect_pysqlite(paramstyle="qmark"),
    "postgresql": PGDialect_psycopg(paramstyle="format"),  # type: ignore[no-untyped-call]
}
_MISSING = object()


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL text with positional holes. `holes`: name, constant value (if any) and conversion of each, in order."""

    text: str
    holes: tuple[tuple[str, Any, Encode | None], ...]

    def bind(self, params: Params) -> list[Any]:
        bound = []
        for name, constant, encode in self.holes:
            if constant is not _MISSING:
                bound.append(constant)
                continue
            value = params[name]
            bound.append(value if encode is None or value is None else encode(value))
        return bound


def dialect_of(conn: Connection) -> str:
    return conn.dialect.name


def prepare(element: Any, dialect: str, encoders: Mapping[str, Encode] | None = None) -> Statement:
    """Compile once. Values that stand in the element become constants; `encoders` replace the conversion of a hole."""
    compiled = element.compile(dialect=DIALECTS[dialect], compile_kwargs={"render_postcompile": True})
    state = compiled._post_compile_expanded_state
    expanded = state.additional_parameters if state is not None else {}
    processors = state.processors if state is not None else {}
    holes = []
    for name in compiled.positiontup or ():
        bind = compiled.binds.get(name)
        encode = processors.get(name) if bind is None else _encoder(bind.type, dialect, compiled)
        if bind is not None and bind.required:
            holes.append((name, _MISSING, (encoders or {}).get(name, encode)))
        else:
            value = expanded[name] if bind is None else bind.effective_value
            holes.append((name, value if value is None or encode is None else encode(value), None))
    return Statement(str(compiled), tuple(holes))


def _encoder(kind: Any, dialect: str, compiled: Any) -> Encode | None:
    if isinstance(kind, Stored):
        return kind.encoder(dialect)
    found: Encode | None = kind._cached_bind_processor(compiled.dialect)
    return found


def execute(conn: Connection, statement: Statement, params: Params) -> Any:
    """Run on the driver's cursor; the cursor is given back for its rows."""
    raw: Any = conn.connection.dbapi_connection
    return raw.execute(statement.text, statement.bind(params))


def execute_many(conn: Connection, statement: Statement, many: Iterable[Params]) -> None:
    cursor: Any = conn.connection.cursor()
    cursor.executemany(statement.text, [statement.bind(params) for params in many])
    cursor.close()


def rows(conn: Connection, statement: Statement, params: Params) -> list[Sequence[Any]]:
    found: list[Sequence[Any]] = execute(conn, statement, params).fetchall()
    return found


def first(conn: Connection, statement: Statement, params: Params) -> Sequence[Any] | None:
    found: Sequence[Any] | None = execute(conn, statement, params).fetchone()
    return found


def changed(conn: Connection, statement: Statement, params: Params) -> int:
    return int(execute(conn, statement, params).rowcount)


class Prepared:
    """One statement of the platform's own tables, compiled for each dialect when first used."""

    def __init__(self, make: Callable[[str], sa.Executable] | sa.Executable) -> None:
        self._make = make
        self._statements: dict[str, Statement] = {}

    def on(self, conn: Connection) -> Statement:
        dialect = conn.dialect.name
        found = self._statements.get(dialect)
        if found is None:
            element = self._make(dialect) if callable(self._make) else self._make
            found = self._statements[dialect] = prepare(element, dialect)
        return found

    def rows(self, conn: Connection, **params: Any) -> list[Sequence[Any]]:
        return rows(conn, self.on(conn), params)

    def first(self, conn: Connection, **params: Any) -> Sequence[Any] | None:
        return first(conn, self.on(conn), params)

    def run(self, conn: Connection, **params: Any) -> int:
        return changed(conn, self.on(conn), params)

    def run_many(self, conn: Connection, many: Iterable[Params]) -> None:
        execute_many(conn, self.on(conn), many)
