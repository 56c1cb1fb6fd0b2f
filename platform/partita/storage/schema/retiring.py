"""What is removed is put aside, and what is declared again takes its values back.

What is put aside refers to nothing: a record that only hidden values point at can be deleted.
"""

from collections.abc import Iterator

import sqlalchemy as sa

from partita.base.refs import Address
from partita.model.field import Field
from partita.storage import naming
from partita.storage.columns import kind_of
from partita.storage.schema import ddl, forms
from partita.storage.schema.ddl import literal
from partita.storage.schema.draft import Draft, Retired
from partita.storage.schema.operations import Move
from partita.storage.shapes import Shape
from partita.storage.tables import STAMPS, Tables

TYPE = "type"


def retire_types(draft: Draft, old: Tables) -> None:
    kept = set(draft.difference.types.values())
    for name, shape in old.shapes.items():
        if name in kept or not draft.layout.has(shape.table.name):
            continue
        rows = draft.count(shape.table.name)
        draft.find("D302", Address(old.model.types[name].ref), count=rows)
        for item in shape.fields.values():
            retire_field(draft, old, name, shape, "", item, rows)
        kept_as = _free_table(draft, shape.table.name)
        draft.rename_table(shape.table.name, kept_as)
        _remember(draft, Retired(name, "", "", kept_as, TYPE), shape.table.name, (), rows)


def retire_fields(draft: Draft, old: Tables) -> None:
    """Fields, and columns of rows, that are no more: by their old names, before anything is renamed."""
    for name, former in draft.difference.types.items():
        gone = set(_all_paths(old.shapes[former])) - set(draft.difference.fields[name].values())
        for path in sorted(gone):
            outer, _, field = path.rpartition(".")
            if outer in gone or (field in ("id", *STAMPS) and not outer):
                continue
            shape = old.shapes[former].rows[outer] if outer else old.shapes[former]
            rows = value_count(draft, shape, shape.fields[field])
            if rows:
                address = Address(draft.new.model.types[name].ref, ("fields", *path.split(".")))
                draft.find("D301", address, count=rows)
            retire_field(draft, old, former, shape, outer, shape.fields[field], rows)


def retire_field(
    draft: Draft,
    old: Tables,
    type_name: str,
    shape: Shape,
    outer: str,
    item: Field,
    rows: int,
    name: str = "",
    form: str = "",
) -> None:
    """Put the values of one field aside. `type_name`, `outer` (the rows it stands in), `name` and `form` are as the
    database has them by now; `shape` and `item` as they were."""
    if item.name in ("id", *STAMPS) and not outer:
        return
    path = f"{outer}.{name or item.name}" if outer else name or item.name
    form = form or forms.form_of(old.model, item)
    home = kind_of(item).home
    if home == "column":
        _retire_column(draft, type_name, path, item, form, rows)
    elif home == "links":
        _retire_links(draft, type_name, path, form, rows)
    else:
        inner = shape.rows[item.name]
        for column in inner.fields.values():
            if kind_of(column).points_at:
                retire_field(draft, old, type_name, inner, path, column, rows)
        table = naming.table_name(type_name, path)
        kept_as = _free_table(draft, table)
        draft.rename_table(table, kept_as)
        _remember(draft, Retired(type_name, path, "", kept_as, form), table, (), rows)


def restore_type(draft: Draft, type_name: str, table: str) -> bool:
    """The table of a type that comes back."""
    item = _waiting(draft, type_name, "", TYPE)
    if item is None:
        return False
    draft.rename_table(item.kept_as, table)
    _forget(draft, item, table, ())
    return True


def restore_column(draft: Draft, type_name: str, path: str, item: Field, column: sa.Column[object]) -> bool:
    """The column of a field that comes back with the same form of values."""
    waiting = _waiting(draft, type_name, path, forms.form_of(draft.new.model, item))
    table = column.table.name
    if waiting is None or waiting.table != table:
        return False
    name, kept = draft.name(table), draft.name(waiting.kept_as)
    if not column.foreign_keys:
        text = f"ALTER TABLE {name} RENAME COLUMN {kept} TO {draft.name(column.name)}"
        texts: tuple[str, ...] = (text,)
    else:
        (key,) = column.foreign_keys
        there = f"{kept} IN (SELECT id FROM {draft.name(key.target_fullname.rpartition('.')[0])})"
        filled = f"UPDATE {name} SET {draft.name(column.name)} = {kept} WHERE {there}"
        dropped = ddl.drop_column(table, waiting.kept_as, draft.dialect)
        texts = (ddl.add_column(table, column, draft.dialect), filled, dropped)
    columns = draft.layout.columns[table]
    columns.pop(waiting.kept_as)
    columns[column.name] = ddl.reported_type(column, draft.dialect)
    _forget(draft, waiting, column.name, texts)
    return True


