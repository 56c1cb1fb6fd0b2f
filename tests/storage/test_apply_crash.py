"""An apply that is stopped or killed at any statement leaves the database wholly old; one that ends, wholly new."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from partita.base.errors import StaleRevision
from partita.storage import revisions, rows
from partita.storage.database import Database, open_database
from partita.storage.schema.layout import read_layout
from partita.storage.schema.plan import make_plan
from partita.storage.tables import build_tables
from tests.conftest import MakeDatabase
from tests.storage.conftest import NOW, STAMP, put_in_force
from tests.storage.models import book, field, model, scheme

CITY = book("base.city", field("name", "text"))
CYCLE = scheme("base.cycle", "fresh", "shut")
OLD = model(
    CITY,
    book(
        "base.order",
        field("name", "text"),
        field("gone", "integer"),
        field("city", "link", to="base.city"),
        field("amount", "decimal", scale=1),
        field("level", "choice", options=("a", "b")),
        field("lines", "table", fields=(field("qty", "integer"),)),
    ),
    book("base.left", field("name", "text")),
)
NEW = model(
    CITY,
    book(
        "base.deal",
        field("code", "text", search=True, renamed_from="name"),
        field("city", "links", to="base.city"),
        field("amount", "decimal", scale=3),
        field("level", "choice", options=("a", ("c", "b"))),
        field(
            "items", "table", fields=(field("qty", "integer"), field("price", "money", scale=2)), renamed_from="lines"
        ),
        field("state", "choice", own=False),
        renamed_from="order",
        states=CYCLE.ref,
    ),
    book("base.more", field("name", "text"), field("deal", "link", to="base.deal")),
    schemes=(CYCLE,),
)


class Stop(Exception):
    pass


def fill(db: Database) -> None:
    put_in_force(db, OLD)
    tables = build_tables(OLD)
    with db.write() as conn:
        city = rows.insert(conn, tables, "base.city", {"name": "Тула"}, STAMP)
        values = {"name": "Ёж", "gone": 5, "city": city, "amount": Decimal("1.5"), "level": "b", "lines": ({"qty": 1},)}
        rows.insert(conn, tables, "base.order", values, STAMP)
        rows.insert(conn, tables, "base.left", {"name": "x"}, STAMP)


def everything(db: Database) -> dict[str, Any]:
    """Columns, indexes and rows of all tables."""
    with db.read() as conn:
        layout = read_layout(conn)
        found: dict[str, Any] = {"": (layout.columns, layout.indexes)}
        for table in sorted(layout.columns):
            if not table.startswith("sys_search_words"):
                found[table] = sorted(map(repr, conn.exec_driver_sql(f"SELECT * FROM {table}").all()))
    return found


def test_an_apply_stopped_at_any_statement_leaves_everything_as_it_was(database: Database) -> None:
    fill(database)
    before, told = everything(database), 0
    while True:
        seen: list[str] = []

        def stop(statement: str, at: int = told, seen: list[str] = seen) -> None:
            seen.append(statement)
            if len(seen) > at:
                raise Stop

        try:
            put_in_force(database, NEW, on_statement=stop)
        except Stop:
            assert everything(database) == before, seen[-1]
            told += 1
            continue
        break
    assert told > 30, "each statement, the revision and the commit were stopped at"
    with database.read() as conn:
        assert make_plan(conn, NEW).empty
        found = rows.fetch(conn, build_tables(NEW), "base.deal", 1)
    assert found is not None
    assert (found["code"], found["amount"], found["level"], found["state"]) == ("Ёж", Decimal("1.500"), "c", "fresh")


CHILD = """
import os, signal, sys
from tests.storage.conftest import put_in_force
from tests.storage.test_apply_crash import NEW
from partita.storage.database import open_database

count = 0
def kill(statement):
    global count
    count += 1
    if count == int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)

