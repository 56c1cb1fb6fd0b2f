"""Functions that formulas use in SQL: exact decimals, folding, calendar.

On SQLite they are Python's own `formulas.values` (`p_…`), on PostgreSQL SQL functions of the same names (`partita_…`).
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache, wraps
from typing import Any, Final
from zoneinfo import ZoneInfo

from partita.base.text import fold
from partita.formulas import values
from partita.formulas.functions import FUNCTIONS
from partita.storage.postgresql_functions import definitions
from partita.storage.sqltypes import moment_text, read_moment

Convert = Callable[[Any], Any]

POSTGRESQL_DDL: Final[tuple[str, ...]] = definitions()
"""One `CREATE OR REPLACE FUNCTION` each."""


def _number(value: int | str) -> int | Decimal:
    """Whole numbers travel as INTEGER, others as text, because SQLite's REAL loses digits."""
    return value if isinstance(value, int) else Decimal(value)


def _stored_number(value: int | Decimal) -> int | str:
    return value if isinstance(value, int) else f"{value:f}"


_IN: dict[str, Convert] = {
    "n": _number,
    "t": str,
    "d": date.fromisoformat,
    "m": read_moment,
    "s": lambda value: timedelta(seconds=value),
    "z": ZoneInfo,
    "i": int,
}
_OUT: dict[str, Convert] = {
    "n": _stored_number,
    "t": str,
    "d": date.isoformat,
    "m": moment_text,
    "h": lambda value: time.isoformat(value, timespec="seconds"),
    "s": values.seconds,
    "i": int,
    "b": int,
}


def _adapt(function: Callable[..., Any], kinds: str) -> Callable[..., Any]:
    """`"nn>n"`: from stored forms to canonical values and back; an empty value stays empty."""
    given, _, result = kinds.partition(">")
    readers, write = tuple(_IN[kind] for kind in given), _OUT[result]

    @wraps(function)
    def adapted(*args: Any) -> Any:
        found = function(*[None if a is None else read(a) for read, a in zip(readers, args, strict=True)])
        return None if found is None else write(found)

    return adapted


def _declared(number: Any, scale: int, whole: int) -> Any:
    return values.declared(number, scale, bool(whole))


def _exact(scaled: int | None, scale: int) -> Decimal | None:
    """The number that a column keeps as an integer of its last digits."""
    return None if scaled is None else Decimal(scaled).scaleb(-scale)


_LARGEST = 2**63 - 1


def _scaled(number: int | Decimal | None, scale: int) -> int | None:
    """The integer that a column of that scale would keep; beyond all columns it is clamped, so that order stays."""
    if number is None:
        return None
    return max(-_LARGEST, min(_LARGEST, int(values.quantize(number, scale).scaleb(scale))))


def _compare(a: Any, b: Any) -> int | None:
    return None if a is None or b is None else (a > b) - (a < b)


def _among(*given: Any) -> int | None:
    number, *items = (None if value is None else _number(value) for value in given)
    return None if number is None else int(number in items)


def _extreme(pick: Callable[..., Any], stored: bool) -> Callable[..., Any]:
    def extreme(*given: Any) -> Any:
        found = [value if stored else _number(value) for value in given if value is not None]
        result = pick(found, default=None)
        return result if stored or result is None else _stored_number(result)

    return extreme


def _date_of(moment: datetime | None, zone: ZoneInfo | None) -> date | None:
    return None if zone is None else values.date_of(moment, zone)


def _time_of(moment: datetime | None, zone: ZoneInfo | None) -> time | None:
    return None if zone is None else values.time_of(moment, zone)


