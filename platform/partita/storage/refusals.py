"""Constraints of the database in the words of records: which field, which rule."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from partita.base.errors import Problem, Refused
from partita.base.frozen import FrozenMap
from partita.storage import failures, naming, system
from partita.storage.columns import greatest, kind_of, too_big
from partita.storage.driver import DATABASE_ERRORS
from partita.storage.shapes import Shape
from partita.storage.statements import Connection
from partita.storage.tables import Tables, target_of


def check_size(shape: Shape, name: str, value: Any, row: int | None = None) -> None:
    """A number that no column holds is refused before the database meets it."""
    item = shape.fields.get(name)
    if item is not None and too_big(item, value):
        path = f"{shape.path}.{row}.{name}" if shape.path else name
        raise Refused(Problem("W009", path, FrozenMap({"max": greatest(item)})))


def check_name(shape: Shape, name: str) -> None:
    if name not in shape.links and name not in shape.rows:
        raise Refused(Problem("W019", f"{shape.path}.{name}" if shape.path else name, FrozenMap({"name": name})))


@contextmanager
def of_write(conn: Connection, tables: Tables, shape: Shape, values: Mapping[str, Any]) -> Iterator[None]:
    """A unique or foreign key that refuses a record becomes W011 or W007 at its field."""
    try:
        yield
    except DATABASE_ERRORS as error:
        kind = failures.kind_of(error)
        if kind == "unique":
            raise Refused(*_taken(tables, failures.constraint_of(error), values)) from error
        if kind == "foreign":
            raise Refused(*_absent(conn, tables, shape, values, failures.constraint_of(error))) from error
        raise


@contextmanager
def of_delete(tables: Tables, type_name: str) -> Iterator[None]:
    """A record that others point at stays: W026."""
    try:
        yield
    except DATABASE_ERRORS as error:
        if failures.kind_of(error) != "foreign":
            raise
        known = tables.constraints.get(failures.constraint_of(error))
        users = (known[0],) if known else tuple(dict.fromkeys(name for name, _ in pointing_at(tables, type_name)))
        raise Refused(Problem("W026", "", FrozenMap({"users": users}))) from error


def pointing_at(tables: Tables, type_name: str) -> Iterator[tuple[str, str]]:
    """(type, path) of every field whose value may be a record of `type_name`."""
    for owner, shape in tables.shapes.items():
        for path in _link_paths(shape):
            if target_of(tables.model, tables.field(owner, path)) == type_name:
                yield owner, path


def _link_paths(shape: Shape) -> Iterator[str]:
    prefix = f"{shape.path}." if shape.path else ""
    for name, item in shape.fields.items():
        if kind_of(item).points_at in ("record", "people") and name not in ("created_by", "changed_by"):
            yield f"{prefix}{name}"
    for inner in shape.rows.values():
        yield from _link_paths(inner)


def _taken(tables: Tables, constraint: str, values: Mapping[str, Any]) -> Iterator[Problem]:
    if "." in constraint:
        places = [place.strip().partition(".") for place in constraint.split(",")]
        constraint = naming.index_name("ux", places[0][0], tuple(column for _, _, column in places))
    for name in tables.constraints.get(constraint, ("", ("",)))[1]:
        yield Problem("W011", name, FrozenMap({"title": str(values.get(name, ""))}))


def _absent(
    conn: Connection, tables: Tables, shape: Shape, values: Mapping[str, Any], constraint: str
) -> Iterator[Problem]:
    known = tables.constraints.get(constraint)
    if known is not None:
        yield Problem("W007", known[1][0])
        return
    for name, ids in _targets(shape, values):
        target = target_of(tables.model, shape.fields[name])
        table = tables.table(target) if target else system.ATTACHMENT
        found = conn.execute(sa.select(table.c.id).where(table.c.id.in_(ids))).scalars()
        if set(ids) - set(found):
            yield Problem("W007", name)


def _targets(shape: Shape, values: Mapping[str, Any]) -> Iterator[tuple[str, tuple[int, ...]]]:
    for name, item in shape.fields.items():
        value = values.get(name)
        if value and kind_of(item).points_at:
            yield name, value if isinstance(value, tuple) else (value,)
