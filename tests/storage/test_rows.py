"""What is stored comes back the same, from both databases, and refusals name the field."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partita.base.errors import Refused
from partita.storage import attachments, columns, rows
from partita.storage.database import Database, open_database
from partita.storage.refusals import pointing_at
from partita.storage.rows import Stamp
from partita.storage.tables import Tables, build_tables
from tests.storage.conftest import NOW, STAMP, put_in_force
from tests.storage.models import book, field, model

SCALES = {"decimal": 3, "money": 2, "percent": 2}
TARGETS = {"link": "base.city", "links": "base.city"}
OPTIONS = ("a", "b", "c")


def slots(kind: str) -> dict[str, Any]:
    if kind in TARGETS:
        return {"to": TARGETS[kind]}
    return {"scale": SCALES[kind]} if kind in SCALES else {"options": OPTIONS} if kind.startswith("choice") else {}


KINDS = [kind for kind in columns.KINDS if kind != "table"]
CELLS = tuple(field(f"f_{kind}", kind, **slots(kind)) for kind in KINDS)
EVERYTHING = model(
    book("base.city", field("name", "text", unique=True), field("code", "code")),
    book("base.employee", field("name", "text")),
    book(
        "base.every",
        *CELLS,
        field("lines", "table", fields=CELLS),
        field("order", "integer"),
        field("xmin", "text"),
        field("a__b", "text", search=True),
    ),
)
TEXTS = st.text(st.characters(exclude_characters="\0", codec="utf-8"), min_size=1, max_size=30)


def exact(scale: int) -> st.SearchStrategy[Decimal]:
    most = 10 ** (18 - scale) - 1
    return st.decimals(-most, most, places=scale)


@pytest.fixture(scope="module")
def every(module_database_url: str) -> Iterator[tuple[Database, Tables, dict[str, list[int]]]]:
    db = open_database(module_database_url)
    put_in_force(db, EVERYTHING)
    tables = build_tables(EVERYTHING)
    with db.write() as conn:
        ids = {
            "city": [rows.insert(conn, tables, "base.city", {"name": f"г{n}"}, STAMP) for n in range(4)],
            "people": [rows.insert(conn, tables, "base.employee", {"name": f"ч{n}"}, STAMP) for n in range(3)],
            "files": [
                attachments.add_file(conn, attachments.Attachment(name="x", sha256="0", size=1, created_at=NOW))
                for _ in range(3)
            ],
        }
    yield db, tables, ids
    db.close()


def values_of(ids: dict[str, list[int]]) -> dict[str, st.SearchStrategy[Any]]:
    cities, people, files = (st.sampled_from(ids[name]) for name in ("city", "people", "files"))
    chosen = {
        "integer": st.integers(-(10**18) + 1, 10**18 - 1),
        "boolean": st.booleans(),
        "date": st.dates(),
        "datetime": st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30), timezones=st.just(UTC)),
        "time": st.times().map(lambda value: value.replace(microsecond=0)),
        "duration": st.timedeltas().map(lambda value: timedelta(value.days, value.seconds)),
        "choice": st.sampled_from(OPTIONS),
        "choices": st.sets(st.sampled_from(OPTIONS)).map(lambda value: tuple(sorted(value))),
        "link": cities,
        "links": st.lists(cities, unique=True).map(tuple),
        "user": people,
        "file": files,
        "image": files,
        "files": st.lists(files, unique=True).map(tuple),
        **{kind: exact(scale) for kind, scale in SCALES.items()},
    }
    return {
        kind: st.none() | chosen.get(kind, TEXTS) if columns.empty(field("x", kind)) is None else chosen[kind]
        for kind in KINDS
    }


def cells(data: st.DataObject, ids: dict[str, list[int]]) -> dict[str, Any]:
    return {f"f_{kind}": data.draw(strategy, label=kind) for kind, strategy in values_of(ids).items()}


@given(data=st.data())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_field_type_comes_back_the_same_from_records_and_rows(every: Any, data: st.DataObject) -> None:
    db, tables, ids = every
    given_values = cells(data, ids)
    lines = tuple(cells(data, ids) for _ in range(data.draw(st.integers(0, 2))))
    with db.write() as conn:
        record = rows.insert(conn, tables, "base.every", {**given_values, "lines": lines}, STAMP)
    with db.read() as conn:
        found = rows.fetch(conn, tables, "base.every", record)
    assert found is not None
    got_lines = [{k: v for k, v in line.items() if k != "id"} for line in found["lines"]]
    for got, wanted in zip([found, *got_lines], [given_values, *lines], strict=True):
        for name, value in wanted.items():
            assert (got[name], type(got[name])) == (value, type(value)), name
            if isinstance(value, datetime):
                assert got[name].utcoffset() == timedelta(0)
            if isinstance(value, Decimal):
                assert got[name].as_tuple().exponent == value.as_tuple().exponent


def test_every_field_type_of_the_language_has_its_columns() -> None:
    told = """text multiline integer decimal money percent boolean date datetime time duration choice choices
        link links user table file files image email phone url person_name address code"""
    assert set(columns.KINDS) == set(told.split())


def test_names_that_a_database_keeps_for_itself_are_stored_too(every: Any) -> None:
    db, tables, _ = every
    with db.write() as conn:
        record = rows.insert(conn, tables, "base.every", {"order": 1, "xmin": "x", "a__b": "Ё"}, STAMP)
        found = rows.fetch(conn, tables, "base.every", record)
    assert found is not None
    assert (found["order"], found["xmin"], found["a__b"]) == (1, "x", "Ё")


def test_an_update_changes_only_what_is_given_and_counts_versions(every: Any) -> None:
    db, tables, ids = every
    later = Stamp(NOW + timedelta(hours=1), ids["people"][0], 7)
    with db.write() as conn:
        record = rows.insert(conn, tables, "base.every", {"f_text": "а", "f_integer": 1, "title": "Ё"}, STAMP)
        assert rows.update(conn, tables, "base.every", record, 1, {"f_integer": None, "f_text": ""}, later)
        assert not rows.update(conn, tables, "base.every", record, 1, {"f_integer": 5}, later)
        found = rows.fetch(conn, tables, "base.every", record, for_update=True)
    assert found is not None
    assert (found["f_text"], found["f_integer"], found["version"], found["revision"], found["title"]) == (
        None,
        None,
        2,
        7,
        "Ё",
    )
    assert (found["created_at"], found["changed_at"], found["changed_by"]) == (NOW, later.at, later.by)


def test_rows_of_a_table_keep_their_identity(every: Any) -> None:
    db, tables, ids = every

    def lines(record: int) -> list[tuple[int, int]]:
        found = rows.fetch(conn, tables, "base.every", record)
        assert found is not None
        return [(line["id"], line["f_integer"]) for line in found["lines"]]

    with db.write() as conn:
        record = rows.insert(
            conn,
            tables,
            "base.every",
            {"lines": ({"f_integer": 1}, {"f_integer": 2}, {"f_integer": 3, "f_links": (ids["city"][0],)})},
            STAMP,
        )
        (one, _), (two, _), (three, _) = lines(record)
        changed = ({"id": three, "f_integer": 33}, {"f_integer": 4}, {"id": one, "f_integer": 1})
        rows.update(conn, tables, "base.every", record, 1, {"lines": changed}, STAMP)
        after = lines(record)
        assert [after[0], after[2]] == [(three, 33), (one, 1)]
        assert after[1][0] not in (one, two, three)
        other = rows.insert(conn, tables, "base.every", {"lines": ({"f_integer": 9},)}, STAMP)
        ((stolen, _),) = lines(other)
        rows.update(conn, tables, "base.every", record, 2, {"lines": ({"id": stolen, "f_integer": 0},)}, STAMP)
        assert lines(other) == [(stolen, 9)], "a row of another record cannot be taken by its id"


def test_a_deleted_record_takes_its_rows_along_and_its_id_is_not_given_again(every: Any) -> None:
    db, tables, ids = every
    with db.write() as conn:
        record = rows.insert(
            conn,
            tables,
            "base.every",
            {"f_links": tuple(ids["city"]), "lines": ({"f_links": tuple(ids["city"])},)},
            STAMP,
        )
        assert not rows.delete(conn, tables, "base.every", record, version=5)
        assert rows.delete(conn, tables, "base.every", record, version=1)
        assert rows.fetch(conn, tables, "base.every", record) is None
        for table in tables.shapes["base.every"].owned():
            column = "id" if table is tables.table("base.every") else "record_id"
            if table not in tables.shapes["base.every"].rows["lines"].links.values():
                assert not conn.exec_driver_sql(f"SELECT 1 FROM {table.name} WHERE {column} = {record}").all()
        assert rows.insert(conn, tables, "base.every", {}, STAMP) > record


def refused(db: Database, act: Any) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as found, db.write() as conn:
        act(conn)
    for problem in found.value.problems:
        assert problem.params or problem.code == "W007"
    return [(problem.code, problem.field) for problem in found.value.problems]


def test_refusals_of_the_database_name_the_field(every: Any) -> None:
    db, tables, _ = every

    def put(type_name: str, **values: Any) -> Any:
        return lambda conn: rows.insert(conn, tables, type_name, values, STAMP)

    assert refused(db, put("base.city", name="Г0")) == [("W011", "name")]
    assert refused(db, put("base.every", f_link=10**9)) == [("W007", "f_link")]
    assert refused(db, put("base.every", f_links=(10**9,))) == [("W007", "f_links")]
    assert refused(db, put("base.every", f_user=10**9)) == [("W007", "f_user")]
    assert refused(db, put("base.every", f_file=10**9)) == [("W007", "f_file")]
    assert refused(db, put("base.every", f_integer=10**18)) == [("W009", "f_integer")]
    assert refused(db, put("base.every", f_money=-Decimal(10**16))) == [("W009", "f_money")]
    assert refused(db, put("base.every", lines=({}, {"f_integer": 10**30}))) == [("W009", "lines.1.f_integer")]
    assert refused(db, put("base.every", nothing=1)) == [("W019", "nothing")]
    assert refused(db, put("base.every", lines=({"nothing": 1},))) == [("W019", "lines.nothing")]
    with db.write() as conn:
        city = rows.insert(conn, tables, "base.city", {"name": "Псков"}, STAMP)
        rows.insert(conn, tables, "base.every", {"f_link": city}, STAMP)
    assert refused(db, lambda conn: rows.delete(conn, tables, "base.city", city)) == [("W026", "")]
    assert set(pointing_at(tables, "base.city")) == {
        ("base.every", path) for path in ("f_link", "f_links", "lines.f_link", "lines.f_links")
    }


def test_the_greatest_number_fits_and_the_next_does_not(every: Any) -> None:
    db, tables, _ = every
    for kind in ("integer", "money", "decimal"):
        item = tables.field("base.every", f"f_{kind}")
        greatest = columns.greatest(item)
        value = int(greatest) if kind == "integer" else greatest
        with db.write() as conn:
            record = rows.insert(conn, tables, "base.every", {f"f_{kind}": value}, STAMP)
            found = rows.fetch(conn, tables, "base.every", record)
        assert found is not None
        assert found[f"f_{kind}"] == value
        assert columns.too_big(item, columns.limit(item))


def test_a_refused_row_of_an_import_leaves_the_others(every: Any) -> None:
    db, tables, _ = every
    with db.write() as conn:
        first = rows.insert(conn, tables, "base.city", {"name": "Омск"}, STAMP)
        with pytest.raises(Refused), conn.begin_nested():
            rows.insert(conn, tables, "base.city", {"name": "омск"}, STAMP)
        second = rows.insert(conn, tables, "base.city", {"name": "Томск"}, STAMP)
    with db.read() as conn:
        assert rows.fetch(conn, tables, "base.city", first)
        assert rows.fetch(conn, tables, "base.city", second)


def test_a_title_can_be_renewed_without_a_new_version(every: Any) -> None:
    db, tables, _ = every
    with db.write() as conn:
        record = rows.insert(conn, tables, "base.city", {"name": "Рязань", "title": "x"}, STAMP)
        rows.set_title(conn, tables, "base.city", record, "Рязань")
        found = rows.fetch(conn, tables, "base.city", record)
    assert found is not None
    assert (found["title"], found["version"]) == ("Рязань", 1)


@pytest.mark.parametrize(
    "moment", [datetime(2026, 3, 29, 1, 59, 59, 999999, tzinfo=UTC), datetime(1, 1, 1, tzinfo=UTC)]
)
def test_moments_keep_their_microseconds_and_their_order(every: Any, moment: datetime) -> None:
    db, tables, _ = every
    with db.write() as conn:
        record = rows.insert(
            conn, tables, "base.every", {"f_datetime": moment, "f_date": date(1, 1, 1), "f_time": time(0)}, STAMP
        )
        found = rows.fetch(conn, tables, "base.every", record)
    assert found is not None
    assert (found["f_datetime"], found["f_date"], found["f_time"]) == (moment, date(1, 1, 1), time(0))
