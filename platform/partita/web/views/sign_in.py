"""Coming in, going out, and how pages look."""

from starlette.responses import RedirectResponse, Response

from partita.base.errors import Denied
from partita.runtime.identity import accounts, sessions
from partita.web import address
from partita.web.ask import Ask
from partita.web.endpoint import Endpoint
from partita.web.errors import SignIn, words_of
from partita.web.session import DENSITIES, THEMES, end, known, start
from partita.web.words.say import CATALOGUES

LONGEST = 1024


class SignInPage(Endpoint):
    public = True

    def get(self, ask: Ask) -> Response:
        if ask.signed_in:
            return ask.go(address.safe_back(ask.query("next")))
        return self.form(ask, SignIn(next=address.safe_back(ask.query("next"))))

    def post(self, ask: Ask) -> Response:
        login, back = ask.body.first("login")[:LONGEST], address.safe_back(ask.body.first("next"))
        try:
            token, actor = sessions.sign_in(
                self.site.engine, login, ask.body.first("password")[:LONGEST], client_of(ask), agent_of(ask)
            )
        except Denied as denied:
            return self.form(ask, SignIn(back, login, words_of(denied.problem, ask.look.language)), 401)
        response = RedirectResponse(back, 303)
        start(response, token, self.site.config)
        ask.remember(response, "language", known(actor.language, CATALOGUES, ask.look.language))
        ask.remember(response, "theme", known(actor.theme, THEMES, "auto"))
        return response

    def form(self, ask: Ask, sign_in: SignIn, status: int = 200) -> Response:
        shown = SignIn(sign_in.next, sign_in.login, sign_in.error, self.site.config.demo)
        return ask.page("login.html", status, sign_in=shown)


class SignOut(Endpoint):
    public = True

    def post(self, ask: Ask) -> Response:
        sessions.sign_out(self.site.engine, ask.request.cookies.get(self.site.config.session_cookie, ""))
        response = ask.go(address.sign_in())
        end(response, self.site.config)
        response.headers["Clear-Site-Data"] = '"cache"'
        return response


class LookChange(Endpoint):
    """Language, theme or density: kept in the profile and in a cookie for the sign-in page; the page stays."""

    public = True

    def post(self, ask: Ask) -> Response:
        wanted = {
            "language": known(ask.body.first("language"), CATALOGUES, ""),
            "theme": known(ask.body.first("theme"), THEMES, ""),
            "density": known(ask.body.first("density"), DENSITIES, ""),
        }
        given = {name: value for name, value in wanted.items() if value}
        if ask.signed_in and given:
            accounts.set_look(self.site.engine, ask.actor.user_id, **given)
        response: Response = RedirectResponse(address.safe_back(ask.body.first("back")), 303)
        if ask.partial or ask.request.headers.get("accept", "*/*") == "*/*":
            response = Response(status_code=204)
        for name, value in given.items():
            ask.remember(response, name, value)
        return response


def client_of(ask: Ask) -> str:
    return ask.request.client.host if ask.request.client else ""


def agent_of(ask: Ask) -> str:
    return ask.request.headers.get("user-agent", "")[:200]
