"""Every refusal code is provoked, and the form says the same of the same values as the pipeline."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from partita.base.codes.catalogue import MESSAGES
from partita.runtime.queries.cards import read_record
from partita.runtime.records.commands import (
    AddComment,
    AttachFiles,
    ChangeRecord,
    CreateRecord,
    Decide,
    DeleteRecord,
    PerformTransition,
    RegisterRecord,
)
from partita.runtime.records.forms import evaluate
from tests.runtime.support import Desk

ROWS = tuple({"qty": Decimal(n)} for n in range(6))
CREATIONS: list[tuple[dict[str, Any], set[tuple[str, str]]]] = [
    ({"counterparty": None}, {("W024", "counterparty")}),
    ({"is_new": True}, {("W001", "drawing")}),
    ({"drawing": "d", "is_new": False}, {("W002", "drawing")}),
    ({"drawing": "", "is_new": False}, set()),
    ({"notes": "x"}, {("W003", "notes")}),
    ({"notes": "x", "priority": "high", "pair": [{}, {}]}, set()),
    ({"state": "done"}, {("W003", "state")}),
    ({"number": "1"}, {("W003", "number")}),
    ({"wanted_by": date(2020, 1, 1)}, {("W004", "wanted_by")}),
    ({"wanted_by": "завтра"}, {("W005", "wanted_by")}),
    ({"quantity": True}, {("W005", "quantity")}),
    ({"priority": "night"}, {("W006", "priority")}),
    ({"priority": "night", "quantity": 11}, set()),
    ({"priority": "sometime"}, {("W006", "priority")}),
    ({"product": 999_999}, {("W007", "product")}),
    ({"quantity": 0}, {("W008", "quantity")}),
    ({"quantity": 101}, {("W009", "quantity")}),
    ({"is_new": True, "drawing": "x" * 21}, {("W010", "drawing"), ("W001", "drawing")}),
    ({"lines": ROWS}, {("W013", "lines")}),
    ({"priority": "high", "pair": [{"entry": "a"}]}, {("W012", "pair")}),
    ({"priority": "high"}, {("W012", "pair")}),
    ({"total": Decimal(7)}, {("W018", "total")}),
    ({"colour": "red"}, {("W019", "colour")}),
    ({"budget": Decimal(7)}, {("W019", "budget")}),
    ({"attached": (999,)}, {("W028", "attached")}),
    ({"lines": [{"qty": -1}]}, {("W008", "lines.0.qty")}),
    ({"lines": [{"qty": 1}, {"qty": 6}]}, {("W001", "lines.1.note")}),
    ({"lines": [{"qty": 1, "note": "x"}]}, {("W002", "lines.0.note")}),
    ({"lines": [{"qty": 2, "price": 3, "cost": 7}]}, {("W018", "lines.0.cost")}),
    ({"lines": [{"service": 999_999}]}, {("W007", "lines.0.service")}),
    ({"lines": [{"colour": "red"}]}, {("W019", "lines.0.colour")}),
    ({"lines": [{"id": 5}]}, {("W005", "lines")}),
    ({"lines": [{"qty": "x"}]}, {("W005", "lines.0.qty")}),
]


def test_a_new_record_is_refused_and_its_form_says_the_same(desk: Desk) -> None:
    for values, expected in CREATIONS:
        given = {"counterparty": desk.ids["orion"], **values}
        form = evaluate(desk.ctx(), "desk.inquiry", given)
        assert {(p.code, p.field) for p in form.problems} == expected, values
        assert desk.refused(CreateRecord("desk.inquiry", given)) == expected, values


def test_every_problem_of_a_form_has_words_in_both_languages(desk: Desk) -> None:
    for values, _ in CREATIONS:
        for problem in evaluate(desk.ctx(), "desk.inquiry", values).problems:
            for language in ("ru", "en"):
                assert MESSAGES[problem.code].text(language, problem.params)


def test_the_links_filter_and_the_readers_rights_decide_what_may_be_chosen(desk: Desk) -> None:
    right = {"counterparty": desk.ids["orion"], "contact": desk.ids["petr"]}
    assert desk.refused(CreateRecord("desk.inquiry", {**right, "counterparty": desk.ids["vega"]})) == {
        ("W007", "contact")
    }
    assert desk.refused(CreateRecord("desk.inquiry", right)) == set()
    blocked = {"name": "Никто", "organization": desk.ids["vega"]}
    assert desk.refused(CreateRecord("base.contact", blocked)) == set()


def test_a_record_rule_is_refused_with_its_own_words(desk: Desk) -> None:
    values = {
        "counterparty": desk.ids["orion"],
        "budget": Decimal(10),
        "lines": [{"service": desk.ids["pump"], "qty": 1}],
    }
    form = evaluate(desk.ctx("chief"), "desk.inquiry", values)
    assert [(p.code, p.field, p.say and p.say["ru"]) for p in form.problems] == [("W004", "", "Дороже бюджета")]
    assert desk.refused(CreateRecord("desk.inquiry", values), "chief") == {("W004", "")}


def test_a_taken_value_is_refused(desk: Desk) -> None:
    desk.inquiry(reference="Исх-1")
    again = CreateRecord("desk.inquiry", {"counterparty": desk.ids["orion"], "reference": "исх-1"})
    assert desk.refused(again) == {("W011", "reference")}


def test_stored_rows_of_a_journal_may_not_change(desk: Desk) -> None:
    made = desk.inquiry(log=[{"entry": "a"}])
    rows = read_record(desk.ctx(), "desk.inquiry", made).values["log"]
    forged = [{**rows[0], "entry": "b"}]
    assert desk.refused(ChangeRecord("desk.inquiry", made, 1, {"log": forged})) == {("W014", "log")}
    assert desk.refused(ChangeRecord("desk.inquiry", made, 1, {"log": []})) == {("W014", "log")}
    assert desk.refused(ChangeRecord("desk.inquiry", made, 1, {"log": [*rows, {"entry": "b"}]})) == set()


def test_transitions_are_refused_out_of_order_without_their_guard_and_without_what_they_ask(desk: Desk) -> None:
    made = desk.inquiry()
    assert desk.refused(PerformTransition("desk.inquiry", made, 1, "finish", {"result": "r"})) == {("W016", "")}
    desk.do(PerformTransition("desk.inquiry", made, 1, "take"))
    assert desk.refused(PerformTransition("desk.inquiry", made, 2, "finish")) == {("W001", "result")}
    assert desk.refused(PerformTransition("desk.inquiry", made, 2, "finish", {"quantity": 5, "result": "r"})) == {
        ("W003", "quantity")
    }
    same = {"responsible": desk.ids["operator"]}
    assert desk.refused(PerformTransition("desk.inquiry", made, 2, "hand_over", same)) == {("W017", "responsible")}
    desk.do(ChangeRecord("desk.inquiry", made, 2, {"responsible": None}))
    assert desk.refused(PerformTransition("desk.inquiry", made, 3, "finish", {"result": "r"}), "chief") == {
        ("W015", "")
    }


def test_decisions_are_refused_when_unknown_or_without_their_words(desk: Desk) -> None:
    made = desk.inquiry()

    def refused(decision: str, text: str = "", **values: Any) -> set[tuple[str, str]]:
        return desk.refused(Decide("desk.inquiry", made, 1, decision, text, values))

    assert refused("maybe") == {("W020", "decision")}
    assert refused("new_item") == {("W021", "decision_text")}
    assert refused("other") == {("W021", "decision_text")}
    assert refused("to_work", "потому что") == {("W022", "decision_text")}
    assert refused("terms") == {("W001", "possible_date")}
    assert refused("new_item", "нужна подготовка", possible_date=date(2027, 1, 1)) == {("W002", "possible_date")}


def test_a_registered_record_stays_and_a_used_one_as_well(desk: Desk) -> None:
    made = desk.inquiry()
    assert desk.refused(DeleteRecord("desk.inquiry", made, 1), "chief") == {("W025", "")}
    assert desk.refused(DeleteRecord("base.organization", desk.ids["orion"], 1)) == {("W026", "")}


def test_a_draft_waits_for_its_registration(desk: Desk) -> None:
    draft = desk.inquiry(register=False, counterparty=None, is_new=True)
    assert desk.refused(PerformTransition("desk.inquiry", draft, 1, "take"), "chief") == {("W029", "")}
    assert desk.refused(Decide("desk.inquiry", draft, 1, "other", "x"), "chief") == {("W029", "")}
    assert desk.refused(RegisterRecord("desk.inquiry", draft, 1)) == {("W024", "counterparty"), ("W001", "drawing")}
    assert desk.refused(ChangeRecord("desk.inquiry", draft, 1, {"quantity": 500})) == {("W009", "quantity")}


def test_comments_and_files_are_refused_empty_or_foreign(desk: Desk) -> None:
    made = desk.inquiry()
    assert desk.refused(AddComment("desk.inquiry", made, "  ")) == {("W001", "text")}
    assert desk.refused(AddComment("desk.inquiry", made, "x" * 20_001)) == {("W010", "text")}
    assert desk.refused(AttachFiles("desk.inquiry", made, (77,))) == {("W028", "files")}
