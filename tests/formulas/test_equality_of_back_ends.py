"""Python, SQLite and PostgreSQL give the same answer to any well-typed formula."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
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
from tests.formulas.world import SCOPE, WHERE_SCOPE, Data, UserView, View, World, open_postgresql, open_sqlite

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
        return {name: parameter(name, env) for name in predicates.parameters(tree)}

    def connections(self) -> Iterator[tuple[str, sa.Connection]]:
        yield "sqlite", self.sqlite
        yield "postgresql", self.postgresql


def parameter(name: str, env: Env) -> Any:
    head, _, rest = name.partition("__")
    path = rest.replace("__", ".")
    match head:
        case "user":
            return env.user[path]
        case "settings" | "this":
            return (env.settings if head == "settings" else env.this or {})[path]
        case "role":
            return path in env.user["roles"]
        case "now":
            return env.now
        case "today":
            return env.now.astimezone(env.zone).date()
    return env.zone.key


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


BORDERS = (
    "price == price + 0.001",
    "price < price + 0.0001",
    "price >= price + 0.0001 or price > price - 0.0001",
    "price in (price + 0.001, 5.005)",
    "weight in (price + 0.0001, 12.3456, 0.005)",
    "price == 0.005 or price == 12.345 or price != 999999999999999999",
    "qty == 0.5 or qty < 999999999999999999.5",
    "price < 999999999999999999 and price > -99999999999999999.9999",
    "weight < qty or weight == stock",
    "weight > qty * 1000",
    "org.title == name or payer.title == 'елка'",
    "org.title < 'б' or payer.title != org.title",
    "part == price / 100 or part * 100 == price",
    "all(lines, qty > -1000000000000000)",
    "all(lines, not qty < -1000000000000000)",
    "all(lines, remark != 'zzz')",
    "all(lines, remark < 'яяя' and count < 999999999999999999)",
    "any(lines, not (took > days(1)))",
    "not all(lines, on < date(9999, 12, 31)) or not any(lines, grade == low)",
    "name > 'Z' and name < 'а'",
    "note <= 'a' or note >= 'я'",
    "max(lines.price) == max(lines, price) and sum(lines.price) == sum(lines, price * 1)",
    "right(name, qty) == name or left(name, qty) == name",
    "(kind == sort) == (sort == org.kind)",
    "not (kind == sort) == (flag == done)",
    "(flag == done) != (flag != done)",
    "coalesce(flag, done, org.active) == (not flag)",
    "day - until == until - day or at - closed > closed - at",
    "first(lines.grade) == kind or first(lines, service.name) == name",
)


@pytest.mark.parametrize("text", BORDERS)
def test_near_values_and_empties_are_told_apart_everywhere(place: Place3, text: str) -> None:
    assert typed(text) is not None
    hold_together(place, text, 1, "Europe/Moscow")


WHERE = (
    "org == payer and name == this.name",
    "org.region == this.region and this.active",
    "price > this.amount or this.amount is empty",
    "kind == this.kind and kind != low",
    "boss in this.friends or this.manager == boss",
    "boss not in this.friends",
    "this.friends is empty and count(this.friends) == 0",
    "any(lines, price < this.amount and parent.qty > count)",
    "day < this.since + days(1) and not (this.name != name)",
    "this.region.name < name",
    "this.kind.class == accept and contains(this.name, name)",
)


@pytest.mark.parametrize("text", WHERE)
def test_a_filter_of_a_link_reads_its_holder(place: Place3, text: str) -> None:
    tree, findings = check_formula(text, None, WHERE_SCOPE, Boolean(), "test")
    assert tree is not None, [finding.text("en") for finding in findings]
    for holder in place.data.records["t.org"].values():
        this = View(place.data, "t.org", holder)
        envs = {n: replace(place.env(n, 1, "UTC"), this=this) for n in place.data.records["t.main"]}
        true = {number for number, env in envs.items() if build(tree)(env) is True}
        for dialect, conn in place.connections():
            assert chosen(place, conn, tree, dialect, place.params(tree, envs[1])) == true, (dialect, text)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=formulas(), user=st.integers(1, 5), zone=st.sampled_from(ZONES))
def test_any_formula_gives_one_answer_everywhere(place: Place3, text: str, user: int, zone: str) -> None:
    hold_together(place, text, user, zone)


@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_every_type_gives_one_answer_everywhere(place: Place3, kind: str, data: st.DataObject) -> None:
    hold_together(place, data.draw(formulas(kind)), 1, "Europe/Moscow")


@pytest.mark.slow
@settings(max_examples=20_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=formulas(), user=st.integers(1, 5), zone=st.sampled_from(ZONES))
def test_very_many_formulas_give_one_answer_everywhere(place: Place3, text: str, user: int, zone: str) -> None:
    hold_together(place, text, user, zone)
