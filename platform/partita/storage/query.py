"""The one builder of reads: rows, counts and existence of records, always through the reader's rights. Its callers find
all its words here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from partita.model.layout import SortKey
from partita.storage import page_statements, paging
from partita.storage.access import OPEN, Access, Sight
from partita.storage.conditions import All, AnyOf, Condition, Filter, Matches, Not, values
from partita.storage.page_statements import PageStatement
from partita.storage.paging import Turn
from partita.storage.paths import Unseen
from partita.storage.selection import Select
from partita.storage.statements import Connection, dialect_of, first, rows
from partita.storage.tables import Tables
from partita.storage.values import fetch_paths, titles

__all__ = [
    "OPEN",
    "Access",
    "All",
    "AnyOf",
    "Condition",
    "Count",
    "Filter",
    "Matches",
    "Not",
    "Page",
    "Select",
    "Sight",
    "SortKey",
    "Unseen",
    "count_by",
    "count_rows",
    "exists",
    "fetch_paths",
    "select_rows",
    "titles",
]


@dataclass(frozen=True, slots=True)
class Page:
    """`next` and `previous` are tokens for `after` and `before`; empty when there is nothing on that side.

    A row holds id, version, title and the asked columns that its reader sees; a link `x` also gives `x.title`.
    """

    rows: tuple[dict[str, Any], ...]
    next: str
    previous: str


@dataclass(frozen=True, slots=True)
class Count:
    """`exact` is False when there are more than were counted."""

    value: int
    exact: bool


def select_rows(conn: Connection, tables: Tables, select: Select) -> Page:
    """One page. Raises Unseen (a Refused W019) for a filter or an order by what the reader does not see."""
    backward = bool(select.before)
    keys = page_statements.keys_of(tables, select, dialect_of(conn))
    cursor = paging.decode_cursor(select.before or select.after, len(keys)) if select.before or select.after else None
    cursor = cursor if cursor is not None and page_statements.fits(keys, cursor, dialect_of(conn)) else None
    backward = backward and cursor is not None
    found = _walk(conn, tables, select, keys, cursor, backward)
    more = len(found) > select.limit
    found = found[: select.limit][::-1] if backward else found[: select.limit]
    return _page(conn, tables, select, found, more, cursor is not None, backward)


def count_rows(conn: Connection, tables: Tables, select: Select, cap: int | None = None) -> Count:
    """How many records answer, counted up to `cap`."""
    statement = page_statements.count(tables, select, cap is not None, dialect_of(conn))
    row = first(conn, statement, {**select.params, **values(select.conditions), "p_cap": (cap or 0) + 1})
    assert row is not None
    number = int(row[0])
    return Count(number, True) if cap is None or number <= cap else Count(cap, False)


def count_by(conn: Connection, tables: Tables, select: Select, path: str) -> list[tuple[Any, int]]:
    """How many of the records that answer have each value of `path`, the most frequent first."""
    tally = page_statements.tally(tables, select, path, dialect_of(conn))
    found = rows(conn, tally.statement, {**select.params, **values(select.conditions)})
    return [(tally.read(row)["value"], int(row[1])) for row in found]


def exists(conn: Connection, tables: Tables, select: Select) -> bool:
    """Whether any record answers."""
    return count_rows(conn, tables, select, 0).exact is False


def _walk(
    conn: Connection,
    tables: Tables,
    select: Select,
    keys: Sequence[paging.Key],
    cursor: tuple[Any, ...] | None,
    backward: bool,
) -> list[tuple[PageStatement, Sequence[Any]]]:
    """Raw rows in the order of reading, one more than the page holds if there are more."""
    found: list[tuple[PageStatement, Sequence[Any]]] = []
    params = {**select.params, **values(select.conditions)}
    wanted = list(paging.stretches(keys, backward))
    if cursor is not None and keys[0].nullable:
        wanted = wanted[wanted.index("empty" if cursor[0] is None else "filled") :]
    for stretch in wanted:
        here = cursor if stretch == wanted[0] else None
        gaps = None if here is None else tuple(value is None for value in here)
        statement = page_statements.page(tables, select, Turn(stretch, backward, gaps), dialect_of(conn))
        holes = {f"k{number}": value for number, value in enumerate(here or ())}
        limit = select.limit + 1 - len(found)
        found += [(statement, row) for row in rows(conn, statement.statement, {**params, **holes, "p_limit": limit})]
        if len(found) > select.limit:
            break
    return found


def _page(
    conn: Connection,
    tables: Tables,
    select: Select,
    found: Sequence[tuple[PageStatement, Sequence[Any]]],
    more: bool,
    inside: bool,
    backward: bool,
) -> Page:
    if not found:
        return Page((), "", "")
    records = [statement.read(row) for statement, row in found]
    page_statements.add_many(conn, tables, select, found, records)
    ends = [paging.encode_cursor(statement.cursor(row)) for statement, row in (found[0], found[-1])]
    before, after = (more, inside) if backward else (inside, more)
    return Page(tuple(records), ends[1] if after else "", ends[0] if before else "")
