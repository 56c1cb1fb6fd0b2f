"""What is done for a job, by its kind; and the periodic tasks with how often they come due."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeAlias

from partita.base.registry import Registry
from partita.runtime.engine import Engine
from partita.runtime.identity.sessions import LIFETIME
from partita.storage import accounts, attachments, jobs, keys
from partita.storage.database import Database

Handler: TypeAlias = Callable[[Engine, Mapping[str, Any]], None]
HANDLERS: Registry[Handler] = Registry("job handlers")

FORM_LIFE = timedelta(days=2)
"""Longer than anybody keeps a form open: older uploads without a record and keys of forms are forgotten."""
JOB_LIFE = timedelta(days=7)
SIGN_IN_LIFE = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Periodic:
    """A task that comes due every so often, once whichever process asks first."""

    kind: str
    every: timedelta


def sweep_files(engine: Engine, payload: Mapping[str, Any]) -> None:
    """Uploads of forms that were never saved, and contents that no record mentions."""
    before = engine.clock.now() - FORM_LIFE
    with engine.db.write() as conn:
        attachments.sweep(conn, before)
    engine.blobs.sweep(lambda name: _is_mentioned(engine.db, name), before)


def _is_mentioned(db: Database, sha256: str) -> bool:
    with db.read() as conn:
        return attachments.is_mentioned(conn, sha256)


def forget_forms(engine: Engine, payload: Mapping[str, Any]) -> None:
    """Keys of forms that nobody will send again."""
    with engine.db.write() as conn:
        keys.forget(conn, engine.clock.now() - FORM_LIFE)


def forget_sessions(engine: Engine, payload: Mapping[str, Any]) -> None:
    """Sessions that ended, and the journal of sign-ins past its term."""
    now = engine.clock.now()
    with engine.db.write() as conn:
        accounts.forget_sessions(conn, now - LIFETIME)
        accounts.forget_sign_ins(conn, now - SIGN_IN_LIFE)


def forget_jobs(engine: Engine, payload: Mapping[str, Any]) -> None:
    """Jobs long done; dead ones stay to be seen."""
    with engine.db.write() as conn:
        jobs.forget(conn, engine.clock.now() - JOB_LIFE)


HANDLERS.register("sweep_files", sweep_files)
HANDLERS.register("forget_forms", forget_forms)
HANDLERS.register("forget_sessions", forget_sessions)
HANDLERS.register("forget_jobs", forget_jobs)
PERIODIC = (
    Periodic("sweep_files", timedelta(hours=1)),
    Periodic("forget_forms", timedelta(hours=6)),
    Periodic("forget_sessions", timedelta(hours=6)),
    Periodic("forget_jobs", timedelta(days=1)),
)
