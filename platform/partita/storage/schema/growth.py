"""What is declared and not there yet: tables, columns, folded twins, first states, indexes."""

import sqlalchemy as sa

from partita.storage import naming, system
from partita.storage.schema.draft import Draft
from partita.storage.schema.operations import EnterState, FillTwin
from partita.storage.schema.retiring import restore_column, restore_links, restore_rows, restore_type
from partita.storage.shapes import Shape
from partita.storage.tables import Tables


def add_system(draft: Draft) -> None:
    for table in system.METADATA.sorted_tables:
        if not draft.layout.has(table.name):
            draft.create_table(table)
        _add_missing(draft, table)


def drop_indexes(draft: Draft, old: Tables | None) -> None:
    """Indexes that nothing asks for any more; renamed tables get theirs anew."""
    wanted = {str(index.name) for table in _wanted(draft.new) for index in table.indexes}
    mine = {table.name for tables in (old, draft.new) if tables for table in _wanted(tables)}
    for name, (table, _) in sorted(draft.layout.indexes.items()):
        if table in mine and name not in wanted:
            draft.drop_index(name)


def add_tables(draft: Draft) -> None:
    """First the tables of all types, then their columns that refer to one another, then rows and links."""
    fresh = set()
    for name, shape in draft.new.shapes.items():
        if not draft.layout.has(shape.table.name) and not restore_type(draft, name, shape.table.name):
            draft.create_table(shape.table)
            fresh.add(name)
    for name, shape in draft.new.shapes.items():
        _add_columns(draft, shape, "")
        if name not in fresh:
            _enter_state(draft, name, shape)
    for shape in draft.new.shapes.values():
        _add_owned(draft, shape, "")


def add_indexes(draft: Draft) -> None:
    for table in _wanted(draft.new):
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            if str(index.name) not in draft.layout.indexes:
                draft.create_index(table.name, index)


def _wanted(tables: Tables) -> list[sa.Table]:
    own = [table for shape in tables.shapes.values() for table in shape.owned()]
    return [*system.METADATA.sorted_tables, *own]


def _add_owned(draft: Draft, shape: Shape, outer: str) -> None:
    for name, table in shape.links.items():
        path = f"{outer}{name}"
        if not draft.layout.has(table.name) and not restore_links(draft, shape.type, path, shape.fields[name], table):
            draft.create_table(table)
        _add_missing(draft, table)
    for name, inner in shape.rows.items():
        if not draft.layout.has(inner.table.name) and not restore_rows(draft, shape.type, name, inner.table):
            draft.create_table(inner.table)
        _add_columns(draft, inner, f"{name}.")
        _add_owned(draft, inner, f"{name}.")


def _add_columns(draft: Draft, shape: Shape, outer: str) -> None:
    """Columns of fields come back if they waited; then what is left, then the folded twins."""
    table = shape.table.name
    for name, column in shape.columns.items():
        missing = not draft.layout.has(table, column.name)
        if missing and not restore_column(draft, shape.type, f"{outer}{name}", shape.fields[name], column):
            draft.add_column(table, column)
    twins = {twin.name for twin in shape.folds.values()}
    for column_name in [c for c in draft.layout.columns[table] if c.endswith("__fold") and c not in twins]:
        draft.drop_helper(table, column_name)
    for name, twin in shape.folds.items():
        if not draft.layout.has(table, twin.name):
            draft.add_column(table, twin)
            draft.note(FillTwin(table, shape.columns[name].name, twin.name))
    _add_missing(draft, shape.table)


def _add_missing(draft: Draft, table: sa.Table) -> None:
    for column in table.c:
        if not draft.layout.has(table.name, column.name):
            draft.add_column(table.name, column)


def _enter_state(draft: Draft, type_name: str, shape: Shape) -> None:
    """Records of a type that had no states stand in the initial one."""
    record_type = draft.new.model.types[type_name]
    scheme = draft.new.model.scheme_of(record_type)
    known = draft.difference.fields.get(type_name)
    if scheme is None or known is None or "state" in known or "state" not in shape.columns:
        return
    former = naming.table_name(draft.difference.types[type_name])
    draft.note(EnterState(shape.table.name, shape.columns["state"].name, scheme.initial, draft.count(former)))
