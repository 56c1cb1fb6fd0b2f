"""Jobs and the outbox: put in by the business transaction, done at least once, never by two workers at a time.

A claimed job belongs to its worker until its lease ends; attempts are counted before the work, so that a job that kills
its worker is counted too.
"""

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from partita.storage import system
from partita.storage.lookups import Lookup, hole, is_, upsert
from partita.storage.statements import Connection, Prepared

LEASE = timedelta(minutes=5)
FIRST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(hours=6)
_JOB = system.JOB


@dataclass(frozen=True, slots=True)
class Job:
    """`attempts` counts this one."""

    id: int
    kind: str
    payload: Mapping[str, Any]
    attempts: int
    max_attempts: int


def enqueue(
    conn: Connection,
    kind: str,
    payload: Mapping[str, Any],
    now: datetime,
    run_at: datetime | None = None,
    dedupe: str | None = None,
    max_attempts: int = 10,
) -> int | None:
    """Put in a job; None: one with the same `dedupe` is there already (waiting, running, done or dead)."""
    row = _ENQUEUE.first(
        conn,
        kind=kind,
        payload=json.dumps(payload, ensure_ascii=False),
        run_at=run_at or now,
        status="waiting",
        attempts=0,
        max_attempts=max_attempts,
        dedupe=dedupe,
        created_at=now,
    )
    return None if row is None else int(row[0])


def claim(conn: Connection, worker: str, now: datetime, limit: int = 1, lease: timedelta = LEASE) -> list[Job]:
    """Take jobs that are due, and those whose worker has gone. Commit before working."""
    _BURY.run(conn, now=now, reason="the worker was lost")
    found = _CLAIM.rows(conn, now=now, until=now + lease, worker=worker, most=limit)
    return sorted((Job(row[0], row[1], json.loads(row[2]), row[3], row[4]) for row in found), key=lambda job: job.id)


def finish(conn: Connection, job_id: int, worker: str, now: datetime) -> bool:
    """Done. False: the lease had been lost to another worker."""
    return bool(_FINISH.run(conn, id=job_id, worker=worker, now=now))


def extend(conn: Connection, job_id: int, worker: str, until: datetime) -> bool:
    """Keep a long job. False: the lease had been lost."""
    return bool(_EXTEND.run(conn, id=job_id, worker=worker, until=until))


def fail(conn: Connection, job: Job, worker: str, now: datetime, error: str) -> bool:
    """Try again later, each time after a longer pause; after the last attempt the job is dead and stays to be seen."""
    dead = job.attempts >= job.max_attempts
    status, run_at = ("dead", now) if dead else ("waiting", now + pause(job.attempts))
    done = _FAIL.run(conn, id=job.id, worker=worker, status=status, run_at=run_at, error=error[:2000], now=now)
    return bool(done)


def retry(conn: Connection, job_id: int, now: datetime) -> bool:
    """Give a dead job its attempts anew."""
    return bool(_RETRY.run(conn, id=job_id, now=now))


def pause(attempts: int) -> timedelta:
    """Doubling, with some chance in it, so that many failed jobs do not come back at one moment."""
    grown: timedelta = min(FIRST_PAUSE * 2 ** min(attempts - 1, 20), LONGEST_PAUSE)
    return grown * (0.75 + random.random() / 2)


def forget(conn: Connection, before: datetime) -> int:
    """Remove jobs that were done before the moment; dead ones stay."""
    return _FORGET.run(conn, before=before)


def waiting(conn: Connection) -> dict[str, int]:
    """How many jobs stand in each status."""
    return {row["status"]: int(row["number"]) for row in _WAITING.all(conn)}


def due_schedule(conn: Connection, name: str, now: datetime, next_at: datetime) -> bool:
    """Whether this process may run the periodic task: the first to ask after its moment moves it to `next_at`."""
    _SCHEDULE.run(conn, name=name, next_at=now)
    return bool(_ADVANCE.run(conn, name=name, now=now, next_at=next_at))


