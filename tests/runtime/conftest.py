"""A seeded desk per kind of database, made once and copied for each test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.runtime.support import Desk, connect, open_desk, seed

Seeded = Callable[[str], tuple[str, Desk]]


@pytest.fixture(scope="session")
def seeded(make_database: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Seeded:
    """`seeded("sqlite")` → the URL of a database with the seed, and the desk that knows its ids."""
    made: dict[str, tuple[str, Desk]] = {}

    def give(kind: str) -> tuple[str, Desk]:
        if kind not in made:
            url = make_database(kind)
            desk = open_desk(url, tmp_path_factory.mktemp("blobs"))
            seed(desk)
            desk.engine.db.close()
            made[kind] = (url, desk)
        return made[kind]

    return give


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(
    request: pytest.FixtureRequest, seeded: Seeded, make_database: Callable[..., str], tmp_path: Path
) -> Iterator[Desk]:
    """A desk of its own for each test, on each kind of database."""
    template, known = seeded(request.param)
    found = connect(make_database(request.param, template=template), tmp_path / "blobs", known.engine.current())
    yield replace(found, people=dict(known.people), ids=dict(known.ids))
    found.engine.db.close()