_ADAPTED: dict[str, tuple[Callable[..., Any], str]] = {
    "fold": (values.folded, "t>t"),
    "lower": (values.lower, "t>t"),
    "upper": (values.upper, "t>t"),
    "trim": (values.trim, "t>t"),
    "join": (values.join, "tt>t"),
    "left": (values.left, "tn>t"),
    "right": (values.right, "tn>t"),
    "contains": (values.contains, "tt>b"),
    "starts_with": (values.starts_with, "tt>b"),
    "ends_with": (values.ends_with, "tt>b"),
    "length": (FUNCTIONS["length"].python, "t>i"),
    "add": (values.add, "nn>n"),
    "subtract": (values.subtract, "nn>n"),
    "multiply": (values.multiply, "nn>n"),
    "divide": (values.divide, "nn>n"),
    "modulo": (values.modulo, "nn>n"),
    "negate": (values.negate, "n>n"),
    "abs": (values.magnitude, "n>n"),
    "round_to": (values.round_to, "ni>n"),
    "declared": (_declared, "nii>n"),
    "exact": (_exact, "ii>n"),
    "scaled": (_scaled, "ni>i"),
    "compare": (_compare, "nn>i"),
    "same": (values.equal, "nn>b"),
    "units": (values.units, "ni>s"),
    "add_spans": (values.add_spans, "ss>s"),
    "subtract_spans": (values.subtract_spans, "ss>s"),
    "stretch": (values.stretch, "sn>s"),
    "shrink": (values.shrink, "sn>s"),
    "ratio": (values.ratio, "ss>n"),
    "move_date": (values.move_date, "ds>d"),
    "move_date_back": (values.move_date_back, "ds>d"),
    "move_moment": (values.move_moment, "ms>m"),
    "move_moment_back": (values.move_moment_back, "ms>m"),
    "between_dates": (values.between_dates, "dd>s"),
    "between_moments": (values.between_moments, "mm>s"),
    "date_of": (_date_of, "mz>d"),
    "time_of": (_time_of, "mz>h"),
    "date": (values.make_date, "nnn>d"),
    "add_months": (values.add_months, "dn>d"),
    "year": (FUNCTIONS["year"].python, "d>i"),
    "month": (FUNCTIONS["month"].python, "d>i"),
    "day": (FUNCTIONS["day"].python, "d>i"),
    "weekday": (FUNCTIONS["weekday"].python, "d>i"),
    "days_between": (FUNCTIONS["days_between"].python, "dd>i"),
}
_VARIADIC: dict[str, Callable[..., Any]] = {
    "among": _among,
    "least": _extreme(min, stored=False),
    "greatest": _extreme(max, stored=False),
    "least_of": _extreme(min, stored=True),
    "greatest_of": _extreme(max, stored=True),
}


class _Gathering:
    """An aggregate: gathers what is there, then answers by a function of `formulas.values`."""

    finish: Callable[[Sequence[Any]], Any]
    read: Convert = staticmethod(_number)
    write: Convert = staticmethod(_stored_number)

    def __init__(self) -> None:
        self._found: list[Any] = []

    def step(self, value: Any) -> None:
        if value is not None:
            self._found.append(self.read(value))

    def finalize(self) -> Any:
        result = self.finish(self._found)
        return None if result is None else self.write(result)


class _Sum(_Gathering):
    finish = staticmethod(values.total)


class _Average(_Gathering):
    finish = staticmethod(values.average)


class _Lowest(_Gathering):
    finish = staticmethod(lambda found: values.least(*found))


class _Highest(_Gathering):
    finish = staticmethod(lambda found: values.greatest(*found))


class _SumSpan(_Gathering):
    finish = staticmethod(values.total_span)
    read = staticmethod(_IN["s"])
    write = staticmethod(values.seconds)


class _AverageSpan(_SumSpan):
    finish = staticmethod(values.average_span)


_AGGREGATES: dict[str, type[_Gathering]] = {
    "sum": _Sum,
    "avg": _Average,
    "lowest": _Lowest,
    "highest": _Highest,
    "sum_span": _SumSpan,
    "avg_span": _AverageSpan,
}
_FAST: dict[str, tuple[Callable[..., Any], int]] = {
    "fold": (lru_cache(maxsize=4_096)(lambda text: None if text is None else fold(text)), 1),
}


def install(raw: Any) -> None:
    """Register everything on one connection of SQLite's driver."""
    for name, (function, kinds) in _ADAPTED.items():
        adapted, count = _FAST.get(name) or (_adapt(function, kinds), len(kinds.partition(">")[0]))
        raw.create_function(f"p_{name}", count, adapted, deterministic=True)
    for name, function in _VARIADIC.items():
        raw.create_function(f"p_{name}", -1, function, deterministic=True)
    for name, aggregate in _AGGREGATES.items():
        raw.create_aggregate(f"p_{name}", 1, aggregate)


def names() -> frozenset[str]:
    """The names that both databases know, without the aggregates and what only SQLite needs."""
    return frozenset(_ADAPTED) - {"exact", "scaled", "compare", "same", "abs", "negate"}
