"""The workplace."""

from starlette.responses import Response

from partita.screens.home import arrange_home
from partita.web.ask import Ask
from partita.web.endpoint import Endpoint


class Home(Endpoint):
    def get(self, ask: Ask) -> Response:
        return ask.page("home.html", screen=arrange_home(ask.view))
