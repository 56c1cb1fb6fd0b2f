"""Accounts, for the command line."""

from collections.abc import Iterable

from partita.bootstrap.engine import open_engine
from partita.runtime.identity import accounts
from partita.settings.settings import Settings
from partita.storage.accounts import User


def add_user(
    settings: Settings, login: str, name: str, password: str, roles: Iterable[str], employee: int | None
) -> tuple[str, ...]:
    """The roles that were given, by their full names."""
    engine = open_engine(settings)
    actor = accounts.create_user(engine, login, name, password, roles, employee_id=employee, language=settings.language)
    return tuple(sorted(actor.roles))


def list_users(settings: Settings) -> tuple[User, ...]:
    return accounts.list_users(open_engine(settings))


def set_roles(settings: Settings, login: str, roles: Iterable[str]) -> tuple[str, ...]:
    engine = open_engine(settings)
    accounts.set_roles(engine, login, roles)
    actor = accounts.find_actor(engine, login)
    return tuple(sorted(actor.roles)) if actor else ()


def set_password(settings: Settings, login: str, password: str) -> None:
    accounts.set_password(open_engine(settings), login, password)


def set_active(settings: Settings, login: str, active: bool) -> None:
    accounts.set_active(open_engine(settings), login, active)
