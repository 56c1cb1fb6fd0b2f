"""One office with secrets for attempts that must change nothing, and a fresh copy for those that may."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.attack.world import World, furnish
from tests.web.site import Office, copy_office, make_office


@pytest.fixture(scope="session")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> tuple[World, Path]:
    folder = tmp_path_factory.mktemp("attacked")
    world = furnish(make_office(f"sqlite:///{folder}/partita.db", folder / "blobs"))
    world.office.engine.db.close()
    return world, folder / "partita.db"


def copied(furnished: tuple[World, Path], folder: Path) -> Iterator[World]:
    made, source = furnished
    office: Office = copy_office(made.office, source, folder / "partita.db")
    world = World(office)
    yield world
    for client in world.clients.values():
        client.close()
    office.engine.db.close()


@pytest.fixture(scope="session")
def world(furnished: tuple[World, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """Shared: for attempts after which the database must be as it was."""
    yield from copied(furnished, tmp_path_factory.mktemp("shared"))


@pytest.fixture
def own(furnished: tuple[World, Path], tmp_path: Path) -> Iterator[World]:
    """An office of its own for one test."""
    yield from copied(furnished, tmp_path)
