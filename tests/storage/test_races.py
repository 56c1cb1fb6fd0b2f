"""Several writers at once: numbers without repeats or gaps, one winner per version, one effect per key."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from typing import Any

import pytest

from partita.base.errors import Unavailable
from partita.storage import counters, keys, rows
from partita.storage.database import Database, open_database
from partita.storage.tables import Tables
from tests.storage.conftest import NOW, STAMP, Install
from tests.storage.models import book, field, model

ONE = model(book("base.order", field("name", "text"), field("size", "integer")))


@pytest.fixture
def shop(install: Install) -> tuple[Database, Tables]:
    return install(ONE)


def together(count: int, work: Callable[[int], None]) -> None:
    threads = [threading.Thread(target=work, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def test_numbers_have_neither_repeats_nor_gaps_whatever_is_undone(
    shop: tuple[Database, Tables], ready_url: str
) -> None:
    """Each thread with a Database of its own, as processes have."""
    given: list[int] = []

    def register(number: int) -> None:
        db, chance = open_database(ready_url), random.Random(number)
        for _ in range(15):
            try:
                with db.write() as conn:
                    value = counters.next(conn, "base.numbers", "2026")
                    if chance.random() < 0.3:
                        raise ZeroDivisionError
                given.append(value)
            except ZeroDivisionError:
                pass
        db.close()

    together(4, register)
    assert sorted(given) == list(range(1, len(given) + 1))
    with shop[0].write() as conn:
        assert counters.next(conn, "base.numbers", "2027") == 1
        counters.raise_to(conn, "base.numbers", "2027", 40)
        counters.raise_to(conn, "base.numbers", "2027", 7)
        assert counters.next(conn, "base.numbers", "2027") == 41


def test_of_many_changes_of_one_version_one_wins(shop: tuple[Database, Tables]) -> None:
    db, tables = shop
    with db.write() as conn:
        record = rows.insert(conn, tables, "base.order", {"size": 0}, STAMP)
    won: list[int] = []

    def change(number: int) -> None:
        with db.write() as conn:
            if rows.update(conn, tables, "base.order", record, 1, {"size": number}, STAMP):
                won.append(number)

    together(8, change)
    with db.read() as conn:
        found = rows.fetch(conn, tables, "base.order", record)
    assert found is not None
    assert ([found["size"]], found["version"]) == (won, 2)


def test_of_many_uses_of_one_key_one_acts_and_the_others_get_its_answer(shop: tuple[Database, Tables]) -> None:
    db, tables = shop
    answers: list[Any] = []

    def post(number: int) -> None:
        with db.write() as conn:
            earlier = keys.claim(conn, 1, "form-7", "digest", NOW)
            if earlier is not None:
                answers.append(earlier.response)
                return
            record = rows.insert(conn, tables, "base.order", {"size": number}, STAMP)
            keys.answer(conn, 1, "form-7", str(record))

    together(8, post)
    with db.write() as conn:
        (made,) = conn.exec_driver_sql("SELECT id FROM base__order").scalars()
        assert keys.claim(conn, 1, "form-7", "other", NOW) == keys.Earlier("digest", str(made))
        assert keys.claim(conn, 2, "form-7", "other", NOW) is None, "a key belongs to its user"
    assert answers == [str(made)] * 7


def test_a_key_of_a_transaction_that_was_undone_is_free(shop: tuple[Database, Tables]) -> None:
    db, _ = shop

    def break_off() -> None:
        with db.write() as conn:
            assert keys.claim(conn, 1, "k", "d", NOW) is None
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    with db.write() as conn:
        assert keys.claim(conn, 1, "k", "d", NOW) is None
        assert keys.forget(conn, NOW) == 0
        assert keys.forget(conn, NOW.replace(year=2027)) == 1


def test_writers_of_different_records_do_not_disturb_each_other(shop: tuple[Database, Tables]) -> None:
    db, tables = shop
    failed: list[Exception] = []

    def write(number: int) -> None:
        try:
            for size in range(10):
                with db.write() as conn:
                    rows.insert(conn, tables, "base.order", {"name": f"{number}", "size": size}, STAMP)
        except Unavailable as error:
            failed.append(error)

    together(6, write)
    assert not failed
    with db.read() as conn:
        assert conn.exec_driver_sql("SELECT count(*) FROM base__order").scalar() == 60
