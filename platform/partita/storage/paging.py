"""Keyset pages: where a page begins is told by the sort values of a row, so page 4,000 costs what the first costs.

Empty values come last in both directions. Rows whose first key is empty make a second stretch of the list, read by a
statement of its own: so each stretch is one walk over a plain index, on both databases.
"""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import sqlalchemy as sa

from partita.base.plain import from_plain, to_plain
from partita.storage.paths import Expression

Stretch = Literal["filled", "empty"]


@dataclass(frozen=True, slots=True)
class Key:
    """One key of the order: the compared expression, its way, and whether it can be empty."""

    value: Expression
    descending: bool
    nullable: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """What decides the text of one statement of a page: the stretch, the way, and which cursor values are empty."""

    stretch: Stretch
    backward: bool
    gaps: tuple[bool, ...] | None


def encode_cursor(values: Sequence[Any]) -> str:
    """Stored key values of a row as a token for addresses of pages."""
    text = json.dumps(to_plain(list(values)), ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode_cursor(token: str, count: int) -> tuple[Any, ...] | None:
    """The values of a token; None for one that was not made here."""
    try:
        text = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4)).decode()
        values = from_plain(Any, json.loads(text))
    except (ValueError, TypeError, KeyError, ArithmeticError, RecursionError):
        return None
    return values if isinstance(values, tuple) and len(values) == count else None


def stretches(keys: Sequence[Key], backward: bool) -> tuple[Stretch, ...]:
    if not keys[0].nullable:
        return ("filled",)
    return ("empty", "filled") if backward else ("filled", "empty")


def conditions(keys: Sequence[Key], turn: Turn) -> list[Expression]:
    """Which rows belong to the stretch, and stand after (or before) the cursor `k0, k1, …`."""
    found: list[Expression] = []
    rest, gaps = list(enumerate(keys)), turn.gaps
    if keys[0].nullable:
        found.append(keys[0].value.is_(None) if turn.stretch == "empty" else keys[0].value.is_not(None))
    if turn.stretch == "empty":
        rest = rest[1:]
    if gaps is not None:
        found += _beyond(rest, gaps, turn)
    return found


def order(keys: Sequence[Key], turn: Turn) -> list[Expression]:
    found: list[Expression] = []
    for number, key in enumerate(keys):
        if turn.stretch == "empty" and number == 0:
            continue
        down = key.descending != turn.backward
        term = key.value.desc() if down else key.value.asc()
        if key.nullable and number > 0:
            term = term.nulls_first() if turn.backward else term.nulls_last()
        found.append(term)
    return found


def _beyond(keys: list[tuple[int, Key]], gaps: tuple[bool, ...], turn: Turn) -> list[Expression]:
    (_, first), ways = keys[0], {key.descending for _, key in keys}
    plain = len(ways) == 1 and not any(key.nullable for number, key in keys if number > 0)
    if plain:
        left, right = sa.tuple_(*(key.value for _, key in keys)), sa.tuple_(*(_hole(n, key) for n, key in keys))
        return [left < right if first.descending != turn.backward else left > right]
    either = [
        sa.and_(*(_same(n, key, gaps) for n, key in keys[:place]), _strictly(*keys[place], gaps, turn))
        for place in range(len(keys))
    ]
    return [*_bound(keys[0], gaps, turn), sa.or_(*either)]


def _bound(key: tuple[int, Key], gaps: tuple[bool, ...], turn: Turn) -> list[Expression]:
    """A plain bound of the first key, which an index can use."""
    number, first = key
    if gaps[number] or (first.nullable and number > 0):
        return []
    hole = _hole(number, first)
    return [first.value <= hole if first.descending != turn.backward else first.value >= hole]


def _same(number: int, key: Key, gaps: tuple[bool, ...]) -> Expression:
    return key.value.is_(None) if gaps[number] else key.value == _hole(number, key)


def _strictly(number: int, key: Key, gaps: tuple[bool, ...], turn: Turn) -> Expression:
    if gaps[number]:
        return key.value.is_not(None) if turn.backward else sa.false()
    hole = _hole(number, key)
    beyond: Expression = key.value < hole if key.descending != turn.backward else key.value > hole
    return sa.or_(beyond, key.value.is_(None)) if key.nullable and not turn.backward else beyond


def _hole(number: int, key: Key) -> Expression:
    return sa.bindparam(f"k{number}", type_=key.value.type)
