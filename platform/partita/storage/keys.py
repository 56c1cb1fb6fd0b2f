"""Idempotency keys of rendered forms and API calls: the first use wins, a repeat is given the stored answer."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from partita.storage import system
from partita.storage.lookups import Lookup, hole, is_, upsert
from partita.storage.statements import Connection, Prepared

_KEY = system.REQUEST_KEY


@dataclass(frozen=True, slots=True)
class Earlier:
    """What was done under the key before: the digest of its body and the stored answer."""

    digest: str
    response: str | None


def claim(conn: Connection, user_id: int, key: str, digest: str, now: datetime) -> Earlier | None:
    """Take the key first of all in the transaction; None: it was free. A second user of the same key waits here until
    the first one's transaction ends."""
    given = {"user_id": user_id, "key": key, "digest": digest, "created_at": now}
    if _CLAIM.run(conn, **given):
        return None
    row = _FETCH.one(conn, user_id=user_id, key=key)
    return claim(conn, user_id, key, digest, now) if row is None else Earlier(row["digest"], row["response"])


def answer(conn: Connection, user_id: int, key: str, response: str) -> None:
    """Store what a repeat is to be given."""
    _ANSWER.run(conn, user_id=user_id, key=key, response=response)


def forget(conn: Connection, before: datetime) -> int:
    """Remove keys older than `before`."""
    return _FORGET.run(conn, created_at=before)


_MINE = (is_(_KEY.c.user_id), is_(_KEY.c.key))


def _claim(dialect: str) -> sa.Executable:
    values = {name: hole(_KEY.c[name]) for name in ("user_id", "key", "digest", "created_at")}
    statement: sa.Executable = upsert(_KEY, dialect).values(values).on_conflict_do_nothing()
    return statement


_CLAIM = Prepared(_claim)
_FETCH = Lookup(sa.select(_KEY.c.digest, _KEY.c.response).where(*_MINE))
_ANSWER = Prepared(sa.update(_KEY).values(response=hole(_KEY.c.response)).where(*_MINE))
_FORGET = Prepared(sa.delete(_KEY).where(_KEY.c.created_at < hole(_KEY.c.created_at)))
