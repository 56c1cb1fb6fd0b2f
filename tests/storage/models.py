"""Small Models written by hand: storage is tested without the compiler."""

from __future__ import annotations

from typing import Any

from partita.base.frozen import FrozenMap
from partita.base.refs import Address, Ref
from partita.base.text import words
from partita.model.decisions import Decision, DecisionCatalog
from partita.model.field import Field, Option
from partita.model.formula import Template
from partita.model.layout import Form, ListView, SortKey
from partita.model.model import Model
from partita.model.pack import Pack
from partita.model.record_type import RecordType
from partita.model.states import State, StateScheme

STAMPS = (
    ("id", "integer"),
    ("created_at", "datetime"),
    ("created_by", "user"),
    ("changed_at", "datetime"),
    ("changed_by", "user"),
)


def field(name: str, kind: str, **slots: Any) -> Field:
    if "to" in slots:
        slots["to"] = book_ref(slots["to"])
    if "options" in slots:
        slots["options"] = options(*slots["options"])
    return Field(name=name, type=kind, label=words(name), **slots)


def options(*names: str | tuple[str, str]) -> FrozenMap[str, Option]:
    """`"high"` or `("urgent", "high")`: urgent, renamed from high."""
    pairs = [(name, "") if isinstance(name, str) else name for name in names]
    return FrozenMap({name: Option(name=name, label=words(name), renamed_from=former) for name, former in pairs})


def book_ref(qualified: str) -> Ref:
    pack, _, name = qualified.partition(".")
    return Ref("reference_book", pack, name)


def book(qualified: str, *fields: Field, title: str = "{name}", sort: str = "", **slots: Any) -> RecordType:
    """A record type with the built-in fields first."""
    ref = book_ref(qualified)
    built_in = [Field(name=name, type=kind, label=words(name), own=False) for name, kind in STAMPS]
    key = SortKey(sort.lstrip("-"), sort.startswith("-")) if sort else None
    lists = FrozenMap({"default": ListView("default", None, (), (key,))}) if key else FrozenMap()
    every = {**slots, "lists": slots.get("lists", lists)}
    return RecordType(
        ref=ref,
        kind="reference_book",
        label=words(qualified),
        plural=words(qualified),
        title=Template(title, Address(ref, ("title",))),
        fields=FrozenMap({item.name: item for item in (*built_in, *fields)}),
        form=Form(()),
        **every,
    )


def scheme(qualified: str, *states: str | tuple[str, str]) -> StateScheme:
    pack, _, name = qualified.partition(".")
    pairs = [(state, "") if isinstance(state, str) else state for state in states]
    made = {
        state: State(name=state, label=words(state), category="open", renamed_from=former) for state, former in pairs
    }
    return StateScheme(
        ref=Ref("state_scheme", pack, name),
        label=words(name),
        initial=pairs[0][0],
        states=FrozenMap(made),
        transitions=FrozenMap(),
    )


def catalog(qualified: str, *decisions: str | tuple[str, str], free_text: bool = False) -> DecisionCatalog:
    pack, _, name = qualified.partition(".")
    pairs = [(decision, "") if isinstance(decision, str) else decision for decision in decisions]
    made = {
        decision: Decision(name=decision, label=words(decision), decision_class="other", renamed_from=former)
        for decision, former in pairs
    }
    return DecisionCatalog(
        ref=Ref("decision_catalog", pack, name), label=words(name), decisions=FrozenMap(made), free_text=free_text
    )


def model(
    *types: RecordType, schemes: tuple[StateScheme, ...] = (), catalogs: tuple[DecisionCatalog, ...] = ()
) -> Model:
    return Model(
        packs=FrozenMap({"base": Pack(name="base", version="1.0", label=words("base"))}),
        types=FrozenMap({item.name: item for item in sorted(types, key=lambda item: item.name)}),
        schemes=FrozenMap({item.ref.qualified: item for item in schemes}),
        catalogs=FrozenMap({item.ref.qualified: item for item in catalogs}),
        people=book_ref("base.employee") if any(item.name == "base.employee" for item in types) else None,
    )
