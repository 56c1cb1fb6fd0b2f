"""Conditions and order of lists, as addresses spell them."""

from __future__ import annotations

import pytest

from partita.screens.control import control_id, field_path
from partita.screens.filters import MOST_CONDITIONS, Condition, read_condition, read_conditions
from partita.screens.intake import Who


@pytest.mark.parametrize(
    "text",
    ["state:in:accepted,in_work", "created_at:ge:2026-11-01", "note:empty", "note:contains:а, б: в", "n:between:1,5"],
)
def test_a_condition_is_spelled_as_it_was_read(text: str) -> None:
    assert str(read_condition(text)) == text


def test_only_lists_of_values_are_split_by_commas() -> None:
    assert read_condition("note:contains:а,б") == Condition("note", "contains", ("а,б",))
    assert read_condition("state:in:a,b,") == Condition("state", "in", ("a", "b"))


@pytest.mark.parametrize("text", ["", "state", ":in:x"])
def test_half_a_condition_is_none(text: str) -> None:
    assert read_condition(text) is None


def test_an_address_cannot_pile_up_conditions() -> None:
    assert len(read_conditions(["a:eq:1"] * 1000)) == MOST_CONDITIONS


@pytest.mark.parametrize(
    ("text", "who"), [("17", Who(17)), ("17:5", Who(17, 5)), ("", Who()), ("x:y", Who()), ("-1", Who())]
)
def test_who_is_calling_is_a_card_and_perhaps_a_person(text: str, who: Who) -> None:
    assert Who.read(text) == who


def test_who_is_spelled_as_it_is_read() -> None:
    assert [str(Who()), str(Who(17)), str(Who(17, 5))] == ["", "17", "17:5"]


def test_controls_of_rows_have_their_own_ids_and_common_fields() -> None:
    assert control_id("lines.0.qty") == "f-lines-0-qty"
    assert control_id("name", "c") == "c-name"
    assert field_path("lines.0.qty") == "lines.qty"
    assert field_path("note") == "note"
