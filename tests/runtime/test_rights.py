"""Rights: the same rule in SQL and in Python, roles that add up, and what is hidden is absent from every answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partita.base.errors import Denied, NotFound, Refused
from partita.compiler.pipeline import compile_sources
from partita.formulas import program
from partita.model.layout import SortKey
from partita.runtime.access.rights import READ
from partita.runtime.access.rules import holds
from partita.runtime.context import Actor
from partita.runtime.files.attachments import open_attachment, read_attachments, upload_to
from partita.runtime.queries.cards import read_record
from partita.runtime.queries.history import read_history
from partita.runtime.queries.links import link_options
from partita.runtime.queries.lists import Filter, ListRequest, count_by, count_records, iterate, list_records
from partita.runtime.queries.related import count_related
from partita.runtime.queries.talk import read_comments
from partita.runtime.records.commands import (
    AddComment,
    ChangeRecord,
    CreateRecord,
    Decide,
    DeleteRecord,
    PerformTransition,
)
from partita.runtime.records.forms import evaluate
from partita.runtime.search.finder import recent, search
from partita.runtime.search.identify import identify
from partita.runtime.values.work import Work
from partita.storage import rows
from partita.storage.schema.apply import Proposal, apply
from tests.runtime.sources import SOURCES
from tests.runtime.support import NOW, Desk, open_desk, seed

RULES = {
    "mine": "responsible == user",
    "north": 'counterparty.region.name == "север"',
    "big": "quantity > 5 and priority == high",
    "late": "wanted_by is empty or wanted_by < today() + days(3)",
    "dear": "total >= 100",
    "lines": "any(lines, qty > 3)",
    "counted": "count(lines) != 1",
    "managed": "counterparty.manager == user",
    "joined": "user in executors",
    "open": "state in (accepted, in_work) and not first_time",
    "department": "responsible.department == user.department",
    "noted": 'notes is not empty or reference == "ёлка"',
}
ROLE = """---
kind: role
name: r_{name}
label: {{ru: Роль}}
grants:
  inquiry: {{read: true, where: {rule}}}
