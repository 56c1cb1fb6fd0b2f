"""Who is asking: the session cookie, and how the person likes pages to look."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from partita.base.errors import Denied
from partita.runtime.context import NOBODY, Actor
from partita.runtime.engine import Engine
from partita.runtime.identity import sessions
from partita.web.config import WebConfig
from partita.web.words.say import CATALOGUES

YEAR = 365 * 24 * 3600
THEMES = ("auto", "light", "dark")
DENSITIES = ("compact", "regular", "relaxed")


@dataclass(frozen=True, slots=True)
class Look:
    language: str
    theme: str
    density: str


def actor_of(engine: Engine, request: Request, config: WebConfig) -> Actor:
    """The person of the session cookie, or NOBODY."""
    token = request.cookies.get(config.session_cookie, "")
    if not token:
        return NOBODY
    try:
        return sessions.resume(engine, token)
    except Denied:
        return NOBODY


def look_of(request: Request, actor: Actor, config: WebConfig) -> Look:
    """The profile decides after sign-in; before it a cookie, then the browser's languages, then the settings."""
    if actor is not NOBODY:
        return Look(known(actor.language, CATALOGUES, config.language), *looks_of(request, actor))
    spoken = request.cookies.get("language") or _preferred(request.headers.get("accept-language", ""))
    return Look(known(spoken, CATALOGUES, config.language), *looks_of(request, actor))


def looks_of(request: Request, actor: Actor) -> tuple[str, str]:
    theme = getattr(actor, "theme", "") or request.cookies.get("theme", "")
    density = getattr(actor, "density", "") or request.cookies.get("density", "")
    return known(theme, THEMES, "auto"), known(density, DENSITIES, "regular")


def known(name: str, names: object, otherwise: str) -> str:
    return name if name and name in names else otherwise  # type: ignore[operator]


def _preferred(header: str) -> str:
    for part in header.split(",")[:10]:
        language = part.split(";")[0].strip().lower().split("-")[0]
        if language in CATALOGUES:
            return language
    return ""


def start(response: Response, token: str, config: WebConfig) -> None:
    response.set_cookie(config.session_cookie, token, httponly=True, samesite="lax", secure=config.secure, path="/")


def end(response: Response, config: WebConfig) -> None:
    response.delete_cookie(config.session_cookie, httponly=True, samesite="lax", secure=config.secure, path="/")


def remember(response: Response, name: str, value: str, config: WebConfig) -> None:
    """A look that outlives the session, so that the sign-in page is in the person's language and theme."""
    response.set_cookie(name, value, max_age=YEAR, httponly=True, samesite="lax", secure=config.secure, path="/")
