"""Every address of the server. One class per path: two routes on one path would answer wrongly to other methods."""

from starlette.convertors import Convertor, register_url_convertor
from starlette.responses import Response

from partita.web.ask import Ask
from partita.web.endpoint import Endpoint
from partita.web.errors import show
from partita.web.views import (
    acts,
    cards,
    conversation,
    files,
    forms,
    home,
    intake,
    links,
    lists,
    search,
    sign_in,
    system,
)


class IdInPath(Convertor[int]):
    """Numbers that a database can hold: a longer one is an address that does not exist."""

    regex = "[0-9]{1,18}"

    def convert(self, value: str) -> int:
        return int(value)

    def to_string(self, value: int) -> str:
        return str(value)


register_url_convertor("id", IdInPath())


class NotFoundPage(Endpoint):
    """An address that does not exist: a page, not a bare line."""

    public = True

    def get(self, ask: Ask) -> Response:
        return show(ask, 404)

    post = get


ROUTES: tuple[tuple[str, type[Endpoint]], ...] = (
    ("/", home.Home),
    ("/sign-in", sign_in.SignInPage),
    ("/sign-out", sign_in.SignOut),
    ("/look", sign_in.LookChange),
    ("/list/{type}", lists.ListPage),
    ("/list/{type}/count", lists.ListCount),
    ("/list/{type}/views", lists.ViewCounts),
    ("/list/{type}/export", lists.Export),
    ("/new/{type}", forms.NewRecord),
    ("/record/{type}/{id:id}", cards.RecordPage),
    ("/record/{type}/{id:id}/edit", forms.EditRecord),
    ("/record/{type}/{id:id}/register", acts.Register),
    ("/record/{type}/{id:id}/transition/{name}", acts.TransitionPage),
    ("/record/{type}/{id:id}/decide", acts.DecidePage),
    ("/record/{type}/{id:id}/delete", acts.DeletePage),
    ("/record/{type}/{id:id}/comment", conversation.Comment),
    ("/record/{type}/{id:id}/attach", conversation.Attach),
    ("/record/{type}/{id:id}/detach/{attachment:id}", conversation.Detach),
    ("/record/{type}/{id:id}/history", conversation.HistoryPage),
    ("/fragment/form/{type}", forms.FormFragment),
    ("/fragment/options/{type}/{field}", links.Options),
    ("/fragment/quick/{type}", links.Quick),
    ("/fragment/identify", intake.Identify),
    ("/intake", intake.IntakePage),
    ("/intake/{type}", intake.IntakePage),
    ("/search", search.SearchPage),
    ("/file/{attachment:id}", files.Download),
    ("/healthz", system.Healthz),
    ("/readyz", system.Readyz),
)

LARGE = ("/new/", "/record/", "/intake", "/fragment/form/", "/fragment/quick/")
"""Addresses that take files."""
PRIVATE = ("/file/",)
"""Addresses that other sites may not even ask for."""
