"""Find or do: a page, and the list under the palette."""

from starlette.responses import Response

from partita.screens.menu import arrange_menu
from partita.screens.search import Found, arrange_search
from partita.web import address
from partita.web.ask import Ask
from partita.web.endpoint import Endpoint
from partita.web.picks import Pick

IN_PALETTE, ON_PAGE = 8, 50
LONGEST_TEXT = 200


class SearchPage(Endpoint):
    def get(self, ask: Ask) -> Response:
        text = ask.query("q")[:LONGEST_TEXT]
        screen = arrange_search(ask.view, arrange_menu(ask.view), text, IN_PALETTE if ask.partial else ON_PAGE)
        if ask.partial:
            picks = [pick_of(found) for found in screen.all]
            return ask.part("options.html", combo_id="palette", picks=picks, create_text="")
        return ask.page("search.html", screen=screen, url_of=url_of)


def pick_of(found: Found) -> Pick:
    icon = "file-text" if found.id else "plus" if found.create else "list"
    return Pick(
        found.type, found.title, "" if found.excerpt == found.kind else found.excerpt, found.kind, url_of(found), icon
    )


def url_of(found: Found) -> str:
    if found.id:
        return address.record(found.type, found.id)
    return address.new(found.type) if found.create else address.listing(found.type)
