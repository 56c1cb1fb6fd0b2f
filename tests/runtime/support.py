"""What the tests of the runtime stand on: a compiled pack in a database, people with roles, a clock that waits."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from partita.base.clock import VirtualClock
from partita.base.errors import Refused
from partita.compiler.compiled import Compiled
from partita.compiler.pipeline import compile_sources
from partita.formulas import program
from partita.runtime.context import Actor, Context
from partita.runtime.engine import Engine
from partita.runtime.records.commands import Command, CreateRecord, Outcome
from partita.runtime.records.pipeline import perform
from partita.runtime.revision import Runtime
from partita.storage.blobs import Blobs
from partita.storage.database import open_database
from partita.storage.schema.apply import Proposal, apply
from tests.runtime.sources import SOURCES

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Moscow")


@cache
def compiled() -> Compiled:
    found = compile_sources(SOURCES)
    assert found.model is not None, [f.text("ru") for f in found.findings]
    return found


@dataclass
class Desk:
    """A database with the pack applied, and people at work."""

    engine: Engine
    clock: VirtualClock
    people: dict[str, Actor] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)

    def ctx(self, who: str = "operator", key: str | None = None, language: str = "ru") -> Context:
        actor = self.people[who]
        return self.engine.context(Actor(**{**_slots(actor), "language": language}), key=key)

    def do(self, command: Command, who: str = "operator", key: str | None = None) -> Outcome:
        return perform(self.ctx(who, key), command)

    def create(self, type_name: str, who: str = "operator", **values: Any) -> int:
        return self.do(CreateRecord(type_name, values), who).id

    def inquiry(self, who: str = "operator", register: bool = True, **values: Any) -> int:
        given = {"counterparty": self.ids["orion"], **values}
        return self.do(CreateRecord("desk.inquiry", given, register=register), who).id

    def refused(self, command: Command, who: str = "operator") -> set[tuple[str, str]]:
        """The codes and places that the command is refused with; empty if it was done."""
        try:
            self.do(command, who)
        except Refused as refusal:
            return {(p.code, p.field) for p in refusal.problems}
        return set()


def _slots(actor: Actor) -> dict[str, Any]:
    return {name: getattr(actor, name) for name in Actor.__slots__}


def open_desk(url: str, folder: Path) -> Desk:
    """A fresh desk on an empty database."""
    create_database(url)
    return connect(url, folder)


def connect(url: str, folder: Path, ready: Runtime | None = None) -> Desk:
    """`ready`: the revision as another desk has it already, with its statements compiled."""
    clock = VirtualClock(NOW)
    engine = Engine(open_database(url), Blobs(folder), ZONE, clock)
    if ready is not None:
        engine._runtime = replace(ready, db=engine.db, blobs=engine.blobs)
    desk = Desk(engine, clock)
    desk.people = {name: Actor(n, name, name.title(), None, frozenset((f"desk.{role}",))) for n, name, role in PEOPLE}
    return desk


PEOPLE = (
    (1, "operator", "operator"),
    (2, "chief", "chief"),
    (3, "worker", "worker"),
    (4, "nobody", "nobody"),
    (5, "second", "operator"),
)


def create_database(url: str) -> None:
    found = compiled()
    assert found.model is not None
    assert found.program is not None
    db = open_database(url)
    apply(
        db, Proposal(model=found.model, program=program.dump(found.program), sources={}, author="t", message="", at=NOW)
    )
    db.close()


def seed(desk: Desk) -> None:
    """Departments, people's cards, a few counterparties and products."""
    made: dict[str, tuple[str, dict[str, Any]]] = {
        "sales": ("base.department", {"name": "Продажи"}),
        "north": ("base.region", {"name": "Север", "code": "01"}),
        "south": ("base.region", {"name": "Юг", "code": "02"}),
        "pump": ("base.product", {"name": "Насос", "price": 100, "is_new": False}),
        "rocket": ("base.product", {"name": "Ракета", "price": 5000, "is_new": True}),
    }
    for name, (type_name, values) in made.items():
        desk.ids[name] = desk.create(type_name, "chief", **values)
    for name in desk.people:
        card = {"name": name.title(), "department": desk.ids["sales"]}
        desk.ids[name] = desk.create("base.employee", "chief", **card)
        desk.people[name] = Actor(**{**_slots(desk.people[name]), "employee_id": desk.ids[name]})
    organizations: dict[str, dict[str, Any]] = {
        "orion": {"name": "Орион", "region": desk.ids["north"], "phone": "8 (916) 123-45-67", "inn": "7707083893"},
        "sirius": {"name": "Сириус", "region": desk.ids["south"], "manager": desk.ids["worker"], "secret": "тайна"},
        "vega": {"name": "Вега", "blocked": True},
    }
    for name, values in organizations.items():
        desk.ids[name] = desk.create("base.organization", "chief", **values)
    contact = {"name": "Пётр Чёрный", "organization": desk.ids["orion"], "phone": "+7 701 123 45 67"}
    desk.ids["petr"] = desk.create("base.contact", "chief", **contact)
