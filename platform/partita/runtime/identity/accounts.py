"""Accounts: made, given roles and an employee's card, closed. A new password and a closed account end the sessions."""

import re
from collections.abc import Iterable
from typing import Any

from partita.base.errors import Problem, Refused
from partita.base.frozen import FrozenMap
from partita.base.text import fold
from partita.runtime.context import Actor
from partita.runtime.engine import Engine
from partita.runtime.identity.passwords import check_strength, hash_password
from partita.runtime.identity.sessions import actor_of
from partita.storage import accounts
from partita.storage.accounts import User
from partita.storage.statements import Connection

LOGIN = re.compile(r"[^\s\x00-\x1f]{2,100}")
LOOKS = {
    "language": ("ru", "en", "kk"),
    "theme": ("auto", "light", "dark"),
    "density": ("compact", "regular", "relaxed"),
}


def create_user(
    engine: Engine, login: str, name: str, password: str, roles: Iterable[str] = (), *, employee_id: int | None = None,
    language: str = "ru", strong: bool = True,
) -> Actor:  # fmt: skip
    """`strong` False admits a weak password: for demonstration bases only."""
    if not LOGIN.fullmatch(login):
        raise Refused(Problem("I010", "login", FrozenMap({"login": login[:100]})))
    if strong:
        check_strength(password, login)
    known, hashed = _known_roles(engine, roles), hash_password(password)
    with engine.db.write() as conn:
        if accounts.find_user(conn, login) is not None:
            raise Refused(Problem("I007", "login", FrozenMap({"login": login})))
        more = {"password_hash": hashed, "employee_id": employee_id, "language": language}
        user_id = accounts.create_user(conn, login, name, engine.clock.now(), **more)
        accounts.set_roles(conn, user_id, known)
        return actor_of(_user(conn, login))


def find_actor(engine: Engine, login: str) -> Actor | None:
    """The actor of an active account, for scenarios and the command line."""
    with engine.db.read() as conn:
        user = accounts.find_user(conn, login)
    return actor_of(user) if user is not None and user.active else None


def list_users(engine: Engine) -> tuple[User, ...]:
    with engine.db.read() as conn:
        return tuple(accounts.list_users(conn))


def set_password(engine: Engine, login: str, password: str, *, strong: bool = True, keep: str = "") -> None:
    """Ends all sessions but the one named by `keep`."""
    if strong:
        check_strength(password, login)
    hashed = hash_password(password)
    with engine.db.write() as conn:
        user = _user(conn, login)
        accounts.change_user(conn, user.id, password_hash=hashed)
        _unlock(engine, conn, login)
        accounts.revoke_sessions(conn, user.id, engine.clock.now(), keep)


def set_roles(engine: Engine, login: str, roles: Iterable[str]) -> None:
    """Rights change with the next request: sessions read the roles anew."""
    known = _known_roles(engine, roles)
    with engine.db.write() as conn:
        accounts.set_roles(conn, _user(conn, login).id, known)


def set_active(engine: Engine, login: str, active: bool) -> None:
    with engine.db.write() as conn:
        user = _user(conn, login)
        accounts.change_user(conn, user.id, active=active)
        _unlock(engine, conn, login)
        if not active:
            accounts.revoke_sessions(conn, user.id, engine.clock.now())


def set_employee(engine: Engine, login: str, employee_id: int | None) -> None:
    with engine.db.write() as conn:
        accounts.change_user(conn, _user(conn, login).id, employee_id=employee_id)


def set_look(engine: Engine, user_id: int, **looks: str | None) -> None:
    """`language`, `theme`, `density`; None leaves one as it is, an unknown value is left out."""
    changes: dict[str, Any] = {name: value for name, value in looks.items() if value in LOOKS[name]}
    if changes:
        with engine.db.write() as conn:
            accounts.change_user(conn, user_id, **changes)


def _user(conn: Connection, login: str) -> User:
    user = accounts.find_user(conn, login)
    if user is None:
        raise Refused(Problem("I008", "login", FrozenMap({"login": login[:100]})))
    return user


def _unlock(engine: Engine, conn: Connection, login: str) -> None:
    """Failures count since the last success: whoever sets a password ends the lock."""
    accounts.log_sign_in(conn, engine.clock.now(), login, "", True)


def _known_roles(engine: Engine, roles: Iterable[str]) -> frozenset[str]:
    """Qualified names; a bare one stands for the only role of that name."""
    known = engine.current().model.roles
    return frozenset(_role(role, known) for role in roles)


def _role(role: str, known: Iterable[str]) -> str:
    found = [name for name in known if name == role or fold(name).endswith(f".{fold(role)}")]
    if len(found) != 1:
        raise Refused(Problem("I009", "roles", FrozenMap({"role": role})))
    return found[0]
