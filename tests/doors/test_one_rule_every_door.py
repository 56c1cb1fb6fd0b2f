"""One rule at every door (B-11, design rule 4): what is hidden, required, read-only or checked is refused with the same
code through the runtime's commands, the form with htmx, a plain POST with forged fields, rows of a table, dialogs of a
transition and of a decision, import, and the scenario runner."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from partita.base.codes.catalogue import MESSAGES
from partita.base.errors import Refused
from partita.compiler.discover import read_packs
from partita.compiler.pipeline import compile_sources
from partita.runtime.context import Context
from partita.runtime.exchange.importing import run_import
from partita.runtime.exchange.mapping import read_mapping
from partita.runtime.identity import accounts, sessions
from partita.runtime.records.commands import ChangeRecord, CreateRecord, Decide, PerformTransition
from partita.runtime.records.pipeline import perform
from partita.settings.places import shipped
from partita.testing.bench import Bench, prepare
from partita.testing.metadata import Built
from partita.testing.scenarios.run import run_scenario
from partita.web.app import make_app
from partita.web.config import WebConfig

TYPE = "doors.ask"
SAY = "Размер должен быть больше нуля"
CELLS = f"""
      flag: {{type: boolean, label: Флажок}}
      hidden_cell: {{type: text, label: Скрытая, visible: flag}}
      needed_cell: {{type: text, label: Нужная, required: true}}
      fixed_cell: {{type: text, label: Твёрдая, read_only: true}}
      size_cell: {{type: integer, label: Размер, check: {{must: size_cell > 0, say: {SAY}}}}}"""
PACK = f"""kind: request_type
name: ask
label: Запрос
numbering: numbers
states: course
decisions: verdicts
fields:
  tint: {{type: choice, label: Цвет, options: {{red: К, blue: С}}, default: blue}}
  hidden_one: {{type: text, label: Скрытое, visible: tint == red}}
  needed: {{type: text, label: Нужное, required: true}}
  fixed: {{type: text, label: Твёрдое, read_only: true}}
  size: {{type: integer, label: Размер, check: {{must: size > 0, say: {SAY}}}}}
  lines:
    type: table
    label: Строки
    fields:{CELLS}
---
kind: numbering
name: numbers
label: Номера
template: "{{seq:03}}"
---
kind: state_scheme
name: course
label: Ход
initial: open
states: {{open: {{label: О, category: open}}, closed: {{label: З, category: done}}}}
transitions:
  go:
    label: Закрыть
    from: [open]
    to: closed
    ask: {{hidden_one: optional, needed: required, size: optional, lines: optional}}
---
kind: decision_catalog
name: verdicts
label: Решения
decisions:
  settle:
    label: Решить
    class: accept
    ask: {{hidden_one: optional, needed: required, size: optional, lines: optional}}
---
kind: role
name: clerk
label: Писарь
grants: {{ask: {{read: true, create: true, change: true, commands: all, transitions: all}}}}
"""
HEAD = 'pack: doors\nversion: 1.0.0\nlabel: Двери\nlanguages: [ru]\nrequires: {base: ">=1"}\n'
GOOD: Mapping[str, Any] = {"tint": "blue", "needed": "есть", "size": 1}
ROW: Mapping[str, Any] = {"needed_cell": "есть", "size_cell": 1}
PASSWORD = "длинный пароль для дверей"


@dataclass(frozen=True)
class Case:
    """`bad` stands over good values; `field` is where the refusal must stand."""

    name: str
    code: str
    field: str
    bad: Mapping[str, Any]

    @property
    def words(self) -> str:
        return SAY if self.code == "W004" else MESSAGES[self.code].ru


def in_row(**cells: Any) -> dict[str, Any]:
    return {"lines": ({**ROW, **cells},)}


CASES = (
    Case("hidden", "W002", "hidden_one", {"hidden_one": "тайна"}),
    Case("required", "W001", "needed", {"needed": None}),
    Case("read_only", "W003", "fixed", {"fixed": "иначе"}),
    Case("check", "W004", "size", {"size": -1}),
    Case("hidden_cell", "W002", "lines.0.hidden_cell", in_row(hidden_cell="тайна")),
    Case("required_cell", "W001", "lines.0.needed_cell", in_row(needed_cell=None)),
    Case("read_only_cell", "W003", "lines.0.fixed_cell", in_row(fixed_cell="иначе")),
    Case("check_in_a_cell", "W004", "lines.0.size_cell", in_row(size_cell=-1)),
)


def sources(scenario: str = "") -> dict[str, str]:
    found = read_packs((shipped("metadata"),))
    return {**found, "doors/pack.yaml": HEAD, "doors/all.yaml": PACK, "doors/scenario.yaml": scenario or "# none\n"}


def build(scenario: str = "") -> Built:
    texts = sources(scenario)
    compiled = compile_sources(texts)
    assert compiled.model is not None, [f.text("ru") for f in compiled.findings]
    return Built(texts, compiled)


@cache
def template() -> Any:
    return prepare(build(), demo=False)


@dataclass
class Desk:
    bench: Bench
    ctx: Context
    token: str
    folder: Path

    def record(self) -> int:
        return perform(self.ctx, CreateRecord(TYPE, GOOD)).id

    def client(self) -> TestClient:
        app = make_app(self.bench.engine, WebConfig(themes=(shipped("themes") / "default",)))
        client = TestClient(app, headers={"Sec-Fetch-Site": "same-origin"})
        client.cookies.set("sid", self.token)
        return client


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with template().open() as bench:
        actor = accounts.create_user(bench.engine, "clerk", "Писарь", PASSWORD, ["doors.clerk"])
        token, _ = sessions.sign_in(bench.engine, "clerk", PASSWORD, "", "")
        yield Desk(bench, bench.engine.context(actor), token, tmp_path)


Told = set[tuple[str, str]]


def problems_of(act: Callable[[], object]) -> Told:
    with pytest.raises(Refused) as refused:
        act()
    return {(problem.code, problem.field) for problem in refused.value.problems}


def creating(desk: Desk, case: Case) -> None:
    assert (case.code, case.field) in problems_of(lambda: perform(desk.ctx, CreateRecord(TYPE, {**GOOD, **case.bad})))


def changing(desk: Desk, case: Case) -> None:
    command = ChangeRecord(TYPE, desk.record(), 1, case.bad)
    assert (case.code, case.field) in problems_of(lambda: perform(desk.ctx, command))


def a_transition(desk: Desk, case: Case) -> None:
    command = PerformTransition(TYPE, desk.record(), 1, "go", {"needed": "есть", **case.bad})
    assert (case.code, case.field) in problems_of(lambda: perform(desk.ctx, command))


def a_decision(desk: Desk, case: Case) -> None:
    command = Decide(TYPE, desk.record(), 1, "settle", "", {"needed": "есть", **case.bad})
    assert (case.code, case.field) in problems_of(lambda: perform(desk.ctx, command))


def posted(values: Mapping[str, Any], prefix: str = "f") -> dict[str, str]:
    """The fields of a form as a browser (or a forger) sends them."""
    sent: dict[str, str] = {}
    for name, value in values.items():
        if isinstance(value, tuple):
            for number, row in enumerate(value):
                sent |= {f"{prefix}.{name}.{number}.id": ""} | posted(row, f"{prefix}.{name}.{number}")
        else:
            sent[f"{prefix}.{name}"] = "" if value is None else str(value)
    return sent


def answered(desk: Desk, path: str, values: Mapping[str, Any], htmx: bool, **more: str) -> str:
    """The refused page; the key is that of a rendered form."""
    headers = {"HX-Request": "true"} if htmx else {}
    with desk.client() as client:
        sent = {"key": f"k-{path}", **posted(values), **more}
        answer = client.post(path, data=sent, headers=headers, follow_redirects=False)
    assert answer.status_code == 422, (answer.status_code, answer.headers.get("location"), answer.text[:500])
    return answer.text


def stands(case: Case, page: str) -> bool:
    """The summary of mistakes says the words after the field's name, in the middle of a line."""
    return case.words.lower() in page.lower()


