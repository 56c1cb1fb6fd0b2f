"""Makes the ASGI application: routes, middleware, the watch over new configurations."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from anyio import to_thread
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Route

from partita.runtime.engine import Engine
from partita.web.ask import Site
from partita.web.assets import StaticFiles
from partita.web.config import WebConfig
from partita.web.middleware.body import BodyLimits
from partita.web.middleware.guard import ForgeryGuard
from partita.web.middleware.headers import SecureHeaders
from partita.web.routes import LARGE, PRIVATE, ROUTES, NotFoundPage
from partita.web.templating import dress

LOG = logging.getLogger("partita.web")
Lifespan = Callable[[Starlette], contextlib.AbstractAsyncContextManager[None]]


def make_app(engine: Engine, config: WebConfig) -> Starlette:
    """The whole server over one engine."""
    assets, templates = dress(config.themes)
    site = Site(engine, config, templates, assets)
    routes = [Route(path, endpoint(site), methods=endpoint.methods()) for path, endpoint in ROUTES]
    static = Route("/static/{path:path}", StaticFiles(assets), methods=["GET"])
    app = Starlette(routes=[static, *routes], middleware=middleware(config), lifespan=lifespan(engine, config))
    app.router.default = NotFoundPage(site)
    return app


def middleware(config: WebConfig) -> list[Middleware]:
    return [
        Middleware(SecureHeaders, secure=config.secure),
        Middleware(ForgeryGuard, trusted=config.trusted_origins, private=PRIVATE),
        Middleware(GZipMiddleware, minimum_size=1000, compresslevel=1),
        Middleware(
            BodyLimits,
            limit=config.max_form,
            large_limit=config.max_upload,
            large=LARGE,
            pause=config.body_pause.total_seconds(),
        ),
    ]


def lifespan(engine: Engine, config: WebConfig) -> Lifespan:
    @asynccontextmanager
    async def live(app: Starlette) -> AsyncIterator[None]:
        to_thread.current_default_thread_limiter().total_tokens = config.threads
        watch = asyncio.create_task(watch_revisions(engine, config.poll))
        try:
            yield
        finally:
            watch.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watch

    return live


async def watch_revisions(engine: Engine, every: float) -> None:
    """Takes a newly applied configuration; a database that is away is asked again later."""
    while True:
        await asyncio.sleep(every)
        try:
            if await to_thread.run_sync(engine.refresh):
                LOG.info("took revision %s", engine.current().number)
        except Exception:
            LOG.exception("could not look for a new configuration")
