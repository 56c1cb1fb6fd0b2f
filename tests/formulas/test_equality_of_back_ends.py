"""Python, SQLite and PostgreSQL give the same answer to any well-typed formula."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partita.formulas.check import check_formula
from partita.formulas.python import Env, build
from partita.formulas.tree import Not, Tree
from partita.formulas.types import Boolean
from partita.storage import predicates
from tests.formulas.texts import KINDS, formulas
from tests.formulas.world import SCOPE, Data, UserView, View, World, open_postgresql, open_sqlite

ZONES = ("Europe/Moscow", "America/New_York", "Asia/Kathmandu", "UTC")


@dataclass(repr=False)
class Place3:
    """The world in memory and on both databases."""

    data: Data
    world: World
    sqlite: sa.Connection
    postgresql: sa.Connection

    def env(self, number: int, user: int, zone: str) -> Env:
        employee = self.data.records["t.employee"][user]
        return Env(
            values=View(self.data, "t.main", self.data.records["t.main"][number]),
            old={},
            user=UserView(self.data, "t.employee", employee),
            settings={"limit": Decimal("12.50"), "term": 3, "word": "Ёлка", "grade": "mid"},
            now=datetime(2026, 11, 20, 22, 15, tzinfo=UTC),
            zone=ZoneInfo(zone),
            language="ru",
        )

    def params(self, tree: Tree, env: Env) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name in predicates.parameters(tree):
            head, _, rest = name.partition("__")
            path = rest.replace("__", ".")
            known: dict[str, Callable[[], Any]] = {
                "user": lambda path=path: env.user[path],
                "settings": lambda path=path: env.settings[path],
                "role": lambda path=path: path in env.user["roles"],
                "now": lambda: env.now,
                "today": lambda: env.now.astimezone(env.zone).date(),
                "zone": lambda: env.zone.key,
            }
            found[name] = known[head]()
        return found

    def connections(self) -> Iterator[tuple[str, sa.Connection]]:
        yield "sqlite", self.sqlite
        yield "postgresql", self.postgresql


@pytest.fixture(scope="module")
def place(make_database: Callable[..., str]) -> Iterator[Place3]:
    world, data = World(), Data.make(20261121)
    sqlite, postgresql = open_sqlite(make_database("sqlite")), open_postgresql(make_database("postgresql"))
    for engine in (sqlite, postgresql):
        with engine.begin() as conn:
            data.fill(conn, world)
    postgresql = postgresql.execution_options(isolation_level="AUTOCOMMIT")
    with sqlite.connect() as one, postgresql.connect() as other:
        yield Place3(data, world, one, other)
    sqlite.dispose()
    postgresql.dispose()


def typed(text: str) -> Tree | None:
    """The tree; only size may stand against a formula of the writer."""
    tree, findings = check_formula(text, None, SCOPE, None, "test")
    assert all(finding.code in ("F002", "F003") for finding in findings), (text, [f.text("en") for f in findings])
    return tree


def hold_together(place: Place3, text: str, user: int, zone: str) -> None:
    tree = typed(text)
    if tree is None:
        return
    envs = {number: place.env(number, user, zone) for number in place.data.records["t.main"]}
    evaluate = build(tree)
    expected = {number: evaluate(env) for number, env in envs.items()}
    params = place.params(tree, envs[1])
    for dialect, conn in place.connections():
        record = place.world.tables["t.main"].alias("r")
        value = predicates.value(tree, "t.main", place.world, dialect, record)
        rows = conn.execute(sa.select(record.c.id, value.label("value")), params)
        found = {number: normal(answer) for number, answer in rows}
        assert found == {number: normal(answer) for number, answer in expected.items()}, (dialect, text)
        if isinstance(tree.type, Boolean):
            true = {number for number, answer in expected.items() if answer is True}
            assert chosen(place, conn, tree, dialect, params) == true, (dialect, text)
            assert chosen(place, conn, Not(tree), dialect, params) == set(envs) - true, (dialect, f"not {text}")


def chosen(place: Place3, conn: sa.Connection, tree: Tree, dialect: str, params: dict[str, Any]) -> set[int]:
    record = place.world.tables["t.main"].alias("r")
    where = predicates.where(tree, "t.main", place.world, dialect, record)
    return set(conn.execute(sa.select(record.c.id).where(where), params).scalars())


def normal(value: Any) -> Any:
    """Equal values that look different: 1, 1.0 and True are told apart, digits after the point are not."""
    return (type(value) is bool, value)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=formulas(), user=st.integers(1, 5), zone=st.sampled_from(ZONES))
def test_any_formula_gives_one_answer_everywhere(place: Place3, text: str, user: int, zone: str) -> None:
    hold_together(place, text, user, zone)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_type_gives_one_answer_everywhere(place: Place3, kind: str, data: st.DataObject) -> None:
    hold_together(place, data.draw(formulas(kind)), 1, "Europe/Moscow")