def a_form_with_htmx(desk: Desk, case: Case) -> None:
    assert stands(case, answered(desk, f"/new/{TYPE}", {**GOOD, **case.bad}, htmx=True))


def a_forged_post(desk: Desk, case: Case) -> None:
    assert stands(case, answered(desk, f"/new/{TYPE}", {**GOOD, **case.bad}, htmx=False))


def a_transition_dialog(desk: Desk, case: Case) -> None:
    path = f"/record/{TYPE}/{desk.record()}/transition/go"
    assert stands(case, answered(desk, path, {"needed": "есть", **case.bad}, htmx=True, version="1"))


def a_decision_page(desk: Desk, case: Case) -> None:
    path = f"/record/{TYPE}/{desk.record()}/decide"
    values = {"needed": "есть", **case.bad}
    assert stands(case, answered(desk, path, values, htmx=False, version="1", decision="settle"))


def an_import(desk: Desk, case: Case) -> None:
    file = desk.folder / "rows.json"
    file.write_text(json.dumps([{**GOOD, **case.bad}], ensure_ascii=False), encoding="utf-8")
    columns = {name: {"source": name} for name in {**GOOD, **case.bad}}
    mapping = read_mapping(desk.ctx, {"into": TYPE, "format": "json", "columns": columns})
    report = run_import(desk.ctx, mapping, file)
    assert (report.created, report.failed) == (0, 1)
    assert (case.code, case.field) in {(p.code, p.field) for p in report.findings[0].problems}


def a_scenario(desk: Desk, case: Case) -> None:
    values = json.dumps({**GOOD, **case.bad}, ensure_ascii=False).replace("null", "empty")
    text = (
        "kind: scenario\nname: refused\nlabel: Отказ\nat: '2026-11-21T09:00+03:00'\npeople: {anna: [clerk]}\n"
        f"steps:\n  one: {{as: anna, create: ask, values: {values}, refused: {{{case.field}: {case.code}}}}}\n"
    )
    made = prepare(build(text), demo=False)
    report = run_scenario(made, made.built.model.scenarios["doors.refused"])
    assert report.passed, str(report)


DOORS = (
    creating,
    changing,
    a_transition,
    a_decision,
    a_form_with_htmx,
    a_forged_post,
    a_transition_dialog,
    a_decision_page,
    an_import,
    a_scenario,
)


def pairs() -> Iterator[Any]:
    """Every case at every door; a file of import is flat, so the rows of a table cannot come in by it."""
    for door in DOORS:
        for case in CASES:
            if door is not an_import or "lines" not in case.bad:
                yield pytest.param(door, case, id=f"{door.__name__}-{case.name}")


@pytest.mark.parametrize(("door", "case"), tuple(pairs()))
def test_the_same_bad_value_is_refused_with_the_same_code(door: Any, case: Case, desk: Desk) -> None:
    door(desk, case)


def test_good_values_pass_the_same_doors(desk: Desk) -> None:
    record = perform(desk.ctx, CreateRecord(TYPE, {**GOOD, "lines": ({**ROW},)})).id
    decided = perform(desk.ctx, Decide(TYPE, record, 1, "settle", "", {"needed": "есть"}))
    moved = perform(desk.ctx, PerformTransition(TYPE, record, decided.version, "go", {"needed": "есть"}))
    assert moved.version > decided.version
