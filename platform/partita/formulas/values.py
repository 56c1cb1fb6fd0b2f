"""What operators do to Python values: exact, bounded, never raising; None is empty. Every back end obeys this file."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any, TypeAlias

from partita.base.text import FOLD_TABLE, fold
from partita.formulas.types import MAX_SCALE

Num: TypeAlias = int | Decimal

LIMIT = 10**18
"""The first absolute value that a number cannot have: such a result is empty."""
MAX_SECONDS = 10**12
"""The first absolute number of seconds that a duration cannot have."""
MAX_MONTHS = 120_000
BLANKS = " \t\n\r\u00a0\u2009\u202f"
"""What `trim` takes off both ends."""

_EXACT = Context(prec=100, rounding=ROUND_HALF_UP, traps=[])
_STEPS = tuple(Decimal(1).scaleb(-scale) for scale in range(MAX_SCALE + 1))
_SECOND = timedelta(seconds=1)
_LAST_DAY = date.max.toordinal()


def fit(number: Num) -> Num | None:
    """The number if it is within the bounds, else empty."""
    return number if -LIMIT < number < LIMIT else None


def quantize(number: Num, scale: int) -> Decimal:
    """With exactly `scale` digits after the point, halves away from zero."""
    return _EXACT.quantize(Decimal(number), _STEPS[scale])


def declared(number: Num | None, scale: int, whole: bool) -> Num | None:
    """The canonical value of a field of that scale."""
    if number is None or (fitted := fit(quantize(number, scale))) is None:
        return None
    return int(fitted) if whole else fitted


def add(a: Num | None, b: Num | None) -> Num | None:
    if a is None or b is None:
        return None
    return fit(a + b if isinstance(a, int) and isinstance(b, int) else _EXACT.add(a, b))


def subtract(a: Num | None, b: Num | None) -> Num | None:
    return None if b is None else add(a, -b if isinstance(b, int) else b.copy_negate())


def multiply(a: Num | None, b: Num | None) -> Num | None:
    if a is None or b is None:
        return None
    if isinstance(a, int) and isinstance(b, int):
        return fit(a * b)
    return fit(_EXACT.quantize(_EXACT.multiply(a, b), _STEPS[MAX_SCALE]))


def divide(a: Num | None, b: Num | None) -> Decimal | None:
    if a is None or b is None or b == 0:
        return None
    quotient = _EXACT.quantize(_EXACT.divide(a, b), _STEPS[MAX_SCALE])
    return quotient if -LIMIT < quotient < LIMIT else None


def modulo(a: Num | None, b: Num | None) -> Num | None:
    """The rest of the division, with the divisor's sign."""
    if a is None or b is None or b == 0:
        return None
    if isinstance(a, int) and isinstance(b, int):
        return a % b
    rest = _EXACT.remainder(a, b)
    return _EXACT.add(rest, b) if rest and (rest < 0) != (b < 0) else rest


def round_to(number: Num | None, scale: int) -> Num | None:
    return declared(number, scale, scale == 0)


def seconds(duration: timedelta) -> int:
    return duration // _SECOND


def span(total: Num | None) -> timedelta | None:
    """A duration of so many seconds, rounded to whole ones."""
    if total is None:
        return None
    whole = int(quantize(total, 0))
    return timedelta(seconds=whole) if -MAX_SECONDS < whole < MAX_SECONDS else None


def units(number: Num | None, size: int) -> timedelta | None:
    """`number` units of `size` seconds each."""
    return None if number is None else span(_EXACT.multiply(number, size))


def negate(a: Any) -> Any:
    return None if a is None else (a.copy_negate() if isinstance(a, Decimal) and a else -a)


def magnitude(a: Any) -> Any:
    return None if a is None else (a.copy_abs() if isinstance(a, Decimal) else abs(a))


def add_spans(a: timedelta | None, b: timedelta | None) -> timedelta | None:
    return None if a is None or b is None else span(seconds(a) + seconds(b))


def subtract_spans(a: timedelta | None, b: timedelta | None) -> timedelta | None:
    return None if a is None or b is None else span(seconds(a) - seconds(b))


def stretch(a: timedelta | None, by: Num | None) -> timedelta | None:
    return None if a is None or by is None else span(_EXACT.multiply(seconds(a), by))


def shrink(a: timedelta | None, by: Num | None) -> timedelta | None:
    return None if a is None or by is None or by == 0 else span(_EXACT.divide(seconds(a), by))


def ratio(a: timedelta | None, b: timedelta | None) -> Decimal | None:
    return None if a is None or b is None else divide(seconds(a), seconds(b))


