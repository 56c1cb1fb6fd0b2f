"""Columns of a page whose values live in tables of links: read for all rows of the page by one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from partita.storage import sets
from partita.storage.paths import Leaf, Paths, Unseen
from partita.storage.selection import Select
from partita.storage.sqltypes import WholeNumber
from partita.storage.statements import Connection, Statement, prepare, rows
from partita.storage.tables import Tables, target_of

_ID = WholeNumber()


@dataclass(frozen=True, slots=True)
class ManyColumn:
    """`path` gives ids; `path.title` the titles of those records that the reader sees (None for the others)."""

    path: str
    statement: Statement
    titled: bool

    def fill(
        self,
        conn: Connection,
        tables: Tables,
        select: Select,
        owners: Sequence[int | None],
        records: Sequence[dict[str, Any]],
    ) -> None:
        asked = [owner for owner in owners if owner is not None]
        found: dict[int, list[tuple[int, Any]]] = {}
        for owner, target, title in rows(conn, self.statement, {**select.params, "owners": asked}) if asked else ():
            found.setdefault(owner, []).append((target, title))
        for owner, record in zip(owners, records, strict=True):
            pairs = found.get(owner, []) if owner is not None else []
            record[self.path] = tuple(target for target, _ in pairs)
            if self.titled:
                record[f"{self.path}.title"] = tuple(title for _, title in pairs)


def column(paths: Paths, path: str, leaf: Leaf) -> ManyColumn:
    if leaf.home == "table":
        return _counted(paths, path, leaf)
    table = leaf.node.shape.links[leaf.name]
    assert leaf.item is not None
    target = target_of(paths.tables.model, leaf.item)
    title: sa.ColumnElement[Any] = sa.null()
    source: sa.FromClause = table
    if target is not None:
        try:
            node = paths.far(target, path)
        except Unseen:
            node = None
        if node is not None:
            source = table.join(node.alias, node.alias.c.id == table.c.target_id)
            title = sa.case((sa.and_(*node.seen), node.alias.c.title)) if node.seen else node.alias.c.title
    owned = sets.among(table.c.record_id, "owners", _ID)
    statement = sa.select(table.c.record_id, table.c.target_id, title.label("title")).select_from(source).where(owned)
    statement = statement.order_by(table.c.record_id, table.c.position)
    return ManyColumn(path, prepare(statement, paths.dialect), target is not None)


def _counted(paths: Paths, path: str, leaf: Leaf) -> ManyColumn:
    """A table of rows in a list gives the ids of its rows."""
    table = leaf.node.shape.rows[leaf.name].table
    owned = sets.among(table.c.record_id, "owners", _ID)
    statement = sa.select(table.c.record_id, table.c.id, sa.null().label("title")).where(owned)
    statement = statement.order_by(table.c.record_id, table.c.position)
    return ManyColumn(path, prepare(statement, paths.dialect), False)
