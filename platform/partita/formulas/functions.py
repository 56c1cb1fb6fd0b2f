"""The closed vocabulary of functions: how they are typed, what they do in Python, how they read in words.

SQL readings are registered under the same names in `storage.functions`; a test holds the two together.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from partita.base.frozen import FrozenMap
from partita.base.registry import Registry
from partita.formulas import values
from partita.formulas.types import (
    MAX_SCALE,
    WHOLE,
    Boolean,
    Choice,
    Choices,
    Date,
    DateTime,
    Duration,
    Empty,
    File,
    Files,
    Link,
    Links,
    Number,
    Text,
    Time,
    Type,
)

Kinds: TypeAlias = tuple[type, ...]


class Digits:
    """The mark of a parameter that must be written as a whole number from 0 to MAX_SCALE."""


class Whole:
    """The mark of a parameter that must be a whole number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Function:
    """`params` tells the types each argument may have; the last `optional` ones may be left out, the last may `repeat`.

    `result` None: the type that all arguments share. `env`: the Python function gets the Env first.
    `sql` False: no database can work it out. `spelling`: how the author writes it, where several share one word.
    """

    name: str
    usage: str
    params: tuple[Kinds, ...]
    result: Type | None
    python: Callable[..., Any]
    words: FrozenMap[str, str]
    optional: int = 0
    repeats: bool = False
    env: bool = False
    sql: bool = True
    spelling: str = ""


FUNCTIONS: Registry[Function] = Registry("function")

TEXT: Kinds = (Text,)
NUMBER: Kinds = (Number,)
WHOLE_NUMBER: Kinds = (Whole,)
DATE: Kinds = (Date,)
DAY: Kinds = (Date, DateTime)
ORDERED: Kinds = (Number, Date, DateTime, Time, Duration)
SINGLE: Kinds = (Text, Number, Boolean, Date, DateTime, Time, Duration, Choice, Link, File, Empty)
LISTS: Kinds = (Links, Choices, Files)


def _register(
    name: str, usage: str, params: tuple[Kinds, ...], result: Type | None, python: Callable[..., Any],
    ru: str, en: str, **more: Any,
) -> None:  # fmt: skip
    words = FrozenMap({"ru": ru, "en": en})
    FUNCTIONS.register(
        name, Function(name=name, usage=usage, params=params, result=result, python=python, words=words, **more)
    )


def _weekday(a: Any) -> int | None:
    return a and int(a.isoweekday())


def _days_between(a: Any, b: Any) -> int | None:
    return None if a is None or b is None else (b - a).days


def _has_role(env: Any, role: str) -> bool:
    return role in (env.user.get("roles") or ())


_register("coalesce", "coalesce(a, b, …)", (SINGLE,), None, values.first_of, "первое заполненное из ({*})",
          "the first filled of ({*})", repeats=True)  # fmt: skip
_register("min", "min(a, b, …) | min(rows[, formula])", (ORDERED,), None, values.least, "меньшее из ({*})",
          "the least of ({*})", repeats=True)  # fmt: skip
_register("max", "max(a, b, …) | max(rows[, formula])", (ORDERED,), None, values.greatest, "большее из ({*})",
          "the greatest of ({*})", repeats=True)  # fmt: skip
_register("round", "round(number[, digits])", (NUMBER, (Digits,)), Number(MAX_SCALE), values.round_to,
          "{0}, округлённое до {1} знаков", "{0} rounded to {1} digits", optional=1)  # fmt: skip
_register("abs", "abs(number | duration)", ((Number, Duration),), None, values.magnitude,
          "{0} без знака", "{0} without sign")  # fmt: skip
_register("length", "length(text)", (TEXT,), WHOLE, lambda a: len(a or ""), "длина {0}", "the length of {0}")
_register("lower", "lower(text)", (TEXT,), Text(), values.lower, "{0} строчными", "{0} in small letters")
_register("upper", "upper(text)", (TEXT,), Text(), values.upper, "{0} прописными", "{0} in capitals")
_register("trim", "trim(text)", (TEXT,), Text(), values.trim, "{0} без пробелов по краям", "{0} without outer blanks")
_register("left", "left(text, count)", (TEXT, WHOLE_NUMBER), Text(), values.left,
          "первые знаки {0}: {1}", "the first characters of {0}: {1}")  # fmt: skip
