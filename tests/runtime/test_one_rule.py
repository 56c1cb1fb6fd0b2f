"""One rule at every door: whatever is given, the form and the pipeline answer the same."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partita.base.errors import Refused
from partita.runtime.queries.cards import read_record
from partita.runtime.records.commands import ChangeRecord, Command, CreateRecord, Decide, PerformTransition
from partita.runtime.records.forms import evaluate
from tests.runtime.support import NOW, Desk, open_desk, seed

TODAY = NOW.date()
LINE = st.fixed_dictionaries(
    {},
    optional={
        "qty": st.one_of(st.decimals(-1, 9, places=1), st.just("x")),
        "price": st.decimals(0, 9, places=2),
        "note": st.sampled_from([None, "n"]),
        "cost": st.sampled_from([None, Decimal("1.00")]),
        "service": st.sampled_from([None, 1, 2, 999]),
    },
)
VALUES = st.fixed_dictionaries(
    {"counterparty": st.sampled_from([1, 2, 3, 999, None])},
    optional={
        "product": st.sampled_from([None, 1, 2, 999]),
        "quantity": st.sampled_from([None, 0, 1, 11, 101, "many", Decimal("1.5")]),
        "is_new": st.sampled_from([None, True, False]),
        "drawing": st.sampled_from([None, "", "d", "x" * 21]),
        "wanted_by": st.sampled_from([None, TODAY, TODAY - timedelta(days=1), date(2030, 1, 1), "soon"]),
        "priority": st.sampled_from([None, "normal", "high", "night", "never"]),
        "contact": st.sampled_from([None, 1, 999]),
        "notes": st.sampled_from([None, "n"]),
        "lines": st.lists(LINE, max_size=6).map(tuple),
        "pair": st.lists(st.just({}), max_size=3).map(tuple),
        "total": st.sampled_from([None, Decimal(7)]),
        "responsible": st.sampled_from([None, 1, 2, 999]),
        "state": st.sampled_from([None, "done"]),
        "result": st.sampled_from([None, "r"]),
        "reason": st.sampled_from([None, "r"]),
        "budget": st.just(Decimal(1)),
        "possible_date": st.sampled_from([None, date(2030, 1, 1)]),
        "colour": st.just("red"),
    },
)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def busy(
    request: pytest.FixtureRequest, make_database: Callable[..., str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Desk]:
    """One desk for all examples: what one of them stores does not matter to the next."""
    desk = open_desk(make_database(request.param), tmp_path_factory.mktemp("blobs"))
    seed(desk)
    yield desk
    desk.engine.db.close()


def refused(desk: Desk, command: Command) -> set[tuple[str, str]]:
    try:
        desk.do(command, "chief")
    except Refused as refusal:
        return {(p.code, p.field) for p in refusal.problems}
    return set()


def told(desk: Desk, values: dict[str, Any], purpose: str, made: int | None = None) -> set[tuple[str, str]]:
    ctx = desk.ctx("chief")
    record = read_record(ctx, "desk.inquiry", made) if made else None
    state = evaluate(ctx, "desk.inquiry", values, record=record, purpose=purpose)
    return {(p.code, p.field) for p in state.problems}


FEW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


@FEW
@given(values=VALUES)
def test_a_creation_is_refused_exactly_as_its_form_says(busy: Desk, values: dict[str, Any]) -> None:
    assert told(busy, values, "create") == refused(busy, CreateRecord("desk.inquiry", values))


@FEW
@given(before=st.booleans(), values=VALUES)
def test_a_change_is_refused_exactly_as_its_form_says(busy: Desk, before: bool, values: dict[str, Any]) -> None:
    made = busy.inquiry("chief", is_new=before, drawing="d" if before else None, lines=[{"qty": Decimal(1)}])
    assert told(busy, values, "change", made) == refused(busy, ChangeRecord("desk.inquiry", made, 1, values))


@FEW
@given(name=st.sampled_from(["take", "cancel"]), values=VALUES)
def test_a_transition_is_refused_exactly_as_its_form_says(busy: Desk, name: str, values: dict[str, Any]) -> None:
    made = busy.inquiry("chief")
    assert told(busy, values, f"transition:{name}", made) == refused(
        busy, PerformTransition("desk.inquiry", made, 1, name, values)
    )


@FEW
@given(name=st.sampled_from(["terms", "to_work"]), values=VALUES)
def test_a_decision_is_refused_exactly_as_its_form_says(busy: Desk, name: str, values: dict[str, Any]) -> None:
    made = busy.inquiry("chief")
    assert told(busy, values, f"decide:{name}", made) == refused(
        busy, Decide("desk.inquiry", made, 1, name, "", values)
    )
