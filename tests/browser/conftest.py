"""A real server with a small enterprise for each file of tests, and people who sign in to it with Chromium."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from playwright.sync_api import Page

from partita.base.clock import SystemClock
from partita.runtime.identity import accounts
from tests.support.browser import PageOpener
from tests.web.site import PASSWORD, Office, make_office

SignIn = Callable[..., Page]


@dataclass
class Served:
    """An office and the address at which it answers."""

    office: Office
    address: str


def serve(office: Office) -> tuple[uvicorn.Server, threading.Thread, str]:
    server = uvicorn.Server(uvicorn.Config(office.app(), port=0, log_level="warning", lifespan="on"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        assert time.monotonic() < deadline, "the server is too slow to start"
        thread.join(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    return server, thread, f"http://127.0.0.1:{port}"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder: Path = tmp_path_factory.mktemp("served")
    office = make_office(f"sqlite:///{folder}/partita.db", folder / "blobs", SystemClock())
    server, thread, address = serve(office)
    yield Served(office, address)
    server.should_exit = True
    thread.join(10)
    office.engine.db.close()


@pytest.fixture
def sign_in(pages: PageOpener, served: Served) -> SignIn:
    """`sign_in("operator", viewport=…)` → a page on the workplace, in the person's language."""

    def enter(login: str, language: str = "ru", **context: Any) -> Page:
        look = {"language": language, "theme": "auto", "density": "regular"}
        accounts.set_look(served.office.engine, served.office.people[login].user_id, **look)
        page = pages.open(base_url=served.address, **{"viewport": {"width": 1366, "height": 768}, **context})
        page.goto("/sign-in")
        if not context.get("java_script_enabled", True):
            page.fill("#login", login)
        else:
            page.locator("#login:focus").wait_for()
            page.keyboard.type(login)
            page.keyboard.press("Tab")
        page.fill("#password", PASSWORD)
        page.press("#password", "Enter")
        page.wait_for_url(f"{served.address}/")
        return page

    return enter
