"""Rows of packs: loaded once, around circles, again when they change, and taken away again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from partita.compiler.discover import read_packs
from partita.compiler.pipeline import compile_sources
from partita.formulas import program
from partita.runtime.data_loading.loading import load_data
from partita.runtime.data_loading.removing import remove_demo
from partita.runtime.queries.lists import ListRequest, list_records
from partita.runtime.records.commands import ChangeRecord, DeleteRecord
from partita.storage.schema.apply import Proposal, apply
from tests.runtime.sources import SOURCES
from tests.runtime.support import NOW, Desk, connect

ROWS = """
kind: data
name: regions
into: region
key: name
rows:
  north: {name: Север, code: "11"}
  west: {name: Запад, code: "33"}
---
kind: data
name: people
into: employee
rows:
  anna: {name: Анна, department: office}
---
kind: data
name: departments
into: department
rows:
  office: {name: Контора, head: anna}
---
kind: data
name: clients
into: organization
class: demo
rows:
  apex: {name: Апекс, region: Запад, manager: anna}
  broken: {name: Сломанный, region: north, inn: "123"}
"""


def applied(desk: Desk, text: str) -> None:
    found = compile_sources({**SOURCES, "base/rows.yaml": text})
    assert found.model is not None, [f.text("ru") for f in found.findings]
    assert found.program is not None
    plain = program.dump(found.program)
    apply(desk.engine.db, Proposal(model=found.model, program=plain, sources={}, author="t", message="", at=NOW))
    desk.engine.refresh()


def names(desk: Desk, type_name: str) -> set[str]:
    page = list_records(desk.ctx("chief"), type_name, ListRequest(columns=("name",), limit=100))
    return {row["name"] for row in page.rows}


def test_rows_are_loaded_once_around_circles_and_beside_what_people_made(desk: Desk) -> None:
    applied(desk, ROWS)
    first, again = load_data(desk.engine, "reference"), load_data(desk.engine, "reference")
    assert (first.created, first.updated, first.unchanged, first.problems) == (3, 1, 0, ())
    assert (again.created, again.updated, again.unchanged) == (0, 0, 4)
    page = list_records(desk.ctx("chief"), "base.department", ListRequest(columns=("name", "head")))
    assert {row["name"]: row["head.title"] for row in page.rows}["Контора"] == "Анна"


def test_a_changed_row_changes_its_record_and_a_deleted_one_does_not_come_back(desk: Desk) -> None:
    applied(desk, ROWS)
    load_data(desk.engine, "reference")
    page = list_records(desk.ctx("chief"), "base.region", ListRequest(columns=("name",), text="Запад"))
    desk.do(DeleteRecord("base.region", page.rows[0]["id"], 1), "chief")
    applied(desk, ROWS.replace('"11"', '"12"').replace('"33"', '"34"'))
    again = load_data(desk.engine, "reference")
    assert (again.created, again.updated, again.unchanged) == (0, 1, 3)
    assert names(desk, "base.region") == {"Север", "Юг"}


def test_demonstration_rows_come_when_asked_and_go_unless_touched(desk: Desk) -> None:
    applied(desk, ROWS)
    load_data(desk.engine, "reference")
    assert "Апекс" not in names(desk, "base.organization")
    demo = load_data(desk.engine, "demo")
    assert (demo.created, [(p.row, p.problem.code, p.problem.field) for p in demo.problems]) == (
        1,
        [("broken", "W005", "inn")],
    )
    assert (remove_demo(desk.engine).removed, "Апекс" in names(desk, "base.organization")) == (1, False)


def test_a_demonstration_row_that_people_touched_stays(desk: Desk) -> None:
    applied(desk, ROWS)
    load_data(desk.engine, "reference")
    load_data(desk.engine, "demo")
    page = list_records(desk.ctx("chief"), "base.organization", ListRequest(columns=("name",), text="Апекс"))
    apex = page.rows[0]
    desk.do(ChangeRecord("base.organization", apex["id"], apex["version"], {"phone": "+79161112233"}), "chief")
    removed = remove_demo(desk.engine)
    assert (removed.removed, removed.kept) == (0, (("base.organization", apex["id"]),))


@pytest.mark.parametrize("kind", ["sqlite"])
def test_shipped_packs_load_without_a_finding(kind: str, make_database: Callable[..., str], tmp_path: Path) -> None:

    root = Path(__file__).resolve().parents[2]
    found = compile_sources(read_packs((root / "metadata", root / "vertical_solutions")))
    assert found.model is not None
    assert found.program is not None
    desk = connect(make_database(kind), tmp_path)
    plain = program.dump(found.program)
    apply(desk.engine.db, Proposal(model=found.model, program=plain, sources={}, author="t", message="", at=NOW))
    assert load_data(desk.engine, "reference").problems == ()
    demo = load_data(desk.engine, "demo")
    assert demo.problems == ()
    assert remove_demo(desk.engine).removed == demo.created
    desk.engine.db.close()
