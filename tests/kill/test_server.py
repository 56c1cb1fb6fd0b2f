"""The server is killed in the middle of saves, transitions, uploads and comments, again and again."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from partita.base.clock import VirtualClock
from partita.bootstrap.engine import open_engine
from partita.runtime.upkeep.tasks import sweep_files
from partita.runtime.upkeep.worker import Worker
from tests.conftest import MakeDatabase
from tests.kill.book import Book
from tests.kill.clerks import Clerk
from tests.kill.desk import CLERKS, PASSWORD, Desk
from tests.kill.facts import facts
from tests.kill.invariants import broken
from tests.support.visitor import Visitor

pytestmark = pytest.mark.kill
LONGEST_WORK = 1.2


@dataclass
class Storm:
    """Rounds of work that each end with a kill."""

    desk: Desk
    book: Book
    clerks: list[Clerk]
    chance: random.Random

    def round(self) -> None:
        self.desk.start()
        stop = threading.Event()
        threads = [threading.Thread(target=clerk.work, args=(stop,)) for clerk in self.clerks]
        for thread in threads:
            thread.start()
        time.sleep(self.chance.uniform(0.05, LONGEST_WORK))
        self.desk.kill()
        self._join(threads)

    def calm(self) -> None:
        """The last words: what was not answered is repeated or given up, then the server is stopped by a kill again."""
        self.desk.start()
        stop = threading.Event()
        threads = [threading.Thread(target=clerk.work, args=(stop,)) for clerk in self.clerks]
        for thread in threads:
            thread.start()
        time.sleep(0.3)
        stop.set()
        self._join(threads)
        self.desk.kill()

    def _join(self, threads: list[threading.Thread]) -> None:
        for thread in threads:
            thread.join(60)
        for clerk in self.clerks:
            clerk.visitor.close()
            if clerk.failure is not None:
                raise AssertionError(f"{clerk.login}: {self.desk.log()}") from clerk.failure


def begin(desk: Desk, book: Book, chance: random.Random) -> Storm:
    desk.prepare()
    desk.start()
    clerks = []
    for login in CLERKS:
        visitor = Visitor(desk.port)
        visitor.sign_in(login, PASSWORD)
        customer = visitor.post("/new/kill.customer", {"f.name": f"Клиент {login}", "key": f"customer-{login}"}).record
        clerks.append(Clerk(login, visitor, book, random.Random(chance.random()), customer))
        visitor.close()
    desk.kill()
    return Storm(desk, book, clerks, chance)


def settle(desk: Desk) -> None:
    """Three days later: leases have ended, old uploads are swept."""
    later = VirtualClock(datetime.now(UTC) + timedelta(days=3))
    engine = open_engine(desk.settings(), later)
    engine.refresh()
    worker = Worker(engine)
    while worker.work_once():
        pass
    sweep_files(engine, {})
    engine.db.close()


def weather(desk: Desk, kills: int, seed: int) -> None:
    with closing(Book(desk.home / "book.jsonl")) as book:
        storm = begin(desk, book, random.Random(seed))
        for _ in range(kills):
            storm.round()
        storm.calm()
    settle(desk)
    with facts(desk.database_url) as found:
        problems = broken(found, book, desk.files)
    assert not problems, "\n".join(problems[:40])
    assert len(book.of("create", "done")) >= kills


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, make_database: MakeDatabase, tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path, make_database(request.param))
    yield made
    if made.server is not None:
        made.kill()


def test_fifteen_kills_lose_nothing_that_was_answered(desk: Desk) -> None:
    weather(desk, kills=15, seed=15)


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_two_hundred_kills_lose_nothing_that_was_answered(desk: Desk) -> None:
    weather(desk, kills=200, seed=200)
