"""Tables and columns follow renamed types and fields; so do history, files, search and what waits for its return."""

from collections.abc import Iterator
from dataclasses import replace

from partita.base.frozen import FrozenMap
from partita.model.compare import choices
from partita.storage import naming, system
from partita.storage.columns import kind_of
from partita.storage.schema import forms
from partita.storage.schema.ddl import literal
from partita.storage.schema.draft import Draft, Retired
from partita.storage.schema.operations import CarryOver, ReplaceOption
from partita.storage.shapes import Shape
from partita.storage.tables import Tables

QUOTE = '"'
MARK = '"~'


def rename_types(draft: Draft, old: Tables) -> None:
    for name, former in draft.difference.types.items():
        table = naming.table_name(former)
        if name != former and draft.layout.has(table):
            keys = _keys(draft, old.shapes[former], table, naming.table_name(name))
            draft.rename_table(table, naming.table_name(name), keys)
            draft.note(CarryOver(former, name, tuple(_type_texts(former, name))))
    renamed = {former: name for name, former in draft.difference.types.items()}
    draft.retired = [
        replace(item, type=renamed.get(item.type, item.type), form=forms.renamed(item.form, renamed))
        for item in draft.retired
    ]


def rename_fields(draft: Draft, old: Tables) -> None:
    """Also tables of rows and links, whose names follow the type's."""
    for name, former in draft.difference.types.items():
        paths = draft.difference.fields[name]
        for path in sorted(paths, key=lambda path: path.count(".")):
            _rename_field(draft, old.shapes[former], name, path, paths[path])


def rename_options(draft: Draft, old: Tables) -> None:
    for (type_name, path), pairs in draft.difference.options.items():
        former, former_path = draft.difference.types[type_name], draft.difference.fields[type_name][path]
        item = draft.new.field(type_name, path)
        if item.type not in ("choice", "choices"):
            continue
        column = old.column(former, former_path)
        rows = sum(option_count(draft, old, former, former_path, name) for name in pairs)
        table = naming.table_name(type_name, *path.split(".")[:-1])
        many = item.type == "choices"
        pair_list = tuple(pairs.items())
        if draft.layout.has(table, naming.column_name(path.rpartition(".")[2])) and column is not None:
            draft.note(ReplaceOption(table, naming.column_name(path.rpartition(".")[2]), pair_list, many, rows))
            draft.note(CarryOver(path, path, tuple(_option_texts(type_name, path, pair_list))))


def option_count(draft: Draft, old: Tables, former: str, path: str, name: str) -> int:
    """How many records (or rows) have the option now."""
    shape = _shape(old, former, path)
    field = path.rpartition(".")[2]
    column = draft.name(shape.columns[field].name)
    if shape.fields[field].type == "choices":
        position = "instr" if draft.dialect == "sqlite" else "strpos"
        return draft.count(shape.table.name, f"{position}({column}, {literal(f'|{name}|')}) > 0")
    return draft.count(shape.table.name, f"{column} = {literal(name)}")


def gone_options(draft: Draft, old: Tables, type_name: str, path: str) -> Iterator[str]:
    """Options of a kept choice that were removed and not renamed."""
    former, former_path = draft.difference.types[type_name], draft.difference.fields[type_name][path]
    known = choices(draft.new.model, draft.new.model.types[type_name], path)
    renamed = draft.difference.options.get((type_name, path), FrozenMap())
    for name in choices(old.model, old.model.types[former], former_path):
        if name not in known and name not in renamed:
            yield name


def _rename_field(draft: Draft, shape: Shape, type_name: str, path: str, former_path: str) -> None:
    *outer, name = path.split(".")
    *former_outer, former = former_path.split(".")
    item = (shape.rows[former_outer[0]] if former_outer else shape).fields[former]
    if kind_of(item).home != "column":
        old_table = naming.table_name(shape.type, *former_outer, former)
        new_table = naming.table_name(type_name, *outer, name)
        if old_table != new_table and draft.layout.has(old_table):
            inner = shape.rows.get(former)
            keys = _keys(draft, inner, old_table, new_table) if inner else ()
            owner = [draft.key_names(old_table, c, new_table, c) for c in _owner_columns(item.type)]
            draft.rename_table(old_table, new_table, (*owner, *keys))
    elif name != former:
        table = naming.table_name(type_name, *outer)
        old_column, new_column = naming.column_name(former), naming.column_name(name)
        draft.drop_helper(table, naming.fold_name(former))
        if draft.layout.has(table, old_column) and old_column != new_column:
            draft.rename_column(table, old_column, new_column, bool(kind_of(item).points_at))
    if path != former_path and not outer:
        draft.note(CarryOver(former_path, path, tuple(_field_texts(type_name, former_path, path))))
        draft.retired = [_moved(item, type_name, former_path, path) for item in draft.retired]


def _moved(item: Retired, type_name: str, old: str, new: str) -> Retired:
    """Columns that wait in rows whose field is renamed."""
    inside = item.type == type_name and item.path.startswith(f"{old}.")
    return replace(item, path=f"{new}.{item.path.removeprefix(f'{old}.')}") if inside else item


def _owner_columns(field_type: str) -> tuple[str, ...]:
    return ("record_id",) if field_type == "table" else ("record_id", "target_id")


def _keys(draft: Draft, shape: Shape, old_table: str, new_table: str) -> tuple[tuple[str, str], ...]:
    """Foreign keys of the columns of a table that is being renamed."""
    columns = [column for column in shape.columns.values() if column.foreign_keys]
    return tuple(draft.key_names(old_table, column.name, new_table, column.name) for column in columns)


def _shape(tables: Tables, type_name: str, path: str) -> Shape:
    shape = tables.shapes[type_name]
    return shape.rows[path.partition(".")[0]] if "." in path else shape


def _type_texts(old: str, new: str) -> Iterator[str]:
    for table in system.TYPED:
        yield f"UPDATE {table.name} SET record_type = {literal(new)} WHERE record_type = {literal(old)}"
    for kind in ("link", "links"):
        yield f"UPDATE sys_retired SET form = {literal(f'{kind}:{new}')} WHERE form = {literal(f'{kind}:{old}')}"


def _field_texts(type_name: str, old: str, new: str) -> Iterator[str]:
    mine = f"record_type = {literal(type_name)}"
    for table, column in (("sys_history", "field"), ("sys_attachment", "field"), ("sys_retired", "path")):
        yield f"UPDATE {table} SET {column} = {literal(new)} WHERE {mine} AND {column} = {literal(old)}"
        inner = f"substr({column}, 1, {len(old) + 1}) = {literal(f'{old}.')}"
        moved = f"{literal(new)} || substr({column}, {len(old) + 1})"
        yield f"UPDATE {table} SET {column} = {moved} WHERE {mine} AND {inner}"


def _option_texts(type_name: str, path: str, pairs: tuple[tuple[str, str], ...]) -> Iterator[str]:
    """History keeps values as JSON: an option is a quoted name, alone or in a list."""
    mine = f"record_type = {literal(type_name)} AND field = {literal(path)}"
    for column in ("old", "new"):
        value = column
        for old, new in pairs:
            value = f"replace({value}, {_quoted(old)}, {_quoted('~' + new)})"
        clean = f"replace({value}, {literal(MARK)}, {literal(QUOTE)})"
        yield f"UPDATE sys_history SET {column} = {clean} WHERE {mine} AND {column} IS NOT NULL"


def _quoted(option: str) -> str:
    return literal(f"{QUOTE}{option}{QUOTE}")
