"""Dataclasses travel to JSON and back without loss."""

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest

from partita.base.frozen import FrozenMap
from partita.base.plain import from_plain, to_plain
from partita.base.refs import Address, Ref


@dataclass(frozen=True, slots=True)
class Leaf:
    amount: Decimal
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Branch:
    left: "Leaf | Branch"
    right: "Leaf | Branch | None" = None


@dataclass(frozen=True, slots=True)
class Everything:
    ref: Ref
    address: Address
    tree: Branch
    names: tuple[str, ...]
    flags: FrozenMap[str, tuple[str, ...]]
    switch: Branch | bool = True
    part: "str | Leaf" = ""
    anything: Any = None


def everything(anything: Any = None) -> Everything:
    ref = Ref("request_type", "requests", "appeal")
    tree = Branch(Leaf(Decimal("1.50"), date(2026, 11, 21)), Branch(Leaf(Decimal(2))))
    return Everything(
        ref, Address(ref, ("fields", "a")), tree, ("b", "a"), FrozenMap({"z": ("x",), "a": ()}), False, "text", anything
    )


@pytest.mark.parametrize(
    "anything",
    [
        None,
        "текст",
        7,
        True,
        Decimal("0.10"),
        date(2026, 2, 28),
        datetime(2026, 1, 1, tzinfo=UTC),
        time(9, 5),
        ("a", Decimal(1)),
    ],
)
def test_a_dataclass_survives_the_trip_through_json(anything: Any) -> None:
    before = everything(anything)
    assert from_plain(Everything, json.loads(json.dumps(to_plain(before)))) == before


def test_the_order_of_a_map_survives() -> None:
    after = from_plain(Everything, to_plain(everything()))
    assert list(after.flags) == ["z", "a"]


def test_a_default_is_left_out_of_the_dump() -> None:
    assert "anything" not in to_plain(everything())


def test_true_is_not_mistaken_for_one() -> None:
    @dataclass(frozen=True)
    class Scale:
        value: int = 1

    assert to_plain(Scale(True)) == {"$": "Scale", "value": True}


def test_what_has_no_plain_form_is_a_programmers_error() -> None:
    with pytest.raises(TypeError):
        to_plain(object())
