"""Fixtures for every suite: databases of both kinds, a browser, and the rules of a run."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.support import browser as browsers
from tests.support import postgres as postgresql
from tests.support.budgets import SuiteBudgets, budgets
from tests.support.left_out import VARIABLE, left_out, require

MakeDatabase = Callable[..., str]
RUN_FOLDER = "PARTITA_TEST_RUN_FOLDER"
RUN_OWNER = "PARTITA_TEST_RUN_OWNER"


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        os.environ[RUN_FOLDER] = tempfile.mkdtemp(prefix="partita-tests-")
        os.environ[RUN_OWNER] = str(os.getpid())
        config.pluginmanager.register(SuiteBudgets(budgets()), "suite_budgets")


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(RUN_FOLDER, ""), ignore_errors=True)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if left_out():
        terminalreporter.write_line(f"left out by {VARIABLE}: {', '.join(left_out())}", yellow=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "postgresql" in getattr(getattr(item, "callspec", None), "params", {}).values():
            item.add_marker(pytest.mark.postgres)


@pytest.fixture(scope="session")
def postgres_server() -> postgresql.Server:
    """The PostgreSQL server of this run; suites that need several databases at once ask for it directly."""
    require("postgres", postgresql.programs() is not None, "PostgreSQL")
    return postgresql.shared_server(Path(os.environ[RUN_FOLDER]), int(os.environ[RUN_OWNER]))


@pytest.fixture(scope="session")
def make_database(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> MakeDatabase:
    """`make_database("sqlite" | "postgresql", template=url)` gives the URL of an empty database, or of a copy.

    Nothing is dropped: the whole server and all its files go when the run ends.
    """

    def make(kind: str, template: str | None = None) -> str:
        if kind == "sqlite":
            path = tmp_path_factory.mktemp("database") / "partita.db"
            if template is not None:
                shutil.copyfile(template.removeprefix("sqlite:///"), path)
            return f"sqlite:///{path}"
        server: postgresql.Server = request.getfixturevalue("postgres_server")
        return server.create(f"t_{uuid4().hex}", database_name(template) if template else "template0")

    return make


def database_name(url: str) -> str:
    found = re.search(r"/([^/?]+)(?:\?|$)", url)
    assert found, url
    return found[1]


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, make_database: MakeDatabase) -> str:
    """An empty database for one test; the test runs once on each kind."""
    return make_database(request.param)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def module_database_url(request: pytest.FixtureRequest, make_database: MakeDatabase) -> str:
    """An empty database for a whole file of tests, on each kind."""
    return make_database(request.param)


@pytest.fixture(scope="module")
def chromium() -> Iterator[browsers.Browser]:
    """One browser per file: while it lives, its event loop occupies the thread, and asyncio.run() fails there."""
    require("browser", browsers.executable() is not None, "Chromium")
    with browsers.sync_playwright() as playwright:
        browser = browsers.launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def pages(chromium: browsers.Browser) -> Iterator[browsers.PageOpener]:
    """Opens pages; at the end the test fails if the browser complained about anything."""
    with browsers.opener(chromium) as opener:
        yield opener
        assert opener.heard() == []


@pytest.fixture(scope="session")
def axe_violations() -> Callable[..., list[str]]:
    return browsers.violations
