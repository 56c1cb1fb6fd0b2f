"""How each field type is stored and what may be asked of it: the storage facet of a field type."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from partita.base.registry import Registry
from partita.model.field import Field
from partita.storage.sqltypes import (
    DIGITS,
    ExactDecimal,
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

Home = Literal["column", "links", "table"]
"""A column of the record's table, a table of links, or a table of rows."""

EQUALITY = ("eq", "ne", "in", "empty", "filled")
ORDER = ("lt", "le", "gt", "ge", "between")
TEXT = ("contains", "starts")


@dataclass(frozen=True, slots=True)
class ColumnKind:
    """`operators`: what a filter may ask; `folds`: compared and sorted by a folded twin; `points_at`: what the id
    names; `widens_to`: field types into which its values can be turned without loss."""

    home: Home
    operators: tuple[str, ...]
    folds: bool = False
    points_at: Literal["", "record", "people", "attachment"] = ""
    widens_to: frozenset[str] = frozenset()

    @property
    def nothing(self) -> Any:
        """What an unanswered field reads as."""
        return None if self.home == "column" else ()


KINDS: Registry[ColumnKind] = Registry("column kind")

_TEXTS = frozenset({"text", "multiline", "email", "phone", "url", "person_name", "address", "code", "choice"})
_ONE_LINE = ("text", "email", "phone", "url", "person_name", "address", "code")
_NUMBERS = ("integer", "decimal", "money", "percent")

for _name in _ONE_LINE:
    KINDS.register(_name, ColumnKind("column", EQUALITY + ORDER + TEXT, folds=True, widens_to=_TEXTS - {"choice"}))
KINDS.register("multiline", ColumnKind("column", EQUALITY + TEXT, folds=True, widens_to=_TEXTS - {"choice"}))
for _name in _NUMBERS:
    KINDS.register(_name, ColumnKind("column", EQUALITY + ORDER, widens_to=frozenset(_NUMBERS)))
KINDS.register("boolean", ColumnKind("column", EQUALITY))
for _name in ("date", "time", "duration"):
    KINDS.register(_name, ColumnKind("column", EQUALITY + ORDER))
KINDS.register("datetime", ColumnKind("column", EQUALITY + ORDER))
KINDS.register("choice", ColumnKind("column", EQUALITY, widens_to=_TEXTS | {"choices"}))
KINDS.register("choices", ColumnKind("column", ("eq", "in", "empty", "filled", "contains")))
KINDS.register(
    "link", ColumnKind("column", EQUALITY + TEXT, points_at="record", widens_to=frozenset({"links", "user"}))
)
KINDS.register(
    "user", ColumnKind("column", EQUALITY + TEXT, points_at="people", widens_to=frozenset({"links", "link"}))
)
KINDS.register("links", ColumnKind("links", ("eq", "in", "empty", "filled", "contains"), points_at="record"))
KINDS.register("table", ColumnKind("table", ("empty", "filled")))
KINDS.register(
    "file", ColumnKind("column", ("empty", "filled"), points_at="attachment", widens_to=frozenset({"files"}))
)
KINDS.register(
    "image", ColumnKind("column", ("empty", "filled"), points_at="attachment", widens_to=frozenset({"files", "file"}))
)
KINDS.register("files", ColumnKind("links", ("empty", "filled"), points_at="attachment"))

_PLAIN: dict[str, type[Stored]] = {
    "integer": WholeNumber,
    "boolean": Flag,
    "date": PlainDate,
    "datetime": Moment,
    "time": PlainTime,
    "duration": Seconds,
    "choices": Names,
}


def kind_of(field: Field) -> ColumnKind:
    return KINDS[field.type]


def sql_type(field: Field) -> Stored:
    """The type of the field's column; links and tables have none."""
    kind = kind_of(field)
    if field.type in ("decimal", "money", "percent"):
        return ExactDecimal(field.scale)
    if kind.points_at:
        return WholeNumber()
    return _PLAIN.get(field.type, PlainText)()


def limit(field: Field) -> Decimal:
    """The first absolute value of a number that no column holds."""
    return Decimal(10) ** (DIGITS - (field.scale if field.type != "integer" else 0))


def greatest(field: Field) -> Decimal:
    """The greatest number that the column of `field` holds."""
    return limit(field) - Decimal(1).scaleb(-field.scale if field.type != "integer" else 0)


def empty(field: Field) -> Any:
    return () if field.type == "choices" else kind_of(field).nothing


def too_big(item: Field, value: Any) -> bool:
    return bool(item.type in _NUMBERS and value is not None and abs(value) >= limit(item))
