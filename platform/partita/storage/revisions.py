"""Applied revisions of the configuration: the server runs the last one, and any can be looked at and gone back to."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from partita.model import dump
from partita.model.model import Model
from partita.storage import failures, system
from partita.storage.driver import DATABASE_ERRORS
from partita.storage.lookups import Lookup, insert, is_
from partita.storage.statements import Connection, Prepared

_REVISION = system.REVISION


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the list of revisions. `restores`: the revision that this one went back to."""

    number: int
    digest: str
    created_at: datetime
    author: str
    message: str
    restores: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A revision whole: the texts it was compiled from, the Model, and the plain form of its Program."""

    entry: Entry
    model: Model
    program: Any
    sources: Mapping[str, str]
    plan: Any = None


def latest(conn: Connection) -> tuple[int, str] | None:
    """Number and digest of the revision in force; cheap enough to ask every second. None: none was applied yet."""
    try:
        row = _LATEST.first(conn)
    except DATABASE_ERRORS as error:
        if failures.kind_of(error) == "stale":
            return None
        raise
    return None if row is None else (int(row[0]), str(row[1]))


def fetch(conn: Connection, number: int) -> Revision | None:
    row = _FETCH.one(conn, number=number)
    return None if row is None else _revision(row)


def fetch_latest(conn: Connection) -> Revision | None:
    found = latest(conn)
    return None if found is None else fetch(conn, found[0])


def list_entries(conn: Connection, limit: int = 100) -> list[Entry]:
    """The newest first."""
    return [_entry(row) for row in _ENTRIES.all(conn, most=limit)]


def store(conn: Connection, revision: Revision) -> None:
    """Add the revision; it is in force when the transaction commits."""
    entry = revision.entry
    _STORE.run(
        conn,
        number=entry.number,
        digest=entry.digest,
        created_at=entry.created_at,
        author=entry.author,
        message=entry.message,
        restores=entry.restores,
        model=dump.text(revision.model),
        program=_json(revision.program),
        sources=_json(dict(revision.sources)),
        plan=_json(revision.plan),
    )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _entry(row: Mapping[str, Any]) -> Entry:
    names: dict[str, Any] = {slot: row[slot] for slot in ("number", "digest", "created_at", "restores")}
    return Entry(**names, author=row["author"] or "", message=row["message"] or "")


def _revision(row: Mapping[str, Any]) -> Revision:
    return Revision(
        entry=_entry(row),
        model=dump.load(json.loads(row["model"])),
        program=json.loads(row["program"]),
        sources=json.loads(row["sources"]),
        plan=json.loads(row["plan"]),
    )


_SHORT = [_REVISION.c[name] for name in ("number", "digest", "created_at", "author", "message", "restores")]
_LATEST = Prepared(sa.select(_REVISION.c.number, _REVISION.c.digest).order_by(_REVISION.c.number.desc()).limit(1))
_FETCH = Lookup(sa.select(*_REVISION.c).where(is_(_REVISION.c.number)))
_ENTRIES = Lookup(
    sa.select(*_SHORT).order_by(_REVISION.c.number.desc()).limit(sa.bindparam("most", type_=sa.BigInteger()))
)
_STORE = Prepared(insert(_REVISION))
