"""One request as a view sees it: who asks, for what, in which language; and the ways to answer."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from partita.runtime.context import NOBODY, Actor, Context
from partita.runtime.engine import Engine
from partita.screens.view import View
from partita.web import address
from partita.web.assets import Assets
from partita.web.config import WebConfig
from partita.web.form import Body
from partita.web.session import Look, actor_of, look_of, remember
from partita.web.shell import Shell, shell_of
from partita.web.templating import Templates
from partita.web.words.say import Say, speaker

SPEAKERS: dict[str, Say] = {}
FLASHES = ("saved", "registered", "deleted", "moved", "decided", "commented", "attached", "removed", "merged")


@dataclass(frozen=True, slots=True)
class Site:
    """What all requests share."""

    engine: Engine
    config: WebConfig
    templates: Templates
    assets: Assets


class Ask:
    """Made anew when a request is replayed on a new configuration."""

    def __init__(self, site: Site, request: Request, body: Body) -> None:
        self.site, self.request, self.body = site, request, body
        self.actor: Actor = actor_of(site.engine, request, site.config)
        self.look: Look = look_of(request, self.actor, site.config)
        self.t: Say = SPEAKERS.setdefault(self.look.language, speaker(self.look.language))

    @cached_property
    def ctx(self) -> Context:
        return self.site.engine.context(self.actor, origin="web", key=self.body.first("key") or None)

    @cached_property
    def view(self) -> View:
        return View(self.ctx, self.t, self.look.language)

    @property
    def signed_in(self) -> bool:
        return self.actor is not NOBODY

    @property
    def partial(self) -> bool:
        """Asked by htmx for a part of the page."""
        return self.request.headers.get("hx-request") == "true"

    @property
    def here(self) -> str:
        """The address of this page, to come back to."""
        return address.with_query(self.request.url.path, self.request.query_params.multi_items())

    def path(self, name: str) -> str:
        return str(self.request.path_params[name])

    @property
    def record_id(self) -> int:
        return int(self.request.path_params["id"])

    def query(self, name: str, otherwise: str = "") -> str:
        return self.request.query_params.get(name, otherwise)

    @property
    def zone(self) -> ZoneInfo:
        return self.ctx.zone

    def shell(self) -> Shell:
        return shell_of(self.view if self.signed_in else None, self.t, self.site.config, self.here, self._flash())

    def _flash(self) -> tuple[str, ...]:
        name = self.request.cookies.get("flash", "")
        return (self.t(f"flash.{name}"),) if name in FLASHES and not self.partial else ()

    def values(self) -> dict[str, Any]:
        look = self.look
        return {"language": look.language, "theme": look.theme, "density": look.density, "ask": self}

    def page(self, template: str, status: int = 200, **values: Any) -> Response:
        """A whole page."""
        text = self.site.templates.render(
            template, self.look.language, self.values() | {"shell": self.shell()} | values
        )
        response = self.html(text, status)
        if "flash" in self.request.cookies:
            response.delete_cookie("flash", httponly=True, samesite="lax", secure=self.site.config.secure)
        return response

    def part(self, template: str, status: int = 200, **values: Any) -> Response:
        """A fragment: a template of its own, without the shell."""
        return self.html(self.site.templates.render(template, self.look.language, self.values() | values), status)

    def html(self, text: str, status: int = 200) -> Response:
        headers = {"Vary": "HX-Request", "Cache-Control": "private, no-cache"}
        return HTMLResponse(text, status, headers)

    def go(self, target: str, flash: str = "") -> Response:
        """On to another page: a redirect for a plain form, a header for htmx."""
        response = Response(status_code=204) if self.partial else RedirectResponse(target, 303)
        if self.partial:
            response.headers["HX-Redirect"] = target
        response.headers["Cache-Control"] = "no-store"
        if flash:
            response.set_cookie(
                "flash", flash, max_age=60, httponly=True, samesite="lax", secure=self.site.config.secure
            )
        return response

    def remember(self, response: Response, name: str, value: str) -> None:
        remember(response, name, value, self.site.config)
