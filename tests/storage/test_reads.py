"""The one builder of reads: pages are the full order cut in pieces, and what is denied is nowhere."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from partita.formulas.tree import Compare, Constant, Read
from partita.formulas.types import Choice, Number, Text
from partita.storage import search_index
from partita.storage.database import Database, open_database
from partita.storage.query import (
    OPEN,
    Access,
    All,
    AnyOf,
    Count,
    Filter,
    Matches,
    Not,
    Select,
    SortKey,
    Unseen,
    count_by,
    count_rows,
    exists,
    fetch_paths,
    select_rows,
    titles,
)
from partita.storage.tables import Tables, build_tables
from tests.storage.conftest import put_in_force
from tests.storage.shop import SHOP, Undo, World


@pytest.fixture(scope="module")
def shop(module_database_url: str) -> Iterator[tuple[Database, Tables]]:
    db = open_database(module_database_url)
    put_in_force(db, SHOP)
    yield db, build_tables(SHOP)
    db.close()


@pytest.fixture
def world(shop: tuple[Database, Tables]) -> Iterator[World]:
    db, tables = shop
    try:
        with db.write() as conn:
            yield World(conn, tables)
            raise Undo
    except Undo:
        pass


def read(path: str, kind: Any, *hops: str) -> Read:
    return Read("record", tuple(path.split(".")), kind, hops)


BIG = Compare(">", read("size", Number()), Constant(Decimal(2), Number()))
LOW = Compare("==", read("level", Choice(("low", "high", "best"))), Constant("low", Choice(("low", "high", "best"))))
SOUTH = Compare("==", read("name", Text()), Constant("Юг", Text()))


def test_every_operator_of_every_kind_answers_as_python_does(world: World) -> None:
    tula, perm = (world.put("base.city", name=n, title=n) for n in ("Тула", "Пермь"))
    ira, egor = (world.put("base.employee", name=n, title=n) for n in ("Ира", "Егор"))
    one = world.put(
        "base.order",
        name="Ёжик",
        note="100% a_b",
        amount=Decimal("1.50"),
        size=1,
        day=date(2026, 1, 1),
        at=datetime(2026, 1, 1, tzinfo=UTC),
        done=True,
        level="low",
        tags=("a", "b"),
        city=tula,
        boss=ira,
        helpers=(ira, egor),
        lines=({"qty": 1},),
    )
    two = world.put(
        "base.order",
        name="еж",
        note="нет",
        amount=Decimal("-2.00"),
        size=3,
        day=date(2026, 2, 1),
        at=datetime(2026, 1, 2, tzinfo=UTC),
        done=False,
        level="high",
        tags=("b",),
        city=perm,
        boss=egor,
        helpers=(egor,),
    )
    nil = world.put("base.order")
    moment = datetime(2026, 1, 1, 12, tzinfo=UTC)
    cases: list[tuple[Any, list[int]]] = [
        (Filter("name", "eq", ("ЕЖ",)), [two]),
        (Filter("name", "ne", ("ЕЖ",)), [one, nil]),
        (Filter("name", "in", ("ЕЖ", "ёжик")), [one, two]),
        (Filter("name", "in", ()), []),
        (Filter("name", "starts", ("ЁЖ",)), [one, two]),
        (Filter("name", "starts", ("ежи",)), [one]),
        (Filter("name", "contains", ("ЖИ",)), [one]),
        (Filter("name", "gt", ("еж",)), [one]),
        (Filter("name", "between", ("ЕЖ", "еж")), [two]),
        (Filter("name", "empty"), [nil]),
        (Filter("name", "eq", (None,)), [nil]),
        (Filter("name", "ne", (None,)), [one, two]),
        (Filter("note", "contains", ("0% A_",)), [one]),
        (Filter("note", "contains", ("_",)), [one]),
        (Filter("note", "eq", ("НЕТ",)), [two]),
        (Filter("amount", "eq", (Decimal("1.5"),)), [one]),
        (Filter("amount", "lt", (Decimal(0),)), [two]),
        (Filter("amount", "between", (Decimal("-2"), Decimal("1.50"))), [one, two]),
        (Filter("amount", "between", (None, Decimal("1"))), [two]),
        (Filter("amount", "between", (None, None)), [one, two, nil]),
        (Filter("size", "in", (1, 3, 5)), [one, two]),
        (Filter("size", "ne", (1,)), [two, nil]),
        (Filter("day", "ge", (date(2026, 1, 15),)), [two]),
        (Filter("at", "le", (moment,)), [one]),
        (Filter("done", "eq", (False,)), [two]),
        (Filter("done", "ne", (False,)), [one, nil]),
        (Filter("level", "in", ("high", "best")), [two]),
        (Filter("tags", "contains", ("b",)), [one, two]),
        (Filter("tags", "in", ("a", "c")), [one]),
        (Filter("tags", "eq", (("a", "b"),)), [one]),
        (Filter("tags", "empty"), [nil]),
        (Filter("city", "eq", (tula,)), [one]),
        (Filter("city", "contains", ("ТУЛ",)), [one]),
        (Filter("city.name", "starts", ("пер",)), [two]),
        (Filter("city.name", "empty"), [nil]),
        (Filter("boss", "ne", (ira,)), [two, nil]),
        (Filter("boss", "contains", ("гор",)), [two]),
        (Filter("helpers", "eq", (ira,)), [one]),
        (Filter("helpers", "in", (ira, egor)), [one, two]),
        (Filter("helpers", "contains", ("егор",)), [one, two]),
        (Filter("helpers", "empty"), [nil]),
        (Filter("lines", "filled"), [one]),
        (Filter("id", "in", (one, nil)), [one, nil]),
        (Filter("title", "eq", (None,)), [one, two, nil]),
        (BIG, [two]),
        (Not(BIG), [one, nil]),
        (Not(Filter("size", "gt", (2,))), [one, nil]),
        (AnyOf((Filter("size", "eq", (1,)), BIG)), [one, two]),
        (AnyOf(()), []),
        (All((Filter("size", "eq", (1,)), LOW)), [one]),
        (All(()), [one, two, nil]),
    ]
    for condition, expected in cases:
        assert world.ids(condition) == expected, condition
        select = Select(type="base.order", access=OPEN, conditions=(condition,))
        assert count_rows(world.conn, world.tables, select) == Count(len(expected), True), condition
        assert exists(world.conn, world.tables, select) is bool(expected)


def test_counts_stop_at_their_cap(world: World) -> None:
    for _ in range(5):
        world.put("base.order")
    select = Select(type="base.order", access=OPEN)
    assert [count_rows(world.conn, world.tables, select, cap) for cap in (3, 5, 9, None)] == [
        Count(3, False),
        Count(5, True),
        Count(5, True),
        Count(5, True),
    ]


def test_counts_by_a_value_are_made_under_the_same_rights(world: World) -> None:
    for level, size in (("low", 1), ("low", 3), ("high", 3), (None, 3)):
        world.put("base.order", level=level, size=size)
    select = Select(type="base.order", access=OPEN)
    assert set(count_by(world.conn, world.tables, select, "level")) == {("low", 2), ("high", 1), (None, 1)}
    masked = replace(select, access=Access(rows={"base.order": BIG}, fields={"base.order": {"level": LOW}}))
    assert set(count_by(world.conn, world.tables, masked, "level")) == {("low", 1), (None, 2)}
    with pytest.raises(Unseen):
        count_by(world.conn, world.tables, replace(select, access=denied("level")), "level")


def denied(*names: str) -> Access:
    return Access(fields={"base.order": dict.fromkeys(names, False)}, others=True)


@pytest.mark.parametrize(
    "path", ["level", "city.name", "city.title", "helpers", "lines", "nothing", "city.nothing", "name.x"]
)
def test_a_denied_field_answers_like_an_absent_one(world: World, path: str) -> None:
    world.put("base.order", level="low")
    access = denied("level", "city", "helpers", "lines")
    select = Select(type="base.order", access=access, columns=(path, "size"))
    (row,) = select_rows(world.conn, world.tables, select).rows
    assert set(row) == {"id", "version", "title", "size"}
    for asked in (replace(select, conditions=(Filter(path, "empty"),)), replace(select, sort=(SortKey(path),))):
        with pytest.raises(Unseen) as refused:
            select_rows(world.conn, world.tables, asked)
        assert refused.value.problems[0].code == "W019"
    with pytest.raises(Unseen):
        count_rows(world.conn, world.tables, replace(select, conditions=(Not(Filter(path, "filled")),)))


def test_a_field_shown_on_some_rows_leaks_on_no_other(world: World) -> None:
    """A value that is not shown must not be found, told from empty, or felt in the order."""
    access = Access(fields={"base.order": {"size": LOW, "city": LOW, "helpers": LOW, "tags": LOW}}, others=True)
    city = world.put("base.city", name="Тула", title="Тула")
    person = world.put("base.employee", name="Ира", title="Ира")
    secret = {"size": 5, "city": city, "helpers": (person,), "tags": ("a",)}
    shown = world.put("base.order", level="low", **secret)
    hidden = world.put("base.order", level="high", **secret)
    bare = world.put("base.order", level="high")
    select = Select(type="base.order", access=access, columns=("size", "city", "city.name", "helpers", "tags"))
    found = {row["id"]: row for row in select_rows(world.conn, world.tables, select).rows}
    kept = {
        "size": None,
        "city": None,
        "city.title": None,
        "city.name": None,
        "helpers": (),
        "helpers.title": (),
        "tags": (),
    }
    assert {k: found[hidden][k] for k in kept} == kept == {k: found[bare][k] for k in kept}
    assert (found[shown]["size"], found[shown]["city.title"], found[shown]["helpers.title"]) == (5, "Тула", ("Ира",))
    probes = [
        Filter("size", "eq", (5,)),
        Filter("size", "filled"),
        Filter("size", "between", (1, 9)),
        Filter("city", "eq", (city,)),
        Filter("city", "contains", ("тул",)),
        Filter("city.name", "filled"),
        Filter("helpers", "in", (person,)),
        Filter("helpers", "contains", ("ира",)),
        Filter("helpers", "filled"),
        Filter("tags", "contains", ("a",)),
        Filter("tags", "in", ("a",)),
    ]
    for question in probes:
        assert world.ids(question, access=access) == [shown], question
    unshown: tuple[Filter | Not, ...] = (
        Filter("size", "empty"),
        Filter("helpers", "empty"),
        Not(Filter("city", "filled")),
        Filter("size", "ne", (5,)),
    )
    for probe in unshown:
        assert world.ids(probe, access=access) == [hidden, bare], probe
    for path in ("size", "city", "city.name"):
        for descending in (False, True):
            sort = (SortKey(path, descending), SortKey("id"))
            page = select_rows(world.conn, world.tables, replace(select, sort=sort))
            assert [row["id"] for row in page.rows] == [shown, hidden, bare], (path, descending)


def test_rows_that_a_rule_hides_are_nowhere(world: World) -> None:
    south, north = (world.put("base.region", name=n, title=n, secret="x") for n in ("Юг", "Север"))
    cities = [world.put("base.city", name=n, title=n, region=r) for n, r in (("Сочи", south), ("Мурманск", north))]
    big, small = (world.put("base.order", size=s, city=c, name="заказ") for s, c in zip((3, 1), cities, strict=True))
    search_index.put(world.conn, "base.order", small, "заказ", "")
    access = Access(rows={"base.order": BIG, "base.region": SOUTH}, others=True)
    assert world.ids(access=access) == [big]
    assert world.ids(Filter("id", "in", (big, small)), access=access) == [big]
    assert world.ids(Matches(("заказ",)), access=access) == []
    assert world.ids(Matches(("заказ",))) == [small]
    assert titles(world.conn, world.tables, "base.region", [south, north], access) == {south: "Юг"}
    cities_only = Select(
        type="base.city", access=access, columns=("region", "region.name"), sort=(SortKey("region.name"),)
    )
    found = {
        row["title"]: (row["region"], row["region.title"], row["region.name"])
        for row in select_rows(world.conn, world.tables, cities_only).rows
    }
    assert found == {"Сочи": (south, "Юг", "Юг"), "Мурманск": (north, None, None)}
    hidden = replace(cities_only, conditions=(Filter("region.secret", "eq", ("x",)),))
    assert [row["title"] for row in select_rows(world.conn, world.tables, hidden).rows] == ["Сочи"]
    nothing = Access(rows={"base.order": False})
    assert world.ids(access=nothing) == []
    assert titles(world.conn, world.tables, "base.order", [big], nothing) == {}


def test_a_type_without_a_rule_is_unseen_unless_others_are_seen(world: World) -> None:
    world.put("base.order", city=world.put("base.city", name="Сочи", title="Сочи"))
    access = Access(rows={"base.order": True})
    select = Select(type="base.order", access=access, columns=("city", "city.name"))
    (row,) = select_rows(world.conn, world.tables, select).rows
    assert row["city.title"] is None
    assert "city.name" not in row
    with pytest.raises(Unseen):
        world.ids(Filter("city", "contains", ("со",)), access=access)


def test_values_by_path_come_as_formulas_read_them(world: World) -> None:
    region = world.put("base.region", name="Юг", title="Юг")
    city = world.put("base.city", name="Сочи", title="Сочи", region=region)
    boss = world.put("base.employee", name="Ира")
    one = world.put("base.order", city=city, helpers=(boss,), lines=({"qty": 2, "city": city}, {"qty": None}))
    two = world.put("base.order")
    paths = [
        "city.region.name",
        "city.title",
        "helpers",
        "lines",
        "lines.city.region.name",
        "amount",
        "tags",
        "boss.name",
    ]
    found = fetch_paths(world.conn, world.tables, "base.order", [one, two, 10**9], paths)
    assert set(found) == {one, two}
    assert (found[one]["city.region.name"], found[one]["city.title"], found[one]["helpers"]) == ("Юг", "Сочи", (boss,))
    lines = [(line["qty"], line["city"], line["city.region.name"]) for line in found[one]["lines"]]
    assert lines == [(2, city, "Юг"), (None, None, None)]
    assert [found[two][path] for path in ("city.region.name", "helpers", "lines", "amount", "tags")] == [
        None,
        (),
        (),
        None,
        (),
    ]


def test_a_statement_is_compiled_once_for_each_shape(world: World) -> None:
    def ask(value: int) -> None:
        select = Select(type="base.order", access=OPEN, columns=("size",), conditions=(Filter("size", "eq", (value,)),))
        select_rows(world.conn, world.tables, select)

    ask(1)
    known = len(world.tables.statements)
    for value in range(2, 9):
        ask(value)
    assert len(world.tables.statements) == known
