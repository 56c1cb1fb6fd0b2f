"""Opens what the settings name: the database, the files, the engine over them."""

import logging
from zoneinfo import ZoneInfo

from partita.base.clock import Clock
from partita.base.diagnostics import render_text
from partita.runtime.engine import Engine
from partita.settings.settings import Settings
from partita.storage.blobs import Blobs
from partita.storage.database import Database, open_database

LOG = logging.getLogger("partita")


def open_store(settings: Settings) -> Database:
    """The database of the settings; what is dubious about it goes to the log."""
    if settings.database_url.startswith("sqlite:///"):
        settings.storage_dir.mkdir(parents=True, exist_ok=True)
    database = open_database(settings.database_url)
    for warning in database.warnings():
        LOG.warning(render_text(warning, settings.language, lambda file: []))
    return database


def open_engine(settings: Settings, clock: Clock | None = None) -> Engine:
    """The engine over the database and the files; the revision is taken when it is first needed."""
    return Engine(open_store(settings), Blobs(settings.storage_dir), ZoneInfo(settings.timezone), clock)