def restore_links(draft: Draft, type_name: str, path: str, item: Field, table: sa.Table) -> bool:
    """Links that come back: those whose both ends are still there."""
    waiting = _waiting(draft, type_name, path, forms.form_of(draft.new.model, item))
    if waiting is None:
        return False
    draft.create_table(table)
    ends = {key.parent.name: key.target_fullname.rpartition(".")[0] for key in table.foreign_keys}
    there = " AND ".join(f"{end} IN (SELECT id FROM {draft.name(target)})" for end, target in sorted(ends.items()))
    names = "record_id, target_id, position"
    kept = draft.name(waiting.kept_as)
    copied = f"INSERT INTO {draft.name(table.name)} ({names}) SELECT {names} FROM {kept} WHERE {there}"
    del draft.layout.columns[waiting.kept_as]
    _forget(draft, waiting, table.name, (copied, f"DROP TABLE {kept}"))
    return True


def restore_rows(draft: Draft, type_name: str, path: str, table: sa.Table) -> bool:
    waiting = _waiting(draft, type_name, path, forms.ROWS)
    if waiting is None:
        return False
    draft.rename_table(waiting.kept_as, table.name)
    _forget(draft, waiting, table.name, ())
    return True


def value_count(draft: Draft, shape: Shape, item: Field) -> int:
    """Records (or rows) that have a value of the field now, by the old names."""
    home = kind_of(item).home
    if home == "column":
        return draft.count(shape.table.name, f"{draft.name(shape.columns[item.name].name)} IS NOT NULL")
    table = shape.links[item.name] if home == "links" else shape.rows[item.name].table
    return draft.count(table.name, what="count(DISTINCT record_id)")


def _retire_column(draft: Draft, type_name: str, path: str, item: Field, form: str, rows: int) -> None:
    *outer, field = path.split(".")
    table, column = naming.table_name(type_name, *outer), naming.column_name(field)
    draft.drop_helper(table, naming.fold_name(field))
    draft.drop_indexes(table, column)
    columns = draft.layout.columns[table]
    kept_as = draft.layout.free(table, [naming.retired_name(column, n) for n in range(1, 1000)])
    name, old, new = draft.name(table), draft.name(column), draft.name(kept_as)
    if kind_of(item).points_at:
        added = f"ALTER TABLE {name} ADD COLUMN {new} BIGINT"
        dropped = ddl.drop_column(table, column, draft.dialect)
        texts: tuple[str, ...] = (added, f"UPDATE {name} SET {new} = {old} WHERE {old} IS NOT NULL", dropped)
    else:
        texts = (f"ALTER TABLE {name} RENAME COLUMN {old} TO {new}",)
    columns[kept_as] = columns.pop(column)
    _remember(draft, Retired(type_name, path, table, kept_as, form), column, texts, rows)


def _retire_links(draft: Draft, type_name: str, path: str, form: str, rows: int) -> None:
    table = naming.table_name(type_name, *path.split("."))
    draft.drop_indexes(table)
    kept_as = _free_table(draft, table)
    name, kept = draft.name(table), draft.name(kept_as)
    made = f"CREATE TABLE {kept} (record_id BIGINT, target_id BIGINT, position BIGINT)"
    copied = f"INSERT INTO {kept} SELECT record_id, target_id, position FROM {name}"
    draft.layout.columns[kept_as] = draft.layout.columns.pop(table)
    _remember(draft, Retired(type_name, path, "", kept_as, form), table, (made, copied, f"DROP TABLE {name}"), rows)


def _remember(draft: Draft, item: Retired, what: str, texts: tuple[str, ...], rows: int) -> None:
    values = ", ".join(literal(v) for v in (item.type, item.path, item.table, item.kept_as, item.form))
    noted = f"INSERT INTO sys_retired (record_type, path, table_name, kept_as, form) VALUES ({values})"
    draft.note(Move("D405", item.table or what, what, (*texts, noted), rows))
    draft.retired.append(item)


def _forget(draft: Draft, item: Retired, what: str, texts: tuple[str, ...]) -> None:
    mine = f"kept_as = {literal(item.kept_as)} AND table_name = {literal(item.table)}"
    draft.note(Move("D406", item.table or what, what, (*texts, f"DELETE FROM sys_retired WHERE {mine}")))
    draft.retired.remove(item)


def _waiting(draft: Draft, type_name: str, path: str, form: str) -> Retired | None:
    """The last that was put aside under this name and form."""
    found = [r for r in draft.retired if r.type == type_name and r.path == path and r.form == form]
    stands = [r for r in found if draft.layout.has(r.table or r.kept_as, r.kept_as if r.table else "")]
    return stands[-1] if stands else None


def _free_table(draft: Draft, table: str) -> str:
    return draft.layout.free("", [naming.retired_name(table, n) for n in range(1, 1000)])


def _all_paths(shape: Shape) -> Iterator[str]:
    yield from shape.fields
    for name, inner in shape.rows.items():
        yield from (f"{name}.{column}" for column in inner.fields)
