"""The card of a record."""

from typing import Any

from starlette.responses import Response

from partita.screens.filters import Condition
from partita.screens.listing import ListAddress, arrange_list
from partita.screens.record import RecordScreen, arrange_record
from partita.web import address
from partita.web.ask import Ask
from partita.web.endpoint import Endpoint
from partita.web.filling import fresh_key
from partita.web.rows import body_of

RELATED_ROWS = 50


class RecordPage(Endpoint):
    """`?tab=…` chooses the tab; `?done=registered` shows the number large, to be dictated."""

    def get(self, ask: Ask) -> Response:
        screen = arrange_record(ask.view, ask.path("type"), ask.record_id, ask.query("tab"))
        return ask.page(
            "record.html",
            screen=screen,
            registered=ask.query("done") == "registered" and bool(screen.number),
            related=related_of(ask, screen) if screen.related else None,
            key=fresh_key(),
            url_here=address.record(screen.type, screen.id),
        )


def related_of(ask: Ask, screen: RecordScreen) -> dict[str, Any]:
    tab = screen.related
    assert tab is not None
    condition = Condition(tab.by, "in", (str(screen.id),))
    listed = arrange_list(ask.view, tab.type, ListAddress(conditions=(condition,), rows=RELATED_ROWS))
    columns = tuple(column for column in listed.columns if column.path != tab.by)
    back = address.record(screen.type, screen.id, query=[("tab", screen.current)])
    return {
        "tab": tab,
        "columns": columns,
        "body": body_of(ask.view, listed.record_type, columns, listed.rows) if listed.rows else "",
        "all": address.listing(tab.type, [("f", str(condition))]),
        "add": address.new(tab.type, [(f"f.{tab.by}", str(screen.id)), ("next", back)]) if tab.can_create else "",
    }
