"""Comments on records."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from partita.storage import system
from partita.storage.lookups import Lookup, add, is_
from partita.storage.statements import Connection

_COMMENT = system.COMMENT


@dataclass(frozen=True, slots=True)
class Comment:
    id: int
    record_type: str
    record_id: int
    at: datetime
    user_id: int | None
    user_name: str
    text: str


def write(
    conn: Connection, record_type: str, record_id: int, at: datetime, user_id: int | None, user_name: str, text: str
) -> int:
    """Append; the new comment's id."""
    given = {"record_type": record_type, "record_id": record_id, "at": at, "user_id": user_id}
    row = _WRITE.first(conn, **given, user_name=user_name, text=text)
    assert row is not None
    return int(row[0])


def read(conn: Connection, record_type: str, record_id: int) -> list[Comment]:
    """The oldest first."""
    return [Comment(**row) for row in _READ.all(conn, record_type=record_type, record_id=record_id)]


_WRITE = add(_COMMENT)
_READ = Lookup(
    sa.select(*_COMMENT.c).where(is_(_COMMENT.c.record_type), is_(_COMMENT.c.record_id)).order_by(_COMMENT.c.id)
)
