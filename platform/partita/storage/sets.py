"""«One of these values» as one hole of a statement, so that its text does not depend on how many there are."""

import json
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.types import TypeEngine

from partita.base.text import fold
from partita.storage.sqltypes import Convert, Stored


class SetOf(Stored):
    """Many values at once: a JSON text on SQLite, an array on PostgreSQL."""

    cache_ok = True

    def __init__(self, kind: Stored, folded: bool = False) -> None:
        super().__init__()
        self.kind, self.folded = kind, folded

    def column_type(self, dialect: str) -> TypeEngine[Any]:
        return sa.Text() if dialect == "sqlite" else postgresql.ARRAY(_uncollated(self.kind.column_type(dialect)))

    def encoder(self, dialect: str) -> Convert | None:
        one = fold if self.folded else self.kind.encoder(dialect)

        def encode(values: Any) -> Any:
            encoded = list(values) if one is None else [one(value) for value in values]
            return json.dumps(encoded, ensure_ascii=False) if dialect == "sqlite" else encoded

        return encode


class Among(sa.ColumnElement[bool]):
    """`value` is one of the values of the hole."""

    inherit_cache = False
    type = sa.Boolean()

    def __init__(self, value: sa.ColumnElement[Any], hole: sa.BindParameter[Any]) -> None:
        self.value, self.hole = value, hole

    def self_group(self, against: Any = None) -> "Among":
        """It stands as it is: SQLAlchemy's «= 1» for SQLite would hide it from the indexes."""
        return self

    @property
    def _from_objects(self) -> list[sa.FromClause]:
        return self.value._from_objects


def among(value: sa.ColumnElement[Any], name: str, kind: Stored, folded: bool = False) -> Among:
    return Among(value, sa.bindparam(name, type_=SetOf(kind, folded)))


def each(name: str, kind: Stored, dialect: str) -> sa.TableValuedAlias:
    """The values of the hole `name` as rows with one column, `value`."""
    hole = sa.bindparam(name, type_=SetOf(kind))
    if dialect == "sqlite":
        return sa.func.json_each(hole).table_valued("value")
    return sa.func.unnest(hole).table_valued("value").render_derived()


@compiles(Among, "sqlite")
def _on_sqlite(element: Among, compiler: Any, **options: Any) -> str:
    value, hole = compiler.process(element.value, **options), compiler.process(element.hole, **options)
    return f"({value} IN (SELECT value FROM json_each({hole})))"


@compiles(Among, "postgresql")
def _on_postgresql(element: Among, compiler: Any, **options: Any) -> str:
    value, hole = compiler.process(element.value, **options), compiler.process(element.hole, **options)
    return f"({value} = ANY({hole}))"


def _uncollated(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    return sa.Text() if isinstance(kind, sa.Text) else kind
