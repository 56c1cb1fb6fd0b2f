"""Lists: rows with conditions in the address, honest counts, export."""

from collections.abc import Iterator
from typing import Any

from starlette.responses import Response, StreamingResponse

from partita.base.errors import Denied
from partita.runtime.queries import lists
from partita.screens.export import csv_lines, file_name
from partita.screens.filters import BARE, Condition, Reader, read_conditions
from partita.screens.listing import (
    FIRST_CAP,
    MOST_ROWS,
    PAGE,
    SECOND_CAP,
    ListAddress,
    ListScreen,
    arrange_list,
    list_request,
)
from partita.web import address
from partita.web.ask import Ask
from partita.web.download import disposition
from partita.web.endpoint import Endpoint
from partita.web.rows import body_of

LONGEST_TEXT = 200


class ListPage(Endpoint):
    def get(self, ask: Ask) -> Response:
        type_name = ask.path("type")
        given = read_address(ask)
        canonical = list_url(type_name, given)
        if edited(ask) and not ask.partial:
            return ask.go(list_url(type_name, given, add=given.adding) if given.adding else canonical)
        screen = arrange_list(ask.view, type_name, given)
        values = list_values(ask, screen)
        if not ask.partial:
            return ask.page("list.html", **values)
        response = ask.part("_list.html", **values)
        response.headers["HX-Push-Url"] = canonical
        return response


def list_values(ask: Ask, screen: ListScreen) -> dict[str, Any]:
    return {
        "screen": screen,
        "body": body_of(ask.view, screen.record_type, screen.columns, screen.rows) if screen.rows else "",
        "urls": ListUrls(screen),
    }


class ListCount(Endpoint):
    """The exact count, asked for when the first answer only knew «more than»."""

    def get(self, ask: Ask) -> Response:
        type_name = ask.path("type")
        given = read_address(ask)
        request, _ = list_request(ask.view, ask.view.type(type_name), given)
        count = lists.count_records(ask.ctx, type_name, request, cap=SECOND_CAP)
        return ask.part("list_count.html", count=count, shown=ask.query("shown"))


class ViewCounts(Endpoint):
    """The counts beside the views, after the page."""

    def get(self, ask: Ask) -> Response:
        type_name = ask.path("type")
        record_type = ask.view.type(type_name)
        counts = {}
        for name in record_type.lists:
            request, _ = list_request(ask.view, record_type, ListAddress(view=name))
            counts[name] = lists.count_records(ask.ctx, type_name, request, cap=FIRST_CAP)
        screen = arrange_list(ask.view, type_name, ListAddress(view=ask.query("view", "default"), rows=1))
        return ask.part("list_views.html", screen=screen, counts=counts, urls=ListUrls(screen))


class Export(Endpoint):
    """Exactly the rows, the columns and the order of the list, as CSV for spreadsheets."""

    def get(self, ask: Ask) -> Response:
        type_name = ask.path("type")
        if not ask.view.may(type_name, "export"):
            raise Denied("I003", command=ask.t("list.export"), type=type_name)
        given = read_address(ask)
        name = file_name(ask.view, type_name, "csv")
        headers = {"Content-Disposition": disposition(name), "Cache-Control": "no-store"}
        lines: Iterator[bytes] = csv_lines(ask.view, type_name, given)
        return StreamingResponse(lines, media_type="text/csv; charset=utf-8", headers=headers)


def read_address(ask: Ask) -> ListAddress:
    params = ask.request.query_params
    conditions = read_conditions(params.getlist("f"))
    if edited(ask):
        conditions = conditions_of_form(ask)
    rows = params.get("rows", "")
    return ListAddress(
        view=params.get("view", "default"),
        conditions=tuple(dict.fromkeys(conditions)),
        text=params.get("q", "").strip()[:LONGEST_TEXT],
        sort=params.get("sort", "")[:LONGEST_TEXT],
        after=params.get("after", ""),
        before=params.get("before", ""),
        rows=min(int(rows), MOST_ROWS) if rows.isascii() and rows.isdigit() and len(rows) < 6 else PAGE,
        adding=params.get("add", ""),
    )