def day(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if 1 <= ordinal <= _LAST_DAY else None


def move_date(a: date | None, by: timedelta | None) -> date | None:
    """By whole days; a part of a day counts downwards, as if the date were its midnight."""
    return None if a is None or by is None else day(a.toordinal() + by // timedelta(days=1))


def move_date_back(a: date | None, by: timedelta | None) -> date | None:
    return None if by is None else move_date(a, -by)


def move_moment(a: datetime | None, by: timedelta | None) -> datetime | None:
    if a is None or by is None:
        return None
    try:
        return a.astimezone(UTC) + by
    except OverflowError:
        return None


def move_moment_back(a: datetime | None, by: timedelta | None) -> datetime | None:
    return None if by is None else move_moment(a, -by)


def between_dates(a: date | None, b: date | None) -> timedelta | None:
    return None if a is None or b is None else a - b


def between_moments(a: datetime | None, b: datetime | None) -> timedelta | None:
    """In whole seconds, a part of a second counting downwards."""
    return None if a is None or b is None else span((a - b) // _SECOND)


def local(moment: datetime | None, zone: tzinfo) -> datetime | None:
    if moment is None:
        return None
    try:
        return moment.astimezone(zone)
    except OverflowError:
        return None


def date_of(moment: datetime | None, zone: tzinfo) -> date | None:
    there = local(moment, zone)
    return there and there.date()


def time_of(moment: datetime | None, zone: tzinfo) -> time | None:
    """The time of day in whole seconds."""
    there = local(moment, zone)
    return None if there is None else there.time().replace(microsecond=0, fold=0)


def make_date(year: Num | None, month: Num | None, number: Num | None) -> date | None:
    if year is None or month is None or number is None:
        return None
    try:
        return date(int(year), int(month), int(number))
    except (ValueError, OverflowError):
        return None


def add_months(a: date | None, months: Num | None) -> date | None:
    """The same day of a later month, or that month's last day."""
    if a is None or months is None or not -MAX_MONTHS <= months <= MAX_MONTHS:
        return None
    year, month = divmod(a.year * 12 + a.month - 1 + int(months), 12)
    return date(year, month + 1, min(a.day, monthrange(year, month + 1)[1])) if 1 <= year <= 9999 else None


def join(a: str | None, b: str | None) -> str | None:
    return (a or "") + (b or "") or None


def left(a: str | None, count: Num | None) -> str | None:
    return None if a is None or count is None or count <= 0 else a[: int(count)]


def right(a: str | None, count: Num | None) -> str | None:
    return None if a is None or count is None or count <= 0 else a[-int(count) :]


def trim(a: str | None) -> str | None:
    return (a or "").strip(BLANKS) or None


LOWER_TABLE = {code: lower for code, lower in FOLD_TABLE.items() if chr(code) not in "Ёё"} | {ord("Ё"): ord("ё")}
UPPER_TABLE = {lower: code for code, lower in sorted(LOWER_TABLE.items(), reverse=True)}


def lower(a: str | None) -> str | None:
    return a and a.translate(LOWER_TABLE)


def upper(a: str | None) -> str | None:
    return a and a.translate(UPPER_TABLE)


def contains(a: str | None, part: str | None) -> bool:
    return a is not None and part is not None and fold(part) in fold(a)


def starts_with(a: str | None, part: str | None) -> bool:
    return a is not None and part is not None and fold(a).startswith(fold(part))


def ends_with(a: str | None, part: str | None) -> bool:
    return a is not None and part is not None and fold(a).endswith(fold(part))


def folded(a: str | None) -> str | None:
    return a and fold(a)


def equal(a: Any, b: Any) -> bool:
    return bool(a == b)


def less(a: Any, b: Any) -> bool:
    return a is not None and b is not None and bool(a < b)


def at_most(a: Any, b: Any) -> bool:
    return a is not None and b is not None and bool(a <= b)


def among(a: Any, *items: Any) -> bool:
    return a is not None and a in items


def member(a: Any, collection: Any) -> bool:
    return a is not None and collection is not None and a in collection


def first_of(*items: Any) -> Any:
    return next((item for item in items if item is not None), None)


def least(*items: Any) -> Any:
    return min(present(items), default=None)


def greatest(*items: Any) -> Any:
    return max(present(items), default=None)


def present(items: Iterable[Any]) -> list[Any]:
    return [item for item in items if item is not None]


def total(items: Iterable[Num | None]) -> Num | None:
    result: Num = 0
    for item in present(items):
        result = result + item if isinstance(result, int) and isinstance(item, int) else _EXACT.add(result, item)
    return fit(result)


def average(items: Iterable[Num | None]) -> Decimal | None:
    numbers = present(items)
    result = Decimal(0)
    for item in numbers:
        result = _EXACT.add(result, item)
    return divide(result, len(numbers))


def total_span(items: Iterable[timedelta | None]) -> timedelta | None:
    return span(sum(map(seconds, present(items))))


def average_span(items: Iterable[timedelta | None]) -> timedelta | None:
    spans = present(items)
    return span(_EXACT.divide(sum(map(seconds, spans)), len(spans))) if spans else None
