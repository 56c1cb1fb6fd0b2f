"""Connections: who may write, how long one may wait, what a failure is called."""

from __future__ import annotations

import stat
import threading
from pathlib import Path

import pytest

from partita.base.errors import StaleRevision, Unavailable
from partita.storage import driver, failures
from partita.storage.database import Database, open_database
from partita.storage.limits import Limits
from partita.storage.query import OPEN, Select, select_rows
from partita.storage.tables import Tables, build_tables
from tests.conftest import MakeDatabase
from tests.storage.conftest import Install, put_in_force
from tests.storage.models import book, field, model

ENDLESS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n",
    "postgresql": "SELECT pg_sleep(60)",
}


def test_a_block_is_kept_whole_or_not_at_all(database: Database) -> None:
    with database.write() as conn:
        conn.exec_driver_sql("CREATE TABLE kept (n integer)")

    def break_off() -> None:
        with database.write() as conn:
            conn.exec_driver_sql("INSERT INTO kept VALUES (1)")
            conn.exec_driver_sql("CREATE TABLE other (n integer)")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    with database.write() as conn:
        conn.exec_driver_sql("INSERT INTO kept VALUES (2)")
        conn.exec_driver_sql("CREATE TABLE other (n integer)")
    with database.read() as conn:
        assert conn.exec_driver_sql("SELECT n FROM kept").scalars().all() == [2]


def test_a_reader_sees_one_moment_and_cannot_write(database: Database) -> None:
    with database.write() as conn:
        conn.exec_driver_sql("CREATE TABLE kept (n integer)")
    with database.read() as reader:
        assert reader.exec_driver_sql("SELECT count(*) FROM kept").scalar() == 0
        with database.write() as conn:
            conn.exec_driver_sql("INSERT INTO kept VALUES (1)")
        assert reader.exec_driver_sql("SELECT count(*) FROM kept").scalar() == 0
    with database.read() as reader:
        assert reader.exec_driver_sql("SELECT count(*) FROM kept").scalar() == 1
    with pytest.raises(Exception, match=r"readonly|read-only"), database.read() as reader:
        reader.exec_driver_sql("INSERT INTO kept VALUES (2)")


def test_a_statement_past_its_deadline_is_stopped(database: Database) -> None:
    with pytest.raises(Unavailable) as late, database.read(seconds=0.2) as conn:
        conn.exec_driver_sql(ENDLESS[database.dialect])
    assert late.value.problem.code == "D904"
    with database.read() as conn:
        assert conn.exec_driver_sql("SELECT 1").scalar() == 1


def test_one_writer_waits_for_another_and_gives_up_in_time(database_url: str) -> None:
    limits = Limits(lock_seconds=0.2)
    first, second = open_database(database_url, limits), open_database(database_url, limits)
    with first.write() as conn:
        conn.exec_driver_sql("CREATE TABLE kept (n integer)")
    with first.write() as conn:
        conn.exec_driver_sql("INSERT INTO kept VALUES (1)")
        if first.dialect == "postgresql":
            conn.exec_driver_sql("LOCK TABLE kept")
        for other in (second, first):
            with pytest.raises(Unavailable) as busy, other.write() as more:
                more.exec_driver_sql("INSERT INTO kept VALUES (2)")
            assert busy.value.problem.code == "D901"
    with second.write() as conn:
        conn.exec_driver_sql("INSERT INTO kept VALUES (3)")
    first.close()
    second.close()


@pytest.mark.postgres
def test_a_lost_connection_is_told_and_the_next_one_works(make_database: MakeDatabase) -> None:
    url = make_database("postgresql")
    db, killer = open_database(url), open_database(url)

    def lose() -> None:
        with db.write() as conn:
            me = conn.exec_driver_sql("SELECT pg_backend_pid()").scalar()
            with killer.write() as other:
                other.exec_driver_sql(f"SELECT pg_terminate_backend({me})")
            conn.exec_driver_sql("SELECT 1")

    with pytest.raises(Unavailable) as gone:
        lose()
    assert gone.value.problem.code == "D903"
    with db.write() as conn:
        assert conn.exec_driver_sql("SELECT 1").scalar() == 1
    db.close()
    killer.close()


@pytest.mark.postgres
def test_a_server_that_is_not_there_is_told() -> None:
    db = open_database("postgresql+psycopg://nobody@/nothing?host=%2Fnowhere")
    with pytest.raises(Unavailable) as gone, db.read():
        pass
    assert gone.value.problem.code == "D903"
    db.close()