def _enqueue(dialect: str) -> sa.Executable:
    names = ("kind", "payload", "run_at", "status", "attempts", "max_attempts", "dedupe", "created_at")
    statement = upsert(_JOB, dialect).values({name: hole(_JOB.c[name]) for name in names})
    made: sa.Executable = statement.on_conflict_do_nothing().returning(_JOB.c.id)
    return made


def _moment(name: str) -> sa.BindParameter[Any]:
    return hole(_JOB.c.run_at, name)


def _claim(dialect: str) -> sa.Executable:
    due = sa.and_(_JOB.c.status == "waiting", _JOB.c.run_at <= _moment("now"))
    lost = sa.and_(_JOB.c.status == "running", _JOB.c.locked_until < _moment("now"))
    chosen = sa.select(_JOB.c.id).where(sa.or_(due, lost)).order_by(_JOB.c.run_at, _JOB.c.id)
    chosen = chosen.limit(sa.bindparam("most", type_=sa.BigInteger()))
    if dialect == "postgresql":
        chosen = chosen.with_for_update(skip_locked=True)
    taken = sa.update(_JOB).where(_JOB.c.id.in_(chosen.scalar_subquery()))
    taken = taken.values(
        status="running",
        locked_by=hole(_JOB.c.locked_by, "worker"),
        locked_until=_moment("until"),
        attempts=_JOB.c.attempts + 1,
    )
    return taken.returning(_JOB.c.id, _JOB.c.kind, _JOB.c.payload, _JOB.c.attempts, _JOB.c.max_attempts)


_HELD = (is_(_JOB.c.id), _JOB.c.status == "running", is_(_JOB.c.locked_by, "worker"))
_FREE: dict[str, Any] = {"locked_by": sa.null(), "locked_until": sa.null()}
_ENQUEUE = Prepared(_enqueue)
_CLAIM = Prepared(_claim)
_BURY = Prepared(
    sa.update(_JOB)
    .where(_JOB.c.status == "running", _JOB.c.locked_until < _moment("now"), _JOB.c.attempts >= _JOB.c.max_attempts)
    .values(status="dead", last_error=hole(_JOB.c.last_error, "reason"), **_FREE)
)
_FINISH = Prepared(sa.update(_JOB).where(*_HELD).values(status="done", finished_at=_moment("now"), **_FREE))
_EXTEND = Prepared(sa.update(_JOB).where(*_HELD).values(locked_until=_moment("until")))
_FAIL = Prepared(
    sa.update(_JOB)
    .where(*_HELD)
    .values(
        status=hole(_JOB.c.status),
        run_at=hole(_JOB.c.run_at),
        last_error=hole(_JOB.c.last_error, "error"),
        finished_at=_moment("now"),
        **_FREE,
    )
)
_RETRY = Prepared(
    sa.update(_JOB)
    .where(is_(_JOB.c.id), _JOB.c.status == "dead")
    .values(status="waiting", attempts=0, run_at=_moment("now"))
)
_FORGET = Prepared(sa.delete(_JOB).where(_JOB.c.status == "done", _JOB.c.finished_at < _moment("before")))
_WAITING = Lookup(sa.select(_JOB.c.status, sa.func.count().label("number")).group_by(_JOB.c.status))
_SCHEDULED = {column.name: hole(column) for column in system.SCHEDULE.c}
_SCHEDULE = Prepared(
    sa.text(
        "INSERT INTO sys_schedule (name, next_at) VALUES (:name, :next_at) ON CONFLICT (name) DO NOTHING"
    ).bindparams(sa.bindparam("next_at", type_=system.SCHEDULE.c.next_at.type))
)
_ADVANCE = Prepared(
    sa.update(system.SCHEDULE)
    .where(is_(system.SCHEDULE.c.name), system.SCHEDULE.c.next_at <= _moment("now"))
    .values(next_at=hole(system.SCHEDULE.c.next_at))
)
