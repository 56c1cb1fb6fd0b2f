"""Attached files: rows that say which record a content belongs to, under which name. Contents are in `blobs`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from partita.storage import sets, system
from partita.storage.lookups import Lookup, add, hole, is_, upsert
from partita.storage.sqltypes import WholeNumber
from partita.storage.statements import Connection, Prepared

_FILE, _BLOB = system.ATTACHMENT, system.BLOB


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """`record_id` is None while the file lies in a form that is not saved yet, known by its `form_key`."""

    name: str
    sha256: str
    size: int
    created_at: datetime
    media_type: str = "application/octet-stream"
    record_type: str | None = None
    record_id: int | None = None
    field: str | None = None
    created_by: int | None = None
    removed_at: datetime | None = None
    form_key: str | None = None
    id: int = 0


def add_file(conn: Connection, attachment: Attachment) -> int:
    """Write the row (and that of its content, once); the new id."""
    given = {column.name: getattr(attachment, column.name) for column in _FILE.c if column.name != "id"}
    _BLOB_ROW.run(conn, **{name: given[name] for name in ("sha256", "size", "media_type", "created_at")})
    row = _ADD.first(conn, **given)
    assert row is not None
    return int(row[0])


def fetch(conn: Connection, attachment_id: int) -> Attachment | None:
    row = _FETCH.one(conn, id=attachment_id)
    return None if row is None else Attachment(**row)


def fetch_many(conn: Connection, ids: Sequence[int]) -> dict[int, Attachment]:
    return {row["id"]: Attachment(**row) for row in _MANY.all(conn, ids=ids)}


def of_record(conn: Connection, record_type: str, record_id: int) -> list[Attachment]:
    """Those not removed, the oldest first."""
    return [Attachment(**row) for row in _OF_RECORD.all(conn, record_type=record_type, record_id=record_id)]


def of_form(conn: Connection, form_key: str) -> list[Attachment]:
    """Those that still wait for their form to be saved."""
    return [Attachment(**row) for row in _OF_FORM.all(conn, form_key=form_key)]


def bind(conn: Connection, ids: Sequence[int], record_type: str, record_id: int, field: str | None = None) -> int:
    """Give waiting files to their record; how many were given."""
    return _BIND.run(conn, ids=ids, record_type=record_type, record_id=record_id, field=field)


def remove(conn: Connection, attachment_id: int, now: datetime) -> bool:
    """Mark as removed; the row and the content stay for history."""
    return bool(_REMOVE.run(conn, id=attachment_id, now=now))


def remove_of_record(conn: Connection, record_type: str, record_id: int, now: datetime) -> int:
    """Mark all files of a record as removed."""
    return _REMOVE_ALL.run(conn, record_type=record_type, record_id=record_id, now=now)


def sweep(conn: Connection, before: datetime) -> int:
    """Forget files of forms that were never saved, and rows of contents that nobody mentions any more."""
    forgotten = _SWEEP.run(conn, before=before)
    _SWEEP_BLOBS.run(conn, before=before)
    return forgotten


def is_mentioned(conn: Connection, sha256: str) -> bool:
    return _MENTIONED.first(conn, sha256=sha256) is not None


def _blob_row(dialect: str) -> sa.Executable:
    """A content put in again is as young as a new one, and its row is locked against the sweep."""
    statement = upsert(_BLOB, dialect).values({column.name: hole(column) for column in _BLOB.c})
    renewed: sa.Executable = statement.on_conflict_do_update(
        index_elements=[_BLOB.c.sha256], set_={"created_at": statement.excluded.created_at}
    )
    return renewed


_WAITS = _FILE.c.record_id.is_(None)
_SHOWN = (is_(_FILE.c.record_type), is_(_FILE.c.record_id), _FILE.c.removed_at.is_(None))
_USED = sa.exists(sa.select(_FILE.c.id).where(_FILE.c.sha256 == _BLOB.c.sha256))
_ADD = add(_FILE)
_BLOB_ROW = Prepared(_blob_row)
_FETCH = Lookup(sa.select(*_FILE.c).where(is_(_FILE.c.id)))
_MANY = Lookup(sa.select(*_FILE.c).where(sets.among(_FILE.c.id, "ids", WholeNumber())))
_OF_RECORD = Lookup(sa.select(*_FILE.c).where(*_SHOWN).order_by(_FILE.c.id))
_OF_FORM = Lookup(
    sa.select(*_FILE.c).where(is_(_FILE.c.form_key), _WAITS, _FILE.c.removed_at.is_(None)).order_by(_FILE.c.id)
)
_BIND = Prepared(
    sa.update(_FILE)
    .where(sets.among(_FILE.c.id, "ids", WholeNumber()), _WAITS, _FILE.c.removed_at.is_(None))
    .values({name: hole(_FILE.c[name]) for name in ("record_type", "record_id", "field")} | {"form_key": sa.null()})
)
_REMOVE = Prepared(
    sa.update(_FILE)
    .where(is_(_FILE.c.id), _FILE.c.removed_at.is_(None))
    .values(removed_at=hole(_FILE.c.removed_at, "now"))
)
_REMOVE_ALL = Prepared(sa.update(_FILE).where(*_SHOWN).values(removed_at=hole(_FILE.c.removed_at, "now")))
_SWEEP = Prepared(sa.delete(_FILE).where(_WAITS, _FILE.c.created_at < hole(_FILE.c.created_at, "before")))
_SWEEP_BLOBS = Prepared(sa.delete(_BLOB).where(_BLOB.c.created_at < hole(_BLOB.c.created_at, "before"), sa.not_(_USED)))
_MENTIONED = Prepared(sa.select(_BLOB.c.size).where(is_(_BLOB.c.sha256)))
