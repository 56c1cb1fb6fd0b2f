"""An address: a class with `get` and `post`, plain functions of an `Ask` that run in a thread."""

from collections.abc import Callable

from anyio import to_thread
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from partita.base.errors import StaleRevision
from partita.web.ask import Ask, Site
from partita.web.errors import answer_error, answer_unexpected, ask_to_sign_in
from partita.web.form import Body, read_body
from partita.web.middleware.body import BodyTooLarge, BodyTooSlow

Handler = Callable[[Ask], Response]
REPLAYS = 3


class Endpoint:
    """`public`: reachable before sign-in."""

    public = False

    def __init__(self, site: Site) -> None:
        self.site = site

    def get(self, ask: Ask) -> Response:
        raise HTTPException(405)

    def post(self, ask: Ask) -> Response:
        raise HTTPException(405)

    @classmethod
    def methods(cls) -> list[str]:
        named = {"GET": cls.get is not Endpoint.get, "POST": cls.post is not Endpoint.post}
        return [method for method, present in named.items() if present]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            body = await read_body(request)
            response = await to_thread.run_sync(self.answer, request, body)
        except (BodyTooLarge, BodyTooSlow, HTTPException) as error:
            response = await to_thread.run_sync(self.refuse, request, error)
        finally:
            await request.close()
        await response(scope, receive, send)

    def refuse(self, request: Request, error: Exception) -> Response:
        try:
            return answer_error(Ask(self.site, request, Body()), error)
        except Exception as unexpected:
            return answer_unexpected(self.site, request, unexpected)

    def answer(self, request: Request, body: Body) -> Response:
        """The answer on the current configuration; a configuration replaced meanwhile replays the request."""
        try:
            for _ in range(REPLAYS):
                try:
                    return self.attend(Ask(self.site, request, body))
                except StaleRevision:
                    self.site.engine.refresh()
            return self.attend(Ask(self.site, request, body))
        except Exception as error:
            return answer_unexpected(self.site, request, error)

    def attend(self, ask: Ask) -> Response:
        if not self.public and not ask.signed_in:
            return ask_to_sign_in(ask)
        try:
            handler: Handler = self.post if ask.request.method == "POST" else self.get
            return handler(ask)
        except StaleRevision:
            raise
        except Exception as error:
            return answer_error(ask, error)
