"""History, comments, accounts, settings, data rows, imports: what was written is read."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from partita.base.errors import Refused
from partita.storage import accounts, comments, data_rows, imports, journal, settings
from partita.storage.accounts import Session
from partita.storage.data_rows import DataRow
from partita.storage.database import Database
from partita.storage.imports import Row, Run
from partita.storage.journal import HistoryRow
from tests.storage.conftest import NOW, Install
from tests.storage.models import model


@pytest.fixture
def db(install: Install) -> Database:
    return install(model())[0]


def change(version: int, **more: Any) -> HistoryRow:
    told = {
        "record_type": "base.order",
        "record_id": 1,
        "at": NOW,
        "user_id": 7,
        "user_name": "Ира",
        "action": "change",
    }
    return HistoryRow(**{**told, "revision": 3, "version": version, **more})


def test_history_is_read_newest_first_by_pages_and_after_a_version(db: Database) -> None:
    written = [change(n, field="size", old=str(n - 1), new=str(n), note="ё", command_id="c") for n in (1, 2, 3)]
    with db.write() as conn:
        journal.write(conn, [*written, change(1, record_id=2, user_id=None)])
        journal.write(conn, [])
    with db.read() as conn:
        first = journal.read(conn, "base.order", 1, limit=2)
        rest = journal.read(conn, "base.order", 1, limit=2, before_id=first[-1].id)
        assert [replace(row, id=0) for row in [*first, *rest]] == written[::-1]
        assert [row.version for row in journal.since(conn, "base.order", 1, 1)] == [2, 3]
        (bare,) = journal.read(conn, "base.order", 2)
        assert (bare.user_id, bare.field, bare.old, bare.note) == (None, "", None, "")


def test_the_records_that_a_user_changed_last_are_told_once_each(db: Database) -> None:
    with db.write() as conn:
        for record in (1, 2, 1, 3):
            journal.write(conn, [change(1, record_id=record)])
        journal.write(conn, [change(1, record_id=9, user_id=8)])
    with db.read() as conn:
        assert journal.recent(conn, 7) == [("base.order", 3), ("base.order", 1), ("base.order", 2)]
        assert journal.recent(conn, 7, limit=1) == [("base.order", 3)]


def test_comments_are_read_in_the_order_of_writing(db: Database) -> None:
    with db.write() as conn:
        one = comments.write(conn, "base.order", 1, NOW, 7, "Ира", "Первый\nвторой ряд")
        comments.write(conn, "base.order", 2, NOW, 7, "Ира", "чужой")
        two = comments.write(conn, "base.order", 1, NOW, None, "Система", "ещё")
    with db.read() as conn:
        found = comments.read(conn, "base.order", 1)
    assert [(c.id, c.user_id, c.text, c.at) for c in found] == [
        (one, 7, "Первый\nвторой ряд", NOW),
        (two, None, "ещё", NOW),
    ]


def test_a_user_is_found_by_login_in_any_case(db: Database) -> None:
    with db.write() as conn:
        number = accounts.create_user(
            conn, "Ёжиков", "Егор Ёжиков", NOW, password_hash="x", employee_id=5, language="ru"
        )
        accounts.set_roles(conn, number, ["base.reader", "base.reader", "base.head"])
        accounts.set_roles(conn, number, ["base.head", "base.reader"])
    with pytest.raises(Refused, match="W011 login"), db.write() as conn:
        accounts.create_user(conn, "ежиков", "Другой", NOW)
    with db.write() as conn:
        found = accounts.find_user(conn, "ЕЖИКОВ")
        assert found is not None
        assert (found.id, found.login, found.employee_id, found.active) == (number, "Ёжиков", 5, True)
        assert found.roles == {"base.reader", "base.head"}
        assert accounts.fetch_user(conn, number) == found
        assert accounts.list_users(conn) == [found]
        accounts.count_failure(conn, number, None)
        accounts.count_failure(conn, number, NOW)
        accounts.change_user(conn, number, active=False, theme="dark", login="Новый")
        changed = accounts.find_user(conn, "новый")
        assert changed is not None
        assert (changed.failed_count, changed.locked_until, changed.active, changed.theme) == (2, NOW, False, "dark")
        assert accounts.find_user(conn, "ёжиков") is None
        with pytest.raises(ValueError, match="id"):
            accounts.change_user(conn, number, id=9)


def test_sessions_are_opened_used_and_revoked(db: Database) -> None:
    later = NOW + timedelta(hours=8)
    with db.write() as conn:
        user = accounts.create_user(conn, "ira", "Ира", NOW)
        for name in ("a", "b", "c"):
            accounts.open_session(conn, Session(name, user, NOW, NOW, later, "::1", "Firefox", None))
        accounts.touch_session(conn, "b", NOW + timedelta(hours=1), later + timedelta(hours=1))
        assert accounts.list_sessions(conn, user, NOW)[0].id_hash == "b"
        assert accounts.revoke_session(conn, "a", NOW)
        assert not accounts.revoke_session(conn, "a", NOW)
        gone = accounts.fetch_session(conn, "a")
        assert gone is not None
        assert gone.revoked_at == NOW
        assert accounts.revoke_sessions(conn, user, NOW, but="b") == 1
        assert [s.id_hash for s in accounts.list_sessions(conn, user, NOW)] == ["b"]
        assert accounts.list_sessions(conn, user, later + timedelta(hours=2)) == []
        assert accounts.fetch_session(conn, "x") is None
        assert accounts.forget_sessions(conn, later + timedelta(hours=2)) == 3


def test_failed_attempts_are_counted_by_address_and_time(db: Database) -> None:
    with db.write() as conn:
        for minutes, ip, succeeded in ((0, "1", False), (5, "1", False), (6, "1", True), (7, "2", False)):
            accounts.log_sign_in(conn, NOW + timedelta(minutes=minutes), "Ира", ip, succeeded)
        assert accounts.count_failed_sign_ins(conn, "1", NOW - timedelta(minutes=1)) == 2
        assert accounts.count_failed_sign_ins(conn, "1", NOW + timedelta(minutes=1)) == 1
        assert accounts.forget_sign_ins(conn, NOW + timedelta(hours=1)) == 4


def test_settings_and_data_rows_are_written_over_and_forgotten(db: Database) -> None:
    with db.write() as conn:
        settings.write(conn, "base", "days", "1")
        settings.write(conn, "base", "days", "2")
        settings.write(conn, "base", "name", '"ё"')
        assert settings.read(conn) == {("base", "days"): "2", ("base", "name"): '"ё"'}
        settings.reset(conn, "base", "days")
        assert settings.read(conn) == {("base", "name"): '"ё"'}
        data_rows.write(conn, DataRow("base.cities", "tula", "base.city", 1, "a"))
        data_rows.write(conn, DataRow("base.cities", "tula", "base.city", 1, "b"))
        assert data_rows.read(conn, "base.cities") == {"tula": DataRow("base.cities", "tula", "base.city", 1, "b")}
        data_rows.forget(conn, "base.cities", "tula")
        assert data_rows.read(conn, "base.cities") == {}


def test_runs_of_import_are_kept_with_their_rows(db: Database) -> None:
    with db.write() as conn:
        run = imports.start(conn, Run(record_type="base.order", status="running", started_at=NOW, source="x.csv"))
        one = imports.write(
            conn, Row(run_id=run, line=2, action="created", key="k1", record_type="base.order", record_id=5, version=1)
        )
        imports.write(
            conn, Row(run_id=run, line=3, action="failed", key="k2", record_type="base.order", problem="W001")
        )
        imports.finish(conn, run, "done", NOW, created_count=1, failed_count=1)
        found = imports.fetch(conn, run)
        assert found is not None
        assert (found.status, found.created_count, found.same_count, found.failed_count) == ("done", 1, 0, 1)
        assert [row.action for row in imports.rows_of(conn, run)] == ["created", "failed"]
        known = imports.find(conn, "base.order", "k1")
        assert known is not None
        assert (known.id, known.record_id) == (one, 5)
        assert imports.find(conn, "base.order", "k2") is None
        imports.set_status(conn, run, "undone", "по просьбе")
        assert imports.find(conn, "base.order", "k1") is None
        assert [r.note for r in imports.list_runs(conn)] == ["по просьбе"]
