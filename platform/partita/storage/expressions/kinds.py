"""The SQL types of formula values that stand in no column: constants, results, and values given from outside."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeEngine

from partita.formulas.types import (
    Boolean,
    Choices,
    Date,
    DateTime,
    Duration,
    File,
    Files,
    Link,
    Links,
    Number,
    Text,
    Time,
    Type,
)
from partita.storage.sqltypes import (
    Convert,
    Flag,
    Moment,
    Names,
    PlainDate,
    PlainText,
    PlainTime,
    Seconds,
    Stored,
    WholeNumber,
)


class Exact(Stored):
    """A number of any scale: NUMERIC on PostgreSQL; on SQLite an INTEGER if whole, else decimal text."""

    impl = sa.Numeric
    cache_ok = True

    def __init__(self, whole: bool) -> None:
        super().__init__()
        self.whole = whole

    def column_type(self, dialect: str) -> TypeEngine[Any]:
        return sa.types.NullType() if dialect == "sqlite" else sa.Numeric()

    def encoder(self, dialect: str) -> Convert | None:
        return _exact_text if dialect == "sqlite" else None

    def decoder(self, dialect: str) -> Convert | None:
        return int if self.whole else Decimal


def _exact_text(value: int | Decimal) -> int | str:
    return value if isinstance(value, int) else f"{value:f}"


class Ids(Stored):
    """Several ids in one hole."""

    cache_ok = True

    def column_type(self, dialect: str) -> TypeEngine[Any]:
        return sa.Text() if dialect == "sqlite" else postgresql.ARRAY(sa.BigInteger())

    def encoder(self, dialect: str) -> Convert | None:
        pack: Callable[[Any], Any] = (lambda ids: json.dumps(list(ids))) if dialect == "sqlite" else list
        return lambda ids: pack(ids) if ids else None


_KINDS: dict[type[Type], Stored] = {
    Text: PlainText(),
    Boolean: Flag(),
    Date: PlainDate(),
    DateTime: Moment(),
    Time: PlainTime(),
    Duration: Seconds(),
    Choices: Names(),
    Link: WholeNumber(),
    File: WholeNumber(),
    Links: Ids(),
    Files: Ids(),
}
_NUMBERS = {True: Exact(True), False: Exact(False)}


def stored(kind: Type) -> Stored:
    if isinstance(kind, Number):
        return _NUMBERS[kind.whole]
    return _KINDS.get(type(kind), _KINDS[Text])
