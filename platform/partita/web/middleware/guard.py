"""Who may post here: Fetch Metadata first, Origin against Host where browsers send none (plain http in an office)."""

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

SAFE = frozenset(("GET", "HEAD", "OPTIONS"))
OWN_SITES = frozenset(("same-origin", "none"))


class ForgeryGuard:
    """Refuses requests that change something and come from another site; and private files asked for by other sites."""

    def __init__(self, app: ASGIApp, trusted: frozenset[str] = frozenset(), private: tuple[str, ...] = ()) -> None:
        self.app, self.trusted, self.private = app, trusted, private

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or self._allows(scope):
            await self.app(scope, receive, send)
            return
        refusal = PlainTextResponse("The request came from another site.", status_code=403)
        await refusal(scope, receive, send)

    def _allows(self, scope: Scope) -> bool:
        headers = Headers(scope=scope)
        if scope["method"] not in SAFE:
            return came_from_here(headers, self.trusted)
        return headers.get("sec-fetch-site") != "cross-site" or not scope["path"].startswith(self.private)


def came_from_here(headers: Headers, trusted: frozenset[str]) -> bool:
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if origin is not None and origin in trusted:
        return True
    if site is not None:
        return site in OWN_SITES
    if origin is not None:
        return origin.partition("://")[2] == headers.get("host")
    return "cookie" not in headers
