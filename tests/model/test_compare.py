"""Differences between two Models, told in the words of their author."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from partita.base.codes.catalogue import MESSAGES
from partita.base.frozen import FrozenMap
from partita.base.refs import Address, Ref
from partita.base.text import words
from partita.model.access import Grant, Role
from partita.model.compare import compare, match
from partita.model.formula import Check, Formula
from partita.model.layout import ListView, SortKey
from partita.model.model import Model
from tests.storage.models import book, field, model, options, scheme

ORDER = Ref("reference_book", "base", "order")


def formula(text: str) -> Formula:
    return Formula(text, Address(ORDER, ("x",)))


def made(*fields: Any, **slots: Any) -> Model:
    return model(book("base.order", *fields, **slots))


def told(old: Model | None, new: Model) -> list[str]:
    for change in compare(old, new).changes:
        assert MESSAGES[change.code].text("ru", change.params)
        assert MESSAGES[change.code].text("en", change.params)
    return [
        f"{c.code} {c.address}" + (f" {c.params['old']} → {c.params['new']}" if c.code == "D104" else "")
        for c in compare(old, new).changes
    ]


NAME = field("name", "text", length=10)
AT = "reference_book/base.order"
CASES: dict[str, tuple[Model, Model, list[str]]] = {
    "nothing": (made(NAME), made(NAME), []),
    "a field comes": (made(NAME), made(NAME, field("size", "integer")), [f"D101 {AT}#fields.size"]),
    "a field goes": (made(NAME, field("size", "integer")), made(NAME), [f"D102 {AT}#fields.size"]),
    "a field is renamed": (
        made(NAME),
        made(field("title2", "text", length=10, renamed_from="name")),
        [f"D103 {AT}#fields.title2", f"D104 {AT}#fields.title2.label ru: name → ru: title2"],
    ),
    "a length changes": (made(NAME), made(replace(NAME, length=20)), [f"D104 {AT}#fields.name.length 10 → 20"]),
    "a field becomes required": (
        made(NAME),
        made(replace(NAME, required=formula("size > 1"))),
        [f"D104 {AT}#fields.name.required False → size > 1"],
    ),
    "a formula moves in its file": (
        made(replace(NAME, visible=formula("x"))),
        made(replace(NAME, visible=Formula("x", Address(ORDER)))),
        [],
    ),
    "a word changes": (
        made(NAME),
        made(replace(NAME, label=words({"ru": "Имя", "en": "Name"}))),
        [f"D104 {AT}#fields.name.label ru: name → ru: Имя, en: Name"],
    ),
    "an option comes and one goes": (
        made(field("x", "choice", options=("a", "b"))),
        made(field("x", "choice", options=("a", "c"))),
        [f"D101 {AT}#fields.x.options.c", f"D102 {AT}#fields.x.options.b"],
    ),
    "a column of rows comes": (
        made(field("lines", "table", fields=(NAME,))),
        made(field("lines", "table", fields=(NAME, field("qty", "integer")))),
        [f"D101 {AT}#fields.lines.fields.qty"],
    ),
    "a check changes": (
        made(NAME, checks=(Check("c", formula("a"), words("нет")),)),
        made(NAME, checks=(Check("c", formula("b"), words("нет")),)),
        [f"D104 {AT}#checks.c a / ru: нет → b / ru: нет"],
    ),
    "a list changes its columns": (
        made(NAME, lists=FrozenMap({"default": ListView("default", None, ("name",), ())})),
        made(NAME, lists=FrozenMap({"default": ListView("default", None, ("name", "id"), (SortKey("name", True),))})),
        [f"D104 {AT}#lists.default.columns name → name, id", f"D104 {AT}#lists.default.sort — → name True"],
    ),
    "a type comes": (made(NAME), model(book("base.order", NAME), book("base.more")), ["D101 reference_book/base.more"]),
    "a type goes": (model(book("base.order", NAME), book("base.more")), made(NAME), ["D102 reference_book/base.more"]),
    "a type is renamed": (
        made(NAME),
        model(book("base.deal", NAME, renamed_from="order")),
        [
            "D103 reference_book/base.deal",
            "D104 reference_book/base.deal#label ru: base.order → ru: base.deal",
            "D104 reference_book/base.deal#plural ru: base.order → ru: base.deal",
        ],
    ),
    "a state is renamed": (
        model(schemes=(scheme("base.cycle", "open"),)),
        model(schemes=(scheme("base.cycle", ("fresh", "open")),)),
        [
            "D104 state_scheme/base.cycle#initial open → fresh",
            "D103 state_scheme/base.cycle#states.fresh",
            "D104 state_scheme/base.cycle#states.fresh.label ru: open → ru: fresh",
        ],
    ),
    "a pack gets newer": (
        made(NAME),
        replace(made(NAME), packs=FrozenMap({"base": replace(made(NAME).packs["base"], version="2.0")})),
        ["D104 pack/base.base#version 1.0 → 2.0"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_change_is_told_by_its_address(case: str) -> None:
    old, new, expected = CASES[case]
    assert told(old, new) == expected


def test_everything_is_added_to_nothing() -> None:
    assert told(None, made(NAME)) == [f"D101 {AT}", "D101 pack/base.base"]


def test_a_right_that_changes_is_told_under_its_role() -> None:
    def role(**rights: Any) -> Model:
        grant = Grant(type=ORDER, **rights)
        ref = Ref("role", "base", "clerk")
        return replace(
            made(NAME), roles=FrozenMap({"base.clerk": Role(ref=ref, label=words("clerk"), grants=(grant,))})
        )

    assert told(role(read=True), role(read=True, change=True)) == [
        "D104 role/base.clerk#grants.base.order.change False → True"
    ]


def test_built_in_fields_come_and_go_in_silence() -> None:
    assert told(made(NAME), made(NAME, field("state", "choice", own=False))) == []


def named(**renamed_from: str) -> dict[str, Any]:
    return dict(options(*((name, former) for name, former in renamed_from.items())))


MATCHES: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, str]]] = {
    "the same name": (named(a=""), named(a=""), {"a": "a"}),
    "a rename": (named(a=""), named(b="a"), {"b": "a"}),
    "a rename that was followed before": (named(b="a"), named(b="a"), {"b": "b"}),
    "a rename taken back": (named(b="a"), named(a=""), {"a": "b"}),
    "a rename of what never was": (named(c=""), named(b="a"), {}),
    "an old name still there": (named(a=""), named(a="", b="a"), {"a": "a"}),
    "a chain": (named(a="", b=""), named(b="a", c="b"), {"b": "b"}),
    "two claim one": (named(a=""), named(b="a", c="a"), {"b": "a"}),
}


@pytest.mark.parametrize("case", MATCHES)
def test_names_are_matched_by_what_they_were(case: str) -> None:
    old, new, expected = MATCHES[case]
    assert match(old, new) == expected


def test_no_old_name_has_two_heirs() -> None:
    find: Callable[[dict[str, Any], dict[str, Any]], dict[str, str]] = match
    for old, new, _ in MATCHES.values():
        heirs = list(find(old, new).values())
        assert len(heirs) == len(set(heirs))
