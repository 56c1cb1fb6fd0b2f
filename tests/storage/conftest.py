"""A database with the tables of a Model in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest

from partita.model.model import Model
from partita.storage.database import Database, open_database
from partita.storage.rows import Stamp
from partita.storage.schema.apply import Applied, Proposal, apply
from partita.storage.tables import Tables, build_tables
from tests.conftest import MakeDatabase
from tests.storage.models import model

NOW = datetime(2026, 11, 21, 9, 30, 15, 123456, tzinfo=UTC)
STAMP = Stamp(NOW, None, 1)

Install = Callable[[Model], tuple[Database, Tables]]


def put_in_force(db: Database, model: Model, **more: Any) -> Applied:
    hooks = {name: more.pop(name) for name in ("retitle", "on_statement") if name in more}
    told = {"program": {}, "sources": {}, "author": "test", "message": "", "at": NOW}
    return apply(db, Proposal(model=model, **{**told, **more}), **hooks)


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """Empty: nothing was applied to it yet."""
    db = open_database(database_url)
    yield db
    db.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def ready_url(request: pytest.FixtureRequest, prepared: Callable[[str], str], make_database: MakeDatabase) -> str:
    """A copy of a database in which an empty Model is in force."""
    return make_database(request.param, template=prepared(request.param))


@pytest.fixture(scope="session")
def prepared(make_database: MakeDatabase) -> Callable[[str], str]:
    @cache
    def prepare(kind: str) -> str:
        url = make_database(kind)
        db = open_database(url)
        put_in_force(db, model())
        db.close()
        return url

    return prepare


@pytest.fixture
def install(ready_url: str) -> Iterator[Install]:
    """`db, tables = install(model)`: the Model is in force."""
    db = open_database(ready_url)

    def make(wanted: Model) -> tuple[Database, Tables]:
        put_in_force(db, wanted)
        return db, build_tables(wanted)

    yield make
    db.close()
