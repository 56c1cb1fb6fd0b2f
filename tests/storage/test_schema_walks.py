"""Random walks from Model to Model over live data: no step fails, a second plan is empty, what stays declared stays."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partita.model.model import Model
from partita.storage import rows
from partita.storage.database import Database, open_database
from partita.storage.schema.apply import PlanBlocked
from partita.storage.schema.forms import form_of
from partita.storage.schema.plan import make_plan
from partita.storage.tables import build_tables
from tests.conftest import MakeDatabase
from tests.storage.conftest import STAMP, put_in_force
from tests.storage.models import book, field, model

TYPES = ("one", "two", "six")
NAMES = ("a", "b", "c", "d")
PLAIN: dict[str, tuple[dict[str, Any], Any]] = {
    "text": ({}, "Ёж"),
    "multiline": ({}, "ряд"),
    "integer": ({}, 7),
    "money": ({"scale": 2}, Decimal("7.00")),
    "decimal": ({"scale": 3}, Decimal("7.000")),
    "boolean": ({}, True),
    "choice": ({"options": ("x", "y")}, "x"),
    "choices": ({"options": ("x", "y")}, ("x",)),
    "link": ({}, 1),
    "links": ({}, (1,)),
    "files": ({}, ()),
}


@st.composite
def models(draw: Any) -> Model:
    kept = draw(st.sets(st.sampled_from(TYPES), min_size=1))
    targets = st.sampled_from(sorted(kept))

    def item(name: str, renamed_from: str) -> Any:
        kind = draw(st.sampled_from([*PLAIN, "table"]))
        slots = dict(PLAIN[kind][0]) if kind != "table" else {}
        if kind in ("link", "links"):
            slots["to"] = f"base.{draw(targets)}"
        if kind == "text":
            slots |= {"search": draw(st.booleans()), "unique": draw(st.booleans())}
        if kind == "table":
            inner = [k for k in PLAIN if k != "files"]
            cells = [
                (n, draw(st.sampled_from(inner))) for n in sorted(draw(st.sets(st.sampled_from("pq"), min_size=1)))
            ]
            slots["fields"] = tuple(
                field(n, k, **PLAIN[k][0], **({"to": f"base.{draw(targets)}"} if k.startswith("link") else {}))
                for n, k in cells
            )
        return field(name, kind, renamed_from=renamed_from, **slots)

    made = []
    for name in sorted(kept):
        fields = sorted(draw(st.sets(st.sampled_from(NAMES))))
        gone = [n for n in NAMES if n not in fields]
        items = [item(n, draw(st.sampled_from(["", *gone]))) for n in fields]
        former = draw(st.sampled_from(["", *(t for t in TYPES if t not in kept)]))
        made.append(book(f"base.{name}", *items, renamed_from=former, title="x"))
    return model(*made)


def a_record(db: Database, wanted: Model, type_name: str) -> int:
    tables = build_tables(wanted)

    def value(item: Any) -> Any:
        if item.type == "table":
            return ({cell.name: value(cell) for cell in item.fields},)
        if item.type in ("link", "links") or item.unique:
            return None if item.type != "links" else ()
        return PLAIN[item.type][1]

    fields = wanted.types[type_name].own_fields()
    with db.write() as conn:
        return rows.insert(conn, tables, type_name, {item.name: value(item) for item in fields}, STAMP)


def all_records(db: Database, wanted: Model) -> dict[tuple[str, int], dict[str, Any]]:
    tables, found = build_tables(wanted), {}
    with db.read() as conn:
        for name in wanted.types:
            for number in conn.exec_driver_sql(f"SELECT id FROM {tables.table(name).name}").scalars().all():
                found[name, number] = rows.fetch(conn, tables, name, number) or {}
    return found


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
@given(data=st.data())
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_walk_from_model_to_model_keeps_what_stays(
    make_database: MakeDatabase, prepared: Callable[[str], str], kind: str, data: st.DataObject
) -> None:
    db = open_database(make_database(kind, template=prepared(kind)))
    was = model()
    before: dict[tuple[str, int], dict[str, Any]] = {}
    try:
        for _ in range(data.draw(st.integers(2, 5))):
            now = data.draw(models())
            with db.read() as conn:
                plan = make_plan(conn, now)
            if plan.blocked:
                with pytest.raises(PlanBlocked):
                    put_in_force(db, now)
                assert all_records(db, was) == before
                continue
            put_in_force(db, now)
            with db.read() as conn:
                again = make_plan(conn, now)
            assert again.empty, [dict(o.params()) for o in again.operations]
            _same_values(was, now, before, all_records(db, now))
            for name in now.types:
                a_record(db, now, name)
            was, before = now, all_records(db, now)
    finally:
        db.close()


def _same_values(was: Model, now: Model, before: dict[Any, Any], after: dict[Any, Any]) -> None:
    """Of fields whose name and form did not change, in types that kept their name."""
    for (name, number), record in before.items():
        if name in now.types:
            for item in was.types[name].own_fields():
                kept = now.types[name].fields.get(item.name)
                if kept is not None and form_of(was, item) == form_of(now, kept) and item.type != "table":
                    assert after[name, number][item.name] == record[item.name], (name, item.name)
