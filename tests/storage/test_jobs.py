"""Jobs are done at least once, by one worker at a time, and only if the business transaction was kept."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from partita.storage import jobs
from partita.storage.database import Database
from tests.storage.conftest import NOW, Install
from tests.storage.models import model

EMPTY = model()
LATER = NOW + timedelta(minutes=30)


@pytest.fixture
def db(install: Install) -> Database:
    return install(EMPTY)[0]


def enqueue(db: Database, **more: object) -> int | None:
    with db.write() as conn:
        return jobs.enqueue(conn, "mail", {"to": "Ёж"}, NOW, **more)  # type: ignore[arg-type]


def claim(db: Database, worker: str = "w", now: object = NOW, limit: int = 1) -> list[jobs.Job]:
    with db.write() as conn:
        return jobs.claim(conn, worker, now, limit)  # type: ignore[arg-type]


def test_a_job_of_a_transaction_that_was_undone_never_was(db: Database) -> None:
    def break_off() -> None:
        with db.write() as conn:
            jobs.enqueue(conn, "mail", {}, NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    assert claim(db) == []


def test_a_job_is_given_once_and_finished(db: Database) -> None:
    number = enqueue(db)
    (job,) = claim(db)
    assert (job.id, job.kind, job.payload, job.attempts) == (number, "mail", {"to": "Ёж"}, 1)
    assert claim(db) == []
    with db.write() as conn:
        assert jobs.finish(conn, job.id, "w", NOW)
        assert not jobs.finish(conn, job.id, "w", NOW)
        assert jobs.waiting(conn) == {"done": 1}
        assert jobs.forget(conn, LATER) == 1
        assert jobs.waiting(conn) == {}


def test_jobs_wait_for_their_moment_and_come_in_its_order(db: Database) -> None:
    late, soon = enqueue(db, run_at=NOW + timedelta(minutes=2)), enqueue(db, run_at=NOW + timedelta(minutes=1))
    assert claim(db) == []
    assert [job.id for job in claim(db, now=LATER, limit=1)] == [soon]
    assert [job.id for job in claim(db, now=LATER, limit=5)] == [late]


def test_the_job_of_a_worker_that_is_gone_is_given_to_another(db: Database) -> None:
    enqueue(db)
    (job,) = claim(db, "first")
    with db.write() as conn:
        assert jobs.extend(conn, job.id, "first", NOW + timedelta(minutes=10))
    assert claim(db, "second", NOW + timedelta(minutes=9)) == []
    (again,) = claim(db, "second", LATER)
    assert (again.id, again.attempts) == (job.id, 2)
    with db.write() as conn:
        assert not jobs.finish(conn, job.id, "first", LATER), "the first one has lost it"
        assert not jobs.fail(conn, job, "first", LATER, "x")
        assert not jobs.extend(conn, job.id, "first", LATER)
        assert jobs.finish(conn, job.id, "second", LATER)


def test_a_job_that_fails_comes_back_later_each_time_and_is_dead_in_the_end(db: Database) -> None:
    number = enqueue(db, max_attempts=3)
    now, pauses = NOW, []
    for attempt in (1, 2, 3):
        (job,) = claim(db, now=now)
        assert job.attempts == attempt
        with db.write() as conn:
            assert jobs.fail(conn, job, "w", now, f"ошибка {attempt}")
            row = conn.exec_driver_sql("SELECT status, last_error FROM sys_job").one()
        assert row[1] == f"ошибка {attempt}"
        pauses.append(row[0])
        assert claim(db, now=now) == []
        now += timedelta(hours=12)
    assert pauses == ["waiting", "waiting", "dead"]
    assert claim(db, now=now) == []
    with db.write() as conn:
        assert number is not None
        assert jobs.retry(conn, number, now)
    assert [job.attempts for job in claim(db, now=now)] == [1]


def test_a_job_that_kills_its_workers_is_dead_after_its_attempts(db: Database) -> None:
    enqueue(db, max_attempts=2)
    assert claim(db)
    assert claim(db, now=LATER)
    assert claim(db, now=LATER + timedelta(hours=1)) == []
    with db.read() as conn:
        assert jobs.waiting(conn) == {"dead": 1}


def test_pauses_double_up_to_a_limit_with_some_chance() -> None:
    for attempts in range(1, 40):
        whole = min(jobs.FIRST_PAUSE * 2 ** (attempts - 1), jobs.LONGEST_PAUSE)
        assert whole * 0.75 <= jobs.pause(attempts) <= whole * 1.25


def test_a_repeated_effect_is_put_in_once(db: Database) -> None:
    assert enqueue(db, dedupe="mail/7") is not None
    assert enqueue(db, dedupe="mail/7") is None
    assert enqueue(db, dedupe="mail/8") is not None
    assert enqueue(db) is not None
    assert enqueue(db) is not None


def test_many_workers_never_have_the_same_job(db: Database) -> None:
    with db.write() as conn:
        for _ in range(60):
            jobs.enqueue(conn, "x", {}, NOW)
    taken: list[int] = []

    def work(name: str) -> None:
        while found := claim(db, name, limit=3):
            taken.extend(job.id for job in found)

    threads = [threading.Thread(target=work, args=(f"w{number}",)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(set(taken))
    assert len(taken) == 60


def test_a_periodic_task_is_run_by_one_of_those_who_ask(db: Database) -> None:
    def due(now: object, next_at: object) -> bool:
        with db.write() as conn:
            return jobs.due_schedule(conn, "sweep", now, next_at)  # type: ignore[arg-type]

    assert due(NOW, LATER)
    assert not due(NOW, LATER)
    assert not due(LATER - timedelta(seconds=1), LATER + timedelta(hours=1))
    assert due(LATER, LATER + timedelta(hours=1))
