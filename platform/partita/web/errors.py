"""One table from refusals to answers: status, words, page or fragment."""

import logging
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from partita.base.codes.catalogue import MESSAGES
from partita.base.errors import Conflict, Denied, NotFound, Problem, Refused, Unavailable
from partita.base.text import say
from partita.web import address
from partita.web.ask import Ask, Site
from partita.web.form import Body
from partita.web.middleware.body import BodyTooLarge, BodyTooSlow

LOG = logging.getLogger("partita.web")
SESSION_ENDED = "I004"


@dataclass(frozen=True, slots=True)
class ProblemPage:
    code: str
    title: str
    text: str
    incident: str = ""
    retry_url: str = ""
    needs: str = ""


TEMPLATES = {403: "403.html", 404: "404.html", 409: "409.html", 413: "413.html", 500: "500.html"}


def words_of(problem: Problem, language: str) -> str:
    """A problem as a person reads it."""
    if problem.say:
        return say(problem.say, language)  # type: ignore[arg-type]
    return MESSAGES[problem.code].text(language, problem.params)


def answer_error(ask: Ask, error: Exception) -> Response:
    """The page (or the fragment) for what went wrong; unknown exceptions are incidents."""
    match error:
        case Denied() if error.problem.code == SESSION_ENDED:
            return ask_to_sign_in(ask)
        case Denied():
            return show(ask, 403, needs=words_of(error.problem, ask.look.language))
        case NotFound():
            return show(ask, 404)
        case Conflict():
            return show(ask, 409, retry_url=ask.here)
        case Refused():
            return show(ask, 422, text=" ".join(words_of(p, ask.look.language) for p in error.problems))
        case Unavailable():
            return show(ask, 503, text=words_of(error.problem, ask.look.language), retry_url=ask.here)
        case BodyTooLarge():
            return show(ask, 413, text=ask.t("problem.413.limit", megabytes=error.limit // 2**20))
        case BodyTooSlow():
            return show(ask, 408)
        case HTTPException():
            return show(ask, error.status_code if error.status_code in KNOWN else 400)
    raise error


KNOWN = frozenset((400, 403, 404, 405, 408, 409, 413, 422, 500, 503))


def show(
    ask: Ask, status: int, *, text: str = "", needs: str = "", retry_url: str = "", incident: str = ""
) -> Response:
    page = ProblemPage(
        code=str(status),
        title=ask.t(f"problem.{status}.title"),
        text=text or ask.t(f"problem.{status}.text"),
        incident=incident,
        retry_url=retry_url if ask.request.method == "GET" else "",
        needs=needs,
    )
    if ask.partial:
        return ask.part("problem_part.html", status=status, problem=page)
    return ask.page(TEMPLATES.get(status, "error.html"), status, problem=page)


def ask_to_sign_in(ask: Ask) -> Response:
    """A page opened without a session leads to the sign-in and back; a form or fragment is told 401 and stays."""
    if ask.request.method == "GET" and not ask.partial:
        response = ask.go(address.sign_in(ask.here))
    else:
        back = address.safe_back(ask.request.headers.get("referer", "").partition(ask.request.url.netloc)[2])
        response = ask.page("login.html", 401, sign_in=SignIn(next=back, error=ask.t("sign_in.ended")))
    return response


@dataclass(frozen=True, slots=True)
class SignIn:
    next: str = ""
    login: str = ""
    error: str = ""
    demo: tuple[tuple[str, str, str], ...] = ()
    url: str = "/sign-in"


def answer_unexpected(site: Site, request: Request, error: Exception) -> Response:
    """An incident: the log has the traceback, the person has its number."""
    incident = request.state.request_id if hasattr(request.state, "request_id") else ""
    LOG.error("incident %s: %s %s", incident, request.method, request.url.path, exc_info=error)
    try:
        return show(Ask(site, request, Body()), 500, incident=incident)
    except Exception:
        LOG.exception("incident %s: the page of the incident failed too", incident)
        return PlainTextResponse(f"Internal error. Incident: {incident}", 500)