"""
ROLES = "".join(ROLE.format(name=n, rule=json.dumps(r, ensure_ascii=False)) for n, r in RULES.items())


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def ruled(
    request: pytest.FixtureRequest, make_database: Callable[..., str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    """A desk whose pack has a role for each rule."""
    desk = open_desk(make_database(request.param), tmp_path_factory.mktemp("blobs"))
    found = compile_sources({**SOURCES, "desk/rules.yaml": ROLES.removeprefix("---\n")})
    assert found.model is not None, [f.text("ru") for f in found.findings]
    assert found.program is not None
    plain = program.dump(found.program)
    apply(desk.engine.db, Proposal(model=found.model, program=plain, sources={}, author="t", message="", at=NOW))
    seed(desk)
    yield desk
    desk.engine.db.close()


def drawn(desk: Desk) -> st.SearchStrategy[dict[str, Any]]:
    people = st.sampled_from([desk.ids[name] for name in ("operator", "worker", "chief")])
    line = st.fixed_dictionaries({"qty": st.decimals(0, 5, places=1), "price": st.decimals(0, 90, places=2)})
    return st.fixed_dictionaries(
        {
            "counterparty": st.sampled_from([desk.ids[name] for name in ("orion", "sirius", "vega")]),
            "responsible": people,
            "executors": st.lists(people, unique=True).map(tuple),
            "quantity": st.integers(1, 9),
            "wanted_by": st.one_of(st.none(), st.integers(0, 6).map(lambda n: date(2026, 11, 21) + timedelta(days=n))),
            "lines": st.lists(line, max_size=2).map(tuple),
            "product": st.none(),
        }
    )


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_row_rule_means_the_same_in_sql_and_in_python_and_roles_add_up(ruled: Desk, data: st.DataObject) -> None:
    values = data.draw(drawn(ruled))
    values["lines"] = tuple({**row, "note": "n"} if row["qty"] > 5 else row for row in values["lines"])
    made = ruled.do(CreateRecord("desk.inquiry", values), "chief").id
    names = data.draw(st.lists(st.sampled_from(sorted(RULES)), min_size=1, max_size=3, unique=True))
    for roles in ([f"desk.r_{name}" for name in names], *([f"desk.r_{name}"] for name in sorted(RULES))):
        actor = Actor(9, "x", "X", ruled.ids["worker"], frozenset(roles))
        ctx = ruled.engine.context(actor)
        found = list_records(ctx, "desk.inquiry", ListRequest(filters=(Filter("id", "eq", (made,)),)))
        with ctx.runtime.db.read() as conn:
            work, blueprint = Work(ctx, conn), ctx.blueprint("desk.inquiry")
            record = rows.fetch(conn, ctx.runtime.tables, "desk.inquiry", made) or {}
            rule = ctx.rights.rows("desk.inquiry", READ)
            assert bool(found.rows) == holds(rule, work.env(blueprint, record)), (roles, values)


CANARY = "канарейка"


def answers(desk: Desk, who: str) -> dict[str, Any]:
    """Everything that this reader is told about the organization with a secret."""
    ctx, sirius = desk.ctx(who), desk.ids["sirius"]
    view = read_record(ctx, "base.organization", sirius)
    return {
        "card": (view.values, view.titles, view.fields, view.title),
        "form": evaluate(ctx, "base.organization", {}, record=view, purpose="change"),
        "read": evaluate(ctx, "base.organization", {}, record=view, purpose="read"),
        "list": list_records(ctx, "base.organization", ListRequest(columns=("name", "secret", "region"))),
        "history": read_history(ctx, "base.organization", sirius),
        "links": link_options(ctx, "desk.inquiry", "counterparty", {}, "сириус"),
        "search": search(ctx, CANARY),
        "text": list_records(ctx, "base.organization", ListRequest(text=CANARY)),
        "identify": identify(ctx, "base.organization", CANARY),
        "tally": count_by(ctx, "base.organization", "secret", ListRequest()),
        "related": count_related(ctx, "base.organization", sirius),
    }


def test_a_hidden_field_is_absent_from_every_answer(desk: Desk) -> None:
    desk.do(ChangeRecord("base.organization", desk.ids["sirius"], 1, {"secret": CANARY}), "chief")
    told = answers(desk, "operator")
    assert CANARY not in repr(told)
    assert "secret" not in told["card"][0].keys() | told["form"].fields.keys() | told["read"].values.keys()
    assert (told["search"], told["text"].rows, told["identify"], told["tally"]) == ((), (), (), {})
    assert CANARY in repr(answers(desk, "chief"))


@pytest.mark.parametrize("path", ["secret", "counterparty.secret"])
def test_a_hidden_field_neither_filters_nor_sorts(desk: Desk, path: str) -> None:
    type_name = "base.organization" if path == "secret" else "desk.inquiry"
    ctx = desk.ctx()
    with pytest.raises(Refused, match="W019"):
        list_records(ctx, type_name, ListRequest(filters=(Filter(path, "eq", ("тайна",)),)))
    unsorted = list_records(ctx, type_name, ListRequest(sort=(SortKey(path),)))
    assert unsorted == list_records(ctx, type_name, ListRequest(sort=(SortKey("no_such_field"),)))


def test_a_hidden_field_may_not_be_written(desk: Desk) -> None:
    change = ChangeRecord("base.organization", desk.ids["sirius"], 1, {"secret": "x"})
    assert desk.refused(change) == {("W019", "secret")}
    assert desk.refused(CreateRecord("base.organization", {"name": "Н", "secret": "x"})) == {("W019", "secret")}


def test_rows_outside_the_rule_do_not_exist(desk: Desk) -> None:
    mine = desk.inquiry("chief", responsible=desk.ids["worker"], notes=None)
    other = desk.inquiry("chief")
    file = upload_to(desk.ctx("chief"), "desk.inquiry", other, "тайна.txt", [b"x"])
    desk.do(AddComment("desk.inquiry", other, "тайна"), "chief")
    ctx = desk.ctx("worker")
    assert [row["id"] for row in list_records(ctx, "desk.inquiry", ListRequest()).rows] == [mine]
    assert count_records(ctx, "desk.inquiry", ListRequest()).value == 1
    for ask in (read_record, read_history, read_comments, read_attachments):
        if ask is read_attachments:
            assert read_attachments(ctx, "desk.inquiry", other) == ()
            continue
        with pytest.raises(NotFound):
            ask(ctx, "desk.inquiry", other)
    with pytest.raises(NotFound):
        open_attachment(ctx, file.id)
    for command in (
        ChangeRecord("desk.inquiry", other, 1, {"quantity": 2}),
        PerformTransition("desk.inquiry", other, 1, "take"),
        AddComment("desk.inquiry", other, "x"),
        DeleteRecord("desk.inquiry", other, 1),
    ):
        with pytest.raises(NotFound):
            desk.do(command, "worker")


def test_a_linked_record_that_may_not_be_read_shows_no_title(desk: Desk) -> None:
    made = desk.inquiry("chief", counterparty=desk.ids["vega"], responsible=desk.ids["worker"])
    ctx = desk.ctx("worker")
    view = read_record(ctx, "desk.inquiry", made)
    assert view.titles["counterparty"] == {}
    row = list_records(ctx, "desk.inquiry", ListRequest(columns=("counterparty", "counterparty.phone"))).rows[0]
    assert row.get("counterparty.title") is None
    assert "counterparty.phone" not in row


def test_what_may_be_read_may_not_always_be_changed_and_the_form_says_so(desk: Desk) -> None:
    made = desk.inquiry("chief", responsible=desk.ids["worker"])
    ctx = desk.ctx("worker")
    form = evaluate(ctx, "desk.inquiry", {}, record=read_record(ctx, "desk.inquiry", made), purpose="change")
    assert (form.fields["priority"].read_only, form.fields["priority"].why) == (True, "Нет права менять")
    assert form.fields["quantity"].read_only is False
    change = ChangeRecord("desk.inquiry", made, 1, {"priority": "high", "budget": Decimal(5)})
    assert desk.refused(change, "worker") == {("W003", "priority"), ("W003", "budget"), ("W012", "pair")}


@pytest.mark.parametrize(
    "command",
    [
        CreateRecord("desk.inquiry", {}),
        CreateRecord("base.region", {"name": "x"}),
        ChangeRecord("base.region", 1, 1, {"name": "x"}),
        DeleteRecord("base.region", 1, 1),
        AddComment("base.region", 1, "x"),
    ],
    ids=lambda command: type(command).__name__,
)
def test_what_no_role_gives_is_denied(desk: Desk, command: Any) -> None:
    with pytest.raises((Denied, NotFound)):
        desk.do(command, "nobody")


def test_rights_are_asked_for_each_act(desk: Desk) -> None:
    made = desk.inquiry("chief", responsible=desk.ids["worker"])
    with pytest.raises(Denied):
        desk.do(Decide("desk.inquiry", made, 1, "other", "x"), "worker")
    with pytest.raises(Denied):
        desk.do(PerformTransition("desk.inquiry", made, 1, "cancel", {"reason": "r"}), "worker")
    with pytest.raises(Denied):
        list_records(desk.ctx("nobody"), "desk.inquiry", ListRequest())
    with pytest.raises(Denied), iterate(desk.ctx("worker"), "desk.inquiry", ListRequest()):
        pass
    can = read_record(desk.ctx("worker"), "desk.inquiry", made).can
    assert (can.change, can.comment, can.decide, can.delete, can.attach) == (True, True, False, False, False)


def test_a_list_is_given_whole_for_export(desk: Desk) -> None:
    made = [desk.inquiry("chief") for _ in range(3)]
    with iterate(desk.ctx("chief"), "desk.inquiry", ListRequest(columns=("number",), sort=(SortKey("id"),))) as found:
        assert [row["id"] for row in found] == made


def test_a_type_that_does_not_exist_looks_like_one_that_may_not_be_seen(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.do(CreateRecord("desk.nothing", {}))


def test_recently_touched_records_are_those_still_seen(desk: Desk) -> None:
    made = desk.inquiry("chief", responsible=desk.ids["worker"])
    desk.do(AddComment("desk.inquiry", made, "x"), "worker")
    assert [(hit.type, hit.id) for hit in recent(desk.ctx("worker"))] == [("desk.inquiry", made)]
    desk.do(ChangeRecord("desk.inquiry", made, 1, {"responsible": desk.ids["chief"]}), "chief")
    assert recent(desk.ctx("worker")) == ()