put_in_force(open_database(sys.argv[1]), NEW, on_statement=kill)
"""


@pytest.mark.kill
@pytest.mark.parametrize("at", [1, 12, 23, 34])
def test_an_apply_killed_at_a_statement_leaves_everything_as_it_was(database_url: str, at: int) -> None:
    db = open_database(database_url)
    fill(db)
    before = everything(db)
    root = Path(__file__).resolve().parents[2]
    told = {**os.environ, "PYTHONPATH": f"{root}:{root / 'platform'}"}
    child = subprocess.run([sys.executable, "-c", CHILD, database_url, str(at)], env=told, cwd=root, check=False)
    assert child.returncode == -signal.SIGKILL
    assert everything(db) == before
    assert put_in_force(db, NEW).stored
    db.close()


def test_titles_are_made_anew_in_the_same_transaction(database: Database) -> None:
    fill(database)
    retitled = model(
        *(book(t.name, *t.own_fields(), title="№ {name}") if t.name == "base.order" else t for t in OLD.types.values())
    )

    def retitle(conn: Any, tables: Any, types: tuple[str, ...]) -> None:
        assert types == ("base.order",)
        rows.set_title(conn, tables, "base.order", 1, "№ Ёж")

    def retitle_and_break(conn: Any, tables: Any, types: tuple[str, ...]) -> None:
        retitle(conn, tables, types)
        raise Stop

    def title() -> Any:
        with database.read() as conn:
            found = rows.fetch(conn, build_tables(OLD), "base.order", 1)
        assert found is not None
        return found["title"]

    with pytest.raises(Stop):
        put_in_force(database, retitled, retitle=retitle_and_break)
    assert title() is None
    put_in_force(database, retitled, retitle=retitle)
    assert title() == "№ Ёж"


def test_an_author_who_saw_an_older_revision_is_told(database: Database) -> None:
    put_in_force(database, OLD, base=0)
    put_in_force(database, NEW, base=1)
    with pytest.raises(StaleRevision):
        put_in_force(database, OLD, base=1)


def test_a_revision_can_be_looked_at_and_gone_back_to(database: Database) -> None:
    with database.read() as conn:
        assert revisions.latest(conn) is None
    put_in_force(
        database, OLD, sources={"base/pack.yaml": "pack: base"}, program={"trees": {}}, author="Ира", message="начало"
    )
    put_in_force(database, NEW, at=NOW + timedelta(days=1))
    with database.read() as conn:
        first, second = revisions.fetch(conn, 1), revisions.fetch_latest(conn)
    assert first is not None
    assert second is not None
    assert (first.model, first.program, first.sources) == (OLD, {"trees": {}}, {"base/pack.yaml": "pack: base"})
    assert second.model == NEW
    assert second.plan["changes"]
    applied = put_in_force(database, first.model, program=first.program, restores=1)
    assert applied.number == 3
    with database.read() as conn:
        entries = revisions.list_entries(conn)
        assert revisions.latest(conn) == (3, first.entry.digest)
        statements = conn.exec_driver_sql("SELECT count(*) FROM sys_schema_change WHERE revision = 3").scalar()
    assert [(e.number, e.restores, e.author) for e in entries] == [(3, 1, "test"), (2, None, "test"), (1, None, "Ира")]
    assert statements


def test_an_old_database_gets_the_tables_that_a_newer_platform_needs(
    make_database: MakeDatabase, database: Database
) -> None:
    put_in_force(database, OLD)
    with database.write() as conn:
        conn.exec_driver_sql("DROP TABLE sys_schedule")
        conn.exec_driver_sql("ALTER TABLE sys_comment DROP COLUMN user_name")
        conn.exec_driver_sql("DROP INDEX ix_sys_session__expires_at")
    applied = put_in_force(database, OLD)
    assert (applied.stored, applied.number) == (False, 1)
    assert {o.code for o in applied.plan.operations} == {"D401", "D402", "D409"}
    with database.read() as conn:
        assert make_plan(conn, OLD).empty
