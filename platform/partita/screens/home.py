"""The workplace: what waits for this person, and how the requests stand. Every number leads to its rows."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from partita.model.layout import SortKey
from partita.model.record_type import RecordType
from partita.runtime.queries import lists
from partita.runtime.queries.lists import Filter, ListRequest
from partita.screens.record import Badge, badge_of
from partita.screens.view import View

MOST_ROWS = 8
OPEN = ("open", "active", "waiting")


@dataclass(frozen=True, slots=True)
class Tile:
    """`state` in the address filters the list to the rows counted."""

    badge: Badge
    state: str
    count: int


@dataclass(frozen=True, slots=True)
class TypeTiles:
    type: str
    label: str
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class HomeRow:
    type: str
    id: int
    number: str
    title: str
    label: str
    who: str
    when: str
    badge: Badge | None


@dataclass(frozen=True, slots=True)
class HomeScreen:
    day: str
    mine: tuple[HomeRow, ...]
    drafts: tuple[HomeRow, ...]
    latest: tuple[HomeRow, ...]
    tiles: tuple[TypeTiles, ...]


def arrange_home(view: View) -> HomeScreen:
    readable = [view.model.types[name] for name in view.ctx.rights.types()]
    requests = [t for t in readable if t.kind == "request_type"]
    person = view.ctx.actor.employee_id
    return HomeScreen(
        day=today(view),
        mine=_rows(view, requests, "responsible", person) if person else (),
        drafts=_rows(view, requests, "created_by", person, drafts=True) if person else (),
        latest=_latest(view, requests),
        tiles=tuple(_tiles(view, t) for t in requests),
    )


def today(view: View) -> str:
    day = view.ctx.now.astimezone(view.ctx.zone)
    return view.t(
        "home.day", weekday=view.t(f"weekday.{day.weekday()}"), day=day.day, month=view.t(f"month.{day.month}")
    )


def _tiles(view: View, record_type: RecordType) -> TypeTiles:
    scheme = view.model.scheme_of(record_type)
    counts = lists.count_by(view.ctx, record_type.name, "state", ListRequest()) if scheme else {}
    tiles = []
    for state in scheme.states.values() if scheme else ():
        badge = badge_of(view, record_type, state.name)
        if badge:
            tiles.append(Tile(badge, state.name, counts.get(state.name, 0)))
    return TypeTiles(record_type.name, view.words(record_type.plural), tuple(tiles))


def _rows(
    view: View, types: list[RecordType], who: str, person: int | None, drafts: bool = False
) -> tuple[HomeRow, ...]:
    found: list[tuple[Any, HomeRow]] = []
    for record_type in types:
        if who in record_type.fields:
            filters = (Filter(who, "eq", (person,)), *_standing(view, record_type, drafts))
            found.extend(_page(view, record_type, filters))
    return tuple(row for _, row in sorted(found, key=lambda pair: pair[0], reverse=True)[:MOST_ROWS])


def _standing(view: View, record_type: RecordType, drafts: bool) -> tuple[Filter, ...]:
    if drafts:
        return (Filter("registered_at", "empty", ()),)
    scheme = view.model.scheme_of(record_type)
    names = tuple(s.name for s in scheme.states.values() if s.category in OPEN) if scheme else ()
    return (Filter("registered_at", "filled", ()), Filter("state", "in", names))


def _latest(view: View, types: list[RecordType]) -> tuple[HomeRow, ...]:
    found: list[tuple[Any, HomeRow]] = []
    for record_type in types:
        found.extend(_page(view, record_type, (Filter("registered_at", "filled", ()),)))
    return tuple(row for _, row in sorted(found, key=lambda pair: pair[0], reverse=True)[:MOST_ROWS])


def _page(view: View, record_type: RecordType, filters: tuple[Filter, ...]) -> list[tuple[Any, HomeRow]]:
    wanted = ("number", "state", "counterparty", "created_at")
    columns = tuple(name for name in wanted if name in record_type.fields)
    request = ListRequest(columns=columns, filters=filters, sort=(SortKey("created_at", True),), limit=MOST_ROWS)
    page = lists.list_records(view.ctx, record_type.name, request)
    return [(row["created_at"], _row(view, record_type, row)) for row in page.rows if row.get("created_at")]


def _row(view: View, record_type: RecordType, row: Mapping[str, Any]) -> HomeRow:
    return HomeRow(
        type=record_type.name,
        id=row["id"],
        number=row.get("number") or view.t("record.draft"),
        title=row.get("title") or "",
        label=view.words(record_type.label),
        who=row.get("counterparty.title") or "",
        when=view.short_moment(row["created_at"]),
        badge=badge_of(view, record_type, row.get("state")),
    )
