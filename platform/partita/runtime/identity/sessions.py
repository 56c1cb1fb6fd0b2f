"""Signing in and staying signed in. A token is 256 random bits; the database holds only its SHA-256."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from partita.base.errors import Denied
from partita.runtime.context import Actor
from partita.runtime.engine import Engine
from partita.runtime.identity.passwords import hash_password, is_outdated, matches
from partita.storage import accounts
from partita.storage.accounts import User
from partita.storage.statements import Connection

IDLE = timedelta(hours=12)
LIFETIME = timedelta(days=14)
TOUCH = timedelta(minutes=1)
FAILURES = 5
FAILURES_OF_ADDRESS = 30
WINDOW = timedelta(minutes=15)
LONGEST_LOCK = timedelta(hours=1)
REMEMBERED = timedelta(days=1)
LONGEST_LOGIN = 100


@dataclass(frozen=True, slots=True)
class SessionView:
    """`id` names the session for `revoke`; it is no token."""

    id: str
    created_at: datetime
    seen_at: datetime
    ip: str
    agent: str
    current: bool


def sign_in(engine: Engine, login: str, password: str, ip: str, agent: str) -> tuple[str, Actor]:
    """The session's token and who it is. Raises Denied I001 (alike for a wrong login and a wrong password) or I002."""
    now = engine.clock.now()
    with engine.db.read() as conn:
        user = accounts.find_user(conn, login.strip())
        _refuse_locked(engine, conn, login.strip()[:LONGEST_LOGIN], ip, now)
    right = matches(password, user.password_hash if user is not None and user.active else None)
    if user is None or not right:
        with engine.db.write() as conn:
            accounts.log_sign_in(conn, now, login.strip()[:LONGEST_LOGIN], ip[:100], False)
        raise Denied("I001")
    token = secrets.token_urlsafe(32)
    with engine.db.write() as conn:
        if user.password_hash and is_outdated(user.password_hash):
            accounts.change_user(conn, user.id, password_hash=hash_password(password))
        accounts.log_sign_in(conn, now, user.login, ip[:100], True)
        accounts.open_session(conn, _session(token, user, now, ip, agent))
    return token, actor_of(user)


def _session(token: str, user: User, now: datetime, ip: str, agent: str) -> accounts.Session:
    return accounts.Session(
        id_hash=hash_token(token), user_id=user.id, created_at=now, seen_at=now, expires_at=now + IDLE, ip=ip[:100],
        agent=agent[:300], revoked_at=None,
    )  # fmt: skip


def resume(engine: Engine, token: str) -> Actor:
    """Who the token belongs to, with the roles of this moment. Raises Denied I004."""
    now, id_hash = engine.clock.now(), hash_token(token)
    with engine.db.read() as conn:
        session = accounts.fetch_session(conn, id_hash)
        user = accounts.fetch_user(conn, session.user_id) if session is not None else None
    if session is None or user is None or not user.active or session.revoked_at is not None:
        raise Denied("I004")
    if now >= session.expires_at or now >= session.created_at + LIFETIME:
        raise Denied("I004")
    if now - session.seen_at >= TOUCH:
        with engine.db.write() as conn:
            accounts.touch_session(conn, id_hash, now, min(now + IDLE, session.created_at + LIFETIME))
    return actor_of(user)


def sign_out(engine: Engine, token: str) -> None:
    with engine.db.write() as conn:
        accounts.revoke_session(conn, hash_token(token), engine.clock.now())


def list_sessions(engine: Engine, user_id: int, token: str = "") -> tuple[SessionView, ...]:
    """Open sessions of a user, the last used first; the one of `token` is marked."""
    with engine.db.read() as conn:
        found = accounts.list_sessions(conn, user_id, engine.clock.now())
    mine = hash_token(token) if token else ""
    return tuple(
        SessionView(s.id_hash, s.created_at, s.seen_at, s.ip or "", s.agent or "", s.id_hash == mine) for s in found
    )


def revoke(engine: Engine, user_id: int, session_id: str) -> bool:
    """Ends one session of this user; false when he has no such session."""
    now = engine.clock.now()
    with engine.db.write() as conn:
        if session_id not in {s.id_hash for s in accounts.list_sessions(conn, user_id, now)}:
            return False
        return accounts.revoke_session(conn, session_id, now)


def actor_of(user: User) -> Actor:
    return Actor(
        user_id=user.id, login=user.login, name=user.name or user.login, employee_id=user.employee_id, roles=user.roles,
        language=user.language or "ru", theme=user.theme or "auto", density=user.density or "regular",
    )  # fmt: skip


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _refuse_locked(engine: Engine, conn: Connection, login: str, ip: str, now: datetime) -> None:
    """A login after five failures, an address after thirty: whether there is such an account, and whether the password
    is right, nobody learns from it. The lock doubles with every further failure, up to an hour."""
    failed, last = accounts.failures_of(conn, login, now - REMEMBERED)
    if last is not None and failed >= FAILURES:
        until = last + min(timedelta(minutes=2 ** min(failed - FAILURES, 6)), LONGEST_LOCK)
        if until > now:
            raise _locked(engine, until, now)
    if accounts.count_failed_sign_ins(conn, ip[:100], now - WINDOW) >= FAILURES_OF_ADDRESS:
        raise _locked(engine, now + WINDOW, now)


def _locked(engine: Engine, until: datetime, now: datetime) -> Denied:
    minutes = max(1, -(-int((until - now).total_seconds()) // 60))
    return Denied("I002", until=f"{until.astimezone(engine.zone):%H:%M}", minutes=minutes)
