"""An office with secrets, the people who must not learn them, and the words an adversary types."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from httpx2 import Response
from starlette.testclient import TestClient

from partita.runtime.files import attachments
from partita.runtime.records.commands import AddComment
from partita.storage import system
from partita.storage.tables import build_tables
from tests.web.site import Office

INQUIRY, APPEAL = "requests.purchase_inquiry", "requests.service_appeal"
ORGANIZATION, CONTACT, PRODUCT = "base.organization", "base.contact", "base.product"
CANARY = "канарейка-тайна"
SECRETS = (CANARY, "КАНАРЕЙКА", "23,47", "23.47", "7777", "7 777", "7\N{NO-BREAK SPACE}777")
"""What stands only in fields, records, files and comments that the attackers may not read."""
SECONDS = 5.0
TELLING = frozenset(("sys_user", "sys_session", "sys_sign_in"))
"""Tables that a refused attempt may touch: when a session was seen, wrong passwords and their log."""


@dataclass
class World:
    """`clients`: one per person, `""` is nobody."""

    office: Office
    clients: dict[str, TestClient] = field(default_factory=dict)

    def __getitem__(self, short: str) -> int:
        return self.office.ids[short]

    def client(self, login: str = "") -> TestClient:
        if login not in self.clients:
            self.clients[login] = TestClient(
                self.app,
                base_url="http://testserver",
                headers={"Sec-Fetch-Site": "same-origin"},
                raise_server_exceptions=False,
                follow_redirects=False,
            )
        found = self.clients[login]
        found.cookies.clear()
        if login:
            found.cookies.set("sid", self.office.tokens[login])
        return found

    @property
    def app(self) -> Any:
        if not hasattr(self, "_app"):
            self._app = self.office.app()
        return self._app

    def facts(self) -> dict[str, list[tuple[Any, ...]]]:
        """Everything the database knows, to see that a refused attempt changed nothing."""
        runtime = self.office.engine.current()
        tables = [*system.METADATA.tables.values(), *build_tables(runtime.model).metadata.tables.values()]
        with self.office.engine.db.read() as conn:
            return {
                t.name: sorted(map(tuple, conn.execute(t.select())), key=str) for t in tables if t.name not in TELLING
            }

    @contextmanager
    def unchanged(self) -> Iterator[None]:
        before = self.facts()
        yield
        after = self.facts()
        assert {name for name in after if after[name] != before.get(name)} == set()


def furnish(office: Office) -> World:
    """A request of a closed department, and hidden fields of one that everybody sees."""
    world = World(office)
    closed = office.create("closed", "base.department", name="Закрытый отдел")
    boss = office.create("boss", "base.employee", name="Тайнов Глеб", department=closed, active=True)
    common: Mapping[str, Any] = {"counterparty": world["orion"], "product": world["boiler"], "quantity": 3}
    office.create("secret", INQUIRY, responsible=boss, details=CANARY, **common)
    office.create(
        "public",
        INQUIRY,
        responsible=world["specialist"],
        wanted_by=date(2026, 12, 1),
        **common,
        discount=Decimal("23.47"),
        conditions=({"id": None, "name": CANARY, "agreed": "да"},),
    )
    ctx = office.ctx("admin")
    office.do(AddComment(INQUIRY, world["secret"], CANARY))
    for record in ("secret", "public"):
        made = attachments.upload_to(ctx, INQUIRY, world[record], f"{record}.txt", [f"файл {record}".encode()])
        office.ids[f"{record}_file"] = made.id
    loose = attachments.upload(ctx, INQUIRY, "attachments", "key-of-the-admin", f"{CANARY}.txt", [b"loose"])
    office.ids["loose_file"] = loose.id
    return world


def calm(answer: Response) -> Response:
    """An answer that tells no secret and is no incident."""
    assert answer.status_code < 500, answer.text[:2000]
    assert [secret for secret in SECRETS if secret in answer.text] == []
    return answer


@contextmanager
def soon(seconds: float = SECONDS) -> Iterator[None]:
    """Processor time: other work of a busy machine does not count."""
    began = time.process_time()
    yield
    assert time.process_time() - began < seconds
