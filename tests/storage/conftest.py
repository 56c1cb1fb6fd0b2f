"""A database with the tables of a Model in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from partita.model.model import Model
from partita.storage.database import Database, open_database
from partita.storage.rows import Stamp
from partita.storage.schema.apply import Applied, Proposal, apply
from partita.storage.tables import Tables, build_tables

NOW = datetime(2026, 11, 21, 9, 30, 15, 123456, tzinfo=UTC)
STAMP = Stamp(NOW, None, 1)

Install = Callable[[Model], tuple[Database, Tables]]


def put_in_force(db: Database, model: Model, **more: Any) -> Applied:
    hooks = {name: more.pop(name) for name in ("retitle", "on_statement") if name in more}
    told = {"program": {}, "sources": {}, "author": "test", "message": "", "at": NOW}
    return apply(db, Proposal(model=model, **{**told, **more}), **hooks)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    db = open_database(database_url)
    yield db
    db.close()


@pytest.fixture
def install(database: Database) -> Install:
    """`db, tables = install(model)`: the Model is in force in an empty database."""

    def make(model: Model) -> tuple[Database, Tables]:
        put_in_force(database, model)
        return database, build_tables(model)

    return make
