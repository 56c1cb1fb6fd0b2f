"""Values by path for formulas and titles by id: what the system itself reads, whole batches at a time."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from partita.storage import children, sets
from partita.storage.access import OPEN, Access
from partita.storage.columns import empty
from partita.storage.many import column
from partita.storage.paths import Leaf, Paths
from partita.storage.row_statements import Reading
from partita.storage.selection import Select
from partita.storage.shapes import Shape
from partita.storage.sqltypes import WholeNumber
from partita.storage.statements import Connection, Statement, dialect_of, prepare, rows
from partita.storage.tables import Tables

_ID = WholeNumber()


def fetch_paths(
    conn: Connection, tables: Tables, type_name: str, ids: Sequence[int], paths: Iterable[str]
) -> dict[int, dict[str, Any]]:
    """Id → path → value, as formulas read them: `counterparty.region.name` under its dotted name, a table of rows as
    mappings that hold the paths asked of its rows (`lines.service.price` → `service.price`). Absent ids are left
    out."""
    shape = tables.shapes[type_name]
    return _fetch(conn, tables, shape, ids, tuple(sorted(set(paths))))


def titles(
    conn: Connection,
    tables: Tables,
    type_name: str,
    ids: Sequence[int],
    access: Access = OPEN,
    params: Mapping[str, Any] | None = None,
) -> dict[int, str]:
    """Id → title of those records that the reader sees."""
    if not ids or access.row_sight(type_name) is False:
        return {}
    kept: tuple[Statement, Access] = tables.statements.get(
        ("titles", dialect_of(conn), type_name, id(access)),
        lambda: (_titles(tables, type_name, access, dialect_of(conn)), access),
    )
    return {row[0]: row[1] or "" for row in rows(conn, kept[0], {**(params or {}), "ids": ids})}


def _titles(tables: Tables, type_name: str, access: Access, dialect: str) -> Statement:
    paths = Paths(tables, tables.shapes[type_name], access, dialect)
    root, sight = paths.root.alias, access.row_sight(type_name)
    rule = [] if isinstance(sight, bool) else [paths.holds(sight, paths.root)]
    asked = sets.among(root.c.id, "ids", _ID)
    return prepare(sa.select(root.c.id, root.c.title).where(asked, *rule), dialect)


def _fetch(
    conn: Connection, tables: Tables, shape: Shape, ids: Sequence[int], paths: tuple[str, ...]
) -> dict[int, dict[str, Any]]:
    single = tuple(path for path in paths if path.partition(".")[0] not in shape.rows)
    found = _fetch_single(conn, tables, shape, ids, single)
    for name, inner in shape.rows.items():
        asked = tuple(p.removeprefix(f"{name}.") for p in paths if p.startswith(f"{name}."))
        if asked or name in paths:
            _add_rows(conn, tables, inner, name, asked, found)
    return found


def _fetch_single(
    conn: Connection, tables: Tables, shape: Shape, ids: Sequence[int], paths: tuple[str, ...]
) -> dict[int, dict[str, Any]]:
    dialect = dialect_of(conn)
    reading, lists = tables.statements.get(
        ("values", dialect, shape.type, shape.path, paths), lambda: _single(tables, shape, paths, dialect)
    )
    found = [reading.read(row) for row in rows(conn, reading.statement, {"ids": ids})]
    select = Select(type=shape.type, access=OPEN)
    for path, many in lists:
        many.fill(conn, tables, select, [record.pop(f"#{path}") for record in found], found)
    return {record.pop("#id"): record for record in found}


def _single(
    tables: Tables, shape: Shape, asked: tuple[str, ...], dialect: str
) -> tuple[Reading, list[tuple[str, Any]]]:
    paths = Paths(tables, shape, OPEN, dialect)
    columns: dict[str, sa.ColumnElement[Any]] = {"#id": paths.root.alias.c.id}
    fixes, lists = [], []
    for path in asked:
        leaf = paths.leaf(path)
        if leaf.home == "column":
            columns[path] = leaf.value()
            fixes.append((path, leaf.kind.decoder(dialect), _nothing(leaf)))
        else:
            columns[f"#{path}"] = leaf.owner()
            lists.append((path, column(paths, path, leaf)))
    wanted = sets.among(paths.root.alias.c.id, "ids", _ID)
    named = [value.label(f"v{number}") for number, value in enumerate(columns.values())]
    statement = sa.select(*named).select_from(paths.source()).where(wanted)
    return Reading(prepare(statement, dialect), tuple(columns), tuple(fixes)), lists


def _add_rows(
    conn: Connection,
    tables: Tables,
    shape: Shape,
    name: str,
    asked: tuple[str, ...],
    found: dict[int, dict[str, Any]],
) -> None:
    lines = children.fetch_rows(conn, tables, shape, list(found))
    far = tuple(path for path in asked if "." in path)
    ids = [line["id"] for own in lines.values() for line in own]
    more = _fetch(conn, tables, shape, ids, far) if far and ids else {}
    for owner, record in found.items():
        record[name] = tuple({**line, **more.get(line["id"], {})} for line in lines.get(owner, ()))


def _nothing(leaf: Leaf) -> Any:
    return None if leaf.item is None else empty(leaf.item)
