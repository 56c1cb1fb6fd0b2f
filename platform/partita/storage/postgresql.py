"""PostgreSQL by psycopg 3: readers on read-only snapshots, time-outs on every statement, pings only after a pause."""

import time
from typing import Any

import sqlalchemy as sa

from partita.storage.driver import DATABASE_ERRORS
from partita.storage.limits import Limits

IDLE_SECONDS = 2.0
"""A connection unused for longer is asked whether it still lives before it is lent."""


def open_engine(url: sa.URL, limits: Limits, writing: bool) -> sa.Engine:
    engine = sa.create_engine(
        url,
        pool_size=limits.connections,
        max_overflow=limits.spare_connections,
        pool_timeout=limits.lock_seconds,
        pool_use_lifo=True,
        connect_args={"options": _options(url, limits, writing), "application_name": "partita"},
    )

    @sa.event.listens_for(engine, "checkin")
    def on_checkin(_raw: Any, record: Any) -> None:
        record.info["used"] = time.monotonic()

    @sa.event.listens_for(engine, "checkout")
    def on_checkout(raw: Any, record: Any, _proxy: Any) -> None:
        if time.monotonic() - record.info.get("used", time.monotonic()) > IDLE_SECONDS:
            _ping(raw)

    return engine


def _options(url: sa.URL, limits: Limits, writing: bool) -> str:
    settings = {
        "timezone": "UTC",
        "statement_timeout": f"{int(limits.statement_seconds * 1000)}",
        "lock_timeout": f"{int(limits.lock_seconds * 1000)}",
        "idle_in_transaction_session_timeout": "60000",
    }
    if not writing:
        settings |= {"default_transaction_read_only": "on", "default_transaction_isolation": "repeatable\\ read"}
    told = url.query.get("options", "")
    return " ".join([told if isinstance(told, str) else " ".join(told), *(f"-c {k}={v}" for k, v in settings.items())])


def _ping(raw: Any) -> None:
    try:
        raw.execute("SELECT 1")
        raw.rollback()
    except DATABASE_ERRORS as error:
        raise sa.exc.DisconnectionError from error