_register("right", "right(text, count)", (TEXT, WHOLE_NUMBER), Text(), values.right,
          "последние знаки {0}: {1}", "the last characters of {0}: {1}")  # fmt: skip
_register("contains", "contains(text, part)", (TEXT, TEXT), Boolean(), values.contains,
          "{0} содержит {1}", "{0} contains {1}")  # fmt: skip
_register("starts_with", "starts_with(text, part)", (TEXT, TEXT), Boolean(), values.starts_with,
          "{0} начинается с {1}", "{0} starts with {1}")  # fmt: skip
_register("ends_with", "ends_with(text, part)", (TEXT, TEXT), Boolean(), values.ends_with,
          "{0} кончается на {1}", "{0} ends with {1}")  # fmt: skip
_register("today", "today()", (), Date(), lambda env: values.date_of(env.now, env.zone), "сегодня", "today", env=True)
_register("now", "now()", (), DateTime(), lambda env: env.now, "сейчас", "now", env=True)
_register("date", "date(year, month, day)", (WHOLE_NUMBER,) * 3, Date(), values.make_date,
          "дата {2}.{1}.{0}", "the date {0}-{1}-{2}")  # fmt: skip
_register("date_of", "date(moment)", ((DateTime,),), Date(), lambda env, a: values.date_of(a, env.zone),
          "дата {0}", "the date of {0}", env=True, spelling="date")  # fmt: skip
_register("time_of", "time(moment)", ((DateTime,),), Time(), lambda env, a: values.time_of(a, env.zone),
          "время {0}", "the time of {0}", env=True, spelling="time")  # fmt: skip
_register("year", "year(date)", (DAY,), WHOLE, lambda a: a and a.year, "год {0}", "the year of {0}")
_register("month", "month(date)", (DAY,), WHOLE, lambda a: a and a.month, "месяц {0}", "the month of {0}")
_register("day", "day(date)", (DAY,), WHOLE, lambda a: a and a.day, "число {0}", "the day of {0}")
_register("weekday", "weekday(date)", (DAY,), WHOLE, _weekday, "день недели {0}", "the weekday of {0}")
_register("add_months", "add_months(date, count)", (DATE, WHOLE_NUMBER), Date(), values.add_months,
          "{0} плюс месяцев: {1}", "{0} plus months: {1}")  # fmt: skip
_register("days", "days(number)", (NUMBER,), Duration(), lambda a: values.units(a, 86_400), "дней: {0}", "{0} days")
_register("hours", "hours(number)", (NUMBER,), Duration(), lambda a: values.units(a, 3_600), "часов: {0}", "{0} hours")
_register("minutes", "minutes(number)", (NUMBER,), Duration(), lambda a: values.units(a, 60),
          "минут: {0}", "{0} minutes")  # fmt: skip
_register("days_between", "days_between(from, to)", (DAY, DAY), WHOLE, _days_between,
          "дней от {0} до {1}", "days from {0} to {1}")  # fmt: skip
_register("items", "count(links | choices | files)", (LISTS,), WHOLE, lambda a: len(a or ()),
          "количество {0}", "the number of {0}", spelling="count")  # fmt: skip
_register("has_role", "has_role(user, role.name)", (TEXT,), Boolean(), _has_role,
          "есть роль {0}", "the role {0} is held", env=True)  # fmt: skip
_register("only", "", ((Link,),), Links(""), lambda a: None if a is None else (a,), "{0}", "{0}", sql=False)

SHOWING = "text(value[, format])"
"""How the function is written that shows a value as templates do."""
AGGREGATES: FrozenMap[str, str] = FrozenMap(
    {
        "sum": "sum(rows.column) | sum(rows, formula)",
        "min": "min(rows.column) | min(rows, formula)",
        "max": "max(rows.column) | max(rows, formula)",
        "avg": "avg(rows.column) | avg(rows, formula)",
        "count": "count(rows[, condition])",
        "any": "any(rows, condition)",
        "all": "all(rows, condition)",
        "exists": "exists(rows[, condition])",
        "first": "first(rows.column) | first(rows, formula)",
    }
)
"""How the functions over a table's rows are written."""


def vocabulary() -> frozenset[str]:
    """Every function word that an author may write."""
    own = {f.spelling or f.name for f in FUNCTIONS.values() if f.usage}
    return frozenset(own | set(AGGREGATES) | {"head_of", "text"})
