"""A small shop: its Model, and a world of records that is never committed."""

from __future__ import annotations

from typing import Any

from partita.storage import rows
from partita.storage.query import OPEN, Access, Select, select_rows
from partita.storage.tables import Tables
from tests.storage.conftest import STAMP
from tests.storage.models import book, field, model

SHOP = model(
    book("base.region", field("name", "text"), field("secret", "text")),
    book(
        "base.city",
        field("name", "text", search=True),
        field("region", "link", to="base.region"),
        field("size", "integer"),
    ),
    book("base.employee", field("name", "text")),
    book(
        "base.order",
        field("name", "text", search=True),
        field("note", "multiline"),
        field("amount", "money", scale=2),
        field("size", "integer"),
        field("day", "date"),
        field("at", "datetime"),
        field("done", "boolean"),
        field("level", "choice", options=("low", "high", "best")),
        field("tags", "choices", options=("a", "b", "c")),
        field("city", "link", to="base.city"),
        field("boss", "user"),
        field("helpers", "links", to="base.employee"),
        field("lines", "table", fields=(field("qty", "integer"), field("city", "link", to="base.city"))),
        sort="-size",
    ),
)


class World:
    """Records in one transaction that is never committed."""

    def __init__(self, conn: Any, tables: Tables) -> None:
        self.conn, self.tables = conn, tables

    def put(self, type_name: str, **values: Any) -> int:
        return rows.insert(self.conn, self.tables, type_name, values, STAMP)

    def ids(self, *conditions: Any, access: Access = OPEN, **more: Any) -> list[int]:
        select = Select(type="base.order", access=access, conditions=conditions, limit=1000, **more)
        return sorted(row["id"] for row in select_rows(self.conn, self.tables, select).rows)


class Undo(Exception):
    pass
