"""Examines an installation and says what needs a hand."""

import os
import shutil

from partita.base.diagnostics import Diagnostic
from partita.base.errors import PartitaError, Unavailable
from partita.base.frozen import FrozenMap
from partita.bootstrap.engine import open_engine
from partita.settings.settings import Settings
from partita.storage import jobs, revisions

LEAST_FREE = 1 << 30


def examine(settings: Settings) -> list[Diagnostic]:
    """Findings of the family K; an empty list means that all is well."""
    found: list[Diagnostic] = []
    try:
        engine = open_engine(settings)
        found += engine.db.warnings()
        with engine.db.read() as conn:
            applied = revisions.latest(conn)
            counts = jobs.waiting(conn) if applied else {}
    except Unavailable as error:
        return [Diagnostic(error.problem.code, None, error.problem.params)]
    except PartitaError as error:
        return [Diagnostic("K001", None, FrozenMap({"reason": str(error)}))]
    if applied is None:
        found.append(Diagnostic("K002", None))
    if dead := counts.get("dead", 0):
        found.append(Diagnostic("K003", None, FrozenMap({"count": dead})))
    free = shutil.disk_usage(settings.storage_dir).free
    if free < LEAST_FREE:
        found.append(Diagnostic("K004", None, FrozenMap({"free": free >> 20, "folder": settings.storage_dir})))
    if not os.access(settings.storage_dir, os.W_OK):
        found.append(Diagnostic("K005", None, FrozenMap({"folder": settings.storage_dir})))
    return found
