"""Kept fields whose values are stored otherwise now: converted if nothing is lost, else stopped with a count."""

from partita.base.refs import Address
from partita.model.field import Field
from partita.storage import naming
from partita.storage.schema import ddl, forms
from partita.storage.schema.ddl import literal
from partita.storage.schema.draft import Draft
from partita.storage.schema.operations import Move
from partita.storage.schema.retiring import retire_field, value_count
from partita.storage.shapes import Shape
from partita.storage.sqltypes import DIGITS
from partita.storage.tables import Tables


def convert_fields(draft: Draft, old: Tables) -> None:
    renamed = {former: name for name, former in draft.difference.types.items()}
    for name, former in draft.difference.types.items():
        for path, former_path in draft.difference.fields[name].items():
            outer, _, field = former_path.rpartition(".")
            shape = old.shapes[former].rows.get(outer) if outer else old.shapes[former]
            if shape is None or field not in shape.fields:
                continue
            item, wanted = shape.fields[field], draft.new.field(name, path)
            was, now = forms.renamed(forms.form_of(old.model, item), renamed), forms.form_of(draft.new.model, wanted)
            if was != now:
                _convert(draft, old, name, path, shape, item, wanted, was, now)


def _convert(
    draft: Draft, old: Tables, type_name: str, path: str, shape: Shape, item: Field, wanted: Field, was: str, now: str
) -> None:
    address = Address(draft.new.model.types[type_name].ref, ("fields", *path.split("."), "type"))
    rows = value_count(draft, shape, item)
    if forms.scale_of(was) is not None and forms.scale_of(now) is not None:
        _scale(draft, type_name, path, shape, item, wanted, address, rows, was, now)
    elif (was, now) == ("plaintext", "names"):
        _wrap(draft, type_name, path, rows)
    elif was.startswith("link:") and now == f"links:{was.removeprefix('link:')}":
        _spread(draft, old, type_name, path, shape, item, rows, was)
    elif rows:
        same_kind = was.partition(":")[0] == now.partition(":")[0]
        told = {"old": was.partition(":")[2], "new": now.partition(":")[2]} if same_kind else {}
        words = {"old": item.type, "new": wanted.type, **told}
        draft.find("D209" if same_kind else "D201", address, count=rows, **words)
    else:
        outer, _, field = path.rpartition(".")
        retire_field(draft, old, type_name, shape, outer, item, 0, field, was)


def _scale(
    draft: Draft,
    type_name: str,
    path: str,
    shape: Shape,
    item: Field,
    wanted: Field,
    address: Address,
    rows: int,
    was: str,
    now: str,
) -> None:
    """Numbers of other scale: refused where a digit would go or a number would not fit."""
    before, after = forms.scale_of(was) or 0, forms.scale_of(now) or 0
    column = draft.name(shape.columns[item.name].name)
    lost = draft.count(shape.table.name, _misfits(column, before, after, draft.dialect))
    if lost:
        draft.find("D207", address, count=lost, scale=after)
        return
    *outer, field = path.split(".")
    table, name = naming.table_name(type_name, *outer), naming.column_name(field)
    target = draft.new.column(type_name, path)
    if draft.dialect == "sqlite":
        factor = 10 ** abs(after - before)
        change = f"{draft.name(name)} {'*' if after > before else '/'} {factor}"
        texts = (f"UPDATE {draft.name(table)} SET {draft.name(name)} = {change} WHERE {draft.name(name)} IS NOT NULL",)
    else:
        kind = ddl.column_type(target, draft.dialect)
        turned = f"{draft.name(name)} TYPE {kind} USING {draft.name(name)}::{kind}"
        texts = (f"ALTER TABLE {draft.name(table)} ALTER COLUMN {turned}",)
    if before != after or draft.dialect != "sqlite":
        draft.note(Move("D407", table, name, texts, rows))
        draft.layout.columns[table][name] = ddl.reported_type(target, draft.dialect)


def _misfits(column: str, before: int, after: int, dialect: str) -> str:
    if dialect == "sqlite":
        if after < before:
            return f"{column} % {10 ** (before - after)} <> 0"
        return f"abs({column}) >= {10 ** (DIGITS - (after - before))}" if after > before else "0"
    return f"{column} <> round({column}, {after}) OR abs({column}) >= {10 ** (DIGITS - after)}"


def _wrap(draft: Draft, type_name: str, path: str, rows: int) -> None:
    """One option becomes a list of one."""
    *outer, field = path.split(".")
    table, name = naming.table_name(type_name, *outer), naming.column_name(field)
    draft.drop_helper(table, naming.fold_name(field))
    column, bar = draft.name(name), literal("|")
    text = f"UPDATE {draft.name(table)} SET {column} = {bar} || {column} || {bar} WHERE {column} IS NOT NULL"
    draft.note(Move("D407", table, name, (text,), rows))


def _spread(
    draft: Draft, old: Tables, type_name: str, path: str, shape: Shape, item: Field, rows: int, was: str
) -> None:
    """One link becomes the first of many."""
    *outer, field = path.split(".")
    table, column = naming.table_name(type_name, *outer), draft.name(naming.column_name(field))
    links = draft.new.links(type_name, path)
    draft.create_table(links)
    chosen = f"SELECT id, {column}, 0 FROM {draft.name(table)} WHERE {column} IS NOT NULL"
    text = f"INSERT INTO {draft.name(links.name)} (record_id, target_id, position) {chosen}"
    draft.note(Move("D407", table, naming.column_name(field), (text,), rows))
    retire_field(draft, old, type_name, shape, ".".join(outer), item, rows, field, was)
