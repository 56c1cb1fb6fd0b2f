"""SQL types that turn canonical Python values into stored ones and back, for SQLAlchemy and for raw cursors alike."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, TypeAlias

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.types import TypeDecorator, TypeEngine

Convert: TypeAlias = Callable[[Any], Any]
DIGITS = 18
"""Digits of an exact number in all: what a scaled 64-bit integer and NUMERIC(18, scale) both hold."""


class Stored(TypeDecorator[Any]):
    """A type whose conversions are plain functions, chosen by the dialect's name; None means «as it is»."""

    impl: Any = sa.Text
    cache_ok = True

    def encoder(self, dialect: str) -> Convert | None:
        return None

    def decoder(self, dialect: str) -> Convert | None:
        return None

    def column_type(self, dialect: str) -> TypeEngine[Any]:
        return sa.Text()

    def load_dialect_impl(self, dialect: sa.Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(self.column_type(dialect.name))

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> Any:
        encode = self.encoder(dialect.name)
        return value if value is None or encode is None else encode(value)

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Any:
        decode = self.decoder(dialect.name)
        return value if value is None or decode is None else decode(value)


class PlainText(Stored):
    """Text compared by code points on both databases."""

    cache_ok = True

    def column_type(self, dialect: str) -> TypeEngine[Any]:
        return postgresql.TEXT(collation="C") if dialect == "postgresql" else sa.Text()


class WholeNumber(Stored):
    impl = sa.BigInteger
    cache_ok = True

    def column_type(self, dialect: str) -> TypeEngine[Any]:
        return sa.BigInteger()


class ExactDecimal(Stored):
    """NUMERIC on PostgreSQL; on SQLite an integer of the last digits, because its REAL loses them."""

    impl = sa.Numeric
    cache_ok = True

    def __init__(self, scale: int) -> None:
        super().__init__()
        self.scale = scale

    def column_type(self, dialect: str) -> TypeEngine[Any]:
        return sa.BigInteger() if dialect == "sqlite" else sa.Numeric(DIGITS, self.scale)

    def encoder(self, dialect: str) -> Convert | None:
        if dialect != "sqlite":
            return None
        power = self.scale
        return lambda value: int(Decimal(value).scaleb(power).to_integral_value(ROUND_HALF_UP))

    def decoder(self, dialect: str) -> Convert | None:
        power = -self.scale
        return (lambda value: Decimal(value).scaleb(power)) if dialect == "sqlite" else None


class Flag(Stored):
    impl = sa.Boolean
    cache_ok = True

    def column_type(self, dialect: str) -> TypeEngine[Any]:
        return sa.Boolean()

    def encoder(self, dialect: str) -> Convert | None:
        return int if dialect == "sqlite" else None

    def decoder(self, dialect: str) -> Convert | None:
        return bool if dialect == "sqlite" else None


class PlainDate(Stored):
    impl = sa.Date
    cache_ok = True

    def column_type(self, dialect: str) -> TypeEngine[Any]:
        return sa.Text() if dialect == "sqlite" else sa.Date()

    def encoder(self, dialect: str) -> Convert | None:
        return date.isoformat if dialect == "sqlite" else None

    def decoder(self, dialect: str) -> Convert | None:
        return date.fromisoformat if dialect == "sqlite" else None


class PlainTime(Stored):
    impl = sa.Time
    cache_ok = True

    def column_type(self, dialect: str) -> TypeEngine[Any]:
        return sa.Text() if dialect == "sqlite" else sa.Time()

    def encoder(self, dialect: str) -> Convert | None:
        return (lambda value: value.isoformat(timespec="seconds")) if dialect == "sqlite" else None

    def decoder(self, dialect: str) -> Convert | None:
        return time.fromisoformat if dialect == "sqlite" else None


def moment_text(value: datetime) -> str:
    """A moment as SQLite keeps it: UTC, always 26 characters, so that text order is time order."""
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def read_moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


class Moment(Stored):
    impl = sa.DateTime
    cache_ok = True

    def column_type(self, dialect: str) -> TypeEngine[Any]:
        return sa.Text() if dialect == "sqlite" else sa.DateTime(timezone=True)

    def encoder(self, dialect: str) -> Convert | None:
        return moment_text if dialect == "sqlite" else None

    def decoder(self, dialect: str) -> Convert | None:
        return read_moment if dialect == "sqlite" else (lambda value: value.astimezone(UTC))


def _read_seconds(value: int) -> timedelta:
    return timedelta(seconds=value)


class Seconds(Stored):
    """A duration as whole seconds."""

    impl = sa.BigInteger
    cache_ok = True

    def column_type(self, dialect: str) -> TypeEngine[Any]:
        return sa.BigInteger()

    def encoder(self, dialect: str) -> Convert | None:
        return lambda value: value.days * 86_400 + value.seconds

    def decoder(self, dialect: str) -> Convert | None:
        return _read_seconds


class Names(Stored):
    """Several names in one text, `|a|b|`, so that one of them is found by a plain substring."""

    cache_ok = True

    def column_type(self, dialect: str) -> TypeEngine[Any]:
        return postgresql.TEXT(collation="C") if dialect == "postgresql" else sa.Text()

    def encoder(self, dialect: str) -> Convert | None:
        return lambda value: f"|{'|'.join(value)}|" if value else None

    def decoder(self, dialect: str) -> Convert | None:
        return lambda value: tuple(value[1:-1].split("|"))
