"""Signing in: passwords, lock-out, sessions that end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from argon2 import PasswordHasher

from partita.base.errors import Denied, Refused
from partita.runtime.identity import accounts, passwords, sessions
from tests.runtime.support import Desk

GOOD = "зелёный трактор у реки"


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashing is slow on purpose; its strength is of no use here."""
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    passwords._NOBODYS.clear()


def user(desk: Desk, login: str = "Anna") -> None:
    accounts.create_user(desk.engine, login, "Анна", GOOD, ["operator"])


def sign_in(desk: Desk, login: str = "anna", password: str = GOOD, ip: str = "10.0.0.1") -> str:
    return sessions.sign_in(desk.engine, login, password, ip, "test")[0]


def refusal(desk: Desk, login: str = "anna", password: str = "wrong password", ip: str = "10.0.0.1") -> str:
    with pytest.raises(Denied) as caught:
        sign_in(desk, login, password, ip)
    return caught.value.problem.code


def test_a_user_signs_in_by_login_in_any_case_and_the_token_names_him(desk: Desk) -> None:
    user(desk)
    actor = sessions.resume(desk.engine, sign_in(desk, "ANNA"))
    assert (actor.login, actor.name, actor.roles) == ("Anna", "Анна", frozenset(("desk.operator",)))


def test_a_wrong_login_and_a_wrong_password_are_told_alike(desk: Desk) -> None:
    user(desk)
    assert refusal(desk) == refusal(desk, "nobody") == "I001"
    known, unknown = ([refusal(desk, login) for _ in range(7)] for login in ("anna", "nobody"))
    assert known == unknown == ["I001"] * 4 + ["I002"] * 3


def test_a_new_password_ends_the_lock(desk: Desk) -> None:
    user(desk)
    for _ in range(5):
        refusal(desk)
    accounts.set_password(desk.engine, "anna", GOOD)
    assert sign_in(desk)


def test_five_failures_lock_the_account_even_for_the_right_password(desk: Desk) -> None:
    user(desk)
    assert [refusal(desk) for _ in range(5)] == ["I001"] * 5
    assert refusal(desk, password=GOOD, ip="10.0.0.2") == "I002"
    desk.clock.move(timedelta(minutes=2))
    assert sign_in(desk)
    assert [refusal(desk) for _ in range(4)] == ["I001"] * 4


def test_thirty_failures_lock_the_address_for_all_logins(desk: Desk) -> None:
    user(desk)
    for n in range(30):
        refusal(desk, f"user{n}")
    assert refusal(desk, password=GOOD) == "I002"
    assert sign_in(desk, ip="10.0.0.2")
    desk.clock.move(timedelta(minutes=16))
    assert sign_in(desk)


def test_a_lock_tells_how_long_it_lasts(desk: Desk) -> None:
    user(desk)
    for _ in range(5):
        refusal(desk)
    with pytest.raises(Denied) as caught:
        sign_in(desk)
    assert caught.value.problem.params["minutes"] == 1


def test_sessions_end_by_time_by_sign_out_and_by_revocation(desk: Desk) -> None:
    user(desk)
    idle, out, revoked, kept = (sign_in(desk) for _ in range(4))
    sessions.sign_out(desk.engine, out)
    anna = sessions.resume(desk.engine, kept)
    shown = sessions.list_sessions(desk.engine, anna.user_id, revoked)
    assert [len(shown), sum(s.current for s in shown)] == [3, 1]
    assert sessions.revoke(desk.engine, anna.user_id, next(s.id for s in shown if s.current))
    assert not sessions.revoke(desk.engine, anna.user_id + 1, shown[0].id)
    for token in (out, revoked, "nonsense"):
        with pytest.raises(Denied, match="I004"):
            sessions.resume(desk.engine, token)
    for _ in range(3):
        desk.clock.move(timedelta(hours=6))
        sessions.resume(desk.engine, kept)
    with pytest.raises(Denied, match="I004"):
        sessions.resume(desk.engine, idle)
    for _ in range(28):
        desk.clock.move(timedelta(hours=11))
        sessions.resume(desk.engine, kept)
    desk.clock.move(timedelta(hours=11))
    with pytest.raises(Denied, match="I004"):
        sessions.resume(desk.engine, kept)


def test_a_new_password_or_a_closed_account_ends_the_sessions(desk: Desk) -> None:
    user(desk)
    token = sign_in(desk)
    accounts.set_password(desk.engine, "anna", GOOD + " снова")
    with pytest.raises(Denied, match="I004"):
        sessions.resume(desk.engine, token)
    token = sign_in(desk, password=GOOD + " снова")
    accounts.set_active(desk.engine, "anna", False)
    with pytest.raises(Denied, match="I004"):
        sessions.resume(desk.engine, token)
    assert refusal(desk, password=GOOD + " снова") == "I001"


def test_changed_roles_and_looks_work_with_the_next_request(desk: Desk) -> None:
    user(desk)
    token = sign_in(desk)
    accounts.set_roles(desk.engine, "anna", ["desk.chief", "worker"])
    actor = sessions.resume(desk.engine, token)
    assert actor.roles == frozenset(("desk.chief", "desk.worker"))
    accounts.set_look(desk.engine, actor.user_id, theme="dark", language="en", density="huge")
    changed = sessions.resume(desk.engine, token)
    assert (changed.theme, changed.language, changed.density) == ("dark", "en", "regular")


@pytest.mark.parametrize(
    ("login", "password", "roles", "code"),
    [
        ("boris", "короткий", [], "I005"),
        ("boris", "password1234", [], "I006"),
        ("boris", "qwertyuiop[]", [], "I006"),
        ("boris", "abcabcabcabc", [], "I006"),
        ("boris.petrov1", "Boris.Petrov1", [], "I006"),
        ("anna", GOOD, [], "I007"),
        ("boris", GOOD, ["pilot"], "I009"),
        ("b", GOOD, [], "I010"),
        ("bo ris", GOOD, [], "I010"),
    ],
)
def test_weak_passwords_and_wrong_accounts_are_refused(
    desk: Desk, login: str, password: str, roles: list[str], code: str
) -> None:
    user(desk)
    with pytest.raises(Refused, match=code):
        accounts.create_user(desk.engine, login, "Б", password, roles)


def test_an_unknown_account_is_refused_by_name(desk: Desk) -> None:
    with pytest.raises(Refused, match="I008"):
        accounts.set_password(desk.engine, "nobody", GOOD)


def test_the_database_holds_neither_tokens_nor_passwords(desk: Desk) -> None:
    user(desk)
    token = sign_in(desk)
    with desk.engine.db.read() as conn:
        held = repr(conn.exec_driver_sql("SELECT * FROM sys_session").fetchall())
        held += repr(conn.exec_driver_sql("SELECT * FROM sys_user").fetchall())
    assert token not in held
    assert GOOD not in held
