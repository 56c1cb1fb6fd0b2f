"""Every address of the server. One class per path: two routes on one path would answer wrongly to other methods."""

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
    ("/record/{type}/{id:int}", cards.RecordPage),
    ("/record/{type}/{id:int}/edit", forms.EditRecord),
    ("/record/{type}/{id:int}/register", acts.Register),
    ("/record/{type}/{id:int}/transition/{name}", acts.TransitionPage),
    ("/record/{type}/{id:int}/decide", acts.DecidePage),
    ("/record/{type}/{id:int}/delete", acts.DeletePage),
    ("/record/{type}/{id:int}/comment", conversation.Comment),
    ("/record/{type}/{id:int}/attach", conversation.Attach),
    ("/record/{type}/{id:int}/detach/{attachment:int}", conversation.Detach),
    ("/record/{type}/{id:int}/history", conversation.HistoryPage),
    ("/fragment/form/{type}", forms.FormFragment),
    ("/fragment/options/{type}/{field}", links.Options),
    ("/fragment/quick/{type}", links.Quick),
    ("/fragment/identify", intake.Identify),
    ("/intake", intake.IntakePage),
    ("/intake/{type}", intake.IntakePage),
    ("/search", search.SearchPage),
    ("/file/{attachment:int}", files.Download),
    ("/healthz", system.Healthz),
    ("/readyz", system.Readyz),
)

LARGE = ("/new/", "/record/", "/intake", "/fragment/form/", "/fragment/quick/")
"""Addresses that take files."""
PRIVATE = ("/file/",)
"""Addresses that other sites may not even ask for."""