def test_a_file_of_sqlite_is_its_owners_alone_and_durable(make_database: MakeDatabase) -> None:
    db = open_database(make_database("sqlite"))
    assert db.path is not None
    with db.write() as conn:
        conn.exec_driver_sql("CREATE TABLE kept (n integer)")
        told = {
            name: conn.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in db.path.parent.iterdir()}
    assert told == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
    assert modes == {"partita.db": 0o600, "partita.db-wal": 0o600, "partita.db-shm": 0o600}
    db.close()


def test_a_database_that_cannot_be_opened_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"no database " * 1000)
    db = open_database(f"sqlite:///{broken}")
    with pytest.raises(Unavailable) as gone, db.read():
        pass
    assert gone.value.problem.code == "D903"
    db.close()
    for url in ("sqlite://", "sqlite:///:memory:"):
        with pytest.raises(Unavailable) as gone:
            open_database(url)
        assert gone.value.problem.code == "D908"
    monkeypatch.setattr("partita.storage.database.HAS_POSTGRESQL", False)
    with pytest.raises(Unavailable) as gone:
        open_database("postgresql+psycopg://x@/x")
    assert gone.value.problem.code == "D907"


def test_an_old_sqlite_is_refused_and_an_unsafe_one_warned_of(
    make_database: MakeDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = make_database("sqlite")
    for version, safe in (((3, 51, 3), True), ((3, 50, 0), False)):
        monkeypatch.setattr("partita.storage.database.SQLITE", driver.SQLite(driver.SQLITE.module, version))
        db = open_database(url)
        assert [w.code for w in db.warnings()] == ([] if safe else ["D906"])
        db.close()
    monkeypatch.setattr("partita.storage.database.SQLITE", driver.SQLite(driver.SQLITE.module, (3, 40, 1)))
    with pytest.raises(Unavailable) as old:
        open_database(url)
    assert old.value.problem.code == "D905"


def test_a_statement_of_an_older_revision_is_told_apart_from_a_mistake(install: Install) -> None:
    """Another process changes columns; this one still asks by its own Model, by statements kept prepared."""
    was = model(book("base.order", field("name", "text"), field("amount", "decimal", scale=1)))
    now = model(book("base.order", field("title2", "text", renamed_from="name"), field("amount", "decimal", scale=3)))
    db, old = install(was)

    def look(tables: Tables, column: str) -> None:
        with db.read() as conn:
            select_rows(conn, tables, Select(type="base.order", access=OPEN, columns=(column,)))

    for _ in range(8):
        look(old, "amount")
        look(old, "name")
    other = open_database(db.url.render_as_string(hide_password=False))
    put_in_force(other, now)
    with pytest.raises(StaleRevision):
        look(old, "name")
    for _ in range(3):
        look(build_tables(now), "title2")
        look(build_tables(now), "amount")
    other.close()


FAILURES = {
    "UNIQUE constraint failed: t.a": "unique",
    "FOREIGN KEY constraint failed": "foreign",
    "database is locked": "busy",
    "database or disk is full": "full",
    "disk I/O error": "gone",
    "interrupted": "late",
    "no such column: r.x": "stale",
    "consuming input failed: server closed the connection unexpectedly": "gone",
    "something new": "other",
}


@pytest.mark.parametrize("words", FAILURES)
def test_a_failure_is_told_by_its_words(words: str) -> None:
    assert failures.kind_of(driver.SQLITE.module.OperationalError(words)) == FAILURES[words]


def test_a_full_disk_is_told() -> None:
    with pytest.raises(Unavailable) as full, failures.translated():
        raise driver.SQLITE.module.OperationalError("database or disk is full")
    assert full.value.problem.code == "D902"


def test_many_threads_read_while_one_writes(database: Database) -> None:
    with database.write() as conn:
        conn.exec_driver_sql("CREATE TABLE kept (n integer)")
    seen: list[int] = []

    def look() -> None:
        for _ in range(20):
            with database.read() as conn:
                one = conn.exec_driver_sql("SELECT count(*) FROM kept").scalar_one()
                two = conn.exec_driver_sql("SELECT count(*) FROM kept").scalar_one()
                seen.append(one - two)

    threads = [threading.Thread(target=look) for _ in range(6)]
    for thread in threads:
        thread.start()
    for number in range(20):
        with database.write() as conn:
            conn.exec_driver_sql(f"INSERT INTO kept VALUES ({number})")
    for thread in threads:
        thread.join()
    assert seen == [0] * 120
