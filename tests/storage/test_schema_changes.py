"""Changes of the configuration on live data: nothing is lost unasked, and a second plan is empty."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from partita.base.codes.catalogue import MESSAGES
from partita.base.frozen import FrozenMap
from partita.base.refs import Address
from partita.base.source import Span
from partita.model.model import Model
from partita.storage import rows
from partita.storage.database import Database
from partita.storage.schema.apply import PlanBlocked
from partita.storage.schema.operations import words
from partita.storage.schema.plan import Plan, make_plan
from partita.storage.tables import build_tables
from tests.storage.conftest import STAMP, Install, put_in_force
from tests.storage.models import book, catalog, field, model, scheme

CITY = book("base.city", field("name", "text"))
EMPLOYEE = book("base.employee", field("name", "text"))


def plan_of(db: Database, wanted: Model, **more: Any) -> Plan:
    with db.read() as conn:
        return make_plan(conn, wanted, **more)


def change(db: Database, wanted: Model) -> Plan:
    """Apply, and see that nothing is left to do."""
    plan = put_in_force(db, wanted).plan
    again = plan_of(db, wanted)
    assert again.empty, [(o.code, dict(o.params())) for o in again.operations]
    return plan


def store(db: Database, wanted: Model, type_name: str, **values: Any) -> int:
    with db.write() as conn:
        return rows.insert(conn, build_tables(wanted), type_name, values, STAMP)


def fetch(db: Database, wanted: Model, type_name: str, record_id: int) -> dict[str, Any]:
    with db.read() as conn:
        found = rows.fetch(conn, build_tables(wanted), type_name, record_id)
    assert found is not None
    return found


def blocks(plan: Plan) -> list[tuple[str, Any]]:
    return [(f.code, f.params.get("count")) for f in plan.findings if f.severity == "error"]


@pytest.mark.parametrize("how", ["types in a circle", "a type of its own kind", "rows and links"])
def test_a_first_apply_makes_everything_and_leaves_nothing_to_do(database: Database, how: str) -> None:
    one = book("base.one", field("name", "text", search=True), field("other", "link", to="base.two"))
    two = book(
        "base.two", field("name", "text"), field("back", "link", to="base.one"), field("up", "link", to="base.two")
    )
    lines = field("lines", "table", fields=(field("who", "links", to="base.two"), field("what", "link", to="base.one")))
    wanted = {
        "types in a circle": model(one, two),
        "a type of its own kind": model(two, one),
        "rows and links": model(one, two, book("base.three", lines, field("many", "links", to="base.two"))),
    }[how]
    plan = change(database, wanted)
    assert plan.base is None
    assert put_in_force(database, wanted).stored is False


def test_a_removed_field_is_put_aside_and_comes_back_with_its_values(install: Install) -> None:
    lines = field(
        "lines",
        "table",
        fields=(field("qty", "integer"), field("city", "link", to="base.city"), field("who", "links", to="base.city")),
    )
    full = model(
        CITY,
        book(
            "base.order",
            field("name", "text", unique=True),
            field("price", "money", scale=2),
            field("city", "link", to="base.city"),
            field("cities", "links", to="base.city"),
            lines,
        ),
    )
    bare = model(CITY, book("base.order", field("note", "text"), title="x"))
    db, _ = install(full)
    city = store(db, full, "base.city", name="Тула")
    gone = store(db, full, "base.city", name="Орёл")
    values = {
        "name": "а",
        "price": Decimal("10.50"),
        "city": city,
        "cities": (city, gone),
        "lines": ({"qty": 3, "city": city, "who": (city,)},),
    }
    order = store(db, full, "base.order", **values)
    before = fetch(db, full, "base.order", order)

    plan = change(db, bare)
    assert {(f.code, f.params["count"]) for f in plan.findings} == {("D301", 1)}
    assert [f.severity for f in plan.findings] == ["warning"] * 5
    assert fetch(db, bare, "base.order", order)["note"] is None
    with db.write() as conn:
        assert rows.delete(conn, build_tables(bare), "base.city", gone), "hidden values hold nothing back"

    change(db, full)
    after = fetch(db, full, "base.order", order)
    assert after["cities"] == (city,)
    assert {k: v for k, v in after.items() if k != "cities"} == {k: v for k, v in before.items() if k != "cities"}


def test_a_removed_type_comes_back_with_its_records(install: Install) -> None:
    full = model(
        CITY,
        book(
            "base.order",
            field("name", "text"),
            field("city", "link", to="base.city"),
            field("lines", "table", fields=(field("qty", "integer"),)),
        ),
    )
    db, _ = install(full)
    city = store(db, full, "base.city", name="Тула")
    order = store(db, full, "base.order", name="а", city=city, lines=({"qty": 3},), title="А")
    before = fetch(db, full, "base.order", order)
    plan = change(db, model(CITY))
    assert [(f.code, f.params["count"]) for f in plan.findings] == [("D302", 1)]
    change(db, full)
    assert fetch(db, full, "base.order", order) == before
    assert store(db, full, "base.order", name="б") == order + 1


def test_a_field_that_comes_back_as_another_type_starts_empty(install: Install) -> None:
    was, now = (
        model(book("base.order", field("size", "money", scale=2))),
        model(book("base.order", field("size", "money", scale=3))),
    )
    db, _ = install(was)
    order = store(db, was, "base.order", size=Decimal("1.25"))
    change(db, model(book("base.order")))
    change(db, now)
    assert fetch(db, now, "base.order", order)["size"] is None
    change(db, model(book("base.order")))
    change(db, was)
    assert fetch(db, was, "base.order", order)["size"] == Decimal("1.25")


def test_a_rename_keeps_values_of_every_home(install: Install) -> None:
    was = model(
        CITY,
        book(
            "base.order",
            field("name", "text", search=True),
            field("city", "link", to="base.city"),
            field("cities", "links", to="base.city"),
            field("lines", "table", fields=(field("qty", "integer"), field("who", "links", to="base.city"))),
            title="{name}",
        ),
    )
    now = model(
        book("base.town", field("name", "text"), renamed_from="city"),
        book(
            "base.deal",
            field("code", "text", search=True, renamed_from="name"),
            field("town", "link", to="base.town", renamed_from="city"),
            field("towns", "links", to="base.town", renamed_from="cities"),
            field(
                "items",
                "table",
                fields=(
                    field("count", "integer", renamed_from="qty"),
                    field("whom", "links", to="base.town", renamed_from="who"),
                ),
                renamed_from="lines",
            ),
            title="{code}",
            renamed_from="order",
        ),
    )
    db, _ = install(was)
    city = store(db, was, "base.city", name="Тула")
    order = store(db, was, "base.order", name="Ёж", city=city, cities=(city,), lines=({"qty": 3, "who": (city,)},))
    plan = change(db, now)
    assert plan.retitle == ("base.deal",)
    after = fetch(db, now, "base.deal", order)
    assert (after["code"], after["town"], after["towns"]) == ("Ёж", city, (city,))
    assert [(line["count"], line["whom"]) for line in after["items"]] == [(3, (city,))]
    with pytest.raises(Exception, match="W007 town"):
        store(db, now, "base.deal", town=city + 100)

    change(db, was)
    back = fetch(db, was, "base.order", order)
    assert (back["name"], back["city"], back["cities"]) == ("Ёж", city, (city,))
    assert [(line["qty"], line["who"]) for line in back["lines"]] == [(3, (city,))]


def test_history_and_files_follow_a_renamed_type_and_field(install: Install) -> None:
    was = model(book("base.order", field("name", "text"), field("level", "choice", options=("low", "high"))))
    now = model(
        book(
            "base.deal",
            field("code", "text", renamed_from="name"),
            field("level", "choice", options=("low", ("top", "high"))),
            renamed_from="order",
            title="{code}",
        )
    )
    db, _ = install(was)
    with db.write() as conn:
        for name, old, new in (("name", '"а"', '"б"'), ("level", '"low"', '"high"')):
            conn.exec_driver_sql(
                "INSERT INTO sys_history (record_type, record_id, at, action, field, old, new, version, revision) "
                f"VALUES ('base.order', 1, '2026-01-01 00:00:00.000000', 'change', '{name}', '{old}', '{new}', 1, 1)"
            )
    change(db, now)
    with db.read() as conn:
        found = conn.exec_driver_sql("SELECT record_type, field, old, new FROM sys_history ORDER BY id").all()
    assert [tuple(row) for row in found] == [
        ("base.deal", "code", '"а"', '"б"'),
        ("base.deal", "level", '"low"', '"top"'),
    ]


def test_renamed_options_states_and_decisions_carry_their_records(install: Install) -> None:
    def made(state: Any, decision: Any, option: Any, tag: Any) -> Model:
        fields = (
            field("state", "choice", own=False),
            field("decision", "choice", own=False),
            field("level", "choice", options=("low", option)),
            field("tags", "choices", options=("a", tag, "c")),
        )
        record_type = book(
            "base.order", *fields, states=scheme("base.cycle", "x").ref, decisions=catalog("base.rulings", "x").ref
        )
        return model(
            record_type,
            schemes=(scheme("base.cycle", "open", state),),
            catalogs=(catalog("base.rulings", "yes", decision),),
        )

    was = made("shut", "no", "high", "b")
    now = made(("closed", "shut"), ("never", "no"), ("top", "high"), ("bb", "b"))
    db, _ = install(was)
    order = store(db, was, "base.order", state="shut", decision="no", level="high", tags=("a", "b", "c"))
    other = store(db, was, "base.order", state="open", decision="yes", level="low", tags=("c",))
    change(db, now)
    after = fetch(db, now, "base.order", order)
    assert (after["state"], after["decision"], after["level"], after["tags"]) == (
        "closed",
        "never",
        "top",
        ("a", "bb", "c"),
    )
    after = fetch(db, now, "base.order", other)
    assert (after["state"], after["decision"], after["level"], after["tags"]) == ("open", "yes", "low", ("c",))


def _order(**changes: Any) -> Model:
    fields = {
        "name": field("name", "text", length=10),
        "amount": field("amount", "decimal", scale=3),
        "level": field("level", "choice", options=("low", "high")),
        "tags": field("tags", "choices", options=("a", "b")),
        "city": field("city", "link", to="base.city"),
        "state": field("state", "choice", own=False),
        "decision": field("decision", "choice", own=False),
    } | changes
    made = book(
        "base.order", *fields.values(), states=scheme("base.cycle", "x").ref, decisions=catalog("base.rulings", "x").ref
    )
    return model(
        CITY,
        EMPLOYEE,
        made,
        schemes=(scheme("base.cycle", "open", "shut"),),
        catalogs=(catalog("base.rulings", "yes", "no"),),
    )


def _unlike(wanted: Model, **slots: Any) -> Model:
    return replace(wanted, **slots)


BLOCKED: dict[str, tuple[Callable[[], Model], list[tuple[str, int | None]]]] = {
    "a choice becomes a number": (lambda: _order(level=field("level", "integer")), [("D201", 2)]),
    "a text gets shorter than its values": (lambda: _order(name=field("name", "text", length=3)), [("D202", 2)]),
    "a text that repeats becomes unique": (
        lambda: _order(name=field("name", "text", length=10, unique=True)),
        [("D203", 1)],
    ),
    "digits would be lost": (lambda: _order(amount=field("amount", "decimal", scale=1)), [("D207", 1)]),
    "digits would be lost as a whole number": (lambda: _order(amount=field("amount", "integer")), [("D207", 2)]),
    "a link turns elsewhere": (lambda: _order(city=field("city", "link", to="base.employee")), [("D209", 1)]),
    "an option goes": (lambda: _order(level=field("level", "choice", options=("low",))), [("D205", 2)]),
    "one of several options goes": (lambda: _order(tags=field("tags", "choices", options=("a",))), [("D205", 1)]),
    "a state goes": (
        lambda: _unlike(_order(), schemes=FrozenMap({"base.cycle": scheme("base.cycle", "open")})),
        [("D204", 1)],
    ),
    "a decision goes": (
        lambda: _unlike(_order(), catalogs=FrozenMap({"base.rulings": catalog("base.rulings", "yes")})),
        [("D206", 2)],
    ),
    "a rename whose old name stays": (
        lambda: _order(title2=field("title2", "text", renamed_from="name")),
        [("D208", None)],
    ),
}


@pytest.mark.parametrize("case", BLOCKED)
def test_a_change_that_would_lose_or_break_data_stops_with_a_count(install: Install, case: str) -> None:
    was = _order()
    db, _ = install(was)
    city = store(db, was, "base.city", name="Тула")
    store(
        db,
        was,
        "base.order",
        name="Ёлка",
        amount=Decimal("1.125"),
        level="high",
        tags=("a", "b"),
        city=city,
        state="shut",
        decision="no",
    )
    store(
        db,
        was,
        "base.order",
        name="ЕЛКА",
        amount=Decimal("1.5"),
        level="high",
        tags=("a",),
        state="open",
        decision="no",
    )
    store(db, was, "base.order")
    make, expected = BLOCKED[case]
    assert blocks(plan_of(db, make())) == expected
    with pytest.raises(PlanBlocked) as stopped:
        put_in_force(db, make())
    assert [f.code for f in stopped.value.findings] == [code for code, _ in expected]
    assert plan_of(db, was).empty


def test_the_same_changes_pass_when_no_value_stands_in_the_way(install: Install) -> None:
    db, _ = install(_order())
    for case, (make, _) in BLOCKED.items():
        if "old name stays" not in case:
            change(db, make())
            change(db, _order())


def test_a_finding_names_the_place_in_the_source(install: Install) -> None:
    db, _ = install(_order())
    store(db, _order(), "base.order", level="high")
    wanted = _order(level=field("level", "choice", options=("low",)))
    address = Address(wanted.types["base.order"].ref, ("fields", "level"))
    span = Span("base/order.yaml", 12, 3, 12, 8)
    (finding,) = plan_of(db, wanted, origins={str(address): span}).findings
    assert finding.span == span
    assert finding.address == f"{address}.options.high"
    assert "high" in finding.text("ru")
    assert finding.remedy("en")


WIDENED = {
    "integer to decimal": (field("x", "integer"), 7, field("x", "decimal", scale=3), Decimal("7.000")),
    "decimal to more digits": (
        field("x", "decimal", scale=1),
        Decimal("7.5"),
        field("x", "money", scale=2),
        Decimal("7.50"),
    ),
    "decimal to fewer digits": (
        field("x", "decimal", scale=3),
        Decimal("7.500"),
        field("x", "percent", scale=1),
        Decimal("7.5"),
    ),
    "decimal to integer": (field("x", "decimal", scale=3), Decimal("-7.000"), field("x", "integer"), -7),
    "text to lines": (field("x", "text"), "а", field("x", "multiline"), "а"),
    "choice to choices": (
        field("x", "choice", options=("a", "b")),
        "a",
        field("x", "choices", options=("a", "b")),
        ("a",),
    ),
    "choice to text": (field("x", "choice", options=("a", "b")), "a", field("x", "text"), "a"),
    "link to links": (field("x", "link", to="base.city"), 1, field("x", "links", to="base.city"), (1,)),
    "link to user": (field("x", "link", to="base.employee"), 1, field("x", "user"), 1),
}


@pytest.mark.parametrize("case", WIDENED)
@pytest.mark.parametrize("where", ["record", "rows"])
def test_a_change_of_type_without_loss_converts_the_values(install: Install, case: str, where: str) -> None:
    old, value, new, expected = WIDENED[case]

    def made(item: Any) -> Model:
        fields = (item,) if where == "record" else (field("lines", "table", fields=(item,)),)
        return model(CITY, EMPLOYEE, book("base.order", *fields))

    db, _ = install(made(old))
    store(db, made(old), "base.city", name="Тула")
    store(db, made(old), "base.employee", name="Ира")
    order = store(db, made(old), "base.order", **({"x": value} if where == "record" else {"lines": ({"x": value},)}))
    change(db, made(new))
    after = fetch(db, made(new), "base.order", order)
    got = after["x"] if where == "record" else after["lines"][0]["x"]
    assert (got, type(got)) == (expected, type(expected))


def test_every_operation_has_words_in_both_languages(database: Database) -> None:
    """One after another: what is made, renamed, converted, put aside, brought back, filled and dropped."""
    cycle = scheme("base.cycle", "fresh")
    steps = (
        model(
            CITY,
            book(
                "base.order",
                field("name", "text", search=True),
                field("size", "integer"),
                field("x", "choice", options=("a",)),
            ),
        ),
        model(
            CITY,
            book(
                "base.deal",
                field("code", "text", renamed_from="name"),
                field("size", "money", scale=2),
                field("x", "choice", options=(("b", "a"),)),
                renamed_from="order",
            ),
        ),
        model(
            CITY,
            book(
                "base.deal", field("code", "text", search=True), field("state", "choice", own=False), states=cycle.ref
            ),
            schemes=(cycle,),
        ),
        model(CITY, book("base.deal", field("code", "text", search=True), field("size", "money", scale=2))),
    )
    seen = set()
    for wanted in steps:
        plan = change(database, wanted)
        for operation in plan.operations:
            seen.add(operation.code)
            for language in ("ru", "en"):
                assert "{" not in words(operation, language)
        assert plan.plain()["operations"]
    told = {code for code in MESSAGES if code.startswith("D4")}
    assert told - seen == ({"D412"} if database.dialect == "sqlite" else set())


def test_records_of_a_type_that_gets_states_stand_in_the_initial_one(install: Install) -> None:
    was = model(book("base.order", field("name", "text")))
    cycle = scheme("base.cycle", "fresh", "shut")
    now = model(
        book("base.order", field("name", "text"), field("state", "choice", own=False), states=cycle.ref),
        schemes=(cycle,),
    )
    db, _ = install(was)
    order = store(db, was, "base.order", name="а")
    change(db, now)
    assert fetch(db, now, "base.order", order)["state"] == "fresh"


def test_a_field_that_gets_into_a_list_is_found_by_its_old_values(install: Install) -> None:
    was, now = (
        model(book("base.order", field("name", "text"))),
        model(book("base.order", field("name", "text", search=True))),
    )
    db, tables = install(was)
    store(db, was, "base.order", name="ЁЖ")
    change(db, now)
    with db.read() as conn:
        assert conn.exec_driver_sql("SELECT name__fold FROM base__order").scalar() == "еж"
    change(db, was)
    assert tables.fold("base.order", "name") is None
