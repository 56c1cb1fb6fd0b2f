"""The text of PostgreSQL's functions for formulas: plain SQL, immutable, most of them inlined by the planner."""

from partita.base.text import FOLD_TABLE
from partita.formulas.values import BLANKS, LIMIT, LOWER_TABLE, MAX_MONTHS, MAX_SECONDS, UPPER_TABLE

_FIRST, _LAST = "DATE '0001-01-01'", "DATE '9999-12-31'"
_FIRST_SECOND, _END_OF_SECONDS = -62_135_596_800, 253_402_300_800
"""The years 1 to 9999 as PostgreSQL counts seconds from 1970."""


def definitions() -> tuple[str, ...]:
    return tuple(
        f"CREATE OR REPLACE FUNCTION partita_{signature} RETURNS {result} LANGUAGE sql IMMUTABLE PARALLEL SAFE "
        f"AS $body$ SELECT {body} $body$"
        for signature, result, body in _bodies()
    )


def _translate(table: dict[int, int]) -> str:
    return f"translate(a, '{''.join(map(chr, table))}', '{''.join(map(chr, table.values()))}')"


def _half_away(dividend: str, divisor: str) -> str:
    """The quotient as a whole number, exact, halves away from zero; PostgreSQL's own `/` keeps too few digits."""
    return (
        f"CASE WHEN {divisor} <> 0 THEN sign({dividend}) * sign({divisor}) * "
        f"div(2 * abs({dividend}) + abs({divisor}), 2 * abs({divisor})) END"
    )


def _bodies() -> list[tuple[str, str, str]]:
    return [*_texts(), *_numbers(), *_spans(), *_dates()]


def _texts() -> list[tuple[str, str, str]]:
    blanks = "".join(f"\\{ord(c):04x}" for c in BLANKS)
    return [
        ("fold(a text)", "text", _translate(FOLD_TABLE)),
        ("lower(a text)", "text", _translate(LOWER_TABLE)),
        ("upper(a text)", "text", _translate(UPPER_TABLE)),
        ("trim(a text)", "text", f"nullif(btrim(a, U&'{blanks}'), '')"),
        ("join(a text, b text)", "text", "nullif(coalesce(a, '') || coalesce(b, ''), '')"),
        ("left(a text, n numeric)", "text", "CASE WHEN n > 0 THEN left(a, least(n, 1000000000)::int) END"),
        ("right(a text, n numeric)", "text", "CASE WHEN n > 0 THEN right(a, least(n, 1000000000)::int) END"),
        ("length(a text)", "numeric", "coalesce(char_length(a), 0)::numeric"),
        ("contains(a text, b text)", "boolean", "coalesce(strpos(partita_fold(a), partita_fold(b)) > 0, false)"),
        ("starts_with(a text, b text)", "boolean",
         "coalesce(left(partita_fold(a), char_length(b)) = partita_fold(b), false)"),
        ("ends_with(a text, b text)", "boolean",
         "coalesce(right(partita_fold(a), char_length(b)) = partita_fold(b), false)"),
    ]  # fmt: skip


def _numbers() -> list[tuple[str, str, str]]:
    quotient = _half_away("(a * 10000000000)", "b")
    return [
        ("fit(a numeric)", "numeric", f"CASE WHEN abs(a) < {LIMIT} THEN a END"),
        ("add(a numeric, b numeric)", "numeric", "partita_fit(a + b)"),
        ("subtract(a numeric, b numeric)", "numeric", "partita_fit(a - b)"),
        ("multiply(a numeric, b numeric)", "numeric", "partita_fit(round(a * b, 10))"),
        ("divide(a numeric, b numeric)", "numeric", f"partita_fit(({quotient}) * 0.0000000001)"),
        ("modulo(a numeric, b numeric)", "numeric",
         "CASE WHEN b <> 0 THEN mod(a, b) + CASE WHEN mod(a, b) <> 0 AND sign(mod(a, b)) <> sign(b) "
         "THEN b ELSE 0 END END"),
        ("round_to(a numeric, n int)", "numeric", "partita_fit(round(a, n))"),
        ("declared(a numeric, n int, whole int)", "numeric", "partita_fit(round(a, n))"),
    ]  # fmt: skip


