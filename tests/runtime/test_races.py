"""Two at once: one record, one number, one form sent twice."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from partita.base.errors import Conflict, NotFound, PartitaError, Refused, StaleRevision
from partita.runtime.queries.cards import read_record
from partita.runtime.queries.history import read_history
from partita.runtime.records.commands import ChangeRecord, CreateRecord, Decide, DeleteRecord, PerformTransition
from partita.runtime.records.pipeline import perform
from tests.runtime.support import Desk


def at_once(count: int, act: Callable[[int], Any]) -> list[Any]:
    """What each of them was answered: an outcome or an error."""

    def attempt(number: int) -> Any:
        try:
            return act(number)
        except PartitaError as error:
            return error

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(attempt, range(count)))


def test_of_many_who_fire_one_transition_exactly_one_wins(desk: Desk) -> None:
    made = desk.inquiry()
    answers = at_once(8, lambda n: desk.do(PerformTransition("desk.inquiry", made, 1, "take"), "chief"))
    assert sum(not isinstance(answer, PartitaError) for answer in answers) == 1
    assert {a.problems[0].code for a in answers if isinstance(a, Refused)} == {"W016"}
    moved = [c for c in read_history(desk.ctx("chief"), "desk.inquiry", made) if c.action == "transition.take"]
    assert len(moved) == 1


def test_of_many_who_save_one_field_the_first_wins_and_the_others_see_a_conflict(desk: Desk) -> None:
    made = desk.inquiry()
    answers = at_once(6, lambda n: desk.do(ChangeRecord("desk.inquiry", made, 1, {"quantity": 10 + n}), "chief"))
    conflicts = [answer for answer in answers if isinstance(answer, Conflict)]
    assert len(conflicts) == 5
    stored = read_record(desk.ctx(), "desk.inquiry", made)
    assert all(c.changed == ("quantity",) and c.theirs["quantity"] == stored.values["quantity"] for c in conflicts)
    assert stored.version == 2


def test_changes_of_different_fields_are_merged(desk: Desk) -> None:
    made = desk.inquiry(reference="до")
    seen = dict(read_record(desk.ctx("chief"), "desk.inquiry", made).values)
    posted = {name: seen[name] for name in ("quantity", "reference", "priority", "lines")}
    desk.do(ChangeRecord("desk.inquiry", made, 1, {**posted, "quantity": 5}), "chief")
    outcome = desk.do(ChangeRecord("desk.inquiry", made, 1, {**posted, "reference": "после"}), "operator")
    values = read_record(desk.ctx(), "desk.inquiry", made).values
    assert (values["quantity"], values["reference"], outcome.merged, outcome.version) == (5, "после", ("quantity",), 3)


def test_the_same_change_by_two_is_no_conflict(desk: Desk) -> None:
    made = desk.inquiry()
    desk.do(ChangeRecord("desk.inquiry", made, 1, {"quantity": 5}), "chief")
    assert desk.do(ChangeRecord("desk.inquiry", made, 1, {"quantity": 5}), "operator").version == 2


def test_a_conflict_shows_only_what_the_second_may_read(desk: Desk) -> None:
    made = desk.create("base.organization", "chief", name="А", secret="1")
    desk.do(ChangeRecord("base.organization", made, 1, {"name": "Б", "secret": "2"}), "chief")
    with pytest.raises(Conflict) as caught:
        desk.do(ChangeRecord("base.organization", made, 1, {"name": "В"}), "operator")
    assert (dict(caught.value.theirs), caught.value.by) == ({"name": "Б"}, "Chief")


def test_a_transition_on_an_older_version_passes_only_if_the_state_is_the_same(desk: Desk) -> None:
    made = desk.inquiry()
    desk.do(ChangeRecord("desk.inquiry", made, 1, {"quantity": 5}), "chief")
    assert desk.do(PerformTransition("desk.inquiry", made, 1, "take")).merged == ("quantity",)
    with pytest.raises(Conflict):
        desk.do(PerformTransition("desk.inquiry", made, 2, "cancel", {"reason": "r"}))


def test_a_second_decision_on_an_older_version_is_a_conflict(desk: Desk) -> None:
    made = desk.inquiry()
    desk.do(Decide("desk.inquiry", made, 1, "other", "да"))
    with pytest.raises(Conflict):
        desk.do(Decide("desk.inquiry", made, 1, "other", "нет"), "chief")


def test_a_form_sent_many_times_makes_one_record_and_gets_one_answer(desk: Desk) -> None:
    command = CreateRecord("desk.inquiry", {"counterparty": desk.ids["orion"]})
    answers = at_once(6, lambda n: desk.do(command, "operator", "key-1"))
    assert {(a.id, a.number) for a in answers} == {(answers[0].id, "2026-00001")}
    assert sorted(a.repeated for a in answers) == [False] + [True] * 5


def test_a_key_with_another_body_is_refused_and_of_another_user_is_another_key(desk: Desk) -> None:
    command = CreateRecord("desk.inquiry", {"counterparty": desk.ids["orion"]})
    other = CreateRecord("desk.inquiry", {"counterparty": desk.ids["vega"]})
    desk.do(command, key="key-1")
    with pytest.raises(Refused, match="W027"):
        desk.do(other, key="key-1")
    assert desk.do(command, "second", key="key-1").number == "2026-00002"


def test_a_refused_command_leaves_its_key_free(desk: Desk) -> None:
    with pytest.raises(Refused):
        desk.do(CreateRecord("desk.inquiry", {"counterparty": None}), key="key-1")
    assert desk.do(CreateRecord("desk.inquiry", {"counterparty": desk.ids["orion"]}), key="key-1").number


def test_numbers_have_no_gaps_whatever_is_refused_meanwhile(desk: Desk) -> None:
    def attempt(n: int) -> Any:
        taken = {"counterparty": desk.ids["orion"], "reference": f"r{n % 10}"}
        return desk.do(CreateRecord("desk.inquiry", taken))

    answers = at_once(20, attempt)
    numbers = sorted(a.number for a in answers if not isinstance(a, PartitaError))
    assert numbers == [f"2026-{n:05}" for n in range(1, 11)]


def test_of_two_first_requests_of_one_counterparty_one_is_the_first(desk: Desk) -> None:
    answers = at_once(6, lambda n: desk.do(CreateRecord("desk.inquiry", {"counterparty": desk.ids["vega"]})))
    firsts = [read_record(desk.ctx(), "desk.inquiry", a.id).values["first_time"] for a in answers]
    assert sorted(firsts) == [False] * 5 + [True]


def test_a_command_of_an_older_revision_is_sent_back(desk: Desk) -> None:
    ctx = desk.ctx()
    stale = type(ctx)(ctx.actor, type(ctx.runtime)(**{**_slots(ctx.runtime), "number": 77}), ctx.clock, ctx.zone)
    with pytest.raises(StaleRevision):
        perform(stale, CreateRecord("desk.inquiry", {"counterparty": desk.ids["orion"]}))


def _slots(runtime: Any) -> dict[str, Any]:
    return {name: getattr(runtime, name) for name in runtime.__slots__}


def test_a_record_deleted_meanwhile_is_gone(desk: Desk) -> None:
    made = desk.create("base.organization", "chief", name="Лишняя")
    desk.do(DeleteRecord("base.organization", made, 1))
    with pytest.raises(NotFound):
        desk.do(ChangeRecord("base.organization", made, 1, {"name": "Б"}))
