"""An office on SQLite made once, a copy for each test that asks, and clients that are signed in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from tests.web.site import Office, copy_office, make_office

Clients = Callable[..., TestClient]


@pytest.fixture(scope="session")
def first_office(tmp_path_factory: pytest.TempPathFactory) -> tuple[Office, Path]:
    folder = tmp_path_factory.mktemp("office")
    office = make_office(f"sqlite:///{folder}/partita.db", folder / "blobs")
    office.engine.db.close()
    return office, folder / "partita.db"


@pytest.fixture
def office(first_office: tuple[Office, Path], tmp_path: Path) -> Iterator[Office]:
    """An enterprise of its own for each test."""
    made, source = first_office
    copy = copy_office(made, source, tmp_path / "partita.db")
    yield copy
    copy.engine.db.close()


@pytest.fixture
def client(office: Office) -> Iterator[Clients]:
    """`client("operator")` is signed in; `client()` is nobody. Requests look like those of a browser on the page."""
    opened: list[TestClient] = []

    def open_client(login: str = "", **config: object) -> TestClient:
        found = TestClient(
            office.app(**config), base_url="http://testserver", headers={"Sec-Fetch-Site": "same-origin"}
        )
        opened.append(found)
        if login:
            found.cookies.set("sid", office.tokens[login])
        return found

    yield open_client
    for found in opened:
        found.close()
