"""An apply is killed at each of its statements in turn: the base is wholly old or wholly new, and takes it later."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from partita.bootstrap.engine import open_engine
from partita.runtime.identity import accounts
from partita.runtime.records.commands import CreateRecord
from partita.runtime.records.pipeline import perform
from tests.conftest import MakeDatabase
from tests.kill.desk import PACK, PASSWORD, ROOT, Desk
from tests.kill.facts import Facts, facts

pytestmark = pytest.mark.kill
ORDERS = 12
AFTER_COMMIT = 0
NEVER = 1_000_000
PLACE = "kind: reference_book\nname: place\nlabel: Место\nfields: {name: {type: text, label: Имя}}\n"
# A change of every sort: rebuilt tables, converted and renamed columns, new ones, indexes, retired ones, new titles.
CHANGES = (
    ('title: "{number} {mark}"', 'title: "{mark} / {number}"'),
    ("{type: text, length: 60, label: {ru: Метка", "{type: text, length: 80, index: true, label: {ru: Метка"),
    ("  note: {type: text, label: {ru: Примечание, en: Note}}\n", "  due: {type: date, index: true, label: Срок}\n"),
    ("      what: {type: text,", "      thing: {type: text, renamed_from: what,"),
    ("      qty: {type: integer,", "      rebate: {type: percent, label: Скидка}\n      qty: {type: decimal,"),
    ("en: Name}, required: true, search: true}", "en: Name}, required: true, unique: true}"),
    ("kind: numbering", f"{PLACE}---\nkind: numbering"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """What an observer can tell about the base: the revisions, the shape of all tables, and the data nobody touched."""

    revisions: tuple[int, ...]
    shape: str
    untouched: str


def look(url: str) -> Look:
    with facts(url) as found:
        revisions = tuple(int(row[0]) for row in found.rows("SELECT number FROM sys_revision ORDER BY number"))
        shape = [(table, found.columns(table)) for table in found.tables()]
        return Look(revisions, digest(shape, indexes(found)), digest(*untouched(found)))


def indexes(found: Facts) -> object:
    if found.sqlite:
        return found.rows("SELECT name, tbl_name FROM sqlite_master WHERE type IN ('index', 'trigger') ORDER BY 1, 2")
    return found.rows("SELECT indexname, tablename FROM pg_indexes WHERE schemaname = current_schema() ORDER BY 1, 2")


def untouched(found: Facts) -> Iterator[object]:
    yield found.rows(
        "SELECT id, version, number, mark, state, counterparty, total, created_at FROM kill__order ORDER BY id"
    )
    yield found.rows("SELECT record_id, position, price, sum FROM kill__order__lines ORDER BY record_id, position")
    yield found.rows("SELECT * FROM sys_history ORDER BY id")
    yield found.rows("SELECT numbering, key, value FROM sys_counter ORDER BY 1, 2")
    yield found.rows("SELECT id, login, password_hash FROM sys_user ORDER BY id")


def digest(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """The pack of the next revision."""
    pack = tmp_path / "next"
    shutil.copytree(PACK, pack)
    text = (pack / "orders.yaml").read_text(encoding="utf-8")
    for old, new in CHANGES:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    (pack / "orders.yaml").write_text(text, encoding="utf-8")
    return pack


def fill(desk: Desk) -> None:
    desk.run("up")
    engine = open_engine(desk.settings())
    engine.refresh()
    actor = accounts.create_user(engine, "clerk", "Clerk", PASSWORD, ("kill.clerk",))
    ctx = engine.context(actor)
    customer = perform(ctx, CreateRecord("kill.customer", {"name": "Клиент"})).id
    for n in range(ORDERS):
        lines = tuple({"id": None, "what": f"w{row}", "qty": row + 1, "price": Decimal(n)} for row in range(n % 4))
        perform(
            ctx, CreateRecord("kill.order", {"counterparty": customer, "mark": f"m{n}", "note": "n", "lines": lines})
        )
    engine.db.close()


class Killer:
    """The process that dies for us, and what it said at each death."""

    def __init__(self, child: subprocess.Popen[str]) -> None:
        self.child = child

    def apply(self, url: str, number: int) -> str:
        assert self.child.stdin
        assert self.child.stdout
        self.child.stdin.write(f"{number} {url}\n")
        self.child.stdin.flush()
        told = self.child.stdout.readline().strip()
        assert told, "the process ended"
        assert not told.startswith("ERROR"), told
        return told


@pytest.fixture
def killer(tmp_path: Path, changed: Path) -> Iterator[Killer]:
    home = tmp_path / "killer"
    home.mkdir()
    command = [sys.executable, "-m", "tests.kill.apply_child", str(home), str(changed)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as child:
        yield Killer(child)
        child.kill()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_an_apply_killed_at_any_statement_is_wholly_old_or_wholly_new(
    kind: str, make_database: MakeDatabase, tmp_path: Path, killer: Killer
) -> None:
    url = make_database(kind)
    fill(Desk(tmp_path, url))
    old, copy = look(url), make_database(kind, template=url)
    assert killer.apply(copy, AFTER_COMMIT) == "commit"
    new = look(copy)
    assert (old.revisions, new.revisions) == ((1,), (1, 2))
    assert old.shape != new.shape
    assert old.untouched == new.untouched
    statements: list[str] = []
    while True:
        copy = make_database(kind, template=url)
        if (told := killer.apply(copy, len(statements) + 1)) == "done":
            break
        statements.append(told)
        assert look(copy) == old, told
        again = copy
    assert look(copy) == new
    assert len(statements) > len(CHANGES), statements
    assert killer.apply(again, NEVER) == "done"
    assert look(again) == new
