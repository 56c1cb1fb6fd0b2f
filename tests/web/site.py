"""A small enterprise on the shipped packs, and its server: what the tests of pages stand on."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from starlette.applications import Starlette

from partita.base.clock import Clock, VirtualClock
from partita.compiler.compiled import Compiled
from partita.compiler.discover import read_packs
from partita.compiler.pipeline import compile_sources
from partita.formulas import program
from partita.model import dump
from partita.runtime.context import Actor, Context
from partita.runtime.engine import Engine
from partita.runtime.identity import accounts, sessions
from partita.runtime.records.commands import Command, CreateRecord, Outcome
from partita.runtime.records.pipeline import perform
from partita.settings.places import shipped
from partita.storage import functions, revisions, search_index, system
from partita.storage.blobs import Blobs
from partita.storage.database import open_database
from partita.storage.tables import build_tables
from partita.web.app import make_app
from partita.web.config import WebConfig

NOW = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Moscow")
PASSWORD = "длинный пароль для проверки"
PEOPLE: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "admin": ("Орлов Игорь", ("base.administrator",)),
    "operator": ("Соколова Анна", ("requests.operator",)),
    "specialist": ("Иванова Ольга", ("requests.specialist",)),
    "head": ("Морозов Пётр", ("requests.head",)),
    "reader": ("Титов Лев", ("base.reader",)),
}


@cache
def compiled() -> Compiled:
    found = compile_sources(read_packs((shipped("metadata"), shipped("vertical_solutions"))))
    assert found.model is not None, [f.text("ru") for f in found.findings]
    return found


@dataclass
class Office:
    """The enterprise at work: its engine, its people by login, its records by short names."""

    engine: Engine
    clock: Clock
    people: dict[str, Actor] = field(default_factory=dict)
    ids: dict[str, int] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    def ctx(self, who: str = "admin") -> Context:
        return self.engine.context(self.people[who])

    def do(self, command: Command, who: str = "admin") -> Outcome:
        return perform(self.ctx(who), command)

    def create(self, short: str, type_name: str, who: str = "admin", /, **values: Any) -> int:
        self.ids[short] = self.do(CreateRecord(type_name, values), who).id
        return self.ids[short]

    def app(self, **config: Any) -> Starlette:
        return make_app(self.engine, WebConfig(themes=(shipped("themes") / "default",), **config))


def make_office(url: str, folder: Path, clock: Clock | None = None) -> Office:
    """The packs applied to an empty database, and a few cards in it."""
    apply_packs(url)
    clock = clock or VirtualClock(NOW)
    office = Office(Engine(open_database(url), Blobs(folder), ZONE, clock), clock)
    hire(office)
    stock(office)
    return office


def copy_office(office: Office, source: Path, target: Path) -> Office:
    """The same enterprise on a copy of its SQLite file, for a test that changes it."""
    shutil.copyfile(source, target)
    engine = Engine(open_database(f"sqlite:///{target}"), office.engine.blobs, ZONE, office.clock)
    return Office(engine, office.clock, dict(office.people), dict(office.ids), dict(office.tokens))


def apply_packs(url: str) -> None:
    found = compiled()
    assert found.model is not None
    assert found.program is not None
    db = open_database(url)
    with db.write() as conn:
        if db.dialect == "postgresql":
            for statement in functions.POSTGRESQL_DDL:
                conn.exec_driver_sql(statement)
        system.METADATA.create_all(conn)
        build_tables(found.model).metadata.create_all(conn)
        for _, *statements in search_index.EXTRAS[db.dialect]:
            for statement in statements:
                conn.exec_driver_sql(statement)
        entry = revisions.Entry(number=1, digest=dump.digest(found.model), created_at=NOW, author="t", message="")
        plain = program.dump(found.program)
        revisions.store(conn, revisions.Revision(entry=entry, model=found.model, program=plain, sources={}, plan=None))
    db.close()


def hire(office: Office) -> None:
    for login, (name, roles) in PEOPLE.items():
        office.people[login] = accounts.create_user(office.engine, login, name, PASSWORD, roles, strong=False)
    sales = office.create("sales", "base.department", name="Отдел продаж")
    for login, (name, _) in PEOPLE.items():
        person = office.create(login, "base.employee", name=name, department=sales, active=True)
        accounts.set_employee(office.engine, login, person)
        found = accounts.find_actor(office.engine, login)
        assert found is not None
        office.people[login] = found
        office.tokens[login] = sessions.sign_in(office.engine, login, PASSWORD, "", "tests")[0]


def stock(office: Office) -> None:
    """Counterparties, a contact, products and a few requests in different states."""
    office.create("ru", "base.country", name="Россия", code="RU", alpha3="RUS", numeric="643")
    office.create("orion", "base.organization", name="ООО «Орион»", phone="+74951204417", is_client=True,
                  manager=office.ids["specialist"])  # fmt: skip
    office.create("vector", "base.organization", name="АО «Вектор»", phone="+77273331122", is_client=True)
    office.create("petr", "base.contact", name="Ким Пётр", organization=office.ids["orion"], phone="+79161234567")
    office.create("boiler", "base.product", name="Котёл КП-100", code="KP100", price=540000, is_new=False)
    office.create("rocket", "base.product", name="Ракета опытная", code="R1", price=900000, is_new=True)
    office.create("first", "requests.purchase_inquiry", "operator", counterparty=office.ids["orion"],
                  product=office.ids["boiler"], quantity=2)  # fmt: skip
