"""What the rules say of a table: how many rows, which may change, and every cell of each."""

from typing import Any

from partita.formulas.python import Env
from partita.runtime.codecs.registry import is_empty
from partita.runtime.compiled.plan import FieldPlan
from partita.runtime.compiled.rule import holds
from partita.runtime.records.bounds import judge_bounds
from partita.runtime.records.rows import NO_ROW, Row, stored_rows
from partita.runtime.records.sheet import Sheet


def judge_rows(sheet: Sheet, plan: FieldPlan) -> None:
    rows: tuple[Row, ...] = sheet.values[plan.field.name]
    _judge_count(sheet, plan, len(rows))
    stored = stored_rows(sheet, plan.field.name)
    given = sheet.given.get(plan.field.name)
    for position, row in enumerate(rows):
        old = stored.get(row["id"], NO_ROW)
        if not old or row != old or not sheet.purpose.is_asking:
            posted = given[position] if given is not None and position < len(given) else NO_ROW
            _judge_row(sheet, plan, position, row, old, posted)


def _judge_count(sheet: Sheet, plan: FieldPlan, count: int) -> None:
    field = plan.field
    if field.min_rows and count < field.min_rows and not sheet.purpose.is_lenient:
        sheet.add("W012", field.name, min=field.min_rows)
    if field.max_rows and count > field.max_rows:
        sheet.add("W013", field.name, max=field.max_rows)


def judge_append(sheet: Sheet, plan: FieldPlan) -> None:
    """Of a table that only grows: the stored rows as they were and in their order, then new ones."""
    stored = tuple(stored_rows(sheet, plan.field.name).values())
    if plan.field.append_only and sheet.values[plan.field.name][: len(stored)] != stored:
        sheet.add("W014", plan.field.name)


def _judge_row(sheet: Sheet, plan: FieldPlan, position: int, row: Row, old: Row, given: Row) -> None:
    env = sheet.work.row_env(sheet.env, plan, row, old)
    for name, column in plan.columns.items():
        path = f"{plan.field.name}.{position}.{name}"
        if path in sheet.unasked:
            answer = given.get(name)
            if not is_empty(answer) and answer is not False and answer != old.get(name):
                sheet.add("W002", path)
        elif not _is_forged(sheet, column, path, row, old, given, env):
            _judge_cell(sheet, column, path, row[name], env)


def _is_forged(sheet: Sheet, column: FieldPlan, path: str, row: Row, old: Row, given: Row, env: Env) -> bool:
    name = column.field.name
    if name not in given or given[name] == old.get(name, column.empty):
        return False
    if column.compute is not None:
        if given[name] == row[name]:
            return False
        sheet.add("W018", path)
        return True
    if holds(column.read_only, env) and given[name] != sheet.defaults.get(path, column.empty):
        sheet.add("W003", path)
        return True
    return False


def _judge_cell(sheet: Sheet, column: FieldPlan, path: str, value: Any, env: Env) -> None:
    if is_empty(value):
        if not sheet.purpose.is_lenient and holds(column.required, env):
            sheet.add("W001", path)
        return
    judge_bounds(sheet, column, path, value)
    for option in value if isinstance(value, tuple) else (value,):
        rule = column.offered.get(option) if isinstance(option, str) else None
        if rule is not None and not rule.holds(env):
            sheet.add("W006", path, value=option)
    for check in column.checks if not sheet.purpose.is_lenient else ():
        if not check.passes(env):
            sheet.add("W004", path, say=check.say, check=check.name)
