"""For the machines that watch the server."""

from starlette.responses import PlainTextResponse, Response

from partita.web.ask import Ask
from partita.web.endpoint import Endpoint


class Healthz(Endpoint):
    """The process answers."""

    public = True

    def get(self, ask: Ask) -> Response:
        return PlainTextResponse("ok")


class Readyz(Endpoint):
    """The database answers and has a configuration to serve."""

    public = True

    def get(self, ask: Ask) -> Response:
        self.site.engine.refresh()
        return PlainTextResponse(f"ok, revision {self.site.engine.current().number}")
