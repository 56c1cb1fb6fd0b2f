"""The people of a scenario: actors with the roles it names, each with a card in the book of people."""

from dataclasses import replace

from partita.base.frozen import FrozenMap
from partita.base.refs import Ref
from partita.model.model import Model
from partita.model.record_type import RecordType
from partita.runtime.context import SYSTEM, Actor
from partita.runtime.engine import Engine
from partita.runtime.records.commands import CreateRecord
from partita.runtime.records.pipeline import perform
from partita.testing.scenarios.names import Names

FIRST_USER = 1_000_000
"""Actors of scenarios have no accounts; their numbers are out of the way of real ones."""


def make_actor(engine: Engine, names: Names, name: str, roles: tuple[Ref, ...], number: int = 0) -> Actor:
    """The actor `name`; his card is the row `name` of a data set into the book of people, else it is made here."""
    held = frozenset(role.qualified for role in roles)
    return Actor(FIRST_USER + number, name, name, employee_card(engine, names, name), held)


def employee_card(engine: Engine, names: Names, name: str) -> int | None:
    runtime = engine.current()
    if not runtime.people:
        return None
    found = names.row(runtime.people, name)
    if found is None:
        command = CreateRecord(runtime.people, {name_field(runtime.model): name})
        found = perform(replace(engine.context(SYSTEM), origin="scenario"), command).id
        names.made[name] = (runtime.people, found)
    return found


def name_field(model: Model) -> str:
    """The field of the book of people that holds the name: `name`, else its first text."""
    assert model.people is not None
    book: RecordType = model.type_of(model.people)
    fields: FrozenMap[str, object] = FrozenMap(
        {f.name: f for f in book.own_fields() if f.type in ("person_name", "text")}
    )
    return "name" if "name" in fields else next(iter(fields))
