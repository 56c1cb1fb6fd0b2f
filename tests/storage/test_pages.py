"""Pages are the whole order cut in pieces, forward and back, for whatever order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partita.base.text import fold
from partita.storage.database import Database, open_database
from partita.storage.query import (
    OPEN,
    Select,
    SortKey,
    select_rows,
)
from partita.storage.tables import Tables, build_tables
from tests.storage.conftest import put_in_force
from tests.storage.shop import SHOP, Undo, World

WORDS = ["ёж", "Ель", "еда", "ЯБЛОКО", "apple", "Zoo", "а", "", "100%", "a_b", "ñandú"]


def order_values(draw: Any, cities: list[int], people: list[int]) -> dict[str, Any]:
    def maybe(strategy: Any) -> Any:
        return draw(st.none() | strategy)

    return {
        "name": maybe(st.sampled_from(WORDS)),
        "note": maybe(st.sampled_from(WORDS)),
        "amount": maybe(st.decimals(-9, 9, places=2)),
        "size": maybe(st.integers(-3, 3)),
        "day": maybe(st.dates(date(2026, 1, 1), date(2026, 1, 4))),
        "at": maybe(st.datetimes(datetime(2026, 1, 1), datetime(2026, 1, 2), timezones=st.just(UTC))),
        "done": maybe(st.booleans()),
        "level": maybe(st.sampled_from(["low", "high", "best"])),
        "tags": tuple(sorted(draw(st.sets(st.sampled_from("abc"))))),
        "city": maybe(st.sampled_from(cities)),
        "boss": maybe(st.sampled_from(people)),
        "helpers": tuple(draw(st.sets(st.sampled_from(people)))),
    }


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


SORTS = [
    "name",
    "amount",
    "size",
    "day",
    "at",
    "done",
    "level",
    "city",
    "city.region.name",
    "title",
    "created_at",
    "boss",
    "id",
]
PLACE = {"low": 0, "high": 1, "best": 2}


def sort_value(row: dict[str, Any], path: str, titles_of: dict[str, dict[Any, str]]) -> Any:
    value = row[path] if path != "city.region.name" else titles_of["region"].get(row["city"])
    if path in ("city", "boss"):
        value = titles_of[path].get(value)
    if isinstance(value, str):
        return PLACE[value] if path == "level" else fold(value)
    return value


def sorted_by(found: list[dict[str, Any]], keys: tuple[SortKey, ...], titles_of: Any) -> list[int]:
    """The same order by Python: empties last, then by id the way of the last key."""
    found = sorted(found, key=lambda row: row["id"], reverse=keys[-1].descending)
    for key in reversed(keys):
        filled = [row for row in found if sort_value(row, key.field, titles_of) is not None]
        rest = [row for row in found if sort_value(row, key.field, titles_of) is None]
        filled.sort(key=lambda row: sort_value(row, key.field, titles_of), reverse=key.descending)
        found = filled + rest
    return [row["id"] for row in found]


@given(data=st.data())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_pages_forward_and_back_are_the_whole_order_cut_in_pieces(
    shop: tuple[Database, Tables], data: st.DataObject
) -> None:
    db, tables = shop
    keys = tuple(
        SortKey(path, data.draw(st.booleans()))
        for path in data.draw(st.lists(st.sampled_from(SORTS), min_size=1, max_size=3, unique=True))
    )
    size = data.draw(st.integers(1, 5))
    try:
        with db.write() as conn:
            world = World(conn, tables)
            regions = [world.put("base.region", name=name, title=name) for name in ("Юг", "ёлки")]
            cities = [
                world.put("base.city", name=n, title=n, region=r)
                for n, r in zip(("Тула", "ель", ""), (*regions, None), strict=True)
            ]
            people = [world.put("base.employee", name=n, title=n) for n in ("Ира", "Егор")]
            count = data.draw(st.integers(0, 12))
            for _ in range(count):
                values = order_values(data.draw, cities, people)
                world.put("base.order", **values, title=values["name"] or "")
            select = Select(type="base.order", access=OPEN, columns=tuple(SORTS), sort=keys, limit=size)
            found = list(select_rows(conn, tables, replace(select, limit=1000)).rows)
            titles_of = {
                "city": {k: v for k, v in zip(cities, ("Тула", "ель", None), strict=True) if v},
                "region": dict(zip(cities, ("Юг", "ёлки"), strict=False)),
                "boss": dict(zip(people, ("Ира", "Егор"), strict=True)),
            }
            whole = sorted_by(found, keys, titles_of)
            assert [row["id"] for row in found] == whole
            forward: list[int] = []
            tokens = [""]
            while True:
                page = select_rows(conn, tables, replace(select, after=tokens[-1]))
                assert bool(page.previous) == (len(forward) > 0 and bool(page.rows))
                forward += [row["id"] for row in page.rows]
                if not page.next:
                    break
                tokens.append(page.next)
            assert forward == whole
            back: list[int] = [row["id"] for row in page.rows]
            while page.previous:
                page = select_rows(conn, tables, replace(select, before=page.previous))
                back = [row["id"] for row in page.rows] + back
            assert back == whole
            raise Undo
    except Undo:
        pass


MADE_ELSEWHERE = ["x", "!!", "W10", "bnVsbA", "e30", "WyJhIiwiYiJd", "я", "=" * 50]
MADE_ELSEWHERE += ["Wzk5OTk5OTk5OTk5OTk5OTk5OTk5OSwxXQ", "WyJcdTAwMDAiLDFd"]


@pytest.mark.parametrize("token", MADE_ELSEWHERE)
def test_a_token_that_was_not_made_here_gives_the_first_page(world: World, token: str) -> None:
    one = world.put("base.order", size=1)
    for sort in ((SortKey("size"),), (SortKey("at", True),), (SortKey("name"),), ()):
        select = Select(type="base.order", access=OPEN, sort=sort)
        for asked in (replace(select, after=token), replace(select, before=token)):
            assert [row["id"] for row in select_rows(world.conn, world.tables, asked).rows] == [one]
