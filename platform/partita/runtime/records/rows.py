"""Rows of a table field: their defaults, totals and questions, found in the row with the owner as `parent`."""

from collections.abc import Mapping
from typing import Any

from partita.base.errors import Problem
from partita.base.frozen import FrozenMap
from partita.formulas.python import Env
from partita.runtime.codecs.registry import is_empty
from partita.runtime.compiled.plan import FieldPlan
from partita.runtime.compiled.rule import Rule, holds
from partita.runtime.records.sheet import Sheet

Row = Mapping[str, Any]
NO_ROW: Row = FrozenMap()


def stored_rows(sheet: Sheet, table: str) -> dict[int, Row]:
    """The rows as they are stored, by id."""
    return {row["id"]: row for row in sheet.old.get(table) or ()}


def settle_rows(sheet: Sheet, plan: FieldPlan) -> None:
    table = plan.field.name
    stored = stored_rows(sheet, table)
    given = sheet.given.get(table) or ()
    rows = sheet.values.get(table) or ()
    sheet.values[table] = tuple(
        FrozenMap(_settle_row(sheet, plan, position, row, stored.get(row.get("id"), NO_ROW), _given(given, position)))
        for position, row in enumerate(rows)
    )


def _given(rows: tuple[Row, ...], position: int) -> Row:
    return rows[position] if position < len(rows) else NO_ROW


def _settle_row(sheet: Sheet, plan: FieldPlan, position: int, row: Row, old: Row, given: Row) -> dict[str, Any]:
    values: dict[str, Any] = {"id": row.get("id") if old else None}
    for name, column in plan.columns.items():
        values[name] = row.get(name, old.get(name, column.empty))
    env = sheet.work.row_env(sheet.env, plan, values, old)
    for name in plan.order:
        path, known = f"{plan.field.name}.{position}.{name}", name in given or bool(old)
        _settle_cell(sheet, plan.columns[name], path, values, env, known)
    return values


def _settle_cell(sheet: Sheet, column: FieldPlan, path: str, values: dict[str, Any], env: Env, known: bool) -> None:
    name = column.field.name
    if not holds(column.visible, env):
        sheet.unasked.add(path)
        values[name] = column.empty
        return
    untouched = path in sheet.suggested and values[name] == sheet.suggested[path]
    if column.default is not None and (not known or untouched):
        values[name] = sheet.defaults[path] = _fitted(sheet, column, column.default, env, path)
    if column.compute is not None:
        values[name] = _fitted(sheet, column, column.compute, env, path)


def _fitted(sheet: Sheet, column: FieldPlan, rule: Rule, env: Env, path: str) -> Any:
    found = rule.run(env)
    value = column.codec.normalise(found, column.field) if not is_empty(found) else column.empty
    if isinstance(value, Problem):
        sheet.problems.append(Problem(value.code, path, value.params, say=value.say))
        return column.empty
    return value
