"""Statements of pages and counts, compiled once for each shape of question."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from partita.model.layout import SortKey
from partita.storage import many, paging
from partita.storage.columns import empty, kind_of
from partita.storage.filters import Conditions
from partita.storage.many import ManyColumn
from partita.storage.paging import Key, Turn
from partita.storage.paths import Expression, Leaf, Paths, Unseen
from partita.storage.row_statements import Reading
from partita.storage.selection import Select
from partita.storage.sqltypes import Stored
from partita.storage.statements import Connection, Statement, prepare
from partita.storage.tables import Tables

NEWEST_FIRST = (SortKey("id", True),)
NEVER_EMPTY = frozenset({"id", "version", "created_at", "changed_at"})


@dataclass(frozen=True, slots=True)
class PageStatement:
    """`names` are the first columns of a row, then come owners of many values, then the keys of the order. `asked` is
    kept so that what the shape names by identity stays alive."""

    statement: Statement
    names: tuple[str, ...]
    fixes: tuple[tuple[str, Callable[[Any], Any] | None, Any], ...]
    many: tuple[ManyColumn, ...]
    keys: int
    asked: Select

    def read(self, row: Sequence[Any]) -> dict[str, Any]:
        found = dict(zip(self.names, row, strict=False))
        for name, decode, nothing in self.fixes:
            value = found[name]
            found[name] = nothing if value is None else decode(value) if decode is not None else value
        return found

    def cursor(self, row: Sequence[Any]) -> Sequence[Any]:
        return row[-self.keys :]


def page(tables: Tables, select: Select, turn: Turn, dialect: str) -> PageStatement:
    return tables.statements.get(("page", dialect, select.shape(), turn), lambda: _page(tables, select, turn, dialect))


def count(tables: Tables, select: Select, capped: bool, dialect: str) -> Statement:
    key = ("count", dialect, select.shape(), capped)
    kept: tuple[Statement, Select] = tables.statements.get(
        key, lambda: (_count(tables, select, capped, dialect), select)
    )
    return kept[0]


def tally(tables: Tables, select: Select, path: str, dialect: str) -> Reading:
    key = ("tally", dialect, select.shape(), path)
    kept: tuple[Reading, Select] = tables.statements.get(key, lambda: (_tally(tables, select, path, dialect), select))
    return kept[0]


def keys_of(tables: Tables, select: Select, dialect: str) -> tuple[Key, ...]:
    kept: tuple[tuple[Key, ...], Select] = tables.statements.get(
        ("keys", dialect, select.type, id(select.access), select.sort),
        lambda: (_keys(_paths(tables, select, dialect), select), select),
    )
    return kept[0]


def fits(keys: Sequence[Key], cursor: Sequence[Any], dialect: str) -> bool:
    """Whether the values of a token can stand where they are to stand."""
    return all(
        (value is None and key.nullable) or _fits(value, _python_types(key.value.type, dialect))
        for key, value in zip(keys, cursor, strict=True)
    )


def _fits(value: Any, types: tuple[type, ...]) -> bool:
    if isinstance(value, str):
        return str in types and "\0" not in value
    return isinstance(value, types) and (not isinstance(value, int) or abs(value) < 1 << 63)


def add_many(
    conn: Connection,
    tables: Tables,
    select: Select,
    found: Sequence[tuple[PageStatement, Sequence[Any]]],
    records: Sequence[dict[str, Any]],
) -> None:
    """Values that live in tables of their own, for all rows of a page at once."""
    for number, column in enumerate(found[0][0].many):
        owners = [row[len(statement.names) + number] for statement, row in found]
        column.fill(conn, tables, select, owners, records)


def _page(tables: Tables, select: Select, turn: Turn, dialect: str) -> PageStatement:
    paths = _paths(tables, select, dialect)
    columns, fixes, lists = _columns(paths, select, dialect)
    keys = _keys(paths, select)
    wheres, encoders = _wheres(paths, select)
    wheres += paging.conditions(keys, turn)
    named = [value.label(f"v{n}") for n, value in enumerate(columns.values())]
    owners = [leaf.owner().label(f"o{n}") for n, (_, leaf) in enumerate(lists)]
    ends = [key.value.label(f"s{n}") for n, key in enumerate(keys)]
    statement = sa.select(*named, *owners, *ends).select_from(paths.source()).where(*wheres)
    statement = statement.order_by(*paging.order(keys, turn)).limit(sa.bindparam("p_limit", type_=sa.BigInteger()))
    encoders.update({f"k{n}": _as_it_is for n in range(len(keys))})
    prepared = prepare(statement, dialect, encoders)
    many_columns = tuple(many.column(paths, path, leaf) for path, leaf in lists)
    return PageStatement(prepared, tuple(columns), tuple(fixes), many_columns, len(keys), select)


def _count(tables: Tables, select: Select, capped: bool, dialect: str) -> Statement:
    paths = _paths(tables, select, dialect)
    wheres, encoders = _wheres(paths, select)
    inner: sa.Select[Any] = sa.select(sa.literal_column("1").label("one")).select_from(paths.source()).where(*wheres)
    if capped:
        inner = inner.limit(sa.bindparam("p_cap", type_=sa.BigInteger()))
    return prepare(sa.select(sa.func.count()).select_from(inner.subquery()), dialect, encoders)


def _tally(tables: Tables, select: Select, path: str, dialect: str) -> Reading:
    paths = _paths(tables, select, dialect)
    leaf = paths.leaf(path)
    if leaf.home != "column":
        raise Unseen(path)
    wheres, encoders = _wheres(paths, select)
    grouped = sa.select(leaf.value().label("value")).select_from(paths.source()).where(*wheres).subquery()
    number = sa.func.count().label("number")
    statement = sa.select(grouped.c.value, number).group_by(grouped.c.value).order_by(number.desc(), grouped.c.value)
    nothing = None if leaf.item is None else empty(leaf.item)
    prepared = prepare(statement, dialect, encoders)
    return Reading(prepared, ("value", "number"), (("value", leaf.kind.decoder(dialect), nothing),))


def _paths(tables: Tables, select: Select, dialect: str) -> Paths:
    return Paths(tables, tables.shapes[select.type], select.access, dialect)


def _wheres(paths: Paths, select: Select) -> tuple[list[Expression], dict[str, Callable[[Any], Any]]]:
    sight = select.access.row_sight(select.type)
    rule = [] if sight is True else [sa.false() if sight is False else paths.holds(sight, paths.root)]
    conditions = Conditions(paths)
    return rule + conditions.build(select.conditions), conditions.encoders


def _columns(
    paths: Paths, select: Select, dialect: str
) -> tuple[dict[str, Expression], list[tuple[str, Callable[[Any], Any] | None, Any]], list[tuple[str, Leaf]]]:
    root = paths.root.alias
    columns: dict[str, Expression] = {name: root.c[name] for name in ("id", "version", "title")}
    fixes: list[tuple[str, Callable[[Any], Any] | None, Any]] = []
    lists: list[tuple[str, Leaf]] = []
    for path in dict.fromkeys(select.columns):
        try:
            leaf = paths.leaf(path)
        except Unseen:
            continue
        if leaf.home != "column":
            lists.append((path, leaf))
            continue
        columns[path] = leaf.value()
        decode, nothing = leaf.kind.decoder(dialect), None if leaf.item is None else empty(leaf.item)
        if decode is not None or nothing is not None:
            fixes.append((path, decode, nothing))
        _add_title(paths, path, leaf, columns)
    return columns, fixes, lists


def _add_title(paths: Paths, path: str, leaf: Leaf, columns: dict[str, Expression]) -> None:
    if leaf.item is not None and kind_of(leaf.item).points_at in ("record", "people"):
        try:
            columns[f"{path}.title"] = paths.leaf(f"{path}.title").value()
        except Unseen:
            columns[f"{path}.title"] = sa.null()


def _keys(paths: Paths, select: Select) -> tuple[Key, ...]:
    keys = [_key(paths, key) for key in select.sort or NEWEST_FIRST]
    if not any(key.field == "id" for key in select.sort or NEWEST_FIRST):
        keys.append(Key(paths.root.alias.c.id, keys[-1].descending, False))
    return tuple(keys)


def _key(paths: Paths, sort: SortKey) -> Key:
    leaf = paths.leaf(sort.field)
    if leaf.home != "column":
        raise Unseen(sort.field)
    item = leaf.item
    nullable = bool(leaf.seen) or "." in sort.field or sort.field not in NEVER_EMPTY
    if item is not None and kind_of(item).points_at in ("record", "people"):
        return Key(paths.leaf(f"{sort.field}.title").folded(paths.dialect), sort.descending, True)
    if item is not None and item.type == "choice":
        places = {name: place for place, name in enumerate(item.options)}
        value: Expression = sa.case(places, value=leaf.value()) if places else leaf.value()
        return Key(value, sort.descending, True)
    folded = sort.field.endswith("title") if item is None else kind_of(item).folds
    return Key(leaf.folded(paths.dialect) if folded else leaf.value(), sort.descending, nullable)


def _as_it_is(value: Any) -> Any:
    return value


def _python_types(kind: Any, dialect: str) -> tuple[type, ...]:
    inner = kind.column_type(dialect) if isinstance(kind, Stored) else kind
    for sql, python in _TYPES.items():
        if isinstance(inner, sql):
            return python
    return (str,)


_TYPES: Mapping[type, tuple[type, ...]] = {
    sa.Boolean: (bool, int),
    sa.Integer: (int,),
    sa.Numeric: (Decimal, int),
    sa.DateTime: (datetime,),
    sa.Date: (date,),
    sa.Time: (time,),
}