def _spans() -> list[tuple[str, str, str]]:
    return [
        ("span(a numeric)", "bigint", f"CASE WHEN abs(round(a)) < {MAX_SECONDS} THEN round(a)::bigint END"),
        ("units(a numeric, size int)", "bigint", "partita_span(a * size)"),
        ("add_spans(a bigint, b bigint)", "bigint", "partita_span(a::numeric + b)"),
        ("subtract_spans(a bigint, b bigint)", "bigint", "partita_span(a::numeric - b)"),
        ("stretch(a bigint, b numeric)", "bigint", "partita_span(a * b)"),
        ("shrink(a bigint, b numeric)", "bigint", f"partita_span({_half_away('a::numeric', 'b')})"),
        ("ratio(a bigint, b bigint)", "numeric", "partita_divide(a, b)"),
    ]


def _dates() -> list[tuple[str, str, str]]:
    moved = f"(a - {_FIRST}) + floor(b / 86400.0)"
    there = "(a AT TIME ZONE zone)"
    within = f"{there}::date BETWEEN {_FIRST} AND {_LAST}"
    clamped = "make_date(least(greatest(y, 1), 9999)::int, least(greatest(m, 1), 12)::int, 1)"
    return [
        ("move_date(a date, b bigint)", "date",
         f"CASE WHEN {moved} BETWEEN 0 AND {_LAST} - {_FIRST} THEN {_FIRST} + ({moved})::int END"),
        ("move_date_back(a date, b bigint)", "date", "partita_move_date(a, -b)"),
        ("move_moment(a timestamptz, b bigint)", "timestamptz",
         f"CASE WHEN extract(epoch FROM a) + b >= {_FIRST_SECOND} AND extract(epoch FROM a) + b < {_END_OF_SECONDS} "
         "THEN a + b * INTERVAL '1 second' END"),
        ("move_moment_back(a timestamptz, b bigint)", "timestamptz", "partita_move_moment(a, -b)"),
        ("between_dates(a date, b date)", "bigint", "(a - b)::bigint * 86400"),
        ("between_moments(a timestamptz, b timestamptz)", "bigint",
         "partita_span(floor(extract(epoch FROM a) - extract(epoch FROM b)))"),
        ("date_of(a timestamptz, zone text)", "date", f"CASE WHEN {within} THEN {there}::date END"),
        ("time_of(a timestamptz, zone text)", "time",
         f"CASE WHEN {within} THEN date_trunc('second', {there})::time END"),
        ("date(y numeric, m numeric, d numeric)", "date",
         f"CASE WHEN y BETWEEN 1 AND 9999 AND m BETWEEN 1 AND 12 AND d BETWEEN 1 AND "
         f"extract(day FROM {clamped} + INTERVAL '1 month -1 day') "
         f"THEN {clamped} + (least(greatest(d, 1), 31) - 1)::int END"),
        ("add_months(a date, n numeric)", "date",
         f"CASE WHEN abs(n) <= {MAX_MONTHS} AND extract(year FROM a) * 12 + extract(month FROM a) - 1 + n "
         "BETWEEN 12 AND 119999 THEN (a + make_interval(months => n::int))::date END"),
        ("year(a date)", "numeric", "extract(year FROM a)"),
        ("month(a date)", "numeric", "extract(month FROM a)"),
        ("day(a date)", "numeric", "extract(day FROM a)"),
        ("weekday(a date)", "numeric", "extract(isodow FROM a)"),
        ("days_between(a date, b date)", "numeric", "(b - a)::numeric"),
    ]  # fmt: skip