def edited(ask: Ask) -> bool:
    """The filter form was sent: its controls say the conditions, not `f`."""
    return any(name.startswith("w.") for name in ask.request.query_params)


def conditions_of_form(ask: Ask) -> tuple[Condition, ...]:
    params = ask.request.query_params
    numbers = [name.removeprefix("w.") for name in params if name.startswith("w.")]
    reader = Reader(ask.view, ask.view.type(ask.path("type")))
    found = (condition_of_form(ask, reader, number) for number in dict.fromkeys(numbers))
    return tuple(condition for condition in found if condition)


def condition_of_form(ask: Ask, reader: Reader, number: str) -> Condition | None:
    params = ask.request.query_params
    path, op = params.get(f"w.{number}", ""), params.get(f"o.{number}", "")
    raw = tuple(value.strip() for value in params.getlist(f"v.{number}") if value.strip())
    text = params.get(f"v.{number}__text", "").strip()
    if op in BARE:
        return Condition(path, op)
    if not raw and text:
        raw = reader.look_up(path, text) or ("0",)
    return Condition(path, op, raw) if raw and op else None


def list_url(type_name: str, given: ListAddress, **change: str) -> str:
    return address.listing(type_name, list_query(given, **change))


def list_query(given: ListAddress, **change: str) -> list[tuple[str, str]]:
    """The address as pairs; cursors are dropped by any change but paging."""
    rows = "" if given.rows == PAGE else str(given.rows)
    values = {"view": "" if given.view == "default" else given.view, "q": given.text, "sort": given.sort, "rows": rows}
    if not change:
        values |= {"after": given.after, "before": given.before}
    values |= change
    pairs = [(name, value) for name, value in values.items() if name != "q"]
    return [*pairs[:1], *(("f", str(c)) for c in given.conditions), ("q", values["q"]), *pairs[1:]]


class ListUrls:
    """Addresses near this list: another view, another order, one condition less, the next rows."""

    def __init__(self, screen: ListScreen) -> None:
        self.screen, self.given, self.type = screen, screen.address, screen.type

    @property
    def plain(self) -> str:
        return address.listing(self.type)

    @property
    def here(self) -> str:
        return list_url(self.type, self.given)

    def view(self, name: str) -> str:
        return address.listing(self.type, [("view", "" if name == "default" else name)])

    def sort(self, by: str) -> str:
        return list_url(self.type, self.given, sort=by)

    def without(self, index: int) -> str:
        rest = tuple(c for n, c in enumerate(self.given.conditions) if n != index)
        return list_url(self.type, replaced(self.given, rest), sort=self.given.sort)

    @property
    def reset(self) -> str:
        if not self.screen.narrowed:
            return ""
        return address.listing(self.type, [("view", "" if self.given.view == "default" else self.given.view)])

    @property
    def more(self) -> str:
        rows = self.given.rows + PAGE
        return list_url(self.type, self.given, rows=str(rows)) if self.screen.next and rows <= MOST_ROWS else ""

    @property
    def next(self) -> str:
        return list_url(self.type, self.given, after=self.screen.next) if self.screen.next else ""

    @property
    def previous(self) -> str:
        return list_url(self.type, self.given, before=self.screen.previous) if self.screen.previous else ""

    @property
    def count(self) -> str:
        query = [*list_query(self.given, sort=""), ("shown", str(len(self.screen.rows)))]
        return address.with_query(f"/list/{self.type}/count", query)

    @property
    def view_counts(self) -> str:
        return address.with_query(f"/list/{self.type}/views", [("view", self.given.view)])

    @property
    def export(self) -> str:
        return address.with_query(f"/list/{self.type}/export", list_query(self.given, rows=""))

    @property
    def hidden(self) -> list[tuple[str, str]]:
        """What the filter form keeps besides its own controls."""
        kept = {"view": self.given.view if self.given.view != "default" else "", "sort": self.given.sort}
        return [(name, value) for name, value in kept.items() if value]


def replaced(given: ListAddress, conditions: tuple[Condition, ...]) -> ListAddress:
    return ListAddress(given.view, conditions, given.text, given.sort, rows=given.rows)
