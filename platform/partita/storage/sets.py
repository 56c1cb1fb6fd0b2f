"""«One of these values» as one hole of a statement, so that its text does not depend on how many there are."""

import json
from collections.abc import Callable, Iterable
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from partita.storage.sqltypes import Stored


def among(
    column: sa.ColumnElement[Any], name: str, dialect: str, kind: sa.types.TypeEngine[Any]
) -> sa.ColumnElement[bool]:
    """`column` is one of the values of the hole `name`; give `packer(kind, dialect)` as the hole's conversion."""
    if dialect == "sqlite":
        hole = sa.bindparam(name, type_=sa.Text())
        values = sa.func.json_each(hole).table_valued("value")
        return column.in_(sa.select(values.c.value))
    base = kind.column_type(dialect) if isinstance(kind, Stored) else kind
    return column == sa.any_(sa.cast(sa.bindparam(name, type_=sa.Text()), postgresql.ARRAY(base)))


def packer(kind: Any, dialect: str) -> Callable[[Iterable[Any]], Any]:
    encode = kind.encoder(dialect) if isinstance(kind, Stored) else None

    def pack(values: Iterable[Any]) -> Any:
        encoded = [value if encode is None else encode(value) for value in values]
        return json.dumps(encoded, ensure_ascii=False) if dialect == "sqlite" else encoded

    return pack


def each(name: str, dialect: str) -> sa.TableValuedAlias:
    """The texts of the hole `name` as rows with one column, `value`."""
    hole = sa.bindparam(name, type_=sa.Text())
    if dialect == "sqlite":
        return sa.func.json_each(hole).table_valued("value")
    return sa.func.unnest(sa.cast(hole, postgresql.ARRAY(sa.Text()))).table_valued("value").render_derived()
