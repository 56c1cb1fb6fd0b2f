"""A request's way from registration to a result: numbers, «Впервые», transitions, decisions, reopening."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from partita.base.errors import Denied, NotFound
from partita.runtime.queries.cards import RecordView, read_record
from partita.runtime.queries.history import read_history
from partita.runtime.records.commands import (
    ChangeRecord,
    CreateRecord,
    Decide,
    DeleteRecord,
    PerformTransition,
    RegisterRecord,
)
from partita.runtime.records.forms import evaluate
from tests.runtime.support import Desk


def card(desk: Desk, made: int, who: str = "chief", type_name: str = "desk.inquiry") -> RecordView:
    return read_record(desk.ctx(who), type_name, made)


def fire(desk: Desk, made: int, name: str, who: str = "operator", **values: Any) -> None:
    version = card(desk, made).version
    desk.do(PerformTransition("desk.inquiry", made, version, name, values), who)


def test_numbers_follow_the_template_and_each_counter_its_key(desk: Desk) -> None:
    numbers = [card(desk, desk.inquiry()).values["number"] for _ in range(2)]
    complaint = desk.create("desk.complaint", counterparty=desk.ids["orion"], subject="s")
    assert numbers == ["2026-00001", "2026-00002"]
    assert card(desk, complaint, type_name="desk.complaint").values["number"] == "Ж-1"


def test_a_refused_registration_takes_no_number(desk: Desk) -> None:
    desk.inquiry(reference="a")
    assert desk.refused(CreateRecord("desk.inquiry", {"counterparty": desk.ids["orion"], "reference": "A"}))
    assert card(desk, desk.inquiry()).values["number"] == "2026-00002"


def test_first_time_is_the_first_registered_and_not_cancelled_request_of_any_type(desk: Desk) -> None:
    draft = desk.inquiry(register=False)
    first = desk.create("desk.complaint", counterparty=desk.ids["orion"], subject="s")
    second = desk.inquiry()
    assert card(desk, draft).values["first_time"] is None
    assert card(desk, first, type_name="desk.complaint").values["first_time"] is True
    assert card(desk, second).values["first_time"] is False
    assert card(desk, desk.inquiry(counterparty=desk.ids["vega"])).values["first_time"] is True


def test_a_cancelled_request_does_not_count_as_the_first(desk: Desk) -> None:
    fire(desk, desk.inquiry(), "cancel", reason="по ошибке")
    assert card(desk, desk.inquiry()).values["first_time"] is True


def test_the_first_formula_that_yields_names_the_responsible_one(desk: Desk) -> None:
    assert card(desk, desk.inquiry()).values["responsible"] == desk.ids["operator"]
    assert card(desk, desk.inquiry(counterparty=desk.ids["sirius"])).values["responsible"] == desk.ids["worker"]
    named = desk.inquiry(counterparty=desk.ids["sirius"], responsible=desk.ids["chief"])
    assert card(desk, named).values["responsible"] == desk.ids["chief"]


def test_a_request_passes_from_registration_to_its_result_with_a_trace_of_each_step(desk: Desk) -> None:
    made = desk.inquiry()
    fire(desk, made, "take")
    desk.do(Decide("desk.inquiry", made, 2, "new_item", "нужна подготовка"))
    fire(desk, made, "finish", result="Отказано")
    view = card(desk, made)
    assert (view.state, view.values["result"], view.values["decision"]) == ("done", "Отказано", "new_item")
    actions = [change.action for change in read_history(desk.ctx(), "desk.inquiry", made)]
    assert actions == ["transition.finish", "decide", "transition.take", "create"]


def test_the_history_of_decisions_keeps_old_and_new(desk: Desk) -> None:
    made = desk.inquiry()
    desk.do(Decide("desk.inquiry", made, 1, "terms", "", {"possible_date": date(2027, 1, 1)}))
    desk.do(Decide("desk.inquiry", made, 2, "other", "Сделаем в марте"))
    newest = read_history(desk.ctx(), "desk.inquiry", made)[0]
    assert {
        (c.name, c.old, c.new) for c in newest.fields if c.name in ("decision", "decision_text", "possible_date")
    } == {
        ("decision", "Отказ — сроки", "Другое"),
        ("decision_text", "", "Сделаем в марте"),
        ("possible_date", "01.01.2027", ""),
    }


def test_a_decision_moves_the_record_by_its_effect(desk: Desk) -> None:
    made = desk.inquiry()
    outcome = desk.do(Decide("desk.inquiry", made, 1, "to_work"))
    assert outcome.events == ("decide", "state.in_work")
    assert card(desk, made).state == "in_work"


def test_a_transition_sets_what_its_effects_say(desk: Desk) -> None:
    made = desk.inquiry()
    fire(desk, made, "take")
    fire(desk, made, "hand_over", responsible=desk.ids["second"])
    view = card(desk, made)
    assert (view.state, view.values["reason"], view.values["responsible"]) == (
        "in_work",
        "Передано",
        desk.ids["second"],
    )


def test_only_those_whom_the_scheme_allows_may_fire(desk: Desk) -> None:
    made = desk.inquiry()
    with pytest.raises(Denied):
        fire(desk, made, "take", "second")
    with pytest.raises(Denied):
        fire(desk, made, "auto_take", "chief")
    assert [o.name for o in card(desk, made, "second").transitions] == ["cancel"]
    assert [o.name for o in card(desk, made, "operator").transitions] == ["take", "cancel"]
    fire(desk, made, "take", "chief")
    assert [o.name for o in card(desk, made, "operator").transitions] == ["finish", "hand_over", "cancel"]


def test_the_head_of_the_responsible_ones_department_is_allowed_as_such(desk: Desk) -> None:
    made = desk.inquiry()
    fire(desk, made, "take")
    with pytest.raises(Denied):
        fire(desk, made, "bless", "second", reason="r")
    with pytest.raises(Denied):
        evaluate(desk.ctx("second"), "desk.inquiry", {}, record=card(desk, made, "second"), purpose="transition:bless")
    desk.do(ChangeRecord("base.department", desk.ids["sales"], 1, {"head": desk.ids["second"]}), "chief")
    fire(desk, made, "bless", "second", reason="r")


def test_a_title_may_be_made_of_the_id(desk: Desk) -> None:
    made = desk.create("base.shelf", "chief", width=5)
    assert card(desk, made, type_name="base.shelf").title == f"Полка {made}"


def test_an_impossible_transition_is_offered_with_the_reason(desk: Desk) -> None:
    made = desk.inquiry()
    fire(desk, made, "take")
    desk.do(ChangeRecord("desk.inquiry", made, 2, {"responsible": None}))
    offers = {o.name: (o.enabled, o.why) for o in card(desk, made).transitions}
    assert offers["finish"] == (False, ("Назначьте ответственного",))


def test_a_closed_state_closes_fields_and_decisions_until_it_is_reopened(desk: Desk) -> None:
    made = desk.inquiry()
    fire(desk, made, "take")
    fire(desk, made, "finish", result="r")
    assert desk.refused(ChangeRecord("desk.inquiry", made, 3, {"quantity": 7})) == {("W003", "quantity")}
    assert desk.refused(Decide("desk.inquiry", made, 3, "other", "x")) == {("W003", "decision")}
    with pytest.raises(Denied):
        fire(desk, made, "reopen", "operator", reason="ошибка")
    fire(desk, made, "reopen", "chief", reason="ошибка")
    assert desk.refused(ChangeRecord("desk.inquiry", made, 4, {"quantity": 7})) == set()


def test_a_state_closes_a_field_for_all_who_change_the_record(desk: Desk) -> None:
    made = desk.inquiry()
    fire(desk, made, "take")
    other = {"counterparty": desk.ids["vega"]}
    assert desk.refused(ChangeRecord("desk.inquiry", made, 2, other), "chief") == {("W003", "counterparty")}


def test_a_draft_is_finished_by_whoever_began_it_and_gets_its_number_then(desk: Desk) -> None:
    draft = desk.inquiry(register=False, counterparty=None)
    assert (card(desk, draft).values["number"], card(desk, draft).registered) == (None, False)
    desk.do(ChangeRecord("desk.inquiry", draft, 1, {"counterparty": desk.ids["orion"]}))
    outcome = desk.do(RegisterRecord("desk.inquiry", draft, 2))
    assert (outcome.number, outcome.title, outcome.events) == ("2026-00001", "2026-00001", ("registered",))
    again = desk.do(RegisterRecord("desk.inquiry", draft, 2))
    assert (again.number, again.events) == ("2026-00001", ())


def test_a_draft_and_a_card_can_be_deleted_with_every_value_in_the_history(desk: Desk) -> None:
    draft = desk.inquiry(register=False)
    desk.do(DeleteRecord("desk.inquiry", draft, 1))
    with pytest.raises(NotFound):
        card(desk, draft)
    made = desk.create("base.organization", "chief", name="Лишняя")
    desk.do(DeleteRecord("base.organization", made, 1))


def test_a_hidden_answer_drops_with_the_old_value_in_the_history(desk: Desk) -> None:
    made = desk.inquiry(is_new=True, drawing="Ч-1")
    desk.do(ChangeRecord("desk.inquiry", made, 1, {"is_new": False}))
    assert card(desk, made).values["drawing"] is None
    changes = {(c.name, c.old, c.new) for c in read_history(desk.ctx(), "desk.inquiry", made)[0].fields}
    assert ("drawing", "Ч-1", "") in changes


def test_defaults_totals_and_rows_are_worked_out_by_the_system(desk: Desk) -> None:
    rows = [{"service": desk.ids["rocket"], "qty": Decimal(2)}, {"qty": Decimal("1.5"), "price": Decimal("10.01")}]
    made = desk.inquiry(product=desk.ids["rocket"], drawing="Ч-1", lines=rows)
    values = card(desk, made).values
    assert (values["is_new"], values["quantity"], values["priority"], values["channel"]) == (True, 1, "normal", "phone")
    assert [row["cost"] for row in values["lines"]] == [Decimal("10000.00"), Decimal("15.02")]
    assert values["total"] == Decimal("10015.02")


def test_rows_keep_their_identity(desk: Desk) -> None:
    made = desk.inquiry(lines=[{"qty": Decimal(1)}, {"qty": Decimal(2)}])
    first, second = card(desk, made).values["lines"]
    desk.do(
        ChangeRecord("desk.inquiry", made, 1, {"lines": [{"id": second["id"], "qty": Decimal(3)}, {"qty": Decimal(4)}]})
    )
    rows = card(desk, made).values["lines"]
    assert [row["qty"] for row in rows] == [3, 4]
    assert rows[0]["id"] == second["id"]
    assert rows[1]["id"] not in (first["id"], second["id"])
