"""Which fields have a folded twin, and which indexes a type has: drawn from its lists, links, states and marks."""

from collections.abc import Iterator

import sqlalchemy as sa

from partita.model.field import Field
from partita.model.layout import SortKey
from partita.model.record_type import RecordType
from partita.storage import naming
from partita.storage.columns import kind_of
from partita.storage.shapes import Shape

SORTED = frozenset(
    {"text", "person_name", "code", "integer", "decimal", "money", "percent", "date", "datetime", "time", "duration"}
)


def folded_fields(record_type: RecordType) -> frozenset[str]:
    """Text fields that people look at in lists, search by, or that must not repeat."""
    named = {key.field for view in record_type.lists.values() for key in view.sort}
    named |= {column for view in record_type.lists.values() for column in view.columns}
    named |= {name for fields in record_type.unique.values() for name in fields}
    return frozenset(
        item.name
        for item in record_type.fields.values()
        if kind_of(item).folds and (item.name in named or item.search or item.unique or item.index)
    )


def folded_columns(table: Field) -> frozenset[str]:
    return frozenset(item.name for item in table.fields if kind_of(item).folds and (item.search or item.index))


def add_indexes(record_type: RecordType, shape: Shape) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Indexes of the record's table; the unique ones are told, with the fields they guard."""
    _index(shape.table, "title_fold", "id")
    for view in record_type.lists.values():
        _list_index(shape, view.sort)
    _column_indexes(record_type, shape)
    default = _leading_sort(record_type, shape)
    for item in record_type.fields.values():
        _field_index(shape, item, default)
    yield from _unique_indexes(record_type, shape)


def add_row_indexes(shape: Shape) -> None:
    _index(shape.table, "record_id", "position")
    for name, item in shape.fields.items():
        if kind_of(item).points_at and name in shape.columns:
            _index(shape.table, shape.columns[name].name)
        elif (item.index or item.search) and name in shape.columns:
            _index(shape.table, _compared(shape, name))


def _field_index(shape: Shape, item: Field, default: str | None) -> None:
    if item.name not in shape.columns or item.name in ("created_by", "changed_by", "id"):
        return
    column = shape.columns[item.name].name
    if kind_of(item).points_at or item.name == "state":
        _index(shape.table, column, *([default] if default and default != column else []), "id")
    elif (item.index or item.search) and not item.unique:
        _index(shape.table, _compared(shape, item.name), "id")


def _column_indexes(record_type: RecordType, shape: Shape) -> None:
    """People sort the default list by any of its columns. (Options and titles of links are not sorted by an index.)"""
    view = record_type.lists.get("default")
    for name in view.columns if view is not None else ():
        item = record_type.fields.get(name)
        if item is not None and name in shape.columns and item.type in SORTED and not item.unique:
            _index(shape.table, _compared(shape, name), "id")


def _leading_sort(record_type: RecordType, shape: Shape) -> str | None:
    view = record_type.lists.get("default")
    if view is None or not view.sort or view.sort[0].field not in shape.columns:
        return None
    return _compared(shape, view.sort[0].field)


def _list_index(shape: Shape, sort: tuple[SortKey, ...]) -> None:
    if not sort or sort[0].field not in shape.columns or sort[0].field == "id":
        return
    same_way = all(key.descending == sort[0].descending and key.field in shape.columns for key in sort)
    keys = sort if same_way else sort[:1]
    _index(shape.table, *(_compared(shape, key.field) for key in keys if key.field != "id"), "id")


def _unique_indexes(record_type: RecordType, shape: Shape) -> Iterator[tuple[str, tuple[str, ...]]]:
    groups = [(item.name,) for item in record_type.fields.values() if item.unique]
    if record_type.numbering is not None and "number" in shape.columns:
        groups.append(("number",))
    for fields in dict.fromkeys([*groups, *record_type.unique.values()]):
        columns = tuple(_compared(shape, name) for name in fields if name in shape.columns)
        if len(columns) == len(fields):
            yield _index(shape.table, *columns, unique=True), fields


def _compared(shape: Shape, name: str) -> str:
    """The column by which a field is compared: its folded twin, if it has one."""
    return shape.folds.get(name, shape.columns[name]).name


def _index(table: sa.Table, *columns: str, unique: bool = False) -> str:
    name = naming.index_name("ux" if unique else "ix", table.name, columns)
    if not any(index.name == name for index in table.indexes):
        sa.Index(name, *(table.c[column] for column in columns), unique=unique)
    return name
