"""Counters of numberings: taken in the registering transaction, so that a number is neither lost nor given twice."""

import sqlalchemy as sa

from partita.storage.statements import Connection, Prepared


def next(conn: Connection, numbering: str, key: str) -> int:  # noqa: A001 — the counter's own verb
    """The next value; the counter stays locked until the transaction ends."""
    row = _NEXT.first(conn, numbering=numbering, key=key)
    assert row is not None
    return int(row[0])


def raise_to(conn: Connection, numbering: str, key: str, value: int) -> None:
    """Continue after `value` (numbers that came with an import); never goes back."""
    _RAISE.run(conn, numbering=numbering, key=key, value=value)


_NEXT = Prepared(
    sa.text(
        "INSERT INTO sys_counter (numbering, key, value) VALUES (:numbering, :key, 1) "
        "ON CONFLICT (numbering, key) DO UPDATE SET value = sys_counter.value + 1 RETURNING value"
    )
)
_RAISE = Prepared(
    sa.text(
        "INSERT INTO sys_counter (numbering, key, value) VALUES (:numbering, :key, :value) "
        "ON CONFLICT (numbering, key) DO UPDATE SET value = excluded.value WHERE sys_counter.value < excluded.value"
    )
)
