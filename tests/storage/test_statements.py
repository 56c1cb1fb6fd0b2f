"""Statements that serve every request use indexes, and the constants of formulas travel as they should."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from partita.base.frozen import FrozenMap
from partita.model.layout import ListView, SortKey
from partita.storage import row_statements, values
from partita.storage.page_statements import PageStatement
from partita.storage.query import OPEN, Filter, Matches, Select, select_rows
from partita.storage.statements import Statement
from partita.storage.tables import Tables, build_tables
from tests.storage.conftest import Install
from tests.storage.models import book, field, model

COLUMNS = ("name", "at", "city", "size")
LISTS = FrozenMap({"default": ListView("default", None, COLUMNS, (SortKey("at", True),))})
SHOP = model(
    book("base.city", field("name", "text", search=True)),
    book(
        "base.order",
        field("name", "text"),
        field("code", "code", unique=True),
        field("at", "datetime"),
        field("size", "integer"),
        field("city", "link", to="base.city"),
        field("state", "choice", options=("a", "b")),
        field("helpers", "links", to="base.city"),
        field("lines", "table", fields=(field("qty", "integer"),)),
        lists=LISTS,
    ),
)
BY_TIME = (SortKey("at", True),)


def explain(conn: Any, dialect: str, statement: Statement) -> list[str]:
    """What the database would do, as lines."""
    raw = conn.connection.dbapi_connection
    holes = [constant if isinstance(constant, int | str) else None for _, constant, _ in statement.holes]
    if dialect == "sqlite":
        return [row[3] for row in raw.execute(f"EXPLAIN QUERY PLAN {statement.text}", holes)]
    raw.execute("SET LOCAL enable_seqscan = off")
    raw.execute("SET LOCAL enable_sort = off")
    raw.execute("SET LOCAL plan_cache_mode = force_generic_plan")
    text = statement.text
    for number in range(text.count("%s")):
        text = text.replace("%s", f"${number + 1}", 1)
    raw.execute(f"PREPARE asked AS {text}")
    nulls = ", ".join(["NULL"] * statement.text.count("%s"))
    found = [row[0] for row in raw.execute(f"EXPLAIN EXECUTE asked({nulls})" if nulls else "EXPLAIN EXECUTE asked")]
    raw.execute("DEALLOCATE asked")
    return found


def walks_whole_tables(statement: Statement, plan: list[str]) -> list[str]:
    """Lines of the plan that cost more with every record. SQLite's own order of a table is that of the ids."""
    bad = ["SCAN j1", "SCAN base", "Seq Scan", "TEMP B-TREE", "Sort  "]
    if "ORDER BY r.id" not in statement.text:
        bad.append("SCAN r")
    return [line for line in plan if any(mark in line for mark in bad) and "USING INDEX" not in line]


def pages(tables: Tables) -> list[PageStatement]:
    return [thing for thing in tables.statements._things.values() if isinstance(thing, PageStatement)]


ASKED: dict[str, Select] = {
    "the newest first": Select(type="base.order", access=OPEN),
    "by a moment": Select(type="base.order", access=OPEN, sort=BY_TIME),
    "by a moment upwards": Select(type="base.order", access=OPEN, sort=(SortKey("at"),)),
    "by a text": Select(type="base.order", access=OPEN, sort=(SortKey("name"),)),
    "by a number": Select(type="base.order", access=OPEN, sort=(SortKey("size", True),)),
    "of one counterparty": Select(
        type="base.order", access=OPEN, sort=BY_TIME, conditions=(Filter("city", "eq", (1,)),)
    ),
    "by ids": Select(type="base.order", access=OPEN, conditions=(Filter("id", "in", (1, 2)),)),
    "by a code": Select(type="base.order", access=OPEN, conditions=(Filter("code", "eq", ("x",)),)),
    "by words": Select(type="base.order", access=OPEN, conditions=(Matches(("x",)),)),
    "a name begun": Select(
        type="base.city", access=OPEN, conditions=(Filter("name", "starts", ("x",)),), sort=(SortKey("name"),)
    ),
}


@pytest.mark.parametrize("case", ASKED)
def test_a_page_is_a_walk_over_an_index(install: Install, case: str) -> None:
    db, tables = install(SHOP)
    with db.read() as conn:
        for token in ("", "WzEsMV0", "WyIyMDI2IiwxXQ"):
            columns = ("name", "city", "size") if ASKED[case].type == "base.order" else ()
            asked = replace(ASKED[case], columns=columns)
            select_rows(conn, tables, replace(asked, after=token))
            select_rows(conn, tables, replace(asked, before=token))
        for page in pages(tables):
            plan = explain(conn, db.dialect, page.statement)
            assert not walks_whole_tables(page.statement, plan), (page.statement.text, plan)


def test_records_are_read_and_changed_by_their_keys(install: Install) -> None:
    db, tables = install(SHOP)
    shape = tables.shapes["base.order"]
    with db.write() as conn:
        values.fetch_paths(conn, tables, "base.order", [1], ["city.name", "lines.qty", "helpers"])
        values.titles(conn, tables, "base.order", [1])
        statements = [
            row_statements.fetch(tables, shape, True, db.dialect).statement,
            row_statements.update(tables, shape, ("name",), db.dialect),
            row_statements.delete(tables, shape, True, db.dialect),
            *_statements(tables),
        ]
        assert len(statements) > 6
        for statement in statements:
            plan = explain(conn, db.dialect, statement)
            assert not walks_whole_tables(statement, plan), (statement.text, plan)


def _statements(tables: Tables) -> list[Statement]:
    found = []
    for thing in tables.statements._things.values():
        parts = thing if isinstance(thing, tuple) else (thing,)
        found += [
            part if isinstance(part, Statement) else part.statement
            for part in parts
            if hasattr(part, "statement") or isinstance(part, Statement)
        ]
    return found


def test_a_list_draws_the_indexes_of_its_type() -> None:
    tables = build_tables(SHOP)
    names = {str(index.name) for index in tables.table("base.order").indexes}
    assert names == {
        "ix_base__order__title_fold__id",
        "ix_base__order__at__id",
        "ix_base__order__name__fold__id",
        "ix_base__order__size__id",
        "ix_base__order__city__at__id",
        "ix_base__order__state__at__id",
        "ux_base__order__code__fold",
    }
