"""Users, their roles and sessions, and the log of attempts to sign in. Tokens and passwords come here hashed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from partita.base.errors import Problem, Refused
from partita.base.frozen import FrozenMap
from partita.base.text import fold
from partita.storage import failures, system
from partita.storage.driver import DATABASE_ERRORS
from partita.storage.lookups import Lookup, add, hole, insert, is_
from partita.storage.statements import Connection, Prepared

_USER, _ROLE, _SESSION, _SIGN_IN = system.USER, system.USER_ROLE, system.SESSION, system.SIGN_IN
CHANGEABLE = frozenset(
    {"login", "name", "password_hash", "employee_id", "language", "theme", "density", "active"}
    | {"failed_count", "locked_until"}
)


@dataclass(frozen=True, slots=True)
class User:
    id: int
    login: str
    name: str
    password_hash: str | None
    employee_id: int | None
    language: str | None
    theme: str | None
    density: str | None
    active: bool
    failed_count: int
    locked_until: datetime | None
    created_at: datetime | None
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Session:
    id_hash: str
    user_id: int
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    ip: str | None
    agent: str | None
    revoked_at: datetime | None


def create_user(conn: Connection, login: str, name: str, now: datetime, **more: Any) -> int:
    """A new active user. A taken login (whatever its case) is Refused."""
    known = {"password_hash": None, "employee_id": None, "language": None, "theme": None, "density": None}
    given = {**known, **more, "login": login, "login_fold": fold(login), "name": name, "created_at": now}
    try:
        row = _CREATE.first(conn, **given, active=True, failed_count=0, locked_until=None)
    except DATABASE_ERRORS as error:
        if failures.kind_of(error) != "unique":
            raise
        raise Refused(Problem("W011", "login", FrozenMap({"title": login}))) from error
    assert row is not None
    return int(row[0])


def find_user(conn: Connection, login: str) -> User | None:
    return _user(conn, _BY_LOGIN.one(conn, login_fold=fold(login)))


def fetch_user(conn: Connection, user_id: int) -> User | None:
    return _user(conn, _BY_ID.one(conn, id=user_id))


def list_users(conn: Connection) -> list[User]:
    """By login."""
    roles: dict[int, set[str]] = {}
    for row in _ALL_ROLES.all(conn):
        roles.setdefault(row["user_id"], set()).add(row["role"])
    return [_make(row, frozenset(roles.get(row["id"], ()))) for row in _ALL.all(conn)]


def change_user(conn: Connection, user_id: int, **changes: Any) -> None:
    """Set the named columns."""
    if unknown := set(changes) - CHANGEABLE:
        raise ValueError(f"a user has no {sorted(unknown)}")
    if "login" in changes:
        changes["login_fold"] = fold(changes["login"])
    values = {name: sa.literal(value, _USER.c[name].type) for name, value in changes.items()}
    conn.execute(sa.update(_USER).where(_USER.c.id == user_id).values(values))


def count_failure(conn: Connection, user_id: int, locked_until: datetime | None) -> None:
    """One more failed attempt; optionally locked for a while."""
    _FAILURE.run(conn, id=user_id, locked_until=locked_until)


def set_roles(conn: Connection, user_id: int, roles: Iterable[str]) -> None:
    _DROP_ROLES.run(conn, user_id=user_id)
    many = [{"user_id": user_id, "role": role} for role in sorted(set(roles))]
    if many:
        _ADD_ROLE.run_many(conn, many)


def open_session(conn: Connection, session: Session) -> None:
    _OPEN.run(conn, **{column.name: getattr(session, column.name) for column in _SESSION.c})


def fetch_session(conn: Connection, id_hash: str) -> Session | None:
    """Also one that has ended: the caller looks at `expires_at` and `revoked_at`."""
    row = _FETCH_SESSION.one(conn, id_hash=id_hash)
    return None if row is None else Session(**row)


def list_sessions(conn: Connection, user_id: int, now: datetime) -> list[Session]:
    """Those still open, the last used first."""
    return [Session(**row) for row in _SESSIONS.all(conn, user_id=user_id, now=now)]


def touch_session(conn: Connection, id_hash: str, seen_at: datetime, expires_at: datetime) -> None:
    _TOUCH.run(conn, id_hash=id_hash, seen_at=seen_at, expires_at=expires_at)


def revoke_session(conn: Connection, id_hash: str, now: datetime) -> bool:
    return bool(_REVOKE.run(conn, id_hash=id_hash, now=now))


def revoke_sessions(conn: Connection, user_id: int, now: datetime, but: str = "") -> int:
    """All of a user, except the one named."""
    return _REVOKE_ALL.run(conn, user_id=user_id, now=now, but=but)


def forget_sessions(conn: Connection, before: datetime) -> int:
    return _FORGET.run(conn, before=before)


def log_sign_in(conn: Connection, at: datetime, login: str, ip: str, succeeded: bool) -> None:
    _LOG.first(conn, at=at, login_fold=fold(login), ip=ip, succeeded=succeeded)


def count_failed_sign_ins(conn: Connection, ip: str, since: datetime) -> int:
    row = _FAILED.first(conn, ip=ip, since=since)
    return int(row[0]) if row else 0


def failures_of(conn: Connection, login: str, since: datetime) -> tuple[int, datetime | None]:
    """How often and when last this login failed, since the moment or since it last succeeded; there need not be such
    an account."""
    row = _FAILURES_OF.one(conn, login_fold=fold(login), since=since)
    return (int(row["count"]), row["last"]) if row else (0, None)


def forget_sign_ins(conn: Connection, before: datetime) -> int:
    return _FORGET_LOG.run(conn, before=before)


def _user(conn: Connection, row: dict[str, Any] | None) -> User | None:
    if row is None:
        return None
    return _make(row, frozenset(found["role"] for found in _ROLES.all(conn, user_id=row["id"])))


def _make(row: dict[str, Any], roles: frozenset[str]) -> User:
    filled = {**row, "name": row["name"] or "", "failed_count": row["failed_count"] or 0}
    return User(**filled, roles=roles)


_SHOWN = [column for column in _USER.c if column.name != "login_fold"]
_OPEN_NOW = (_SESSION.c.revoked_at.is_(None), _SESSION.c.expires_at > hole(_SESSION.c.expires_at, "now"))
_CREATE = add(_USER)
_BY_LOGIN = Lookup(sa.select(*_SHOWN).where(is_(_USER.c.login_fold)))
_BY_ID = Lookup(sa.select(*_SHOWN).where(is_(_USER.c.id)))
_ALL = Lookup(sa.select(*_SHOWN).order_by(_USER.c.login_fold))
_ALL_ROLES = Lookup(sa.select(_ROLE.c.user_id, _ROLE.c.role))
_ROLES = Lookup(sa.select(_ROLE.c.role).where(is_(_ROLE.c.user_id)))
_DROP_ROLES = Prepared(sa.delete(_ROLE).where(is_(_ROLE.c.user_id)))
_ADD_ROLE = Prepared(insert(_ROLE))
_FAILURE = Prepared(
    sa.update(_USER)
    .where(is_(_USER.c.id))
    .values(failed_count=_USER.c.failed_count + 1, locked_until=hole(_USER.c.locked_until))
)
_OPEN = Prepared(insert(_SESSION))
_FETCH_SESSION = Lookup(sa.select(*_SESSION.c).where(is_(_SESSION.c.id_hash)))
_SESSIONS = Lookup(
    sa.select(*_SESSION.c).where(is_(_SESSION.c.user_id), *_OPEN_NOW).order_by(_SESSION.c.seen_at.desc())
)
_TOUCH = Prepared(
    sa.update(_SESSION)
    .where(is_(_SESSION.c.id_hash))
    .values(seen_at=hole(_SESSION.c.seen_at), expires_at=hole(_SESSION.c.expires_at))
)
_REVOKE = Prepared(
    sa.update(_SESSION)
    .where(is_(_SESSION.c.id_hash), _SESSION.c.revoked_at.is_(None))
    .values(revoked_at=hole(_SESSION.c.revoked_at, "now"))
)
_REVOKE_ALL = Prepared(
    sa.update(_SESSION)
    .where(
        is_(_SESSION.c.user_id), _SESSION.c.revoked_at.is_(None), _SESSION.c.id_hash != hole(_SESSION.c.id_hash, "but")
    )
    .values(revoked_at=hole(_SESSION.c.revoked_at, "now"))
)
_FORGET = Prepared(sa.delete(_SESSION).where(_SESSION.c.expires_at < hole(_SESSION.c.expires_at, "before")))
_LOG = add(_SIGN_IN)
_FAILED = Prepared(
    sa.select(sa.func.count())
    .select_from(_SIGN_IN)
    .where(is_(_SIGN_IN.c.ip), _SIGN_IN.c.at > hole(_SIGN_IN.c.at, "since"), _SIGN_IN.c.succeeded.is_(sa.false()))
)
_SUCCESS = _SIGN_IN.alias("success")
_LAST_SUCCESS = (
    sa.select(sa.func.max(_SUCCESS.c.id)).where(is_(_SUCCESS.c.login_fold), _SUCCESS.c.succeeded.is_(sa.true()))
).scalar_subquery()
_FAILURES: Any = sa.select(sa.func.count().label("count"), sa.func.max(_SIGN_IN.c.at).label("last")).where(
    is_(_SIGN_IN.c.login_fold),
    _SIGN_IN.c.succeeded.is_(sa.false()),
    _SIGN_IN.c.at > hole(_SIGN_IN.c.at, "since"),
    _SIGN_IN.c.id > sa.func.coalesce(_LAST_SUCCESS, 0),
)
_FAILURES_OF = Lookup(_FAILURES)
_FORGET_LOG = Prepared(sa.delete(_SIGN_IN).where(_SIGN_IN.c.at < hole(_SIGN_IN.c.at, "before")))
