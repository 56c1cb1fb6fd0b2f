"""The server: the ASGI application over an engine, and the process that runs it."""

import logging
import threading
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import uvicorn

from partita.bootstrap.engine import open_engine
from partita.runtime.engine import Engine
from partita.runtime.upkeep.worker import Worker
from partita.settings.places import shipped
from partita.settings.settings import Settings
from partita.web.app import make_app
from partita.web.config import WebConfig

Logins = tuple[tuple[str, str, str], ...]
Application = Callable[..., Any]


def build_app(settings: Settings, engine: Engine, demo: Logins = ()) -> Application:
    """`demo`: login, password and words of each demo account, shown on the sign-in page of a demo base."""
    return make_app(engine, web_config(settings, demo))


def web_config(settings: Settings, demo: Logins = ()) -> WebConfig:
    return WebConfig(
        themes=(shipped("themes") / "default",),
        language=settings.language,
        secure=settings.base_url.startswith("https://"),
        trusted_origins=frozenset({settings.base_url}),
        demo=demo,
    )


def serve(settings: Settings, with_worker: bool = True, demo: Logins = ()) -> None:
    """Until stopped. httptools refuses what a lenient parser would let through; the body guard cuts slow clients."""
    engine = open_engine(settings)
    engine.refresh()
    app = build_app(settings, engine, demo)
    with ExitStack() as stack:
        if with_worker:
            stack.callback(_start_worker(engine).stop)
        config = uvicorn.Config(
            app,
            host=settings.host,
            port=settings.port,
            http="httptools",
            loop="auto",
            lifespan="on",
            server_header=False,
            proxy_headers=False,
            log_level="warning",
            timeout_graceful_shutdown=10,
        )
        uvicorn.Server(config).run()


def work(settings: Settings) -> None:
    """A worker in a process of its own, until stopped."""
    logging.getLogger("partita").info("worker started")
    Worker(open_engine(settings)).run()


def _start_worker(engine: Engine) -> Worker:
    worker = Worker(engine)
    threading.Thread(target=worker.run, name="worker", daemon=True).start()
    return worker
